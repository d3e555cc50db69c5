"""Checks on the drawn page: contrast of texts with what lies behind, and texts not seen."""

import math
from functools import cache

import numpy as np
from numpy.typing import NDArray

from tractage.domain.studio.check_boxes import SMALL_TURN, Placed
from tractage.domain.studio.contrast import AA_LARGE, AA_TEXT
from tractage.domain.studio.kits import Finding

NO_TEXT = "*{color:transparent !important}"
TEXT_ALONE = (
    "*{color:black !important;background:none !important;border-color:transparent !important;"
    "clip-path:none !important;overflow:visible !important;opacity:1 !important}"
    "svg,img{visibility:hidden !important}"
    "[aria-hidden=true],[aria-hidden=true] *{color:transparent !important}"
)
LARGE = 6.0
"""Hundredths of the side from which text counts as large: 24 px on a phone 400 px wide (WCAG 2.2, 1.4.3)."""
_SEEN = 0.9  # share of a text's ink that must be seen
_INK = 40  # summed difference of three channels from which a pixel belongs to a letter

Pixels = NDArray[np.uint8]


def read_pixels(data: bytes, width: int, height: int) -> Pixels:
    """Return RGBA bytes as a (height, width, 4) array."""
    return np.frombuffer(data, np.uint8).reshape(height, width, 4)


def check_ink(
    placed: list[Placed], full: Pixels, bare: Pixels, alone: Pixels, unit: float, where: str
) -> list[Finding]:
    """Return the texts that are hidden, whole or in part, or under WCAG AA.

    `full` is the page, `bare` the same page with all text transparent, `alone` the text in black on nothing;
    a letter's pixels are where the first two differ, its colour is that of the pixels that differ most, its
    ground what `bare` shows there. A ground that is transparent is left out: what lies behind an overlay is
    not known.
    """
    difference = np.abs(full[..., :3].astype(np.int16) - bare[..., :3]).sum(axis=2)
    difference += np.abs(full[..., 3].astype(np.int16) - bare[..., 3])
    found: list[Finding] = []
    for one in placed:
        rows, columns = _window(one, full.shape)
        moved = difference[rows, columns]
        inked = moved > _INK
        wanted = alone[rows, columns][..., 3] > 128
        seen = float((inked & wanted).sum() / max(1, wanted.sum()))
        if seen < _SEEN:
            said = f"{seen:.0%} of its ink is seen: covered, cut or of its ground's colour"
            found.append(Finding(True, "hidden", one.label, said, where))
            continue
        ratio, letter, ground = _contrast(full[rows, columns], bare[rows, columns], moved, inked)
        least = AA_LARGE if one.size >= LARGE * unit else AA_TEXT
        if ratio < least - 0.05:
            said = f"contrast {ratio:.1f}:1 ({letter} on {ground}), expected at least {least:g} (WCAG AA)"
            found.append(Finding(True, "contrast", one.label, said, where))
    return found


def _window(one: Placed, shape: tuple[int, ...]) -> tuple[slice, slice]:
    """Return the rows and columns of a text's letters; a tilt lifts one end and lowers the other."""
    box = one.box
    extra = abs(math.sin(math.radians(one.turn))) * box.width / 2 if abs(one.turn) <= SMALL_TURN else 0.0
    top, bottom = int(max(0, box.y - extra)), int(min(shape[0], box.bottom + extra + 1))
    return slice(top, bottom), slice(int(max(0, box.x)), int(min(shape[1], box.right + 1)))


def _contrast(
    full: Pixels, bare: Pixels, moved: NDArray[np.int16], inked: NDArray[np.bool_]
) -> tuple[float, str, str]:
    core = moved >= np.percentile(moved[inked], 70)
    letter = np.median(full[core & inked][:, :3], axis=0).astype(np.uint8)
    behind = bare[inked]
    seen = behind[behind[:, 3] > 250][:, :3]
    if len(seen) == 0:
        return 21.0, "", ""
    light, grounds = _luminance(letter[None])[0], _luminance(seen)
    ratios = (np.maximum(light, grounds) + 0.05) / (np.minimum(light, grounds) + 0.05)
    worst = float(np.percentile(ratios, 5))
    ground = seen[int(np.argmin(np.abs(ratios - worst)))]
    return worst, _hex(letter), _hex(ground)


@cache
def _linear() -> NDArray[np.float64]:
    share = np.arange(256) / 255
    return np.where(share <= 0.04045, share / 12.92, ((share + 0.055) / 1.055) ** 2.4)


def _luminance(colours: Pixels) -> NDArray[np.float64]:
    return np.asarray(_linear()[colours] @ np.array([0.2126, 0.7152, 0.0722]))


def _hex(colour: NDArray[np.uint8]) -> str:
    return "#" + "".join(f"{int(channel):02X}" for channel in colour)
