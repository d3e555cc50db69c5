"""Propose, confirm, undo: every sanction names an article, its evidence and who decided."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from tractage.domain.errors import InputError
from tractage.domain.guard import sanctions as domain
from tractage.domain.guard.decisions import Evidence
from tractage.domain.guard.sanctions import Kind, Standing
from tractage.hq.campaigns.clock import now
from tractage.hq.people.models import Member
from tractage.hq.people.refusals import Refused
from tractage.hq.people.rules import require
from tractage.hq.safety.accounts import as_domain, evidence_of, evidence_rows, person
from tractage.hq.safety.effects import settle
from tractage.hq.safety.journal import write_safety_line
from tractage.hq.safety.models import Account, Incident, Sanction, State

OFFERED = (Kind.WARN, Kind.MUTE, Kind.RENAME, Kind.QUARANTINE, Kind.BAN)


@dataclass(frozen=True)
class Wanted:
    """A sanction as it is asked for. article: of the charter; until: when it ends by itself."""

    kind: Kind
    article: str
    evidence: tuple[Evidence, ...]
    emergency: bool = False
    until: datetime | None = None
    name: str = ""
    wave: str = ""


@transaction.atomic
def propose_sanction(
    actor: Member, account: Account, wanted: Wanted, *, incident: Incident | None = None
) -> Sanction:
    """Write a sanction. All but a ban are in force at once; a ban waits for a second person, unless it is an
    emergency, which holds for a day without one."""
    account = Account.objects.select_for_update(of=("self",)).select_related("member").get(pk=account.pk)
    require(actor, "safety.sanction", account)
    _check(wanted)
    moment = now()
    try:
        asked = domain.propose_sanction(
            "new",
            person(account),
            wanted.kind,
            article=wanted.article,
            evidence=wanted.evidence,
            by=f"member:{actor.pk}",
            at=moment.timestamp(),
            emergency=wanted.emergency,
            until=wanted.until.timestamp() if wanted.until else None,
            name=wanted.name,
            wave=wanted.wave,
        )
    except InputError as error:
        raise Refused(str(error)) from None
    sanction = Sanction.objects.create(
        account=account,
        kind=wanted.kind.value,
        article=wanted.article,
        evidence=evidence_rows(wanted.evidence),
        by=actor,
        at=moment,
        standing=asked.standing.value,
        emergency=wanted.emergency,
        until=wanted.until,
        name=wanted.name,
        wave=wanted.wave,
        incident=incident,
    )
    _log(actor, "sanction.propose", sanction)
    if sanction.standing == Standing.IN_FORCE:
        settle(sanction, "apply")
    if incident is not None and incident.state == State.OPEN:
        Incident.objects.filter(pk=incident.pk).update(
            state=State.HANDLED, handled_by=actor, handled_at=moment
        )
    return sanction


@transaction.atomic
def confirm_ban(actor: Member, sanction: Sanction) -> Sanction:
    """Be the second person of a ban."""
    sanction = locked(sanction)
    require(actor, "safety.confirm_ban", sanction)
    confirmed = _or_refused(lambda: domain.confirm_sanction(as_domain(sanction), f"member:{actor.pk}"))
    waited = sanction.standing == Standing.PROPOSED
    sanction.standing = confirmed.standing.value
    sanction.confirmed_by, sanction.confirmed_at = actor, now()
    sanction.save(update_fields=["standing", "confirmed_by", "confirmed_at"])
    _log(actor, "sanction.confirm", sanction)
    if waited:
        settle(sanction, "apply")
    return sanction


@transaction.atomic
def refuse_ban(actor: Member, sanction: Sanction, because: str) -> Sanction:
    """Say no to a ban that waits; who proposed it may take it back."""
    sanction = locked(sanction)
    require(actor, "safety.undo_sanction", sanction)
    if sanction.standing != Standing.PROPOSED:
        raise Refused(_("This one no longer waits for anybody."))
    _check_reason(because)
    sanction.standing = Standing.REFUSED.value
    sanction.undone_by, sanction.undone_at, sanction.undone_because = actor, now(), because.strip()[:400]
    sanction.save(update_fields=["standing", "undone_by", "undone_at", "undone_because"])
    _log(actor, "sanction.refuse", sanction, because=because)
    return sanction


@transaction.atomic
def undo_sanction(actor: Member | None, sanction: Sanction, because: str) -> Sanction:
    """Undo one sanction: the person has again what they had, whatever came between. Twice changes nothing."""
    sanction = locked(sanction)
    require(actor, "safety.undo_sanction", sanction)
    _check_reason(because)
    return mark_undone(actor, sanction, because)


def mark_undone(actor: Member | None, sanction: Sanction, because: str) -> Sanction:
    """The write of an undoing, for who has checked the right to it."""
    undone = domain.undo_sanction(as_domain(sanction))
    if undone.standing.value == sanction.standing:
        return sanction
    was_in_force = sanction.standing == Standing.IN_FORCE
    sanction.standing = undone.standing.value
    sanction.undone_by, sanction.undone_at, sanction.undone_because = actor, now(), because.strip()[:400]
    sanction.save(update_fields=["standing", "undone_by", "undone_at", "undone_because"])
    _log(actor, "sanction.undo", sanction, because=because)
    if was_in_force:
        settle(sanction, "undo")
    return sanction


@transaction.atomic
def lapse_sanctions() -> int:
    """Undo emergency bans that nobody confirmed within a day; end the sanctions whose time is up."""
    moment, number = now(), 0
    waiting = Sanction.objects.filter(
        kind=Kind.BAN.value, standing=Standing.IN_FORCE.value, emergency=True, confirmed_at=None
    ).select_related("account__member")
    for sanction in waiting:
        lapsed = domain.lapse_unconfirmed(as_domain(sanction), moment.timestamp())
        if lapsed.standing is Standing.UNDONE:
            mark_undone(None, locked(sanction), _("Nobody confirmed this emergency within 24 hours."))
            number += 1
    over = Sanction.objects.filter(standing=Standing.IN_FORCE.value, until__lte=moment, lapsed=False)
    for sanction in over.select_related("account__member"):
        Sanction.objects.filter(pk=sanction.pk).update(lapsed=True)
        _log(None, "sanction.end", sanction)
        settle(sanction, "end")
        number += 1
    return number


def locked(sanction: Sanction) -> Sanction:
    """The sanction as it stands, held until the end of the transaction."""
    found = Sanction.objects.select_for_update(of=("self",)).select_related("account__member")
    return found.get(pk=sanction.pk)


def said(words: str, of: str = "") -> tuple[Evidence, ...]:
    """Evidence that a person writes down: what they saw, and where."""
    found = [Evidence("seen by a person", words.strip())] if words.strip() else []
    return (*found, *([Evidence("where", of.strip())] if of.strip() else []))


def from_incident(incident: Incident) -> tuple[Evidence, ...]:
    """The evidence of an incident, to found a sanction on."""
    return (Evidence("incident", str(incident.pk), incident.rule), *evidence_of(incident.evidence))


def _check(wanted: Wanted) -> None:
    if wanted.kind not in OFFERED:
        raise Refused(_("Choose among the sanctions of the list."))
    if not wanted.article.strip():
        raise Refused(_("A sanction names an article of the charter."))
    if not wanted.evidence:
        raise Refused(_("A sanction needs its evidence: what was seen, and where."))
    if wanted.kind is Kind.RENAME and not wanted.name.strip():
        raise Refused(_("Write the name that replaces theirs."))
    if wanted.kind is Kind.MUTE and wanted.until is None:
        raise Refused(_("A silence has an end: choose when."))
    if wanted.until is not None and wanted.until <= now():
        raise Refused(_("It would end before it begins: choose a later time."))


def _check_reason(because: str) -> None:
    if not because.strip():
        raise Refused(_("Write why: the reason stays with the sanction."))


def _or_refused(step: Callable[[], domain.Sanction]) -> domain.Sanction:
    try:
        return step()
    except InputError as error:
        raise Refused(str(error)) from None


def _log(actor: Member | None, action: str, sanction: Sanction, because: str = "") -> None:
    personal = {"because": because} if because.strip() else {"evidence": sanction.evidence}
    write_safety_line(
        actor,
        action,
        sanction,
        account=sanction.account_id,
        kind=sanction.kind,
        article=sanction.article,
        standing=sanction.standing,
        emergency=sanction.emergency,
        wave=sanction.wave,
        personal=personal,
    )
