"""Writes about calls: open one, send a poster, vote blind, choose."""

import hashlib
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction
from django.utils.translation import gettext as _

from tractage.adapters.media import inspect_file
from tractage.domain.law.pack import rule
from tractage.hq.calls import selectors
from tractage.hq.calls.models import Entry, Mark, PosterCall, State, Vote
from tractage.hq.campaigns.clock import now
from tractage.hq.campaigns.models import AiPolicy, Campaign
from tractage.hq.campaigns.services import touch_campaign, write_audit_line
from tractage.hq.campaigns.silence import freeze
from tractage.hq.library.models import AiDeclaration, Kind, Work
from tractage.hq.library.submission import PICTURES, CleanFile, WorkContent, receive_proof, receive_work
from tractage.hq.people.attempts import Limit, check_attempts, count_attempt, fingerprint
from tractage.hq.people.models import Member
from tractage.hq.people.refusals import Refused, TooManyAttempts
from tractage.hq.people.rules import require

SENT = Limit("call-entry", 6, 60)
LEAST_VOTES = 2
FILES_KEPT = timedelta(days=60)
"""After the last hour of a call; the page says so to who sends a poster."""
NEXT = {
    State.DRAFT: (State.OPEN,),
    State.OPEN: (State.DRAFT, State.JURY),
    State.JURY: (State.OPEN, State.SHOWN),
    State.SHOWN: (State.JURY,),
}
"""From each state, the one before (undo) and the one after."""


@dataclass(frozen=True)
class CallContent:
    """What a coordinator writes."""

    title: str
    subject: str
    closes_at: datetime


@dataclass(frozen=True)
class Sent:
    """What a person says of a poster; `consent`: to the licence CC BY-SA 4.0."""

    title: str
    credit: str
    alt_text: str
    rights: dict[str, str]
    ai: str = AiDeclaration.NONE
    consent: bool = False


@transaction.atomic
def write_call(
    actor: Member | None, campaign: Campaign, content: CallContent, call: PosterCall | None = None
) -> PosterCall:
    """Prepare a call, or change it while it is not with the jury."""
    require(actor, "calls.run_call", campaign)
    if call is not None:
        call = PosterCall.objects.select_for_update(of=("self",)).get(pk=call.pk)
    if call is not None and call.state not in (State.DRAFT, State.OPEN):
        raise Refused(_("The jury has it: its words no longer change."))
    if content.closes_at <= now():
        raise Refused(_("Its last hour has passed: choose a later one."))
    call = call or PosterCall(campaign=campaign, created_at=now())
    call.title, call.subject, call.closes_at = content.title, content.subject, content.closes_at
    call.save()
    touch_campaign(campaign)
    write_audit_line(actor, "call.write", call)
    return call


@transaction.atomic
def move_call(actor: Member | None, call: PosterCall, state: str) -> PosterCall:
    """Open, close, show the results, or go back one step."""
    call = PosterCall.objects.select_for_update(of=("self",)).select_related("campaign").get(pk=call.pk)
    require(actor, "calls.run_call", call)
    if state not in NEXT[State(call.state)]:
        raise Refused(_("A call goes one step at a time."))
    if state == State.OPEN and call.closes_at <= now():
        raise Refused(_("Its last hour has passed: choose a later one."))
    status = freeze(call.campaign)
    if state in (State.OPEN, State.SHOWN) and status.frozen:
        article = rule(status.rules[0]).article
        raise Refused(_("Not during the electoral silence (%(article)s).") % {"article": article})
    before, call.state = call.state, State(state)
    call.save(update_fields=["state"])
    touch_campaign(call.campaign)
    write_audit_line(actor, "call.move", call, before=before, state=state)
    return call


@transaction.atomic
def send_entry(
    actor: Member | None, call: PosterCall, sent: Sent, file: CleanFile, place: str
) -> tuple[Entry, str]:
    """Keep a poster; returns it with the token of the page where its author follows it, or withdraws it.

    Open to everyone, `actor` is None without an account. Raises Refused in words, and TooManyAttempts.
    """
    call = PosterCall.objects.select_for_update(of=("self",)).select_related("campaign").get(pk=call.pk)
    _check(call, sent)
    keys = {SENT: fingerprint(SENT, f"member {actor.pk}" if actor else place)}
    try:
        check_attempts(keys)
    except TooManyAttempts as refusal:
        words = _("Thank you, that is many posters at once. Try again in %(minutes)s min.")
        raise TooManyAttempts(words % {"minutes": refusal.minutes}, refusal.minutes) from None
    count_attempt(keys)
    digest = hashlib.sha256(file.content).hexdigest()
    if call.entries.filter(sha256=digest).exists():
        raise Refused(_("This very poster is already with us."))
    token = secrets.token_urlsafe(24)
    entry = Entry(
        call=call,
        reference=selectors.fingerprint(token),
        member=actor,
        title=sent.title,
        credit=sent.credit,
        alt_text=sent.alt_text,
        rights=[sent.rights],
        ai=sent.ai,
        media_type=file.info.mime,
        width=file.info.width,
        height=file.info.height,
        sha256=digest,
        at=now(),
    )
    entry.file.save(f"affiche{file.info.suffix}", ContentFile(file.content), save=False)
    entry.save()
    write_audit_line(actor, "call.entry", entry, call=call.pk)
    return entry, token


