"""Perceptual fingerprints: find our works again, and known pictures, by what they look like.

Light part (numpy alone): luma, hash_picture, distance, detail, HashIndex, HashHit.
The whole method (OpenCV, numba): tractage.domain.prints.index, .prints, .match.
"""

from tractage.domain.prints.hash_index import HashHit, HashIndex
from tractage.domain.prints.hashes import detail, distance, hash_picture, luma

__all__ = ["HashHit", "HashIndex", "detail", "distance", "hash_picture", "luma"]
