"""A work comes in: drafted, its files read in the sandbox and written again, sent to the reviewers."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from django.db import transaction
from django.utils.translation import gettext as _

from tractage.adapters.media import DEFAULT, Family, MediaInfo, clean_bytes, inspect_file
from tractage.hq.campaigns.clock import now
from tractage.hq.campaigns.models import AiPolicy, Campaign
from tractage.hq.campaigns.services import write_audit_line
from tractage.hq.library.models import AiDeclaration, Kind, Press, SeatTarget, Status, Work
from tractage.hq.library.services import (
    FILELESS,
    EditionFile,
    content_obstacle,
    free_slug,
    keep_edition,
)
from tractage.hq.missions.claims import hand_in
from tractage.hq.missions.models import Brief
from tractage.hq.missions.selectors import held_by
from tractage.hq.people.models import Member
from tractage.hq.people.refusals import Refused
from tractage.hq.people.rules import require

ORIGINAL, CAPTIONS = "original", "captions"
FILM_LIMITS = replace(DEFAULT, video_bytes=100_000_000)
PICTURES = frozenset({Family.PICTURE})
MOVING = frozenset({Family.PICTURE, Family.VIDEO})
FILMS = frozenset({Family.VIDEO})
FAMILIES = {
    Kind.POSTER: PICTURES,
    Kind.CARD: PICTURES,
    Kind.PRACTICAL: MOVING,
    Kind.STICKER: MOVING,
    Kind.GIF: MOVING,
    Kind.EDIT: FILMS,
    Kind.EPISODE: FILMS,
    Kind.TEXT: frozenset(),
    Kind.GAME: PICTURES,
}
"""What file each kind is made of; a text has none, a game a picture of it if its author wants one."""


@dataclass(frozen=True)
class CleanFile:
    """A file from outside, written again without metadata; its original is not kept."""

    content: bytes = field(repr=False)
    info: MediaInfo


@dataclass(frozen=True)
class WorkContent:
    """What an author says of a work; `rights`: what, owner, ground, basis, tests, proof of each source."""

    kind: str
    title: str
    alt_text: str
    credit: str
    summary: str = ""
    body: str = ""
    link: str = ""
    licence: str = "CC BY-SA 4.0"
    rights: Sequence[dict[str, str]] = ()
    sources: Sequence[dict[str, str]] = ()
    labels: Sequence[str] = ()
    languages: Sequence[str] = ("fr",)
    seats: Sequence[str] = ()
    ai: str = AiDeclaration.NONE
    coauthors: Sequence[Member] = ()
    brief: Brief | None = None
    parent: Work | None = None


def read_upload(source: Path | bytes, name: str, families: frozenset[Family]) -> CleanFile:
    """Read a file in the sandbox and write it again; raises MediaError in words for a volunteer."""
    # Measured first: what is of the wrong family is refused before the costly copy.
    inspect_file(source, name=name, families=families, limits=FILM_LIMITS)
    return CleanFile(*clean_bytes(source, name=name, families=families, limits=FILM_LIMITS))


@transaction.atomic
def draft_work(
    actor: Member,
    campaign: Campaign,
    content: WorkContent,
    file: CleanFile | None,
    captions: CleanFile | None = None,
) -> Work:
    """Keep a new work as a draft that only its authors see."""
    require(actor, "library.submit_work", campaign)
    work = Work(campaign=campaign, author=actor, slug=free_slug(campaign, content.title), status=Status.DRAFT)
    _fill(work, content, file, captions)
    write_audit_line(actor, "work.draft", work, brief=work.brief_id)
    return work


@transaction.atomic
def change_work(
    actor: Member,
    work: Work,
    content: WorkContent,
    file: CleanFile | None = None,
    captions: CleanFile | None = None,
) -> Work:
    """Change a draft, or a work of which changes are wanted; files not given stay."""
    work = Work.objects.select_for_update(of=("self",)).select_related("campaign").get(pk=work.pk)
    require(actor, "library.change_work", work)
    _fill(work, content, file, captions)
    write_audit_line(actor, "work.change", work)
    return work


@transaction.atomic
def submit_work(actor: Member, work: Work) -> Work:
    """Send a work to the reviewers; after changes it comes as a new proof. Raises Refused with what lacks."""
    work = Work.objects.select_for_update(of=("self",)).select_related("campaign").get(pk=work.pk)
    if work.status in (Status.SUBMITTED, Status.REVIEW) and work.author_id == actor.pk:
        return work
    require(actor, "library.change_work", work)
    if lacks := submission_obstacles(work):
        raise Refused(" ".join(lacks))
    if work.status == Status.CHANGES:
        work.proof += 1
    work.status, work.submitted_at = Status.SUBMITTED, now()
    work.press, work.press_done, work.press_total = Press.WAITING, 0, 0
    work.save()
    for claim in held_by(actor).filter(brief=work.brief_id) if work.brief_id else ():
        hand_in(actor, claim)
    write_audit_line(actor, "work.submit", work, proof=work.proof)
    _press(work)
    return work


@transaction.atomic
def receive_work(
    campaign: Campaign,
    content: WorkContent,
    file: CleanFile | None,
    captions: CleanFile | None = None,
    *,
    origin: str,
    receiver: Member | None,
    author: Member | None = None,
) -> Work:
    """Keep a work that came in another way and send it to the reviewers. Raises Refused with what lacks.

    Called by services that have checked who may bring it in. author: the member who sent it, who may not read
    it; without one, anyone who reads works may.
    """
    slug = free_slug(campaign, content.title)
    work = Work(campaign=campaign, origin=origin, author=author, slug=slug, status=Status.DRAFT)
    _fill(work, content, file, captions)
    if lacks := submission_obstacles(work):
        raise Refused(" ".join(lacks))
    work.status, work.submitted_at, work.press = Status.SUBMITTED, now(), Press.WAITING
    work.save(update_fields=["status", "submitted_at", "press"])
    write_audit_line(receiver, "work.receive", work, origin=origin)
    _press(work)
    return work


@transaction.atomic
def receive_proof(
    work: Work, alt_text: str, rights: Sequence[dict[str, str]], file: CleanFile | None
) -> Work:
    """Keep a new proof of a work whose author has no account here; the file that is not given stays.

    Called by services that have checked who brings it. Raises Refused unless the reviewers asked for changes.
    """
    work = Work.objects.select_for_update(of=("self",)).select_related("campaign").get(pk=work.pk)
    if work.status != Status.CHANGES:
        raise Refused(_("Nobody asks for a correction now."))
    work.alt_text, work.rights = alt_text, list(rights)
    if file:
        work.editions.exclude(format=CAPTIONS).delete()
        keep_edition(work, edition_of(ORIGINAL, file))
    if lacks := submission_obstacles(work):
        raise Refused(" ".join(lacks))
    work.proof += 1
    work.status, work.submitted_at = Status.SUBMITTED, now()
    work.press, work.press_done, work.press_total = Press.WAITING, 0, 0
    work.save()
    write_audit_line(None, "work.submit", work, proof=work.proof)
    _press(work)
    return work


def submission_obstacles(work: Work) -> list[str]:
    """What a draft still needs before reviewers read it, each in a sentence."""
    lacks = []
    formats = {edition.format: edition for edition in work.editions.all()}
    if work.kind != Kind.TEXT and not work.alt_text.strip():
        lacks.append(_("It lacks an alternative text for people who do not see it."))
    if not work.rights:
        lacks.append(_("Its rights sheet is empty: say where each part comes from."))
    original = formats.get(ORIGINAL)
    if lack := content_obstacle(work):
        lacks.append(lack)
    elif original is None and work.kind not in FILELESS:
        lacks.append(_("It has no file yet."))
    elif original and original.media_type.startswith("video/") and CAPTIONS not in formats:
        lacks.append(_("A video needs its captions (SRT or VTT), for people who do not hear it."))
    if work.campaign.ai_policy == AiPolicy.NONE and work.ai != AiDeclaration.NONE:
        lacks.append(_("This campaign does not take works made with generative AI."))
    return lacks


def _fill(work: Work, content: WorkContent, file: CleanFile | None, captions: CleanFile | None) -> None:
    for name in (
        "kind", "title", "alt_text", "credit", "summary", "body", "link", "licence", "ai", "brief", "parent",
    ):  # fmt: skip
        setattr(work, name, getattr(content, name))
    for name in ("rights", "sources", "labels", "languages"):
        setattr(work, name, list(getattr(content, name)))
    work.save()
    work.coauthors.set(content.coauthors)
    work.targets.all().delete()
    SeatTarget.objects.bulk_create(SeatTarget(work=work, seat=seat) for seat in dict.fromkeys(content.seats))
    if file:
        work.editions.exclude(format=CAPTIONS).delete()
        keep_edition(work, edition_of(ORIGINAL, file))
    if captions:
        keep_edition(work, edition_of(CAPTIONS, captions))


def edition_of(format_name: str, file: CleanFile) -> EditionFile:
    """A clean file as an edition."""
    info = file.info
    return EditionFile(format_name, file.content, info.suffix.lstrip("."), info.mime, info.width, info.height)


def _press(work: Work) -> None:
    from tractage.hq.library.tasks import make_previews

    transaction.on_commit(lambda: make_previews.enqueue(work.pk))
