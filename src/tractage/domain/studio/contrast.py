"""WCAG 2.2 contrast between two colours."""

from functools import cache

AA_TEXT = 4.5
AA_LARGE = 3.0


def channels(colour: str) -> tuple[int, int, int]:
    """Return the red, green and blue of `#rrggbb`, 0 to 255. Raises ValueError on anything else."""
    digits = colour.removeprefix("#")
    if len(digits) != 6 or not colour.startswith("#"):
        raise ValueError(f"{colour!r} is not a colour of the form #rrggbb")
    return int(digits[0:2], 16), int(digits[2:4], 16), int(digits[4:6], 16)


@cache
def _linear(channel: int) -> float:
    share = channel / 255
    return share / 12.92 if share <= 0.04045 else float(((share + 0.055) / 1.055) ** 2.4)


def luminance(red: int, green: int, blue: int) -> float:
    """Return the relative luminance in [0, 1] of an sRGB colour (WCAG 2.2)."""
    return 0.2126 * _linear(red) + 0.7152 * _linear(green) + 0.0722 * _linear(blue)


def ratio(one: str, other: str) -> float:
    """Return the contrast ratio of two `#rrggbb` colours, from 1 to 21 (WCAG 2.2, relative luminance)."""
    high, low = sorted((luminance(*channels(one)), luminance(*channels(other))), reverse=True)
    return (high + 0.05) / (low + 0.05)
