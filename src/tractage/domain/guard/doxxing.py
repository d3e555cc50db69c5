"""Find what lets a private person be reached: e-mail addresses, telephone numbers, postal addresses.

It flags and shows where; a person decides, since the address of a public meeting is no fault. Law: C. pén.
223-1-1.
"""

import re
from collections.abc import Iterable, Iterator
from enum import StrEnum
from typing import NamedTuple


class Reach(StrEnum):
    """By what somebody could be reached."""

    EMAIL = "email"
    PHONE = "phone"
    ADDRESS = "address"


class Found(NamedTuple):
    """One piece of a text. found: as it is written; start, end: where it stands in the text."""

    kind: Reach
    found: str
    start: int
    end: int


_BLANK = r"[ \u00a0\u202f\u2009]"
_OPEN, _CLOSE = rf"{_BLANK}?[(\[{{]{_BLANK}?", rf"{_BLANK}?[)\]}}]{_BLANK}?"
_AT = rf"(?:@|{_OPEN}(?:at|arobase|arobas|à|@){_CLOSE}|{_BLANK}(?:arobase|arobas){_BLANK})"
_DOT = rf"(?:\.|{_OPEN}(?:dot|point|\.){_CLOSE}|{_BLANK}point{_BLANK})"
_EMAIL = re.compile(
    rf"(?<![\w.+-])[a-z0-9][\w.+%-]{{0,63}}{_AT}[a-z0-9](?:[a-z0-9-]{{0,62}}){_DOT}"
    rf"(?:[a-z0-9-]{{1,63}}{_DOT}){{0,3}}[a-z]{{2,12}}(?![\w@])",
    re.IGNORECASE,
)
_GAP = r"[ \u00a0\u202f\u2009.\-/·]{0,3}"
# French numbers but those of services (08…): 06…, +33 6…, 0033 (0)6…; overseas codes; other countries by +.
_PHONE = re.compile(
    rf"(?<![\d.,+])(?:(?:\+|00){_GAP}(?:33|262|508|590|594|596|681|687|689){_GAP}(?:\(0\)|0)?{_GAP}|0)"
    rf"[1-79](?:{_GAP}\d){{5,8}}(?!{_BLANK}?%|[.,]?\d|{_BLANK}(?:voix|euros|€|habitants|inscrits)\b)"
    rf"|(?<![\d+])\+{_GAP}[1-9]\d{{0,2}}(?:{_GAP}\d){{8,11}}(?![.,]?\d)"
)
_LEAST_DIGITS = (
    9  # without the code of the country: 06 12 34 56 78 has ten, +33 6 … nine; overseas from six on
)
_SURE = (
    r"rue|avenue|av\.|boulevard|bd\.?|bld\.?|impasse|allée|allee|faubourg|fbg\.?|venelle|ruelle|lotissement"
)
_OFTEN = (
    r"place|pl\.|chemin|ch\.|route|rte\.?|quai|cours|square|passage|sentier|résidence|hameau|villa|cité"
    r"|esplanade"
)
_NUMBER = rf"(?<![\d.,/\w-])\d{{1,4}}(?:{_BLANK}?(?:bis|ter|quater|[A-D]))?{_BLANK}?,?{_BLANK}?"
_LINK = rf"(?:(?:de la|de l['’]|des|du|de|d['’]|la|le|les|l['’])){_BLANK}?"
_ADDRESS = re.compile(
    rf"{_NUMBER}(?:(?i:{_SURE}){_BLANK}(?:(?i:{_LINK}))?[^\W\d_][\w'’-]{{2,30}}"
    rf"|(?i:{_OFTEN}){_BLANK}(?:(?i:{_LINK}))?[A-ZÀ-ÖØ-Þ][\w'’-]{{1,30}})"
    rf"(?:{_BLANK}[\w'’-]{{1,30}}){{0,5}}?(?:{_BLANK}?,?{_BLANK}?(?:F-)?\d{{5}}{_BLANK}[A-ZÀ-ÖØ-Þ][\w'’-]{{1,40}})?"
)
_PATTERNS = ((Reach.EMAIL, _EMAIL), (Reach.PHONE, _PHONE), (Reach.ADDRESS, _ADDRESS))


def find_personal(text: str, allowed: Iterable[str] = ()) -> list[Found]:
    """Return the pieces of a text that let somebody be reached, in their order.

    allowed: addresses and numbers that are the community's own, and are never flagged.
    """
    own = {_bare(one) for one in allowed}
    return sorted((one for one in _all(text) if _bare(one.found) not in own), key=lambda one: one.start)


def _all(text: str) -> Iterator[Found]:
    for kind, pattern in _PATTERNS:
        for match in pattern.finditer(text):
            if kind is not Reach.PHONE or _is_number(match.group()):
                yield Found(kind, match.group(), match.start(), match.end())


def _is_number(found: str) -> bool:
    """Ten digits from 0 on, nine after +33, six after a code overseas, eight to eleven elsewhere."""
    digits = re.sub(r"\D", "", found.replace("(0)", ""))
    if found.startswith("+") or digits.startswith("00"):
        return len(digits.removeprefix("00")) >= _LEAST_DIGITS
    return len(digits) == _LEAST_DIGITS + 1


def _bare(text: str) -> str:
    return re.sub(r"[\s.\-/·]", "", text).casefold()
