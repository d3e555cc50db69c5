"""Writes about requests: a team asks, a coordinator sorts, volunteers take one by one and hand over."""

import secrets
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from django.core.files.base import ContentFile
from django.db import models, transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tractage.domain.elections.seats import seat
from tractage.domain.errors import InputError
from tractage.domain.law.pack import rule
from tractage.hq.campaigns.clock import now
from tractage.hq.campaigns.models import Campaign
from tractage.hq.campaigns.services import write_audit_line
from tractage.hq.library.models import Work
from tractage.hq.library.submission import CleanFile
from tractage.hq.missions.persons import aims_at_person
from tractage.hq.missions.services import candidates_of
from tractage.hq.people.attempts import Limit, check_attempts, count_attempt, fingerprint
from tractage.hq.people.models import Member
from tractage.hq.people.refusals import Refused, TooManyAttempts
from tractage.hq.people.rules import require
from tractage.hq.requests import selectors
from tractage.hq.requests.contact import box
from tractage.hq.requests.models import Acceptance, Asker, Delivery, Stage, TeamRequest

ASKED = Limit("team-request", 5, 60)
LEGAL_PERSON = "legal"
"""What an association, a company or a union says it is; it is answered and nothing is kept."""


class Point(models.TextChoices):
    """What a volunteer attests to, one by one (Code électoral, art. L52-8)."""

    UNPAID = "unpaid", gettext_lazy("I do it unpaid, as a person, for no company and no association.")
    TIME = "time", gettext_lazy("I do it on my own time, not on working hours.")
    EQUIPMENT = "equipment", gettext_lazy("I do it with my own equipment and my own software.")


@dataclass(frozen=True)
class Asked:
    """What a team says on the form."""

    asker: str
    seat: str
    candidate: str
    what: str
    wanted_on: date
    contact: str
    formats: str = ""
    declared: bool = False


@transaction.atomic
def file_request(campaign: Campaign, asked: Asked, place: str) -> tuple[TeamRequest, str]:
    """Keep a team's request; returns it with the token of the page where the team follows it.

    Raises Refused in words: a legal person that is no party, a candidate who is not known, the law's hour.
    """
    if asked.asker == LEGAL_PERSON:
        raise Refused(legal_person_words())
    if asked.asker not in Asker.values:
        raise Refused(_("Say who asks."))
    candidate = official_candidate(campaign, asked.seat, asked.candidate, declared=asked.declared)
    refuse_in_law(campaign, asked.seat)
    if aims_at_person({"what": asked.what}):
        raise Refused(
            _("What you ask for is read by volunteers: no account, address or telephone in it, please.")
        )
    if asked.wanted_on < now().date():
        raise Refused(_("The day you want it for has passed."))
    keys = {ASKED: fingerprint(ASKED, place)}
    try:
        check_attempts(keys)
    except TooManyAttempts as refusal:
        words = _("That is many requests at once. Try again in %(minutes)s min.")
        raise TooManyAttempts(words % {"minutes": refusal.minutes}, refusal.minutes) from None
    count_attempt(keys)
    token = secrets.token_urlsafe(24)
    request = TeamRequest.objects.create(
        campaign=campaign,
        reference=selectors.fingerprint(token),
        asker=asked.asker,
        seat=asked.seat,
        candidate=candidate,
        declared=asked.declared,
        what=asked.what,
        formats=asked.formats,
        wanted_on=asked.wanted_on,
        contact=box().seal(asked.contact),
        created_at=now(),
    )
    write_audit_line(None, "request.file", request, seat=asked.seat)
    return request, token


def legal_person_words() -> str:
    """Why an association, a company or a union is not served, and what it can do."""
    return _(
        "Here, people help candidates, unpaid and in their own name. A legal person other than a party may "
        "neither give nor pass on such help (%(article)s): let the candidate or the campaign team ask."
    ) % {"article": rule("L52-8").article}


def refuse_in_law(campaign: Campaign, code: str) -> None:
    """Raise Refused with the article while the law holds requests of this seat back."""
    status = selectors.hold(campaign, code)
    if status.frozen:
        raise Refused(
            _("Too late in the week of the vote: no new matter may be brought to a team now (%(article)s).")
            % {"article": rule(status.rules[0]).article}
        )


def official_candidate(campaign: Campaign, code: str, name: str, *, declared: bool) -> str:
    """The candidate as the official list writes the name; `declared`: new on it, a person checks."""
    try:
        seat(code)
    except InputError:
        raise Refused(_("“%(line)s”: no seat has this number.") % {"line": code}) from None
    known = {one.casefold(): one for one in candidates_of(campaign, code)}
    if found := known.get(name.strip().casefold()):
        return found
    if not declared or not name.strip():
        raise Refused(_("Nobody of this name was officially a candidate in this seat."))
    return name.strip()


