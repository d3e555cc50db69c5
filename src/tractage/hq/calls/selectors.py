"""Reads about calls."""

import hashlib
import random
from typing import NamedTuple

from django.db.models import Avg, Count, QuerySet

from tractage.hq.calls.models import Entry, PosterCall, State, Vote
from tractage.hq.campaigns.clock import now
from tractage.hq.campaigns.models import Campaign
from tractage.hq.library.models import Review, Status, Verdict
from tractage.hq.people.models import Member


class Result(NamedTuple):
    """An entry with its mean mark, 0 to 3 (None without a vote), and the number of votes."""

    entry: Entry
    mean: float | None
    votes: int


def calls_of(campaign: Campaign) -> QuerySet[PosterCall]:
    """Every call, the latest first, each with how many entries it has."""
    return PosterCall.objects.filter(campaign=campaign).annotate(number=Count("entries")).order_by("-pk")


def open_call(campaign: Campaign) -> PosterCall | None:
    """The call that takes entries now: the one that closes first."""
    found = PosterCall.objects.filter(campaign=campaign, state=State.OPEN, closes_at__gt=now())
    return found.order_by("closes_at", "pk").first()


def shown_calls(campaign: Campaign) -> QuerySet[PosterCall]:
    """The calls whose results are shown, the latest first."""
    return PosterCall.objects.filter(campaign=campaign, state=State.SHOWN).order_by("-pk")


def call_for(campaign: Campaign, pk: int) -> PosterCall | None:
    """A call of this campaign."""
    return PosterCall.objects.filter(campaign=campaign, pk=pk).select_related("campaign").first()


def jury_order(call: PosterCall, juror: Member) -> list[int]:
    """The entries in this juror's own order, the same each time: nobody's poster is always the first."""
    mine = call.entries.exclude(member=juror).order_by("pk")
    numbers = list(mine.values_list("pk", flat=True))
    random.Random(f"{call.seed}:{juror.pk}").shuffle(numbers)
    return numbers


def voted(call: PosterCall, juror: Member) -> set[int]:
    """The entries that this juror has a mark for."""
    return set(Vote.objects.filter(entry__call=call, juror=juror).values_list("entry_id", flat=True))


def results(call: PosterCall) -> list[Result]:
    """The entries by their mean mark, then by the number of votes; read by the desk once the jury is done."""
    rows = call.entries.select_related("work").annotate(mean=Avg("votes__mark"), number=Count("votes"))
    found = [Result(one, one.mean, one.number) for one in rows]
    return sorted(found, key=lambda one: (one.mean is None, -(one.mean or 0), -one.votes, one.entry.pk))


def entry_by_token(campaign: Campaign, token: str) -> Entry | None:
    """The entry that its author follows by its own address."""
    found = Entry.objects.filter(call__campaign=campaign, reference=fingerprint(token))
    return found.select_related("call", "work").first()


def words_of_readers(entry: Entry) -> list[str]:
    """What reviewers tell the author of a chosen poster that goes no further as it is."""
    work = entry.work
    if work is None or work.status not in (Status.CHANGES, Status.REFUSED):
        return []
    found = Review.objects.filter(work=work, proof=work.proof).exclude(verdict=Verdict.ACCEPT)
    return [words for words in found.order_by("pk").values_list("feedback", flat=True) if words]


def fingerprint(token: str) -> str:
    """What is kept of an address that opens an entry."""
    return hashlib.sha256(token.encode()).hexdigest()
