"""Reads about works."""

from dataclasses import dataclass

from django.db.models import Count, F, Prefetch, Q, QuerySet

from tractage.hq.campaigns.models import Campaign
from tractage.hq.library.models import AiDeclaration, Edition, Review, Status, Verdict, Work
from tractage.hq.people.models import Member


@dataclass(frozen=True)
class GalleryFilter:
    """What a visitor asked of the gallery; an empty text asks nothing."""

    kind: str = ""
    seat: str = ""
    format: str = ""
    author: str = ""
    without_ai: bool = False


def public_works(campaign: Campaign) -> QuerySet[Work]:
    """Released works, newest first, with what a tile shows."""
    previews = Prefetch("editions", Edition.objects.filter(preview=True), to_attr="previews")
    return (
        Work.objects.filter(campaign=campaign, status=Status.RELEASED)
        .select_related("author")
        .prefetch_related(previews, "targets")
        .order_by("-released_at", "-id")
    )


def gallery(campaign: Campaign, asked: GalleryFilter) -> QuerySet[Work]:
    """The released works that answer `asked`."""
    return narrowed(public_works(campaign), asked)


def narrowed(works: QuerySet[Work], asked: GalleryFilter) -> QuerySet[Work]:
    """Those of `works` that answer `asked`, each once."""
    if asked.kind:
        works = works.filter(kind=asked.kind)
    if asked.seat:
        works = works.filter(targets__seat=asked.seat)
    if asked.format:
        works = works.filter(editions__format=asked.format, editions__preview=False)
    if asked.author:
        works = works.filter(credit=asked.author)
    if asked.without_ai:
        works = works.filter(ai=AiDeclaration.NONE)
    return works


def public_work(campaign: Campaign, slug: str) -> Work | None:
    """A released or recalled work with its editions; None when nobody outside may see it."""
    return (
        Work.objects.filter(campaign=campaign, slug=slug, status__in=[Status.RELEASED, Status.RECALLED])
        .select_related("author", "parent")
        .prefetch_related("editions", "targets")
        .first()
    )


def versions_of(work: Work) -> QuerySet[Work]:
    """The released works that were made from `work`, the latest first."""
    return public_works(work.campaign).filter(parent=work)


def read_as_own(work: Work) -> int:
    """How many reviewers accepted the proof that is out and found it a work of its own."""
    found = Review.objects.filter(work=work, proof=work.proof, verdict=Verdict.ACCEPT)
    return sum(bool(points.get("originality")) for points in found.values_list("points", flat=True))


def works_by_seat(campaign: Campaign) -> dict[str, int]:
    """How many released works speak of each seat that has one."""
    rows = (
        Work.objects.filter(campaign=campaign, status=Status.RELEASED, targets__isnull=False)
        .values_list("targets__seat")
        .annotate(number=Count("id"))
    )
    return dict(rows)


def public_edition(edition_id: int, prefix: str) -> Edition | None:
    """A file that everyone may take: its work is released, and the address holds the file's fingerprint."""
    return (
        Edition.objects.filter(pk=edition_id, sha256__startswith=prefix, work__status=Status.RELEASED)
        .select_related("work")
        .first()
    )


def works_of(member: Member) -> QuerySet[Work]:
    """What a member made, alone or with others, the latest first, with a small picture."""
    mine = Work.objects.filter(Q(author=member) | Q(pk__in=member.shared_works.values("pk")))
    return mine.select_related("brief").prefetch_related(_previews()).order_by("-pk")


def review_queue(campaign: Campaign, member: Member) -> QuerySet[Work]:
    """The works that `member` may still read, the longest wait first; `agreed`: acceptances of this proof."""
    read = Review.objects.filter(reviewer=member, proof=F("work__proof")).values("work")
    return (
        Work.objects.filter(campaign=campaign, status__in=[Status.SUBMITTED, Status.REVIEW])
        .exclude(author=member)
        .exclude(pk__in=member.shared_works.values("pk"))
        .exclude(pk__in=read)
        .annotate(
            agreed=Count(
                "reviews", filter=Q(reviews__verdict=Verdict.ACCEPT, reviews__proof=F("proof")), distinct=True
            )
        )
        .select_related("author", "brief", "parent", "campaign")
        .prefetch_related(_previews(), "coauthors")
        .order_by("submitted_at", "pk")
    )


def accepted_works(campaign: Campaign) -> QuerySet[Work]:
    """Accepted works that nobody has released yet, the oldest first."""
    found = Work.objects.filter(campaign=campaign, status=Status.ACCEPTED)
    return found.prefetch_related(_previews()).order_by("pk")


def work_for_desk(campaign: Campaign, pk: int) -> Work | None:
    """A work with all that its page on the desk shows."""
    return (
        Work.objects.filter(campaign=campaign, pk=pk)
        .select_related("author", "brief", "parent", "campaign")
        .prefetch_related("editions", "coauthors", "targets", "reviews")
        .first()
    )


def _previews() -> Prefetch[str]:
    shown = Edition.objects.filter(preview=True).order_by("width")
    return Prefetch("editions", shown, to_attr="previews")
