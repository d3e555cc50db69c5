"""Upload to a GIF library's channel, by a person, one file at a time."""

from tractage.adapters.gif_library.giphy import ENDPOINT, Uploaded, upload

__all__ = ["ENDPOINT", "Uploaded", "upload"]
