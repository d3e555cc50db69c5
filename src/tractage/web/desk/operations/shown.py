"""What the pages of operations say in words: when, where, what the advice is."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils.dateformat import format as format_date
from django.utils.timezone import localtime
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from tractage.domain.elections.seats import seat
from tractage.domain.law.freeze import Span
from tractage.domain.law.pack import rule
from tractage.domain.law.zones import everywhere, find
from tractage.domain.reach.pacing import Pacing
from tractage.hq.operations.hours import local_windows
from tractage.hq.operations.models import Operation, OperationStatus
from tractage.hq.operations.window import WindowRefused
from tractage.web.templatetags.words import NARROW, day, hour, short_seat

MOST_PLACES = 5


def clock_words(moment: datetime) -> str:
    """19 h 00."""
    local = localtime(moment)
    return (
        format_date(local, "H:i") if get_language() == "en" else format_date(local, f"G{NARROW}\\h{NARROW}i")
    )


def when(start: datetime, end: datetime) -> str:
    """« mercredi 10 mars 2027, de 19 h 00 à 22 h 00 », Paris time."""
    if localtime(start).date() == localtime(end).date():
        return _("%(day)s, from %(start)s to %(end)s") % {
            "day": day(start), "start": clock_words(start), "end": clock_words(end)
        }  # fmt: skip
    return _("from %(start)s to %(end)s") % {"start": hour(start), "end": hour(end)}


def zone_name(name: str) -> str:
    """A zone of the law pack in the page's language."""
    found = find(name)
    if found is None:
        return name
    return found.en if get_language() == "en" else found.fr


def place_names(operation: Operation) -> list[str]:
    """Where it aims: zones, seats, or nothing for the whole country."""
    if operation.zones:
        return [zone_name(name) for name in operation.zones]
    return [short_seat(seat(code)) for code in operation.seats]


def some_zones(names: Iterable[str]) -> str:
    """A few names, then how many others."""
    found = list(dict.fromkeys(names))
    if set(found) >= set(everywhere()):
        return _("everywhere")
    shown = [zone_name(name) for name in found[:MOST_PLACES]]
    if more := len(found) - len(shown):
        shown.append(ngettext("%(number)s other place", "%(number)s other places", more) % {"number": more})
    return ", ".join(shown)


def local_hours(operation: Operation) -> list[tuple[str, str]]:
    """The window by the clock of each zone named, when it is not that of Paris."""
    pattern = "l H:i" if get_language() == "en" else f"l G{NARROW}\\h{NARROW}i"
    return [
        (zone_name(one.zone.id), f"{format_date(one.start, pattern)} – {format_date(one.end, pattern)}")
        for one in local_windows(operation)
    ]


def state(operation: Operation, at: datetime) -> str:
    """In a word: draft, cancelled, under way, over, planned."""
    if operation.status != OperationStatus.PLANNED:
        return str(operation.get_status_display())
    if operation.is_over(at):
        return _("Over")
    return _("Under way") if operation.runs(at) else _("Planned")


@dataclass(frozen=True)
class Offered:
    """A lawful window that a button takes: its value for the form, its words."""

    value: str
    words: str
    nearest: bool


@dataclass(frozen=True)
class WindowAnswer:
    """Why a window is refused and what is offered instead."""

    why: str
    zones: str
    articles: tuple[tuple[str, str], ...]
    offered: tuple[Offered, ...]


def window_answer(refusal: WindowRefused) -> WindowAnswer:
    """The refusal of the law pack, ready for the form."""
    found = refusal.proposal
    english = get_language() == "en"
    articles = tuple(
        (one.article, one.en if english else one.fr) for one in (rule(name) for name in refusal.rules)
    )
    spans = [span for span in (found.before, found.after) if span]
    offered = tuple(one for span in spans if (one := _offered(span, span == found.nearest)))
    return WindowAnswer(str(refusal), some_zones(refusal.zones), articles, offered)


def _offered(span: Span, nearest: bool) -> Offered | None:
    if span.since is None or span.until is None:
        return None
    value = f"{span.since.isoformat()}/{span.until.isoformat()}"
    return Offered(value, when(span.since, span.until), nearest)


def length_words(length: timedelta) -> str:
    """« 7 minutes », « 2 heures », « 1 jour »."""
    minutes = max(1, int(length.total_seconds() // 60))
    if minutes < 90:
        return ngettext("%(number)s minute", "%(number)s minutes", minutes) % {"number": minutes}
    hours = round(minutes / 60)
    if hours < 48:
        return ngettext("%(number)s hour", "%(number)s hours", hours) % {"number": hours}
    days = round(hours / 24)
    return ngettext("%(number)s day", "%(number)s days", days) % {"number": days}


def advice_words(found: Pacing) -> tuple[str, str]:
    """The advice in a headline and a sentence."""
    if not found.participants:
        return _("Nobody yet"), _("The advice comes with the first people.")
    people = ngettext("%(number)s person", "%(number)s people", found.participants)
    people %= {"number": found.participants}
    have = ngettext("%(number)s distinct version", "%(number)s distinct versions", found.versions)
    have %= {"number": found.versions}
    if found.enough:
        head = _("Enough distinct versions")
        return head, _("%(have)s for %(people)s: nobody has to copy.") % {"have": have, "people": people}
    head = ngettext("%(number)s version is missing", "%(number)s versions are missing", found.missing)
    words = _(
        "%(have)s for %(people)s: make %(wanted)s, so that at most %(sharers)s people pass the same one on."
    )
    return head % {"number": found.missing}, words % {
        "have": have, "people": people, "wanted": found.wanted, "sharers": found.sharers
    }  # fmt: skip
