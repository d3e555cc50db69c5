"""Estimates of reach as runs: asked for, computed by the worker, kept by the fingerprint of their inputs."""

import hashlib
import time
from collections.abc import Callable
from dataclasses import asdict
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from tractage.domain.errors import InputError
from tractage.hq.campaigns.clock import now
from tractage.hq.campaigns.models import Campaign
from tractage.hq.campaigns.services import touch_campaign, write_audit_line
from tractage.hq.campaigns.silence import freeze
from tractage.hq.people.models import Member
from tractage.hq.people.refusals import Refused
from tractage.hq.people.rules import require
from tractage.hq.sightings.kinds import ReachScope, RunStatus
from tractage.hq.sightings.models import ReachRun
from tractage.hq.sightings.scopes import works_of_scope
from tractage.hq.sightings.selectors import LeftOut, as_table, seen_posts, usable

BOOTSTRAPS, GAIN_BOOTSTRAPS, SEED = 2000, 400, 1
METHOD = "huggins-alho/1"
"""Part of the fingerprint: another method is another run."""
TELL_SECONDS = 1.0
KEPT_RUNS = 20
# Kept as they are, and said in the language of who reads them.
LACKS_EXTRA = gettext_noop("This instance lacks the extra “reach”: its operator can install it.")
FAULT = gettext_noop("The estimate stopped on a fault, which is in the log.")


class Cancelled(Exception):  # noqa: N818 - a wish, not an error
    """Someone no longer wants the estimate."""


def table_of(campaign: Campaign, scope: str, key: str, works: set[int] | None = None) -> tuple[str, LeftOut]:
    """What an estimate of a scope would read now; `works` when the caller alone knows them (an operation)."""
    chosen = works if scope == ReachScope.OPERATION else works_of_scope(campaign, scope, key)
    posts, left = usable(seen_posts(campaign, chosen))
    return as_table(posts), left


def fingerprint(table: str) -> str:
    """The name of an estimate: its inputs, its method, its parameters."""
    return hashlib.sha256(f"{METHOD} {BOOTSTRAPS} {SEED}\n{table}".encode()).hexdigest()


def latest_run(campaign: Campaign, scope: str, key: str) -> ReachRun | None:
    """The last run of a scope that was not cancelled, done or not."""
    runs = ReachRun.objects.filter(campaign=campaign, scope=scope, key=key)
    return runs.exclude(status=RunStatus.CANCELLED).first()


def shown_run(campaign: Campaign) -> ReachRun | None:
    """The run that everyone may read, if one was opened."""
    return ReachRun.objects.filter(campaign=campaign, shown=True, status=RunStatus.DONE).first()


@transaction.atomic
def ask_reach(
    actor: Member | None, campaign: Campaign, scope: str, key: str = "", works: set[int] | None = None
) -> ReachRun:
    """Have a scope estimated from the sightings of now; the same inputs give the run that exists.

    Raises Refused when no post can be taken.
    """
    require(actor, "sightings.compute_reach")
    table, left = table_of(campaign, scope, key, works)
    if table.count("\n") < 2:
        raise Refused(_("No post with its views is confirmed yet: there is nothing to estimate from."))
    print_of = fingerprint(table)
    runs = ReachRun.objects.filter(campaign=campaign, scope=scope, key=key)
    run = runs.select_for_update(of=("self",)).filter(fingerprint=print_of).first()
    if run and (run.moving or run.status == RunStatus.DONE):
        return run
    values: dict[str, Any] = {
        "status": RunStatus.WAITING, "table": table, "left_out": asdict(left), "asked_at": now(),
        "until": now(), "done": 0, "total": 0, "error": "", "result": None,
    }  # fmt: skip
    run = run or ReachRun(campaign=campaign, scope=scope, key=key, fingerprint=print_of)
    for name, value in values.items():
        setattr(run, name, value)
    try:
        with transaction.atomic():
            run.save()
    except IntegrityError:  # asked twice at the same moment
        return runs.get(fingerprint=print_of)
    write_audit_line(actor, "reach.ask", run, scope=scope, key=key)
    pk = run.pk
    transaction.on_commit(lambda: _enqueue(pk))
    return run


def _enqueue(pk: int) -> None:
    from tractage.hq.sightings.tasks import compute_reach

    compute_reach.enqueue(pk)


@transaction.atomic
def cancel_reach(actor: Member, run: ReachRun) -> None:
    """Stop an estimate that nobody needs; asking again begins anew."""
    require(actor, "sightings.compute_reach")
    run = ReachRun.objects.select_for_update(of=("self",)).get(pk=run.pk)
    if run.moving:
        run.status = RunStatus.CANCELLED
        run.save(update_fields=["status"])
        write_audit_line(actor, "reach.cancel", run)


