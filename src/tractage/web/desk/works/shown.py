"""Where a work stands, as a stamp and a plain sentence."""

from typing import NamedTuple

from django.utils.translation import gettext as _

from tractage.hq.library.models import Review, Status, Verdict, Work
from tractage.web.templatetags.words import hour


class Stamp(NamedTuple):
    """The word on the stamp and its ink: "bat" (good to print), "non" (back to the author) or plain."""

    word: str
    ink: str


INKS = {
    Status.ACCEPTED: "bat",
    Status.RELEASED: "bat",
    Status.CHANGES: "non",
    Status.REFUSED: "non",
    Status.RECALLED: "non",
}


def stamp(work: Work) -> Stamp:
    """The stamp of a work."""
    return Stamp(str(work.get_status_display()), INKS.get(Status(work.status), ""))


def sentence(work: Work) -> str:
    """What is happening to a work and what comes next."""
    if work.status == Status.ACCEPTED and work.release_after:
        return _("It comes out by itself on %(hour)s.") % {"hour": hour(work.release_after)}
    return {
        Status.DRAFT: _("Only you see it. Send it when it is ready."),
        Status.SUBMITTED: _("It waits for its first reader. Two will read it."),
        Status.REVIEW: _("One reader said yes. It waits for the second."),
        Status.CHANGES: _("A reader asks for a correction: it is below. Correct it and send it again."),
        Status.REFUSED: _("It will not come out; the reason is below. You can make another version."),
        Status.ACCEPTED: _("Two readers said yes. A coordinator releases it."),
        Status.RELEASED: _("It is on the wall: everyone can take it."),
        Status.RECALLED: _("It was withdrawn; its page says why."),
    }[Status(work.status)]


def reasons(work: Work) -> list[Review]:
    """What readers wrote to the author, the latest proof first."""
    told = [one for one in work.reviews.all() if one.feedback or one.verdict != Verdict.ACCEPT]
    return sorted(told, key=lambda one: (-one.proof, one.pk))
