"""Someone passes a work on, by hand and in their own name, then says so if they like. Nothing here posts."""

from dataclasses import dataclass

from django.conf import settings
from django.core import signing
from django.db import transaction
from django.utils.translation import gettext as _

from tractage.domain.errors import InputError
from tractage.domain.law.pack import rule
from tractage.domain.reach.links import parse_link
from tractage.domain.studio.platforms import Offer, Platform, choose, platforms
from tractage.domain.studio.wording import Nearness, fingerprints, nearness
from tractage.hq.campaigns.clock import now
from tractage.hq.campaigns.models import Campaign
from tractage.hq.campaigns.services import write_audit_line
from tractage.hq.campaigns.silence import campaign_rounds
from tractage.hq.library.ideas import caption_ideas
from tractage.hq.library.legal import release_status
from tractage.hq.library.models import Edition, Share, Status, Work
from tractage.hq.library.refusals import Frozen
from tractage.hq.people.attempts import Limit, check_attempts, count_attempt, fingerprint
from tractage.hq.people.models import Member
from tractage.hq.people.refusals import Refused, TooManyAttempts

SHARES = Limit("share", 30, 60)
COMPARED = 300
"""The latest captions that one is compared with."""
UNDO_SECONDS = 3600
SALT = "tractage.library.share"


@dataclass(frozen=True)
class Posted:
    """What a person says: where, the address of their post and their words, each only if they like."""

    platform: str = ""
    address: str = ""
    words: str = ""


@dataclass(frozen=True)
class LoggedShare:
    """The share, and whether it is new: an address is counted once a work, whoever brings it."""

    share: Share
    new: bool


@transaction.atomic
def log_share(actor: Member | None, work: Work, posted: Posted, place: str) -> LoggedShare:
    """Keep that a released work was posted; open to everyone, `actor` is None for a supporter.

    place: the network address it came from, kept for a day as a fingerprint. Raises Refused for a link that
    leads to no public post, TooManyAttempts, and Frozen during the silence.
    """
    work = Work.objects.select_related("campaign").get(pk=work.pk)
    if work.status != Status.RELEASED:
        raise Refused(_("Only a work that is on the wall can be passed on."))
    status = release_status(work)
    if status.frozen:
        article = rule(status.rules[0]).article
        raise Frozen(status, _("Not during the electoral silence (%(article)s).") % {"article": article})
    address = canonical_address(posted.address)
    keys = {SHARES: fingerprint(SHARES, f"member {actor.pk}" if actor else place)}
    try:
        check_attempts(keys)
    except TooManyAttempts as refusal:
        words = _("Thank you, that is many at once. Try again in %(minutes)s min.")
        raise TooManyAttempts(words % {"minutes": refusal.minutes}, refusal.minutes) from None
    count_attempt(keys)
    values = {
        "platform": posted.platform if posted.platform in platforms() else "",
        "member": actor,
        "shingles": list(fingerprints(posted.words, wording_key())),
        "at": now(),
    }
    if address:
        share, new = Share.objects.get_or_create(work=work, address=address, defaults=values)
        if not new:
            return LoggedShare(share, new=False)
    else:
        share = Share.objects.create(work=work, **values)
    write_audit_line(actor, "work.share", share, work=work.pk, platform=share.platform, member=bool(actor))
    return LoggedShare(share, new=True)


@transaction.atomic
def undo_share(token: str) -> bool:
    """Take back a share by the token given to whoever logged it; False when the hour is over."""
    try:
        pk = signing.loads(token, salt=SALT, max_age=UNDO_SECONDS)
    except signing.BadSignature:
        return False
    share = Share.objects.select_for_update(of=("self",)).filter(pk=pk).first()
    if share is None:
        return False
    write_audit_line(share.member, "work.unshare", share, work=share.work_id)
    share.delete()
    return True


def forget_after_election() -> int:
    """Once the last round is over, that works were posted stays, and where and by which words goes."""
    forgotten = 0
    for campaign in Campaign.objects.filter(works__shares__isnull=False).distinct():
        turns = campaign_rounds(campaign)
        if turns and now().date() > max(turn.day for turn in turns):
            told = Share.objects.filter(work__campaign=campaign).exclude(address="", shingles=[])
            forgotten += told.update(address="", shingles=[])
    return forgotten


def undo_token(share: Share) -> str:
    """What takes a share back, given once to the person who logged it."""
    return signing.dumps(share.pk, salt=SALT)


def token_holds(token: str) -> bool:
    """Whether `token` can still take a share back."""
    try:
        pk = signing.loads(token, salt=SALT, max_age=UNDO_SECONDS)
    except signing.BadSignature:
        return False
    return Share.objects.filter(pk=pk).exists()


def canonical_address(text: str) -> str:
    """The one address of a pasted post; nothing stays nothing. Raises Refused in words."""
    if not text.strip():
        return ""
    try:
        return parse_link(text).url[:300]
    except InputError:
        raise Refused(
            _(
                "This link does not lead to one public post. "
                "Open the post, copy its link, or leave this empty."
            )
        ) from None


def nearness_of(work: Work, words: str) -> Nearness:
    """How near `words` are to the ideas of the sheet and to what others said they posted of this work."""
    posted = Share.objects.filter(work=work).exclude(shingles=[]).order_by("-pk")
    known = posted.values_list("shingles", flat=True)[:COMPARED]
    return nearness(words, caption_ideas(work), known, wording_key())


def file_for(work: Work, platform: Platform) -> Edition | None:
    """The edition of `work` (prefetched) to post on `platform`; None when none of them fits."""
    editions = {one.format: one for one in work.editions.all() if not one.preview}
    offer = choose(platform, (Offer(one.format, one.bytes, one.media_type) for one in editions.values()))
    return editions[offer.format] if offer else None


def wording_key() -> bytes:
    """The key of the fingerprints, from the instance's secret: nobody else can guess words from them."""
    from django.utils.crypto import salted_hmac

    return salted_hmac(SALT, "wording", secret=settings.SECRET_KEY, algorithm="sha256").digest()
