"""The bot's side of the table of calls: take what is due, say that it leaves, say what came of it."""

from dataclasses import dataclass

from django.conf import settings
from django.db import transaction
from django.db.models import Q

from tractage.domain.guard.containment import Record, State
from tractage.domain.guard.sanctions import MemberState
from tractage.hq.campaigns.clock import now
from tractage.hq.safety.accounts import target_state
from tractage.hq.safety.appeals import appeal_path
from tractage.hq.safety.call_models import ActionState, Call, CallState, MassAction, Route
from tractage.hq.safety.effects import told
from tractage.hq.safety.journal import write_safety_line
from tractage.hq.safety.mass_actions import _end_if_done


@dataclass(frozen=True)
class Order:
    """One call, ready to make.

    doubtful: it was sent before and has no answer, so look first; target: for `sync`, what the person must
    have (roles, name, timeout, quarantine, ban); until: for a timeout, its end in seconds; words, link: what
    the person is told, and where they appeal.
    """

    key: str
    route: Route
    discord_ids: tuple[str, ...]
    doubtful: bool = False
    target: MemberState | None = None
    until: float | None = None
    words: str = ""
    link: str = ""
    wave: str = ""


def next_calls(most: int = 50) -> list[Order]:
    """What is due, oldest first; calls of a mass action that waits or was stopped are left out."""
    due = Call.objects.filter(state__in=[CallState.PLANNED, CallState.SENT])
    due = due.filter(Q(action=None) | Q(action__state=ActionState.RUNNING))
    return [_order(call) for call in due.select_related("account__member", "sanction", "action")[:most]]


def call_records(action: MassAction) -> list[Record]:
    """The journal of a mass action, as `domain.guard.containment.Containment` resumes from it."""
    states = {CallState.SENT.value: State.SENT, CallState.DONE.value: State.DONE}
    rows = Call.objects.filter(action=action, state__in=states).values_list("key", "state")
    return [Record(key, states[state]) for key, state in rows]


@transaction.atomic
def mark_sent(key: str) -> bool:
    """Say that a call is about to leave; False when it was dropped, or done, meanwhile: do not make it."""
    return bool(
        Call.objects.filter(key=key, state__in=[CallState.PLANNED, CallState.SENT]).update(
            state=CallState.SENT, sent_at=now()
        )
    )


@transaction.atomic
def mark_done(key: str) -> None:
    """Say that a call was answered: it is never made again."""
    call = Call.objects.select_for_update(of=("self",)).get(key=key)
    if call.state == CallState.DONE:
        return
    Call.objects.filter(pk=call.pk).update(state=CallState.DONE, done_at=now(), error="")
    write_safety_line(None, "call.done", call, key=key, people=len(call.discord_ids))
    if call.action_id is not None:
        _end_if_done(MassAction.objects.get(pk=call.action_id))


@transaction.atomic
def mark_failed(key: str, error: str, *, again: bool = False) -> None:
    """Say that a call was refused; `again` puts it back among those to do (a 5xx, a lost gateway)."""
    state = CallState.PLANNED if again else CallState.FAILED
    Call.objects.filter(key=key).exclude(state=CallState.DONE).update(state=state, error=error[:300])
    call = Call.objects.get(key=key)
    if not again:
        write_safety_line(None, "call.failed", call, key=key, personal={"error": error[:300]})
        if call.action_id is not None:
            _end_if_done(MassAction.objects.get(pk=call.action_id))


def _order(call: Call) -> Order:
    account, sanction = call.account, call.sanction
    doubtful = call.state == CallState.SENT
    link = ""
    if account is not None:
        link = settings.TRACTAGE.site_url + appeal_path(account)
    return Order(
        call.key,
        Route(call.route),
        tuple(call.discord_ids),
        doubtful,
        target_state(account) if account is not None else None,
        sanction.until.timestamp() if sanction is not None and sanction.until else None,
        told(sanction) if sanction is not None else "",
        link,
        call.action.wave if call.action else "",
    )
