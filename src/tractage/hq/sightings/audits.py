"""List D: searches drawn by lot, given to members for a day, done even when nothing was seen."""

from collections.abc import Sequence
from datetime import timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from tractage.domain.elections.seats import all_seats
from tractage.domain.errors import InputError
from tractage.domain.reach.audit import draw_audit
from tractage.hq.campaigns.clock import now
from tractage.hq.campaigns.models import Campaign
from tractage.hq.campaigns.services import write_audit_line
from tractage.hq.people.models import Member
from tractage.hq.people.refusals import Refused
from tractage.hq.people.rules import require
from tractage.hq.sightings.kinds import Found, SeenState, TaskStatus
from tractage.hq.sightings.models import AuditRound, AuditTask, Sighting
from tractage.hq.sightings.refusals import FieldRefused
from tractage.hq.sightings.services import PLATFORM_NAMES

HELD = timedelta(hours=24)
MOST_TASKS = 500


@transaction.atomic
def draw_round(
    actor: Member,
    campaign: Campaign,
    seed: str,
    count: int,
    platforms: Sequence[str],
    *,
    places: bool = True,
    queries: Sequence[str] = (),
    sounds: Sequence[str] = (),
) -> AuditRound:
    """Draw `count` searches over platforms × (places, words, sounds); a seed is used once.

    The draw keeps its seed and its subjects, so that anyone can make it again with `domain.reach.audit`.
    """
    require(actor, "sightings.draw_audit")
    seed = seed.strip()[:80]
    if len(seed) < 3:
        raise FieldRefused("seed", _("Agree on a seed beforehand: a date, a throw of dice, a headline."))
    if AuditRound.objects.filter(campaign=campaign, seed=seed).exists():
        raise FieldRefused("seed", _("This seed was used: a second draw from it would find the same."))
    if not platforms or not set(platforms) <= set(PLATFORM_NAMES):
        raise FieldRefused("platforms", _("Choose one platform at least."))
    if not 1 <= count <= MOST_TASKS:
        raise FieldRefused("count", _("Draw from 1 to %(most)s searches.") % {"most": MOST_TASKS})
    subjects = subjects_of(platforms, places=places, queries=queries, sounds=sounds)
    try:
        drawn = draw_audit(subjects, count, seed)
    except InputError:
        possible = sum(len(set(some)) for some in subjects.values())
        words = _("There are %(number)s things to look up: draw at most as many, or add words.")
        raise FieldRefused("count", words % {"number": possible}) from None
    told = {"platforms": list(platforms), "places": places, "queries": list(queries), "sounds": list(sounds)}
    made = AuditRound.objects.create(
        campaign=campaign, seed=seed, subjects=told, drawn_by=actor, drawn_at=now()
    )
    AuditTask.objects.bulk_create(
        AuditTask(round=made, number=one.number, platform=platform, kind=kind, subject=one.subject[:120])
        for one in drawn
        for platform, kind in [one.kind.split("/", 1)]
    )
    write_audit_line(actor, "audit.draw", made, count=count)
    return made


def subjects_of(
    platforms: Sequence[str], *, places: bool, queries: Sequence[str], sounds: Sequence[str]
) -> dict[str, list[str]]:
    """What can be drawn, by "platform/kind": names of constituencies, words, sounds."""
    some: dict[Found, list[str]] = {
        Found.SEAT: [seat.label for seat in all_seats()] if places else [],
        Found.QUERY: [text.strip()[:120] for text in queries if text.strip()],
        Found.SOUND: [text.strip()[:120] for text in sounds if text.strip()],
    }
    return {f"{platform}/{kind}": texts for platform in platforms for kind, texts in some.items() if texts}


@transaction.atomic
def take_task(actor: Member, campaign: Campaign) -> AuditTask:
    """Give `actor` the search that they hold already, or the next that nobody holds."""
    require(actor, "sightings.take_audit")
    expire_tasks()
    mine = AuditTask.objects.filter(round__campaign=campaign, member=actor, status=TaskStatus.TAKEN)
    if held := mine.first():
        return held
    free = AuditTask.objects.filter(round__campaign=campaign, status=TaskStatus.OPEN)
    task = free.select_for_update(of=("self",)).order_by("round_id", "number").first()
    if task is None:
        raise Refused(_("Every search is in someone’s hands or done. Come back after the next draw."))
    task.member, task.status, task.until = actor, TaskStatus.TAKEN, now() + HELD
    task.save(update_fields=["member", "status", "until"])
    write_audit_line(actor, "audit.take", task)
    return task


@transaction.atomic
def give_back_task(actor: Member, task: AuditTask) -> AuditTask:
    """Put a search back, undone, for someone else."""
    task = AuditTask.objects.select_for_update(of=("self",)).get(pk=task.pk)
    require(actor, "sightings.hold_audit", task)
    task.member, task.status, task.until = None, TaskStatus.OPEN, None
    task.save(update_fields=["member", "status", "until"])
    write_audit_line(actor, "audit.give_back", task)
    return task


@transaction.atomic
def finish_task(actor: Member, task: AuditTask) -> AuditTask:
    """The search was made; nothing logged from it means that nothing was there, which counts as well."""
    task = AuditTask.objects.select_for_update(of=("self",)).get(pk=task.pk)
    require(actor, "sightings.hold_audit", task)
    logged = Sighting.objects.filter(task=task).exclude(state=SeenState.WITHDRAWN)
    task.nothing = not logged.exists()
    task.status, task.done_at, task.until = TaskStatus.DONE, now(), None
    task.save(update_fields=["nothing", "status", "done_at", "until"])
    write_audit_line(actor, "audit.finish", task, nothing=task.nothing)
    return task


@transaction.atomic
def reopen_task(actor: Member, task: AuditTask) -> AuditTask:
    """Undo "done": the search comes back into the same hands."""
    task = AuditTask.objects.select_for_update(of=("self",)).get(pk=task.pk)
    require(actor, "sightings.take_audit")
    if task.member_id != actor.pk or task.status != TaskStatus.DONE:
        raise Refused(_("Only who did a search can take it up again."))
    task.status, task.nothing, task.done_at, task.until = TaskStatus.TAKEN, False, None, now() + HELD
    task.save(update_fields=["nothing", "status", "done_at", "until"])
    write_audit_line(actor, "audit.reopen", task)
    return task


def expire_tasks() -> int:
    """Put back the searches whose day is over."""
    late = AuditTask.objects.filter(status=TaskStatus.TAKEN, until__lte=now())
    return late.update(status=TaskStatus.OPEN, member=None, until=None)
