"""What the guard saw, written down before anything is done, so that a restart finds it."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from django.db import transaction

from tractage.bot.guarding import Judged
from tractage.bot.people import Person
from tractage.domain.guard.decisions import Action
from tractage.hq.safety.call_models import Call, CallState
from tractage.hq.safety.effects import settle
from tractage.hq.safety.models import Sanction
from tractage.hq.safety.services import (
    Seen,
    account_of_discord,
    new_wave,
    record_incident,
    record_wave,
    target_state,
)


@dataclass(frozen=True)
class Recorded:
    """The first incident, and the name of the wave that holds across restarts."""

    incident: int | None
    wave: str = ""

    def under(self, judged: Judged) -> Judged:
        """The decision under its lasting wave's name."""
        return replace(judged, decision=judged.decision._replace(wave=self.wave))


_waves: dict[str, str] = {}


def lasting_wave(name: str) -> str:
    """The name under which a wave of this run is kept: the patrol counts from one each time it starts."""
    if name and name not in _waves:
        _waves[name] = new_wave(name)
    return _waves.get(name, "")


@transaction.atomic
def record_decision(judged: Judged, people: Sequence[Person], seen: Seen) -> Recorded:
    """Keep a decision; a quarantine becomes a sanction and a call that is made exactly once."""
    decision = judged.written
    wave = lasting_wave(decision.wave)
    decision = decision._replace(wave=wave)
    accounts = [one.account() for one in people]
    if len(accounts) > 1 and decision.action is not Action.QUARANTINE:
        incidents = [record_incident(decision, accounts[0], seen)]
    elif len(accounts) > 1:
        incidents = record_wave(decision, accounts, seen)
    else:
        incidents = [record_incident(decision, accounts[0] if accounts else None, seen)]
    if decision.action is Action.QUARANTINE:
        made = Sanction.objects.filter(incident__in=incidents).select_related("account__member")
        for sanction in made:
            settle(sanction, "apply")
    return Recorded(incidents[0].pk if incidents else None, wave)


def rejoined(who: Person) -> bool:
    """Know an arrival; true when they come back while a sanction holds, which is then carried out again."""
    account = account_of_discord(who.uid, name=who.name)
    state = target_state(account)
    if not (state.quarantined or state.banned):
        return False
    held = account.sanctions.filter(standing="in force").order_by("-pk").first()
    if held is not None:
        settle(held, f"back {account.seen_at:%Y%m%d%H%M%S}")
    return held is not None


def seen_again(who: Person) -> None:
    """Keep what a person has of themselves, unless a sanction hides it, or something is still to be done."""
    due = Call.objects.filter(account__discord_id=who.uid, state__in=[CallState.PLANNED, CallState.SENT])
    if not due.exists():
        account_of_discord(who.uid, name=who.name, roles=list(who.roles or ()))
