"""The dates that a community lives by, each told by the app that knows it.

An app has a module `dates` that calls `register_dates`; it is read when Django starts.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from tractage.hq.campaigns.models import Campaign

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise


@dataclass(frozen=True)
class AgendaDate:
    """A date of the calendar: `since` ≤ t < `until`, aware; without `until`, a moment such as a deadline.

    key: stable and unique, so that a phone's calendar replaces what it knows. `text`: in the language of now.
    `url`: path of its page, if any. `permission`: what one needs to see it; empty for any member.
    """

    key: str
    since: datetime
    text: str
    until: datetime | None = None
    url: str = ""
    permission: str = ""
    kind: str = ""


Teller = Callable[[Campaign, datetime, datetime], Iterable[AgendaDate]]
"""Tells an app's dates that touch a window: campaign, its start, its end (aware)."""


@dataclass(frozen=True)
class Source:
    """One kind of dates: its name in addresses, its word, who tells it."""

    name: str
    label: "StrOrPromise"
    tell: Teller


sources: dict[str, Source] = {}


def register_dates(name: str, label: "StrOrPromise", tell: Teller) -> None:
    """Add an app's dates; the same name replaces it."""
    sources[name] = Source(name, label, tell)


def dates(
    campaign: Campaign,
    since: datetime,
    until: datetime,
    may: Callable[[str], bool],
    kinds: Iterable[str] = (),
) -> list[AgendaDate]:
    """The dates that touch `since` ≤ t < `until`, in order.

    may: whether the person has a permission. kinds: names of sources; none asks for all.
    """
    from dataclasses import replace

    wanted = set(kinds) or set(sources)
    found = [
        replace(one, kind=source.name)
        for source in sources.values()
        if source.name in wanted
        for one in source.tell(campaign, since, until)
        if touches(one, since, until) and (not one.permission or may(one.permission))
    ]
    return sorted(found, key=lambda one: (one.since, one.key))


def touches(one: AgendaDate, since: datetime, until: datetime) -> bool:
    """Whether a date lies in a window, wholly or in part."""
    return one.since < until and (one.since >= since or (one.until is not None and one.until > since))
