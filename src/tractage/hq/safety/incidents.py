"""What was seen: decisions of the guard become incidents, and its quarantines sanctions like others."""

from dataclasses import dataclass
from datetime import timedelta

from django.db import transaction

from tractage.domain.guard.decisions import Action, Decision
from tractage.domain.guard.sanctions import Kind, Standing
from tractage.hq.campaigns.clock import now
from tractage.hq.people.models import Member
from tractage.hq.people.rules import require
from tractage.hq.safety.accounts import evidence_rows
from tractage.hq.safety.guard_settings import guard_settings
from tractage.hq.safety.journal import write_safety_line
from tractage.hq.safety.models import Account, Incident, Sanction, Source, State
from tractage.hq.safety.sealing import message_print, seal


@dataclass(frozen=True)
class Seen:
    """Where something was seen. text: sealed and let go of on its day; channel, message: their numbers."""

    source: str = Source.DISCORD
    text: str = ""
    channel: str = ""
    message: str = ""


@transaction.atomic
def record_incident(
    decision: Decision, account: Account | None, seen: Seen, *, handled: bool = False
) -> Incident:
    """Write down what the guard decided about one person; where it put them in quarantine, the sanction too.

    The bot has done it already (it does not wait for the site); undoing it goes the way of every sanction.
    """
    settings = guard_settings()
    moment = now()
    incident = Incident.objects.create(
        at=moment,
        source=seen.source,
        rule=decision.rule[:120],
        action=decision.action.value,
        why=decision.why[:300],
        evidence=evidence_rows(decision.evidence),
        account=account,
        channel=seen.channel[:64],
        message=seen.message[:64],
        message_print=message_print(seen.text),
        sealed=seal(seen.text[:4000]),
        sealed_until=moment + timedelta(days=settings.text_days) if seen.text else None,
        wave=decision.wave[:60],
        state=State.HANDLED if handled else State.OPEN,
    )
    if decision.action is Action.QUARANTINE and account is not None:
        _quarantine(incident, account, settings.article)
    return incident


@transaction.atomic
def record_wave(decision: Decision, accounts: list[Account], seen: Seen) -> list[Incident]:
    """Write down one decision about many people, all of one wave, with one line in the chain."""
    incidents = [record_incident(decision, account, seen) for account in accounts]
    if incidents:
        write_safety_line(None, "wave", incidents[0], wave=decision.wave, people=len(incidents))
    return incidents


@transaction.atomic
def handle_incident(actor: Member | None, incident: Incident, *, dismissed: bool = False) -> Incident:
    """Say that an incident was looked at, and whether anything was wrong."""
    require(actor, "safety.handle_incident")
    incident = Incident.objects.select_for_update(of=("self",)).get(pk=incident.pk)
    incident.state = State.DISMISSED if dismissed else State.HANDLED
    incident.handled_by, incident.handled_at = actor, now()
    incident.save(update_fields=["state", "handled_by", "handled_at"])
    write_safety_line(actor, "incident.handle", incident, state=incident.state)
    return incident


@transaction.atomic
def reopen_incident(actor: Member | None, incident: Incident) -> Incident:
    """Put an incident back among those to look at."""
    require(actor, "safety.handle_incident")
    incident.state, incident.handled_by, incident.handled_at = State.OPEN, None, None
    incident.save(update_fields=["state", "handled_by", "handled_at"])
    write_safety_line(actor, "incident.reopen", incident)
    return incident


def _quarantine(incident: Incident, account: Account, article: str) -> None:
    from tractage.hq.safety.effects import settle_site

    held = Sanction.objects.filter(account=account, kind=Kind.QUARANTINE, standing=Standing.IN_FORCE)
    if held.filter(wave=incident.wave).exists():
        return
    sanction = Sanction.objects.create(
        account=account,
        kind=Kind.QUARANTINE,
        article=article,
        evidence=incident.evidence,
        by_guard=True,
        at=incident.at,
        standing=Standing.IN_FORCE,
        wave=incident.wave,
        incident=incident,
    )
    write_safety_line(
        None, "quarantine", sanction, account=account.pk, rule=incident.rule, wave=incident.wave
    )
    settle_site(account)
