"""The express plan: from the day of a dissolution, drafts of missions and operations, and the dates."""

import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from importlib.resources import files
from typing import Any

from django.db import transaction
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from tractage.domain.errors import InputError
from tractage.domain.law.content import PROPAGANDA
from tractage.domain.law.freeze import next_window
from tractage.domain.law.plan import Plan, possible_sundays
from tractage.domain.law.plan import plan as make_plan
from tractage.domain.law.windows import NATIONAL
from tractage.domain.law.zones import clock, moment, zone
from tractage.hq.campaigns.clock import now
from tractage.hq.campaigns.models import Campaign
from tractage.hq.campaigns.services import write_audit_line
from tractage.hq.missions.models import Brief, BriefStatus
from tractage.hq.missions.services import BriefContent, Fact, Target, write_brief
from tractage.hq.missions.starters import starters
from tractage.hq.operations.models import ExpressPlan, Operation, OperationStatus, PlanDate, Step
from tractage.hq.people.models import Member
from tractage.hq.people.refusals import Refused
from tractage.hq.people.rules import require


@dataclass(frozen=True)
class DraftOperation:
    """An operation that the plan would draft; `moved`: the law put it elsewhere than the model had it."""

    title: str
    goal: str
    starts_at: datetime
    ends_at: datetime
    moved: bool
    do: Sequence[str]
    dont: Sequence[str]
    steps: Sequence[str]


@dataclass(frozen=True)
class Preview:
    """What one click would make, before anything is written."""

    plan: Plan
    operations: tuple[DraftOperation, ...]
    briefs: tuple[tuple[str, dict[str, Any]], ...]


def preview(campaign: Campaign, dissolution: date, first_round: date | None = None) -> Preview:
    """The plan of a dissolution for this campaign; pure reading. Raises Refused for a day outside the law."""
    try:
        plan = make_plan(dissolution, first_round)
    except InputError:
        raise Refused(_outside_the_law(dissolution)) from None
    held = set(Brief.objects.filter(campaign=campaign).exclude(origin="").values_list("origin", flat=True))
    briefs = tuple((origin, words) for origin, words in starters(campaign) if origin not in held)
    return Preview(plan, tuple(draft_operations(plan)), briefs)


def _outside_the_law(dissolution: date) -> str:
    """Why no plan can be made from these days, with those that are possible."""
    try:
        sundays = possible_sundays(dissolution)
    except OverflowError:
        return _("No calendar goes that far: look at the day of the dissolution.")
    listed = ", ".join(date_format(day) for day in sundays)
    words = _("The first round is on a Sunday from 20 to 40 days after the dissolution: %(sundays)s.")
    return words % {"sundays": listed}


def model_operations() -> list[dict[str, Any]]:
    """The operations of the shipped model, as they are written."""
    text = (files("tractage.hq.operations") / "shipped" / "express.toml").read_text("utf-8")
    found: list[dict[str, Any]] = tomllib.loads(text)["operation"]
    return found


def draft_operations(plan: Plan) -> list[DraftOperation]:
    """The operations of the shipped model, on the plan's days, in métropole; each window is lawful.

    A window that touches a silence goes to the nearest lawful one before it; one that would begin before the
    dissolution is left out.
    """
    anchors = {"first": plan.first_round, "second": plan.second_round}
    paris = clock(zone(NATIONAL).tz)
    if paris is None:
        raise Refused(_("The time-zone data of this machine is missing."))
    found = []
    for row in model_operations():
        start = moment(paris, anchors[row["from"]] + timedelta(days=row["days"]), time(row["hour"]))
        end = start + timedelta(minutes=row["minutes"])
        answer = next_window(PROPAGANDA, plan.rounds, (NATIONAL,), start, end)
        span = answer.before or answer.nearest
        if span is None or span.since is None or span.until is None:
            continue
        if not answer.lawful:
            start, end = span.since, span.until
        if start.date() > plan.dissolution:
            texts = row["title"], row["goal"], start, end, not answer.lawful
            found.append(DraftOperation(*texts, row["do"], row["dont"], row["steps"]))
    return found


def current_plan(campaign: Campaign) -> ExpressPlan | None:
    """The plan in force, or None."""
    return ExpressPlan.objects.filter(campaign=campaign, undone_at__isnull=True).first()


@transaction.atomic
def make_express_plan(
    actor: Member | None, campaign: Campaign, dissolution: date, first_round: date | None = None
) -> ExpressPlan:
    """Write what `preview` shows, all of it as drafts that nobody sees but coordinators.

    Raises Refused when a plan is already in force or the day is outside the law.
    """
    require(actor, "operations.express", campaign)
    campaign = Campaign.objects.select_for_update(of=("self",)).get(pk=campaign.pk)
    if current_plan(campaign) is not None:
        raise Refused(_("A plan is in force already: undo it first, its drafts go and nothing else."))
    shown = preview(campaign, dissolution, first_round)
    kept = ExpressPlan.objects.create(
        campaign=campaign,
        dissolution=dissolution,
        first_round=shown.plan.first_round,
        made_by=actor,
        made_at=now(),
    )
    PlanDate.objects.bulk_create(
        PlanDate(
            plan=kept,
            at=step.at,
            kind=step.kind,
            text=step.fr,
            article=step.article,
            confidence=step.confidence,
        )
        for step in shown.plan.steps
    )
    kept.briefs.set([_draft_brief(actor, campaign, *one) for one in shown.briefs])
    for draft in shown.operations:
        _draft_operation(actor, kept, draft)
    write_audit_line(actor, "plan.make", kept, dissolution=dissolution.isoformat())
    return kept


@transaction.atomic
def undo_express_plan(actor: Member | None, plan: ExpressPlan) -> tuple[int, int]:
    """Remove the dates and what is still a draft; what people have opened since stays. Returns the counts."""
    plan = ExpressPlan.objects.select_for_update(of=("self",)).get(pk=plan.pk)
    require(actor, "operations.express", plan.campaign)
    if plan.undone_at is not None:
        return 0, 0
    operations = plan.operations.filter(status=OperationStatus.DRAFT)
    briefs = plan.briefs.filter(status=BriefStatus.DRAFT, claims__isnull=True)
    gone = briefs.count(), operations.count()
    Brief.objects.filter(pk__in=list(briefs.values_list("pk", flat=True))).delete()
    operations.delete()
    plan.dates.all().delete()
    plan.undone_at = now()
    plan.save(update_fields=["undone_at"])
    write_audit_line(actor, "plan.undo", plan, briefs=gone[0], operations=gone[1])
    return gone


def _draft_brief(actor: Member | None, campaign: Campaign, origin: str, words: dict[str, Any]) -> Brief:
    content = BriefContent(
        **{key: value for key, value in words.items() if key not in ("facts", "seats")},
        targets=[Target(code) for code in words.get("seats", ())],
        facts=[Fact(**fact) for fact in words.get("facts", ())],
    )
    return write_brief(actor, campaign, content, origin=origin, draft=True)


def _draft_operation(actor: Member | None, plan: ExpressPlan, draft: DraftOperation) -> None:
    operation = Operation.objects.create(
        campaign=plan.campaign,
        plan=plan,
        author=actor,
        title=draft.title,
        goal=draft.goal,
        starts_at=draft.starts_at,
        ends_at=draft.ends_at,
        zones=[NATIONAL],
        do=list(draft.do),
        dont=list(draft.dont),
        status=OperationStatus.DRAFT,
        created_at=now(),
    )
    Step.objects.bulk_create(Step(operation=operation, text=text) for text in draft.steps)
    write_audit_line(actor, "operation.plan", operation, draft=True, plan=plan.pk)
