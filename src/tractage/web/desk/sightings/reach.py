"""The dashboard of reach: of what, from which lists, how fresh, with which ranges; and its exports."""

from dataclasses import dataclass
from datetime import timedelta
from statistics import median
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from tractage.hq.campaigns.clock import now
from tractage.hq.campaigns.models import Campaign
from tractage.hq.people.refusals import Refused
from tractage.hq.people.rules import allowed
from tractage.hq.sightings.kinds import How, ReachScope, RunStatus
from tractage.hq.sightings.models import ReachRun
from tractage.hq.sightings.reach import ask_reach, cancel_reach, fingerprint, latest_run, open_run
from tractage.hq.sightings.selectors import (
    LeftOut,
    SeenPost,
    as_table,
    audit_counts,
    days_since,
    found_by_list,
    seen_posts,
    usable,
)
from tractage.web.campaign import served
from tractage.web.desk.access import for_members, member_of
from tractage.web.desk.sightings.scope import Scope, read_scope, scope_choices
from tractage.web.desk.sightings.words import list_name, platform_rows


@dataclass(frozen=True)
class Freshness:
    """How old the readings of views are, in days."""

    middle: int
    oldest: int


@require_safe
@for_members("sightings.see_reach")
def dashboard(request: HttpRequest) -> HttpResponse:
    """What can honestly be said of a scope now."""
    return show(request, scope_of(request))


@require_POST
@for_members("sightings.compute_reach")
def ask(request: HttpRequest) -> HttpResponse:
    """Have the worker estimate a scope."""
    scope = scope_of(request)
    try:
        ask_reach(member_of(request), served(request), scope.kind, scope.key, scope.works)
    except Refused as refusal:
        return show(request, scope, str(refusal), 409)
    return redirect(f"{reverse('reach')}?{scope.query}")


@require_safe
@for_members("sightings.see_reach")
def progress(request: HttpRequest, pk: int) -> HttpResponse:
    """The part of the page that moves; asked again by the page itself."""
    run = found(request, pk)
    return render(request, "desk/sightings/progress.html", {"run": run, "left": left_of(run)})


@require_POST
@for_members("sightings.compute_reach")
def cancel(request: HttpRequest, pk: int) -> HttpResponse:
    """Stop an estimate."""
    run = found(request, pk)
    cancel_reach(member_of(request), run)
    messages.success(request, _("Cancelled. Asking again begins anew."))
    return redirect(f"{reverse('reach')}?{urlencode({'quoi': run.scope, 'cle': run.key})}")


@require_POST
@for_members("sightings.open_reach")
def open_to_all(request: HttpRequest, pk: int) -> HttpResponse:
    """Open an estimate to everyone, or shut it."""
    run = found(request, pk)
    try:
        open_run(member_of(request), run, not run.shown)
    except Refused as refusal:
        return show(request, read_scope(served(request), run.scope, run.key), str(refusal), 409)
    messages.success(request, _("Shut again.") if run.shown else _("Everyone can read it now."))
    return redirect("reach")


@require_safe
@for_members("sightings.see_reach")
def chart(request: HttpRequest, pk: int) -> HttpResponse:
    """The drawing; the table beside it says the same."""
    charts = found(request, pk).charts
    drawn = charts.get("en" if get_language() == "en" else "fr")
    if not drawn:
        raise Http404
    return HttpResponse(drawn, content_type="image/svg+xml")


@require_safe
@for_members("sightings.see_reach")
def table(request: HttpRequest, pk: int) -> HttpResponse:
    """The posts that went in, as `tractage reach estimate` reads them: no address, no account."""
    run = found(request, pk)
    response = HttpResponse(run.table, content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = f"attachment; filename=publications-{run.pk}.csv"
    return response


def found(request: HttpRequest, pk: int) -> ReachRun:
    """The run of this campaign."""
    run = ReachRun.objects.filter(campaign=served(request), pk=pk).first()
    if run is None:
        raise Http404
    return run


def scope_of(request: HttpRequest) -> Scope:
    """What the address or the form asks about; 404 for what does not exist."""
    given = request.POST if request.method == "POST" else request.GET
    choice = given.get("choix", "")
    kind, _sign, key = choice.partition(":") if choice else (given.get("quoi", ""), "", given.get("cle", ""))
    return read_scope(served(request), kind or ReachScope.CAMPAIGN, key[:40])


def show(request: HttpRequest, scope: Scope, refused: str = "", status: int = 200) -> HttpResponse:
    """The page."""
    campaign, member = served(request), member_of(request)
    posts = seen_posts(campaign, scope.works)
    kept, left_out = usable(posts)
    run = latest_run(campaign, scope.kind, scope.key)
    done = run if run and run.status == RunStatus.DONE else _last_done(campaign, scope)
    context: dict[str, Any] = {
        "scope": scope,
        "choices": scope_choices(campaign),
        "posts": len(posts),
        "lists": [(list_name(how), count) for how, count in found_by_list(posts).items()],
        "audits": audit_counts(campaign),
        "left_out": left_out,
        "freshness": freshness(posts),
        "run": run,
        "left": left_of(run) if run else None,
        "done": done,
        "fresh": done is not None and done.fingerprint == fingerprint(as_table(kept)),
        "platforms": platform_rows(done) if done else [],
        "kept_out": LeftOut(**done.left_out) if done else None,
        "opens": allowed(member, "sightings.open_reach") and scope.kind == ReachScope.CAMPAIGN,
        "letters": How.choices,
        "refused": refused,
    }
    return render(request, "desk/sightings/reach.html", context, status=status)


def freshness(posts: list[SeenPost]) -> Freshness | None:
    """How old the readings are; None when nobody read any views."""
    ages = [days_since(post.read_on) for post in posts if post.read_on]
    return Freshness(round(median(ages)), max(ages)) if ages else None


def left_of(run: ReachRun) -> timedelta | None:
    """The time that a run still needs, once it has done enough to tell."""
    if run.status != RunStatus.RUNNING or not run.started_at or not run.total or run.done * 20 < run.total:
        return None
    spent = now() - run.started_at
    return spent * (run.total - run.done) / run.done


def _last_done(campaign: Campaign, scope: Scope) -> ReachRun | None:
    runs = ReachRun.objects.filter(campaign=campaign, scope=scope.kind, key=scope.key)
    return runs.filter(status=RunStatus.DONE).order_by("-finished_at").first()