def _check(call: PosterCall, sent: Sent) -> None:
    if call.state != State.OPEN or call.closes_at <= now():
        raise Refused(_("This call is closed. Thank you for the thought: another one will come."))
    if not sent.consent:
        raise Refused(_("Others will pass your poster on and change it: that needs your yes to the licence."))
    if not sent.alt_text.strip():
        raise Refused(_("Say what one sees, for people who do not see it."))
    if call.campaign.ai_policy == AiPolicy.NONE and sent.ai != AiDeclaration.NONE:
        raise Refused(
            _("Thank you for saying so. This campaign takes only works made without generative AI.")
        )


@transaction.atomic
def withdraw_entry(entry: Entry) -> None:
    """Take a poster back, by its author's own address: while the call takes entries or the jury reads."""
    entry = Entry.objects.select_for_update(of=("self",)).select_related("call").get(pk=entry.pk)
    if entry.work_id or entry.call.state == State.SHOWN:
        raise Refused(_("It was chosen, or the results are shown: write to the coordination."))
    write_audit_line(None, "call.withdraw", entry, call=entry.call_id)
    kept = entry.file
    entry.delete()
    # Files are kept by their fingerprint: another call may hold the same one.
    if kept and not Entry.objects.filter(file=kept.name).exists():
        transaction.on_commit(lambda: kept.storage.delete(str(kept.name)))


@transaction.atomic
def vote(actor: Member, entry: Entry, mark: int, comment: str = "") -> Vote:
    """Give a mark, or change it; the juror does not know whose poster it is."""
    entry = Entry.objects.select_related("call").get(pk=entry.pk)
    require(actor, "calls.judge_entry", entry)
    if mark not in Mark.values:
        raise Refused(_("Choose one of the four marks."))
    values = {"mark": mark, "comment": comment.strip()[:1000], "at": now()}
    given, _new = Vote.objects.update_or_create(entry=entry, juror=actor, defaults=values)
    write_audit_line(actor, "call.vote", entry, call=entry.call_id)
    return given


@transaction.atomic
def choose_entry(actor: Member, entry: Entry) -> Work:
    """Make a work of a poster that the jury read, and send it to the reviewers like any other.

    Raises Refused before the call is closed, with fewer than two votes, or once its file was removed.
    """
    entry = Entry.objects.select_for_update(of=("self",)).select_related("call__campaign").get(pk=entry.pk)
    require(actor, "calls.run_call", entry.call)
    if entry.call.state not in (State.JURY, State.SHOWN):
        raise Refused(_("The jury has not read it yet."))
    if entry.work:
        return entry.work
    if not entry.file:
        raise Refused(_("Its file was removed: the call closed too long ago."))
    if entry.votes.exclude(juror=entry.member_id).count() < LEAST_VOTES:
        raise Refused(_("Two persons of the jury read a poster before it becomes a work."))
    work = _work_of(actor, entry)
    entry.work = work
    entry.save(update_fields=["work"])
    touch_campaign(entry.call.campaign)
    write_audit_line(actor, "call.choose", entry, work=work.pk)
    return work


def _work_of(actor: Member, entry: Entry) -> Work:
    """The jury says which posters please; charter, rights, law and the rest are read by two, as always."""
    content = WorkContent(
        kind=Kind.POSTER,
        title=entry.title,
        alt_text=entry.alt_text,
        credit=entry.credit,
        rights=entry.rights,
        ai=entry.ai,
    )
    with entry.file.open("rb") as stream:
        file = CleanFile(stream.read(), inspect_file(Path(entry.file.path), families=PICTURES))
    origin = f"call:{entry.pk}"
    return receive_work(
        entry.call.campaign, content, file, origin=origin, receiver=actor, author=entry.member
    )


@transaction.atomic
def correct_entry(entry: Entry, alt_text: str, basis: str, file: CleanFile | None) -> Work:
    """Answer the reviewers of a chosen poster, by its author's own address; without a file it stays."""
    entry = Entry.objects.select_for_update(of=("self",)).select_related("work").get(pk=entry.pk)
    if entry.work is None:
        raise Refused(_("It was not chosen: nothing is asked of it."))
    rights = [*entry.work.rights] or [{}]
    return receive_proof(
        entry.work, alt_text.strip(), [rights[0] | {"basis": basis.strip()}, *rights[1:]], file
    )


@transaction.atomic
def forget_entries() -> int:
    """Remove the files of calls that closed long ago, and what was said of the posters that were not chosen.

    A chosen poster lives on as a work, with a file of its own. Returns how many files went.
    """
    late = Entry.objects.filter(call__closes_at__lt=now() - FILES_KEPT).exclude(file="")
    late = late.exclude(call__state__in=(State.DRAFT, State.OPEN))
    names = dict(late.order_by("pk").values_list("pk", "file"))
    for call in PosterCall.objects.filter(entries__in=names).distinct():
        write_audit_line(None, "call.forget", call)
    gone = Entry.objects.filter(pk__in=names)
    gone.filter(work__isnull=True).update(credit="", alt_text="", rights=[])
    gone.update(file="")
    for name in set(names.values()) - set(Entry.objects.exclude(file="").values_list("file", flat=True)):
        transaction.on_commit(partial(default_storage.delete, name))
    return len(names)
