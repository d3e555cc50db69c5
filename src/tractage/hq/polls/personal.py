"""What polls hold about a member: the tables they brought."""

from typing import Any

from tractage.hq.people.models import Member
from tractage.hq.people.personal import Keeper, register
from tractage.hq.polls.models import PollTable


def _tell(member: Member) -> list[dict[str, Any]]:
    rows = PollTable.objects.filter(brought_by=member).order_by("pk")
    return [{"table": one.name, "brought_at": one.brought_at.isoformat()} for one in rows]


def _let_go(member: Member, _credit: str) -> None:
    PollTable.objects.filter(brought_by=member).update(brought_by=None)


register(Keeper("polls", _tell, _let_go))
