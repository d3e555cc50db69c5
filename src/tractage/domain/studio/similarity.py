"""Structural similarity of two pictures.

Source: Wang, Bovik, Sheikh and Simoncelli, "Image quality assessment: from error visibility to structural
similarity", IEEE Transactions on Image Processing 13(4), 2004.
"""

import numpy as np
from numpy.typing import NDArray
from scipy.ndimage import gaussian_filter

C1 = (0.01 * 255) ** 2
C2 = (0.03 * 255) ** 2
SIGMA = 1.5  # pixels; the window of the paper is 11 × 11
RADIUS = 5

Plane = NDArray[np.float32]


def luma(rgb: NDArray[np.uint8]) -> Plane:
    """Return the luma (…, h, w) of `rgb` (…, h, w, 3), 0 to 255, by Rec. 601."""
    return np.asarray(rgb[..., :3] @ np.array([0.299, 0.587, 0.114], np.float32), np.float32)


def blur(plane: Plane) -> Plane:
    """Return `plane` (h, w) under the paper's Gaussian window."""
    return np.asarray(gaussian_filter(plane, SIGMA, radius=RADIUS, mode="reflect"), np.float32)


def variance(plane: Plane) -> Plane:
    """Return the local variance of `plane` (h, w) under the same window, never negative."""
    mean = blur(plane)
    return np.maximum(blur(plane * plane) - mean * mean, 0)


def ssim(a: Plane, b: Plane) -> float:
    """Return the mean SSIM of two luma planes (h, w); 1 when they are equal."""
    mean_a, mean_b = blur(a), blur(b)
    var_a = blur(a * a) - mean_a * mean_a
    var_b = blur(b * b) - mean_b * mean_b
    cov = blur(a * b) - mean_a * mean_b
    top = (2 * mean_a * mean_b + C1) * (2 * cov + C2)
    return float(np.mean(top / ((mean_a**2 + mean_b**2 + C1) * (var_a + var_b + C2))))
