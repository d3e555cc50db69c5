"""A whole wave at once: contained by a plan of calls, undone the same way, each call made once.

The bot takes `next_calls`, says `mark_sent` before each and `mark_done` after. A call that was sent and has
no answer comes back as `sent`: the bot looks before it sends it again (`domain/guard/containment.py`).
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from django.db import transaction
from django.utils.translation import gettext as _

from tractage.domain.guard import sanctions as domain
from tractage.domain.guard.containment import plan_containment
from tractage.domain.guard.sanctions import Kind, MemberState, Standing
from tractage.hq.campaigns.clock import now
from tractage.hq.people.models import Member
from tractage.hq.people.refusals import Refused
from tractage.hq.people.rules import require
from tractage.hq.safety.accounts import as_domain, evidence_rows, own_state
from tractage.hq.safety.call_models import ActionState, Call, CallState, MassAction, Purpose, Route
from tractage.hq.safety.effects import settle_site
from tractage.hq.safety.journal import write_safety_line
from tractage.hq.safety.models import Account, Sanction
from tractage.hq.safety.sanctions import Wanted, _check, _check_reason


class Change(NamedTuple):
    """One person before and after an undoing."""

    account: Account
    before: MemberState
    after: MemberState


@dataclass(frozen=True)
class WaveUndoing:
    """What undoing a wave would give back."""

    wave: str
    sanctions: int
    changes: tuple[Change, ...]


@transaction.atomic
def contain_wave(actor: Member, wave: str, accounts: Sequence[Account], wanted: Wanted) -> MassAction:
    """Decide a ban of everybody in a wave. In an emergency it starts at once and lapses in a day unless a
    second person confirms; otherwise it waits for them."""
    require(actor, "safety.sanction")
    _check(wanted)
    if wanted.kind is not Kind.BAN or not wave.strip() or not accounts:
        raise Refused(_("A containment bans the people of one named wave."))
    for account in accounts:
        require(actor, "safety.sanction", account)
    if MassAction.objects.filter(wave=wave, purpose=Purpose.CONTAIN).exists():
        raise Refused(_("This wave is already being contained."))
    moment = now()
    standing = Standing.IN_FORCE if wanted.emergency else Standing.PROPOSED
    action = MassAction.objects.create(
        wave=wave,
        purpose=Purpose.CONTAIN,
        state=ActionState.RUNNING if wanted.emergency else ActionState.PROPOSED,
        people=len({account.pk for account in accounts}),
        by=actor,
        at=moment,
    )
    Sanction.objects.bulk_create(
        Sanction(
            account=account,
            kind=Kind.BAN.value,
            article=wanted.article,
            evidence=evidence_rows(wanted.evidence),
            by=actor,
            at=moment,
            standing=standing.value,
            emergency=wanted.emergency,
            wave=wave,
        )
        for account in {account.pk: account for account in accounts}.values()
    )
    write_safety_line(
        actor, "wave.contain", action, wave=wave, people=action.people, emergency=wanted.emergency
    )
    if wanted.emergency:
        _plan_bans(action)
    return action


@transaction.atomic
def confirm_wave(actor: Member, action: MassAction) -> MassAction:
    """Be the second person of a containment: every ban of the wave is confirmed."""
    require(actor, "safety.confirm_ban")
    action = _locked(action)
    if action.by_id == actor.pk:
        raise Refused(_("A second person confirms: you proposed this one."))
    waiting = Sanction.objects.filter(wave=action.wave, kind=Kind.BAN.value, confirmed_at=None)
    waiting = waiting.filter(standing__in=[Standing.PROPOSED.value, Standing.IN_FORCE.value])
    for sanction in waiting.select_related("account__member"):
        require(actor, "safety.confirm_ban", sanction)
    number = waiting.update(standing=Standing.IN_FORCE.value, confirmed_by=actor, confirmed_at=now())
    if not number:
        raise Refused(_("This one no longer waits for anybody."))
    write_safety_line(actor, "wave.confirm", action, wave=action.wave, people=number)
    if action.state == ActionState.PROPOSED:
        action.state = ActionState.RUNNING
        action.save(update_fields=["state"])
        _plan_bans(action)
    return action


@transaction.atomic
def undo_wave(actor: Member, wave: str, because: str) -> MassAction:
    """Undo every sanction of a wave, and those alone; each person has again what they had."""
    require(actor, "safety.undo_sanction")
    _check_reason(because)
    over = [Standing.UNDONE.value, Standing.REFUSED.value]
    found = Sanction.objects.select_for_update(of=("self",)).filter(wave=wave).exclude(standing__in=over)
    sanctions = list(found.select_related("account__member"))
    if not wave or not sanctions:
        raise Refused(_("Nothing of this wave is in force."))
    moment = now()
    MassAction.objects.filter(wave=wave, purpose=Purpose.CONTAIN).update(
        state=ActionState.STOPPED, ended_at=moment
    )
    Call.objects.filter(action__wave=wave, action__purpose=Purpose.CONTAIN, state=CallState.PLANNED).update(
        state=CallState.DROPPED
    )
    Sanction.objects.filter(pk__in=[one.pk for one in sanctions]).update(
        standing=Standing.UNDONE.value,
        undone_by=actor,
        undone_at=moment,
        undone_because=because.strip()[:400],
    )
    people = {one.account_id: one.account for one in sanctions}
    action, _made = MassAction.objects.update_or_create(
        wave=wave,
        purpose=Purpose.UNDO,
        defaults={
            "state": ActionState.RUNNING,
            "people": len(people),
            "by": actor,
            "at": moment,
            "ended_at": None,
        },
    )
    number = Call.objects.filter(action=action).count()
    Call.objects.bulk_create(
        Call(
            key=f"wave {action.pk} restore {account.pk} {number}",
            route=Route.SYNC,
            action=action,
            account=account,
            discord_ids=[account.discord_id],
            at=moment,
        )
        for account in people.values()
        if account.discord_id
    )
    for account in people.values():
        settle_site(account)
    write_safety_line(
        actor, "wave.undo", action, wave=wave, people=len(people), personal={"because": because.strip()}
    )
    _end_if_done(action)
    return action


def preview_undo(sanctions: Iterable[Sanction], wave: str = "") -> WaveUndoing:
    """What undoing these sanctions would change, person by person, before anybody says so."""
    chosen = {one.pk for one in sanctions if one.standing in (Standing.IN_FORCE, Standing.PROPOSED)}
    accounts: dict[int, Account] = {one.account_id: one.account for one in sanctions if one.pk in chosen}
    taken: dict[int, list[Sanction]] = {}
    for one in Sanction.objects.filter(account__in=accounts).select_related("account").order_by("at", "pk"):
        taken.setdefault(one.account_id, []).append(one)
    moment = now().timestamp()
    changes = []
    for pk, account in accounts.items():
        each = [as_domain(one) for one in taken.get(pk, [])]
        left = [domain.undo_sanction(one) if int(one.id) in chosen else one for one in each]
        own = own_state(account)
        changes.append(
            Change(account, domain.member_state(own, each, moment), domain.member_state(own, left, moment))
        )
    return WaveUndoing(wave, len(chosen), tuple(changes))


def _plan_bans(action: MassAction) -> None:
    banned = Sanction.objects.filter(wave=action.wave, kind=Kind.BAN.value, standing=Standing.IN_FORCE.value)
    accounts = [one.account for one in banned.select_related("account__member").order_by("pk")]
    calls = plan_containment(action.wave, [one.discord_id for one in accounts if one.discord_id])
    Call.objects.bulk_create(
        Call(
            key=call.id[:120],
            route=Route.CLOSE if call.route == "close" else Route.BAN,
            action=action,
            discord_ids=list(call.members),
            at=now(),
        )
        for call in calls
    )
    for account in accounts:
        settle_site(account)


def _locked(action: MassAction) -> MassAction:
    return MassAction.objects.select_for_update(of=("self",)).get(pk=action.pk)


def _end_if_done(action: MassAction) -> None:
    left = Call.objects.filter(action=action, state__in=[CallState.PLANNED, CallState.SENT]).exists()
    if not left and action.state == ActionState.RUNNING:
        MassAction.objects.filter(pk=action.pk).update(state=ActionState.DONE, ended_at=now())
