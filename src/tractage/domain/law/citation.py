"""What the first publication of a poll must say (loi 77-808, art. 2)."""

from datetime import date
from typing import NamedTuple


class Citation(NamedTuple):
    """The mentions that stand beside a poll's figures; `sample` in persons, `margin` in points."""

    institute: str = ""
    sponsor: str = ""
    sample: int = 0
    first_day: date | None = None
    last_day: date | None = None
    margin: float | None = None


def missing_mentions(citation: Citation) -> tuple[str, ...]:
    """Return the names of the mentions that a poll lacks; a poll is releasable when there are none."""
    wrong_days = bool(citation.first_day and citation.last_day and citation.first_day > citation.last_day)
    checks = {
        "institute": citation.institute.strip() != "",
        "sponsor": citation.sponsor.strip() != "",
        "sample": citation.sample > 0,
        "dates": citation.first_day is not None and citation.last_day is not None and not wrong_days,
        "margin": citation.margin is not None and citation.margin > 0,
    }
    return tuple(name for name, present in checks.items() if not present)
