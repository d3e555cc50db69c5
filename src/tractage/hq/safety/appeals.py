"""Appeals: the person asks once, by their account or a signed link; one who did not decide answers."""

from django.core import signing
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from tractage.domain.errors import InputError
from tractage.domain.guard import appeals as domain
from tractage.domain.guard.appeals import Outcome
from tractage.domain.guard.sanctions import Standing
from tractage.hq.campaigns.clock import now
from tractage.hq.people.models import Member
from tractage.hq.people.refusals import Refused
from tractage.hq.people.rules import allowed, require
from tractage.hq.safety.accounts import as_domain, person
from tractage.hq.safety.journal import write_safety_line
from tractage.hq.safety.models import Account, Appeal, Sanction
from tractage.hq.safety.sanctions import locked, mark_undone
from tractage.hq.safety.sealing import seal, unseal

SALT = "tractage.safety.appeal"
LINK_DAYS = 180
MOST = 3000


def appeal_path(account: Account) -> str:
    """The address where a person reads what was decided about them and appeals; the link is the key.

    The bot sends it in the message that tells the sanction, the site shows it to who knows the password.
    """
    return reverse("my_sanctions", args=[signing.dumps(account.pk, salt=SALT)])


def account_of_link(token: str) -> Account | None:
    """Whose link it is; None when it is broken or too old."""
    try:
        number = signing.loads(token, salt=SALT, max_age=LINK_DAYS * 86400)
    except signing.BadSignature:
        return None
    return Account.objects.select_related("member").filter(pk=number).first()


@transaction.atomic
def appeal_sanction(
    sanction: Sanction,
    text: str,
    *,
    actor: Member | None = None,
    link: str = "",
    account: Account | None = None,
) -> Appeal:
    """Appeal, once.

    Who asks is proved by one of three: `actor`, logged in; `link`, the token that they were given; `account`,
    whom the bot has recognised on Discord.
    """
    sanction = locked(sanction)
    owner = account or (account_of_link(link) if link else None)
    if not (actor is not None and allowed(actor, "safety.appeal", sanction)) and (
        owner is None or owner.pk != sanction.account_id
    ):
        raise PermissionDenied(_("Only the person concerned can appeal."))
    if not text.strip():
        raise Refused(_("Write what you have to say: somebody else will read it."))
    if len(text) > MOST:
        raise Refused(_("Three thousand signs at most, please: the person who reads will ask for more."))
    if Appeal.objects.filter(sanction=sanction).exists():
        raise Refused(_("You have appealed already; the answer will stand here."))
    if sanction.standing != Standing.IN_FORCE:
        raise Refused(_("There is nothing left to appeal: this is no longer in force."))
    moment = now()
    try:
        domain.appeal_sanction(as_domain(sanction), person(sanction.account), text, moment.timestamp())
    except InputError as error:
        raise Refused(str(error)) from None
    appeal = Appeal.objects.create(sanction=sanction, at=moment, sealed=seal(text.strip()))
    write_safety_line(
        None,
        "appeal",
        appeal,
        sanction=sanction.pk,
        by=f"account:{sanction.account_id}",
        personal={"text": text.strip()},
    )
    return appeal


@transaction.atomic
def decide_appeal(actor: Member, appeal: Appeal, *, overturn: bool, reason: str) -> Appeal:
    """Answer an appeal; when it is heard, the sanction is undone at once."""
    appeal = Appeal.objects.select_for_update(of=("self",)).get(pk=appeal.pk)
    sanction = appeal.sanction = locked(appeal.sanction)
    if not allowed(actor, "safety.judge_appeal", appeal) and allowed(actor, "safety.see_desk"):
        raise PermissionDenied(_("Whoever decided the sanction cannot judge its appeal."))
    require(actor, "safety.judge_appeal", appeal)
    if appeal.outcome != Outcome.OPEN:
        raise Refused(_("This appeal has its answer already."))
    if not reason.strip():
        raise Refused(_("The answer needs a reason: the person will read it."))
    asked = domain.Appeal(
        str(sanction.pk), person(sanction.account), unseal(appeal.sealed) or "…", appeal.at.timestamp()
    )
    try:
        _undone, answered = domain.decide_appeal(
            as_domain(sanction), asked, f"member:{actor.pk}", overturn=overturn, reason=reason
        )
    except InputError as error:
        raise Refused(str(error)) from None
    appeal.outcome, appeal.reason = answered.outcome.value, reason.strip()
    appeal.decided_by, appeal.decided_at = actor, now()
    appeal.save(update_fields=["outcome", "reason", "decided_by", "decided_at"])
    write_safety_line(actor, "appeal.decide", appeal, sanction=sanction.pk, outcome=appeal.outcome)
    if overturn:
        mark_undone(actor, sanction, reason)
    return appeal
