"""A number of views as a platform shows it and a person types it: "1,2 M", "12 k", "3 456 vues"."""

import re
from typing import NamedTuple

from tractage.domain.errors import InputError

EXPECTED = "expected a number such as 3456, 12 k or 1,2 M"
MOST = 100_000_000_000
UNITS = {
    "": 1,
    "k": 1_000,
    "mille": 1_000,
    "m": 1_000_000,
    "mio": 1_000_000,
    "million": 1_000_000,
    "millions": 1_000_000,
    "md": 1_000_000_000,
    "mds": 1_000_000_000,
    "b": 1_000_000_000,
    "bn": 1_000_000_000,
    "milliard": 1_000_000_000,
    "milliards": 1_000_000_000,
}
SPACES = str.maketrans(dict.fromkeys("\u00a0\u202f\u2009\u2007\t'’", " "))
SHAPE = re.compile(
    rf"(?P<digits>\d[\d ., ]*?)\s*(?P<unit>{'|'.join(sorted(UNITS, key=len, reverse=True))})\.?"
    r"\s*(?:de\s+)?(?:vues?|views?|lectures?|plays?)?",
    re.IGNORECASE,
)


class ViewsError(InputError):
    """A text that is no number of views; `code` is one of negative, unreadable, too-many."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code


class Views(NamedTuple):
    """A count, and the most it may be off because the platform rounds it ("1,2 M" is within 50,000)."""

    number: int
    rounding: int


def parse_views(text: str) -> Views:
    """Return the views that a text states, in French or English writing.

    Without a unit, groups of three digits may be parted by a space, a point or a comma; with a unit, a point
    or a comma is the decimal sign.
    Raises ViewsError for anything else, a negative number, or one above a hundred billion.
    """
    plain = text.translate(SPACES).strip()
    if re.match(r"[-−–]\s*\d", plain):
        raise ViewsError("negative", f"views {text.strip()!r}: negative; {EXPECTED}")
    found = SHAPE.fullmatch(plain)
    if not found:
        raise ViewsError("unreadable", f"views {text.strip()[:40]!r}: {EXPECTED}")
    digits, scale = found["digits"].strip(), UNITS[found["unit"].casefold()]
    count, rounding = _whole(digits) if scale == 1 else _scaled(digits, scale)
    if count is None:
        raise ViewsError("unreadable", f"views {text.strip()!r}: {EXPECTED}")
    if count > MOST:
        raise ViewsError("too-many", f"views {text.strip()!r}: more than a hundred billion; {EXPECTED}")
    return Views(count, rounding)


def _whole(digits: str) -> tuple[int | None, int]:
    if digits.isdecimal() or re.fullmatch(r"\d{1,3}(?:([ .,])\d{3})(?:\1\d{3})*", digits):
        return int(re.sub(r"\D", "", digits)), 0
    return None, 0


def _scaled(digits: str, scale: int) -> tuple[int | None, int]:
    compact = digits.replace(" ", "")
    if not re.fullmatch(r"\d+(?:[.,]\d+)?", compact):
        return None, 0
    decimals = re.sub(r"^\d+[.,]?", "", compact)
    return round(float(compact.replace(",", ".")) * scale), scale // (2 * 10 ** len(decimals))
