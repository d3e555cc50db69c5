"""The law's dates, and the days on which people vote, zone by zone."""

from collections.abc import Iterator
from datetime import UTC, datetime, time, timedelta

from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from tractage.domain.errors import InputError
from tractage.domain.law.agenda import agenda
from tractage.domain.law.calendar import Election, Round, election
from tractage.domain.law.zones import clock, everywhere, find, moment
from tractage.hq.campaigns.agenda import AgendaDate, register_dates
from tractage.hq.campaigns.models import Campaign

SILENCE = "L49"
SHOWN = 6


def _known(campaign: Campaign) -> Election | None:
    try:
        return election(campaign.election)
    except InputError:
        return None


def legal_dates(campaign: Campaign, _since: datetime, _until: datetime) -> Iterator[AgendaDate]:
    """Every window of the law pack; the silence of every territory and of the posts abroad."""
    known = _known(campaign)
    if known is None:
        return
    national = [entry for entry in agenda(known) if entry.rule != SILENCE]
    silences = [entry for entry in agenda(known, everywhere()) if entry.rule == SILENCE]
    english = get_language() == "en"
    for entry in (*national, *silences):
        words = (entry.en if english else entry.fr).partition(" (")[0]
        text = f"{words} ({entry.article}){_(':')} {places(entry.zones)}"
        yield AgendaDate(entry.uid.removesuffix("@tractage"), entry.since, text, entry.until)


def polling_days(campaign: Campaign, _since: datetime, _until: datetime) -> Iterator[AgendaDate]:
    """When each zone votes: midnight to midnight by its own clock."""
    known = _known(campaign)
    for turn in known.rounds if known else ():
        for (start, end), zones in _days(turn).items():
            words = _("First round") if turn.number == 1 else _("Second round")
            text = f"{words}{_(':')} {_('people vote, %(places)s') % {'places': places(zones)}}"
            yield AgendaDate(
                f"{turn.election}-{turn.number}-vote-{zones[0]}-{start:%Y%m%d}", start, text, end
            )


def _days(turn: Round) -> dict[tuple[datetime, datetime], list[str]]:
    """The polling days of a round, as moments, with the zones that share them."""
    found: dict[tuple[datetime, datetime], list[str]] = {}
    for name in everywhere():
        zone = find(name)
        hours = clock(zone.tz) if zone else None
        if zone is None or hours is None:
            continue
        for day in turn.days(zone):
            if day is not None:
                span = moment(hours, day, time(0)), moment(hours, day + timedelta(days=1), time(0))
                found.setdefault((span[0].astimezone(UTC), span[1].astimezone(UTC)), []).append(name)
    return found


def places(zones: tuple[str, ...] | list[str]) -> str:
    """The names of zones, the first of them and how many others."""
    english = get_language() == "en"
    found = [zone for name in zones if (zone := find(name))]
    names = list(dict.fromkeys(zone.en if english else zone.fr for zone in found))
    if len(names) > SHOWN:
        more = len(names) - SHOWN + 1
        names = [*names[: SHOWN - 1], _("%(number)s other places") % {"number": more}]
    return ", ".join(names)


register_dates("loi", gettext_lazy("Law"), legal_dates)
register_dates("vote", gettext_lazy("Voting days"), polling_days)
