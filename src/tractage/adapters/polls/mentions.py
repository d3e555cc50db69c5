"""The law's mentions in words, one line per institute and sponsor (loi 77-808, art. 2)."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date

from tractage.domain.elections.polls import Poll, mentions

SPACE = "\u202f"


def mention_lines(polls: Iterable[Poll]) -> list[str]:
    """Return one French line of mentions per institute and sponsor (loi 77-808, art. 2)."""
    groups: dict[tuple[str, ...], list[Poll]] = defaultdict(list)
    for poll in polls:
        sponsors = sorted(part.strip().casefold() for part in poll.sponsor.split(","))
        groups[poll.institute, *sponsors].append(poll)
    return [_mention(group) for _, group in sorted(groups.items())]


def _mention(group: Sequence[Poll]) -> str:
    said = [mentions(poll) for poll in group]
    first, last = min(item.start for item in said), max(item.end for item in said)
    count = "1 enquête" if len(said) == 1 else f"{len(said)} enquêtes"
    samples = _range([item.sample for item in said], 0)
    margins = _range([item.margin for item in said], 1)
    return (
        f"{said[0].institute} pour {said[0].sponsor} : {count}, du {day_words(first)} au {day_words(last)}, "
        f"{samples} personnes, marge d’erreur ± {margins} points au plus"
    )


def _range(values: Sequence[float], digits: int) -> str:
    ends = dict.fromkeys(number_words(value, digits) for value in (min(values), max(values)))
    return " à ".join(ends)


def number_words(value: float, digits: int) -> str:
    """1 234,5, as French printing sets it."""
    return f"{value:,.{digits}f}".replace(",", SPACE).replace(".", ",")


def day_words(day: date) -> str:
    """07/04/2022."""
    return day.strftime("%d/%m/%Y")