@transaction.atomic
def triage_request(actor: Member, request: TeamRequest, stage: str, reason: str = "") -> TeamRequest:
    """Open a request to volunteers, refuse it with a reason, or close it; each can be undone by another."""
    request = _locked(request)
    require(actor, "requests.triage", request)
    if stage not in (Stage.OPEN, Stage.REFUSED, Stage.CLOSED):
        raise Refused(_("Open it, refuse it or close it."))
    if stage == Stage.REFUSED and len(reason.strip()) < 12:
        raise Refused(_("The team needs your reason, in a sentence."))
    if stage == Stage.OPEN:
        refuse_in_law(request.campaign, request.seat)
    before, request.stage, request.reason = request.stage, stage, reason.strip()
    request.settled_at = None if stage == Stage.OPEN else now()
    request.save(update_fields=["stage", "reason", "settled_at"])
    write_audit_line(actor, "request.triage", request, before=before, stage=stage)
    return request


@transaction.atomic
def read_contact(actor: Member, request: TeamRequest) -> str:
    """Open the team's contact, which leaves a line; empty once it was removed."""
    request = TeamRequest.objects.get(pk=request.pk)
    require(actor, "requests.read_contact", request)
    if request.contact is None:
        return ""
    write_audit_line(actor, "request.contact", request)
    return box().open(bytes(request.contact))


@transaction.atomic
def take_request(actor: Member, request: TeamRequest, attested: Collection[str]) -> Acceptance:
    """Take a request as one natural person among others. Raises Refused unless each point is ticked."""
    request = _locked(request)
    require(actor, "requests.take_request", request)
    if set(attested) != set(Point.values):
        raise Refused(_("Each of the three points is yours to tick: the law asks for all of them."))
    refuse_in_law(request.campaign, request.seat)
    acceptance, new = Acceptance.objects.get_or_create(
        request=request, member=actor, defaults={"attested": sorted(attested), "at": now()}
    )
    if not new and acceptance.withdrawn_at:
        acceptance.attested, acceptance.at, acceptance.withdrawn_at = sorted(attested), now(), None
        acceptance.save()
    write_audit_line(actor, "request.take", request)
    return acceptance


@transaction.atomic
def leave_request(actor: Member, request: TeamRequest) -> None:
    """Give a request back: what was handed over stays."""
    found = Acceptance.objects.filter(request=request, member=actor, withdrawn_at=None)
    if found.update(withdrawn_at=now()):
        write_audit_line(actor, "request.leave", request)


@transaction.atomic
def deliver(
    actor: Member, request: TeamRequest, title: str, work: Work | None = None, file: CleanFile | None = None
) -> Delivery:
    """Hand over a work that two people read, or a file that came through the sandbox."""
    request = _locked(request)
    require(actor, "requests.deliver", request)
    refuse_in_law(request.campaign, request.seat)
    if (work is None) == (file is None):
        raise Refused(_("Choose a work, or a file."))
    if work and not selectors.deliverable_works(request.campaign, request.seat).filter(pk=work.pk).exists():
        raise Refused(_("Only a work that two people accepted is handed over."))
    title = title.strip()[:120] or (work.title if work else "")
    if not title:
        raise Refused(_("Say in a few words what the file is: the receipt lists it."))
    delivery = Delivery(request=request, member=actor, title=title, work=work, at=now())
    if file:
        delivery.media_type = file.info.mime
        delivery.file.save(f"demande{file.info.suffix}", ContentFile(file.content), save=False)
    delivery.save()
    write_audit_line(actor, "request.deliver", request, delivery=delivery.pk)
    return delivery


@transaction.atomic
def take_back(actor: Member, delivery: Delivery) -> None:
    """Undo: who handed it over takes it back, as long as the request is open."""
    require(actor, "requests.deliver", delivery.request)
    if delivery.member_id != actor.pk:
        raise Refused(_("Only who handed it over takes it back."))
    write_audit_line(actor, "request.take_back", delivery.request, delivery=delivery.pk, title=delivery.title)
    kept = delivery.file
    delivery.delete()
    # Files are kept by their fingerprint: another delivery may be the same one.
    if kept and not Delivery.objects.filter(file=kept.name).exists():
        transaction.on_commit(lambda: kept.storage.delete(str(kept.name)))


def _locked(request: TeamRequest) -> TeamRequest:
    found = TeamRequest.objects.select_for_update(of=("self",)).select_related("campaign")
    return found.get(pk=request.pk)
