"""A coarse outline of mainland France, drawn by hand for this map: the layout only needs the shape."""

import numpy as np
from numpy.typing import NDArray

# (longitude, latitude) in degrees, clockwise from Dunkerque.
OUTLINE = (
    (2.4, 51.1), (3.1, 50.8), (4.2, 50.0), (4.8, 50.2), (5.8, 49.6), (6.9, 49.3), (8.2, 49.0), (7.6, 47.6),
    (7.0, 47.4), (6.1, 46.5), (6.8, 46.4), (7.0, 45.8), (7.1, 45.3), (6.7, 45.0), (7.0, 44.4), (7.7, 44.1),
    (7.3, 43.6), (6.5, 43.1), (5.3, 43.2), (4.6, 43.4), (3.9, 43.5), (3.1, 43.1), (3.1, 42.4), (1.9, 42.4),
    (0.7, 42.7), (-0.4, 42.8), (-1.8, 43.4), (-1.3, 44.6), (-1.1, 45.6), (-1.2, 46.2), (-1.9, 46.6),
    (-2.4, 47.2), (-3.3, 47.6), (-4.4, 47.8), (-4.8, 48.4), (-3.6, 48.8), (-2.6, 48.6), (-1.5, 48.7),
    (-1.6, 49.2), (-1.9, 49.7), (-1.2, 49.7), (-1.0, 49.4), (0.0, 49.3), (0.2, 49.7), (1.2, 50.0),
    (1.6, 50.4), (1.6, 50.9),
)  # fmt: skip
MIDDLE_LONGITUDE = 2.5


def project(lonlat: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return (n, 2) points of (n, 2) degrees: sinusoidal, equal-area, in degrees of latitude, y down."""
    lon, lat = lonlat[:, 0], lonlat[:, 1]
    return np.column_stack(((lon - MIDDLE_LONGITUDE) * np.cos(np.radians(lat)), -lat))


def area(polygon: NDArray[np.float64]) -> float:
    """Return the area of a polygon, (n, 2) points."""
    x, y = polygon[:, 0], polygon[:, 1]
    return float(abs(np.dot(x, np.roll(y, -1)) - np.dot(y, np.roll(x, -1))) / 2)


def distance_outside(points: NDArray[np.float64], polygon: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return how far each of (n, 2) points lies outside a polygon; inside is negative, same unit."""
    start, side = polygon, np.roll(polygon, -1, axis=0) - polygon
    to = points[:, None, :] - start[None]
    along = np.clip((to * side).sum(-1) / (side**2).sum(-1), 0, 1)
    gap = np.sqrt(((to - along[..., None] * side) ** 2).sum(-1)).min(1)
    ends = start + side
    straddles = (start[None, :, 1] > points[:, None, 1]) != (ends[None, :, 1] > points[:, None, 1])
    with np.errstate(divide="ignore", invalid="ignore"):
        cross = start[:, 0] + side[:, 0] * (points[:, None, 1] - start[:, 1]) / side[:, 1]
    inside = (straddles & (points[:, None, 0] < cross)).sum(1) % 2 == 1
    signed: NDArray[np.float64] = np.where(inside, -gap, gap)
    return signed
