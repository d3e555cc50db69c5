"""Reading by two: five points, a verdict, and words that the author can act on."""

from collections.abc import Mapping

from django.db import models, transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tractage.hq.campaigns.clock import now
from tractage.hq.campaigns.services import write_audit_line
from tractage.hq.library.models import Press, Review, Status, Verdict, Work
from tractage.hq.people.models import Member
from tractage.hq.people.refusals import Refused
from tractage.hq.people.rules import require
from tractage.hq.people.services import welcome

ACCEPTANCES = 2
SHORTEST_FEEDBACK = 12


class Point(models.TextChoices):
    """What a reviewer looks at, in this order."""

    CHARTER = "charter", gettext_lazy("Charter")
    RIGHTS = "rights", gettext_lazy("Rights")
    LAW = "law", gettext_lazy("Law")
    ACCESS = "access", gettext_lazy("Accessibility")
    ORIGINALITY = "originality", gettext_lazy("Originality")


@transaction.atomic
def review_work(
    actor: Member, work: Work, points: Mapping[str, bool], verdict: str, feedback: str = ""
) -> Review:
    """Give a verdict on the proof of today: the second acceptance accepts, any other verdict goes back.

    Raises Refused, with what lacks, and PermissionDenied for an author or someone who has already read it.
    """
    work = Work.objects.select_for_update(of=("self",)).select_related("campaign", "author").get(pk=work.pk)
    require(actor, "library.review_work", work)
    words = feedback.strip()
    _check(points, verdict, words)
    review = Review.objects.create(
        work=work,
        proof=work.proof,
        reviewer=actor,
        points={point.value: points[point.value] for point in Point},
        verdict=verdict,
        feedback=words,
        at=now(),
    )
    before, work.status = work.status, _status_after(work, verdict)
    if work.status == Status.ACCEPTED:
        work.press, work.press_done, work.press_total = Press.WAITING, 0, 0
    work.save(update_fields=["status", "press", "press_done", "press_total"])
    write_audit_line(actor, "work.review", work, verdict=verdict, proof=work.proof, before=before)
    if work.status == Status.ACCEPTED:
        _after_acceptance(work)
    return review


def _check(points: Mapping[str, bool], verdict: str, words: str) -> None:
    if verdict not in Verdict.values:
        raise Refused(_("Choose a verdict."))
    if any(point.value not in points for point in Point):
        raise Refused(_("Your answers are kept. One of the five points still waits for you."))
    if verdict == Verdict.ACCEPT and not all(points.values()):
        raise Refused(_("A point is still to be seen again: ask for a correction, or settle it."))
    if verdict != Verdict.ACCEPT and len(words) < SHORTEST_FEEDBACK:
        raise Refused(
            _("The points are kept. The author still needs your reason, in a sentence, to go further.")
        )


def _status_after(work: Work, verdict: str) -> str:
    if verdict == Verdict.REFUSE:
        return Status.REFUSED
    if verdict == Verdict.CHANGES:
        return Status.CHANGES
    given = Review.objects.filter(work=work, proof=work.proof, verdict=Verdict.ACCEPT)
    return Status.ACCEPTED if given.values("reviewer").distinct().count() >= ACCEPTANCES else Status.REVIEW


def _after_acceptance(work: Work) -> None:
    from tractage.hq.library.tasks import make_editions

    for author in [work.author, *work.coauthors.all()]:
        if author is not None:
            welcome(author, f"work {work.pk}")
    transaction.on_commit(lambda: make_editions.enqueue(work.pk))
