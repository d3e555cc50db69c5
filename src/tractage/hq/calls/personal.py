"""What calls hold about a member: posters they sent while logged in, votes they gave."""

from typing import Any

from tractage.hq.calls.models import Entry, Vote
from tractage.hq.people.models import Member
from tractage.hq.people.personal import Keeper, register


def _tell(member: Member) -> dict[str, Any]:
    sent = Entry.objects.filter(member=member).select_related("call").order_by("pk")
    votes = Vote.objects.filter(juror=member).select_related("entry").order_by("pk")
    return {
        "sent": [
            {"call": one.call.title, "title": one.title, "credit": one.credit, "at": one.at.isoformat()}
            for one in sent
        ],
        "votes": [
            {"poster": one.entry.title, "mark": one.mark, "comment": one.comment, "at": one.at.isoformat()}
            for one in votes
        ],
    }


def _let_go(member: Member, credit: str) -> None:
    """Posters stay under the credit that the person chose; the account's removal takes the name off votes."""
    Entry.objects.filter(member=member).update(credit=credit, member=None)


register(Keeper("calls", _tell, _let_go))
