"""Writes about polls: bring a table, show it or not, take it away."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from urllib.parse import urlsplit

from django.core.files.base import ContentFile
from django.db import transaction
from django.utils.translation import gettext as _

from tractage.adapters.polls.rows import TableError
from tractage.adapters.polls.table import long_format
from tractage.domain.law.pack import rule
from tractage.hq.campaigns.clock import now
from tractage.hq.campaigns.models import Campaign
from tractage.hq.campaigns.services import touch_campaign, write_audit_line
from tractage.hq.people.models import Member
from tractage.hq.people.refusals import Refused
from tractage.hq.people.rules import require
from tractage.hq.polls.models import Computing, PollTable, PollTrend
from tractage.hq.polls.refusals import table_refusal
from tractage.hq.polls.showing import polls_status
from tractage.hq.polls.tasks import compute_trends
from tractage.hq.polls.trends import computed, read_bytes, stored, to_draw

MOST_BYTES = 20_000_000
COMPANIONS = ("mieuxvoter_polls.csv", "mieuxvoter_hypotheses.csv")


@dataclass(frozen=True)
class Brought:
    """A file of polls with its provenance."""

    name: str
    data: bytes
    credit: str
    licence: str
    url: str = ""


@transaction.atomic
def bring_polls(
    actor: Member | None,
    campaign: Campaign,
    brought: Brought,
    companions: Mapping[str, bytes] | None = None,
) -> PollTable:
    """Keep a table of polls and have its trends computed; the same bytes give the table that exists.

    Raises Refused with the file, line and column that are wrong, or what the provenance lacks.
    """
    require(actor, "polls.bring", campaign)
    _check_provenance(brought)
    sha256 = hashlib.sha256(brought.data).hexdigest()
    known = PollTable.objects.filter(campaign=campaign, sha256=sha256).first()
    if known is not None:
        return known
    beside = {name: data for name, data in (companions or {}).items() if name in COMPANIONS}
    try:
        found = read_bytes(brought.name, brought.data, beside)
    except TableError as error:
        raise table_refusal(error) from None
    if not found.polls:
        raise Refused(_("%(name)s: no poll that can be used.") % {"name": brought.name})
    table = PollTable(
        campaign=campaign,
        name=brought.name[:120],
        layout=found.source,
        credit=brought.credit.strip(),
        licence=brought.licence.strip(),
        url=brought.url.strip(),
        sha256=sha256,
        polls=len(found.polls),
        left_out=[one._asdict() for one in found.left_out],
        brought_by=actor,
        brought_at=now(),
    )
    table.rows.save(f"polls-{sha256[:12]}.csv", ContentFile(long_format(found.polls).encode()), save=False)
    table.save()
    write_audit_line(actor, "polls.bring", table, sha256=sha256, polls=table.polls)
    transaction.on_commit(partial(compute_trends.enqueue, table.pk))
    return table


def _check_provenance(brought: Brought) -> None:
    if len(brought.data) > MOST_BYTES:
        raise Refused(_("%(name)s: over 20 MB; a table of polls is far smaller.") % {"name": brought.name})
    if not brought.credit.strip() or not brought.licence.strip():
        raise Refused(_("Who made the table, and under which licence? Both are shown beside the figures."))
    if brought.url and urlsplit(brought.url).scheme not in ("http", "https"):
        raise Refused(_("The address of the table begins with https://"))


@transaction.atomic
def show_table(actor: Member | None, table: PollTable, shown: bool) -> PollTable:
    """Show a table to everyone in place of another, or no longer; nothing new on the eve and the day."""
    table = PollTable.objects.select_for_update(of=("self",)).select_related("campaign").get(pk=table.pk)
    require(actor, "polls.bring", table.campaign)
    if shown:
        frozen = polls_status(table.campaign)
        if frozen.frozen:
            article = rule(frozen.rules[0]).article
            raise Refused(_("No poll may be published now (%(article)s).") % {"article": article})
        if not table.trends.exists():
            raise Refused(_("Its trends are not ready: three polls of one line-up are the least."))
        PollTable.objects.filter(campaign=table.campaign, shown=True).update(shown=False)
    table.shown = shown
    table.save(update_fields=["shown"])
    touch_campaign(table.campaign)
    write_audit_line(actor, "polls.show" if shown else "polls.hide", table)
    return table


@transaction.atomic
def remove_table(actor: Member | None, table: PollTable) -> None:
    """Take a table away with its trends; bringing the same file again brings it back."""
    require(actor, "polls.bring", table.campaign)
    write_audit_line(actor, "polls.remove", table, name=table.name, sha256=table.sha256)
    name, storage = str(table.rows.name), table.rows.storage
    campaign = table.campaign
    table.delete()
    touch_campaign(campaign)
    transaction.on_commit(partial(storage.delete, name))


@transaction.atomic
def ask_again(actor: Member | None, table: PollTable) -> None:
    """Have the trends computed again, after a stop."""
    require(actor, "polls.bring", table.campaign)
    PollTable.objects.filter(pk=table.pk).update(status=Computing.WAITING, error="", done=0)
    write_audit_line(actor, "polls.compute", table)
    transaction.on_commit(partial(compute_trends.enqueue, table.pk))


def make_trends(pk: int) -> int:
    """Compute the trends of a table, one line-up after the other; run by the worker, may run twice."""
    table = PollTable.objects.filter(pk=pk).first()
    if table is None:
        return 0
    with table.rows.open("rb") as file:
        wanted = to_draw(stored(file.read()).polls)
    PollTable.objects.filter(pk=pk).update(status=Computing.RUNNING, total=len(wanted), done=0, error="")
    for number, one in enumerate(wanted, start=1):
        found, result, drawing = computed(one)
        PollTrend.objects.update_or_create(
            table=table,
            line_up=one.line_up.id,
            defaults={
                "round": one.line_up.round,
                "current": one.current,
                "polls": len(found.polls),
                "lacking": one.lacking,
                "until": found.until,
                "result": result,
                "drawing": drawing,
            },
        )
        if not PollTable.objects.filter(pk=pk).update(done=number):
            return number  # taken away meanwhile
    PollTable.objects.filter(pk=pk).update(status=Computing.DONE)
    touch_campaign(table.campaign)
    return len(wanted)