@transaction.atomic
def open_run(actor: Member, run: ReachRun, shown: bool) -> ReachRun:
    """Let everyone read an estimate of the whole campaign, or shut it again. Not during a silence."""
    run = ReachRun.objects.select_for_update(of=("self",)).select_related("campaign").get(pk=run.pk)
    require(actor, "sightings.open_reach", run)
    if shown and (run.scope != ReachScope.CAMPAIGN or run.status != RunStatus.DONE):
        raise Refused(_("Only a finished estimate of the whole campaign can be opened."))
    if shown and freeze(run.campaign).frozen:
        raise Refused(_("Nothing new is published during the electoral silence. Shutting it stays possible."))
    if shown:
        ReachRun.objects.filter(campaign=run.campaign, shown=True).exclude(pk=run.pk).update(shown=False)
    if run.shown != shown:
        run.shown = shown
        run.save(update_fields=["shown"])
        touch_campaign(run.campaign)
        write_audit_line(actor, "reach.open" if shown else "reach.shut", run)
    return run


def run_reach(pk: int) -> bool:
    """Compute a run that waits or was left half-way; False when nobody waits for it any more."""
    moving = (RunStatus.WAITING, RunStatus.RUNNING)
    claimed = ReachRun.objects.filter(pk=pk, status__in=moving).update(
        status=RunStatus.RUNNING, started_at=now(), done=0
    )
    if not claimed:
        return False
    run = ReachRun.objects.get(pk=pk)
    try:
        result = _estimate(run)
        charts = _charts(result)
    except Cancelled:
        return False
    except ImportError:
        return _stop(pk, LACKS_EXTRA)
    except InputError as error:
        return _stop(pk, str(error))
    except Exception:
        _stop(pk, FAULT)
        raise
    kept = ReachRun.objects.filter(pk=pk, status=RunStatus.RUNNING)
    kept.update(status=RunStatus.DONE, result=result, charts=charts, finished_at=now(), done=run.total or 1)
    _forget_old(run)
    return True


def _estimate(run: ReachRun) -> dict[str, Any]:
    from tractage.domain.reach.document import gain_document, platform_document, reasons_document
    from tractage.domain.reach.estimate import estimate_reach
    from tractage.domain.reach.gains import gains
    from tractage.domain.reach.table import read_table

    found = read_table(run.table, "sightings").found
    run.total = BOOTSTRAPS + GAIN_BOOTSTRAPS * (1 + len(found.lists))
    ReachRun.objects.filter(pk=run.pk).update(total=run.total)
    tell = _teller(run.pk)
    answers = estimate_reach(found, BOOTSTRAPS, SEED, advance=tell)
    added = gains(found, GAIN_BOOTSTRAPS, SEED, advance=tell)
    platforms = []
    for answer in answers:
        document = platform_document(answer)
        for name in ("posts", "views"):
            document[name]["reasons"] = reasons_document(getattr(answer, name).reasons)
        document["reasons"] = reasons_document(answer.reasons)
        document["notes"] = reasons_document(answer.notes)
        document["gains"] = [gain_document(one) for one in added if one.platform == answer.platform]
        platforms.append(document)
    return {"platforms": platforms, "lists": list(found.lists), "aged": found.ages is not None}


def _teller(pk: int) -> Callable[[int], None]:
    """Write progress at most once a second, and notice that the run was cancelled."""
    state = {"done": 0, "at": time.monotonic()}

    def advance(number: int) -> None:
        state["done"] += number
        if time.monotonic() - state["at"] >= TELL_SECONDS:
            state["at"] = time.monotonic()
            told = ReachRun.objects.filter(pk=pk, status=RunStatus.RUNNING).update(done=state["done"])
            if not told:
                raise Cancelled

    return advance


def _charts(result: dict[str, Any]) -> dict[str, str]:
    from tractage.adapters.reach_chart import draw_reach

    try:
        return {language: draw_reach(result["platforms"], language) for language in ("fr", "en")}
    except ImportError:
        return {}  # the table says the same


def _stop(pk: int, words: str) -> bool:
    ReachRun.objects.filter(pk=pk, status=RunStatus.RUNNING).update(
        status=RunStatus.FAILED, error=words[:300], finished_at=now()
    )
    return False


def _forget_old(run: ReachRun) -> None:
    """Keep the last runs of each scope, and the one that is open."""
    runs = ReachRun.objects.filter(campaign=run.campaign_id, scope=run.scope, key=run.key)
    old = list(runs.values_list("pk", flat=True)[KEPT_RUNS:])
    ReachRun.objects.filter(pk__in=old, shown=False).delete()
