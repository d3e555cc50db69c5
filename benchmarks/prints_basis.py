"""Make the basis that turns descriptors into bits: src/tractage/domain/prints/basis.npy.

    python benchmarks/prints_basis.py

The pictures are drawn (seeds of their own, used nowhere else); 128 directions, 128 thresholds.
"""

import sys
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).parents[1]))

from benchmarks.prints_works import looks, make_work, stranger

from tractage.domain.prints.features import find_points, shrink, to_grey

SEED = 900_000
FILE = Path(__file__).parents[1] / "src/tractage/domain/prints/basis.npy"


def main() -> None:
    """Draw, measure, write."""
    look = looks()["dev"]
    pictures = [stranger(SEED + number, look) for number in range(400)]
    pictures += [make_work("typographic", SEED + number, look).frames[0] for number in range(60)]
    found = np.vstack([find_points(shrink(to_grey(picture)), 600).descriptors for picture in pictures])
    _, directions = np.linalg.eigh(np.cov(found.T))
    directions = directions[:, ::-1]
    rng = np.random.default_rng(SEED)

    def turned(width: int) -> np.ndarray:
        rotation, _ = np.linalg.qr(rng.normal(size=(width, width)))
        return directions[:, :width] @ rotation

    projection = np.hstack([turned(24)[:, :16], turned(64), turned(64)])[:, :128]
    thresholds = np.median(found @ projection, axis=0)
    np.save(FILE, np.vstack([projection, thresholds]).astype(np.float16))
    print(f"{len(found)} points of {len(pictures)} pictures: {FILE.name}")


if __name__ == "__main__":
    main()
