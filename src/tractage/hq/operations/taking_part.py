"""Writes by those who take part: come, go, tick, say a word; and the public figures who agreed."""

from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from tractage.domain.law.pack import rule
from tractage.hq.campaigns.clock import now
from tractage.hq.campaigns.services import write_audit_line
from tractage.hq.missions.persons import refuse_persons
from tractage.hq.operations.models import Guest, Operation, OperationStatus, Participation, Step
from tractage.hq.operations.services import MOST_STEPS
from tractage.hq.people.models import Member
from tractage.hq.people.refusals import Refused
from tractage.hq.people.rules import require

UNPAID, PAID, GIFT = "unpaid", "paid", "gift"
ADVERTISING_RULE = "L52-1"


class PaidRefused(Refused):
    """A paid or gifted participant: advertising, which the code refuses."""

    def __init__(self) -> None:
        found = rule(ADVERTISING_RULE)
        self.rule = found
        super().__init__(
            _(
                "Someone who is paid, or receives a gift, does not take part: it would be advertising, which "
                "is forbidden for six months before the election (%(article)s)."
            )
            % {"article": found.article}
        )


@transaction.atomic
def join_operation(actor: Member, operation: Operation) -> Participation:
    """Take part; doing it twice changes nothing. Refused once it is called off or its window has closed."""
    if operation.status == OperationStatus.CANCELLED:
        raise Refused(_("It was called off meanwhile: the reason stands on its page."))
    require(actor, "operations.join", operation)
    moment = now()
    if operation.is_over(moment):
        raise Refused(_("This operation is over."))
    taken, made = Participation.objects.get_or_create(
        operation=operation, member=actor, defaults={"joined_at": moment}
    )
    if taken.left_at is not None:
        taken.joined_at, taken.left_at, made = moment, None, True
        taken.save(update_fields=["joined_at", "left_at"])
    if made:
        write_audit_line(actor, "operation.join", operation)
    return taken


@transaction.atomic
def leave_operation(actor: Member, operation: Operation) -> None:
    """No longer take part, without a reason; lines in one's hands come free. Joining again undoes it."""
    taken = Participation.objects.filter(operation=operation, member=actor, left_at__isnull=True)
    if taken.update(left_at=now()):
        operation.steps.filter(assigned=actor, done_at__isnull=True).update(assigned=None)
        write_audit_line(actor, "operation.leave", operation)


@transaction.atomic
def say_word(actor: Member, operation: Operation, word: str) -> None:
    """Keep what a participant says of the operation, for its post-mortem; an empty word takes it back."""
    require(actor, "operations.tell", operation)
    refuse_persons({"word": word})
    Participation.objects.filter(operation=operation, member=actor).update(word=word.strip()[:400])
    write_audit_line(actor, "operation.tell", operation)


@transaction.atomic
def add_step(
    actor: Member | None,
    operation: Operation,
    text: str,
    *,
    assigned: Member | None = None,
    due_at: datetime | None = None,
) -> Step:
    """Add a line to the checklist, for someone or for whoever comes first."""
    require(actor, "operations.plan", operation)
    if not text.strip():
        raise Refused(_("What is to be done?"))
    refuse_persons({"step": text})
    if operation.steps.count() >= MOST_STEPS:
        raise Refused(_("A checklist has %(most)s lines at most.") % {"most": MOST_STEPS})
    step = Step.objects.create(operation=operation, text=text.strip(), assigned=assigned, due_at=due_at)
    write_audit_line(actor, "operation.step", operation, step=step.pk)
    return step


@transaction.atomic
def remove_step(actor: Member | None, step: Step) -> None:
    """Take a line off the checklist."""
    require(actor, "operations.plan", step.operation)
    write_audit_line(actor, "operation.unstep", step.operation, text=step.text)
    step.delete()


@transaction.atomic
def tick_step(actor: Member, step: Step, done: bool) -> Step:
    """Tick a line, or take the tick back: who holds it, who takes part if nobody does, or a coordinator."""
    step = Step.objects.select_for_update(of=("self",)).select_related("operation").get(pk=step.pk)
    require(actor, "operations.tick", step)
    if done != (step.done_at is not None):
        step.done_at, step.done_by = (now(), actor) if done else (None, None)
        step.save(update_fields=["done_at", "done_by"])
        write_audit_line(
            actor, "operation.tick" if done else "operation.untick", step.operation, step=step.pk
        )
    return step


@transaction.atomic
def add_guest(
    actor: Member | None,
    operation: Operation,
    name: str,
    *,
    known_as: str = "",
    agreed_on: date,
    declared: str,
    attested: bool,
) -> Guest:
    """Add a public figure who agreed. `declared`: unpaid, paid or gift; `attested`: the actor heard it.

    Raises PaidRefused, with the article, for a declared payment or gift; Refused without the attestation.
    """
    require(actor, "operations.plan", operation)
    if declared != UNPAID:
        raise PaidRefused
    if not attested:
        raise Refused(_("Attest that this person agreed, unpaid and without a gift: ask them first."))
    if not name.strip():
        raise Refused(_("Under which public name?"))
    moment = now()
    if agreed_on > moment.date():
        raise Refused(_("They cannot have agreed on a day to come."))
    refuse_persons({"name": name, "known_as": known_as})
    guest = Guest.objects.create(
        operation=operation,
        name=name.strip(),
        known_as=known_as.strip(),
        agreed_on=agreed_on,
        attested_by=actor,
        attested_at=moment,
    )
    write_audit_line(actor, "operation.guest", operation, guest=guest.pk)
    return guest


@transaction.atomic
def set_guest_present(actor: Member | None, guest: Guest, present: bool) -> Guest:
    """Take a public figure off, or put them back: the attestation stays in the log."""
    require(actor, "operations.plan", guest.operation)
    guest.withdrawn_at = None if present else now()
    guest.save(update_fields=["withdrawn_at"])
    verb = "operation.guest_back" if present else "operation.guest_off"
    write_audit_line(actor, verb, guest.operation, guest=guest.pk)
    return guest
