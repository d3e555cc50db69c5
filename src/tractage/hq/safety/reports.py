"""Reports: anybody points out a message, a work, a member; a moderator answers."""

from dataclasses import dataclass
from datetime import timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from tractage.hq.campaigns.clock import now
from tractage.hq.people.attempts import Limit, check_attempts, count_attempt, fingerprint
from tractage.hq.people.models import Member
from tractage.hq.people.refusals import Refused, TooManyAttempts
from tractage.hq.people.rules import require
from tractage.hq.safety.accounts import account_of_member
from tractage.hq.safety.guard_settings import guard_settings
from tractage.hq.safety.journal import write_safety_line
from tractage.hq.safety.models import Account, Report, ReportReason, Source, State
from tractage.hq.safety.sealing import message_print, seal

PLACE = Limit("report", 6, 60)
MOST = 2000


@dataclass(frozen=True)
class Thing:
    """What is reported: its kind ("work", "message", "member"), which one, and how a person would name it."""

    kind: str
    id: str
    title: str = ""


@transaction.atomic
def report_thing(
    actor: Member | None,
    thing: Thing,
    reason: str,
    words: str = "",
    *,
    place: str = "",
    about: Account | None = None,
) -> Report:
    """Report something of the site. place: where a visitor writes from, for the limit of six an hour; only a
    fingerprint of it is kept, for a day."""
    return _write(account_of_member(actor) if actor else None, Source.WEB, thing, reason, words, place, about)


@transaction.atomic
def report_message(
    reporter: Account,
    author: Account | None,
    text: str,
    reason: str,
    words: str = "",
    *,
    channel: str,
    message: str,
) -> Report:
    """Report a message of Discord; its text is sealed with the report and leaves on the same day."""
    thing = Thing("message", message)
    report = _write(reporter, Source.DISCORD, thing, reason, words, reporter.discord_id or "", author)
    report.channel, report.message_print = channel[:64], message_print(text)
    report.sealed_subject = seal(text[:4000])
    report.save(update_fields=["channel", "message_print", "sealed_subject"])
    return report


@transaction.atomic
def answer_report(actor: Member | None, report: Report, answer: str, *, dismissed: bool = False) -> Report:
    """Say what was done, or that nothing was wrong; other open reports of the same thing go with it."""
    require(actor, "safety.handle_incident")
    if not answer.strip():
        raise Refused(_("Write in a few words what was done: the log keeps it."))
    same = Report.objects.filter(state=State.OPEN, subject=report.subject, subject_id=report.subject_id)
    state = State.DISMISSED if dismissed else State.HANDLED
    Report.objects.filter(pk__in=[report.pk, *same.values_list("pk", flat=True)]).update(
        state=state, answer=answer.strip()[:400], handled_by=actor, handled_at=now()
    )
    report.refresh_from_db()
    write_safety_line(actor, "report.answer", report, state=state.value, personal={"answer": report.answer})
    return report


def _write(
    reporter: Account | None,
    source: Source,
    thing: Thing,
    reason: str,
    words: str,
    place: str,
    about: Account | None,
) -> Report:
    if reason not in ReportReason.values:
        raise Refused(_("Choose why you report it."))
    if len(words) > MOST:
        raise Refused(_("Two thousand signs at most, please."))
    _check_limit(place or (f"account {reporter.pk}" if reporter else "nobody"))
    moment = now()
    report = Report.objects.create(
        at=moment,
        source=source,
        reporter=reporter,
        reason=reason,
        subject=thing.kind[:20],
        subject_id=thing.id[:120],
        subject_title=thing.title[:120],
        account=about,
        sealed=seal(words.strip()),
        sealed_until=moment + timedelta(days=guard_settings().incident_days),
    )
    write_safety_line(
        None,
        "report",
        report,
        by=f"account:{reporter.pk}" if reporter else "visitor",
        kind=report.subject,
        which=report.subject_id,
        reason=report.reason,
    )
    return report


def _check_limit(place: str) -> None:
    keys = {PLACE: fingerprint(PLACE, place)}
    try:
        check_attempts(keys)
    except TooManyAttempts as refusal:
        words = _("Your reports have arrived. Another one can be sent in %(minutes)s min.")
        raise TooManyAttempts(words % {"minutes": refusal.minutes}, refusal.minutes) from None
    count_attempt(keys)
