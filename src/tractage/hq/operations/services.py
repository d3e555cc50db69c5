"""Writes about operations: what they say and when, checked by the law; cancelled and taken up again."""

from collections.abc import Sequence
from dataclasses import dataclass, fields
from datetime import datetime
from functools import partial

from django.db import transaction
from django.utils.translation import gettext as _

from tractage.domain.elections.seats import seat
from tractage.domain.errors import InputError
from tractage.domain.law.pack import rule
from tractage.domain.law.zones import find
from tractage.hq.campaigns.clock import now
from tractage.hq.campaigns.models import Campaign
from tractage.hq.campaigns.services import touch_campaign, write_audit_line
from tractage.hq.campaigns.silence import freeze
from tractage.hq.library.models import Status, Work
from tractage.hq.missions.models import Brief
from tractage.hq.missions.persons import refuse_persons
from tractage.hq.operations.models import Operation, OperationStatus, Step
from tractage.hq.operations.reminders import set_reminders
from tractage.hq.operations.tasks import print_sheet
from tractage.hq.operations.window import check_window
from tractage.hq.people.models import Member
from tractage.hq.people.refusals import Refused
from tractage.hq.people.rules import require

MOST_STEPS = 60


@dataclass(frozen=True)
class OperationContent:
    """All that an operation says; without zones nor seats it aims at the whole country and abroad."""

    title: str
    goal: str
    starts_at: datetime
    ends_at: datetime
    slogan: str = ""
    seats: Sequence[str] = ()
    zones: Sequence[str] = ()
    do: Sequence[str] = ()
    dont: Sequence[str] = ()
    works: Sequence[Work] = ()
    brief: Brief | None = None


PLAIN = tuple(one.name for one in fields(OperationContent) if one.name != "works")


@transaction.atomic
def plan_operation(
    actor: Member | None,
    campaign: Campaign,
    content: OperationContent,
    *,
    steps: Sequence[str] = (),
    draft: bool = False,
) -> Operation:
    """Plan an operation. Raises WindowRefused when the law refuses its window, Refused for other reasons."""
    require(actor, "operations.plan", campaign)
    _check(campaign, content, steps)
    operation = Operation(campaign=campaign, author=actor, created_at=now())
    operation.status = OperationStatus.DRAFT if draft else OperationStatus.PLANNED
    _fill(operation, content)
    Step.objects.bulk_create(Step(operation=operation, text=text) for text in steps)
    write_audit_line(actor, "operation.plan", operation, draft=draft)
    return operation


@transaction.atomic
def change_operation(actor: Member | None, operation: Operation, content: OperationContent) -> Operation:
    """Change what an operation says or when it is; its window is checked again."""
    operation = _locked(operation)
    require(actor, "operations.plan", operation)
    _check(operation.campaign, content, ())
    _fill(operation, content)
    write_audit_line(actor, "operation.change", operation)
    return operation


@transaction.atomic
def publish_operation(actor: Member | None, operation: Operation) -> Operation:
    """Make a draft an operation that members can join; the law has its say first."""
    operation = _locked(operation)
    require(actor, "operations.plan", operation)
    if operation.status == OperationStatus.PLANNED:
        return operation
    check_window(operation.campaign, operation.where, operation.starts_at, operation.ends_at)
    operation.status = OperationStatus.PLANNED
    operation.cancelled_at, operation.cancel_reason = None, ""
    operation.save(update_fields=["status", "cancelled_at", "cancel_reason"])
    _settle(operation)
    write_audit_line(actor, "operation.publish", operation)
    return operation


@transaction.atomic
def cancel_operation(actor: Member | None, operation: Operation, reason: str) -> Operation:
    """Call an operation off, with a reason for those who take part; `publish_operation` takes it up again."""
    operation = _locked(operation)
    require(actor, "operations.plan", operation)
    if not reason.strip():
        raise Refused(_("Those who were coming deserve a reason: one sentence is enough."))
    refuse_persons({"reason": reason})
    operation.status = OperationStatus.CANCELLED
    operation.cancelled_at, operation.cancel_reason = now(), reason.strip()
    operation.public_at = None
    operation.save(update_fields=["status", "cancelled_at", "cancel_reason", "public_at"])
    _settle(operation)
    write_audit_line(actor, "operation.cancel", operation)
    return operation


@transaction.atomic
def set_public(actor: Member | None, operation: Operation, opened: bool) -> Operation:
    """Open the operation's public page, or shut it; nothing is opened during the silence of its zones."""
    operation = _locked(operation)
    require(actor, "operations.plan", operation)
    if opened:
        if operation.status != OperationStatus.PLANNED:
            raise Refused(_("Only a planned operation has a public page."))
        status = freeze(operation.campaign, zones=operation.where)
        if status.frozen:
            article = rule(status.rules[0]).article
            raise Refused(_("Not during the electoral silence (%(article)s).") % {"article": article})
    operation.public_at = now() if opened else None
    operation.save(update_fields=["public_at"])
    touch_campaign(operation.campaign)
    write_audit_line(actor, "operation.open" if opened else "operation.shut", operation)
    return operation


def content_of(operation: Operation) -> OperationContent:
    """What an operation says, to change it."""
    return OperationContent(
        **{name: getattr(operation, name) for name in PLAIN}, works=list(operation.works.all())
    )


def _locked(operation: Operation) -> Operation:
    found = Operation.objects.select_for_update(of=("self",)).select_related("campaign", "brief")
    return found.get(pk=operation.pk)


def _check(campaign: Campaign, content: OperationContent, steps: Sequence[str]) -> None:
    if not content.title.strip() or not content.goal.strip():
        raise Refused(_("An operation needs a title and a goal."))
    if len(steps) > MOST_STEPS:
        raise Refused(_("A checklist has %(most)s lines at most.") % {"most": MOST_STEPS})
    for code in content.seats:
        try:
            seat(code)
        except InputError:
            words = _("No seat is called %(seat)s: a seat is written like 24-03.")
            raise Refused(words % {"seat": code}) from None
    for name in content.zones:
        if find(name) is None:
            raise Refused(_("The pack knows no zone called %(zone)s.") % {"zone": name})
    for work in content.works:
        if work.campaign_id != campaign.pk or work.status != Status.RELEASED:
            raise Refused(
                _("“%(title)s” is not on the wall: only released works go round.") % {"title": work}
            )
    if content.brief and content.brief.campaign_id != campaign.pk:
        raise Refused(_("This mission belongs to another campaign."))
    refuse_persons(
        {
            "title": content.title,
            "goal": content.goal,
            "slogan": content.slogan,
            "do": content.do,
            "dont": content.dont,
            "steps": steps,
        }
    )
    # One rule for every way in: the window as it will be kept, zones first, then seats.
    where = Operation(seats=list(content.seats), zones=list(content.zones)).where
    check_window(campaign, where, content.starts_at, content.ends_at)


def _fill(operation: Operation, content: OperationContent) -> None:
    for name in PLAIN:
        value = getattr(content, name)
        setattr(operation, name, list(value) if isinstance(value, tuple | list) else value)
    operation.save()
    operation.works.set(content.works)
    _settle(operation)


def _settle(operation: Operation) -> None:
    set_reminders(operation)
    if operation.public_at or operation.status == OperationStatus.CANCELLED:
        touch_campaign(operation.campaign)
    transaction.on_commit(partial(print_sheet.enqueue, operation.pk))
