"""What analyses hold about a member: the files they gave, and what they agreed to publish."""

from typing import Any

from tractage.hq.analyses.models import Agreement, Analysis
from tractage.hq.people.models import Member
from tractage.hq.people.personal import Keeper, register


def _tell(member: Member) -> dict[str, Any]:
    given = Analysis.objects.filter(owner=member).order_by("pk")
    agreed = Agreement.objects.filter(member=member).select_related("analysis").order_by("pk")
    return {
        "given": [
            {"title": one.title, "file": one.filename, "created_at": one.created_at.isoformat()}
            for one in given
        ],
        "agreed": [{"title": one.analysis.title, "at": one.at.isoformat()} for one in agreed],
    }


def _let_go(member: Member, _credit: str) -> None:
    """An analysis belongs to the community and stays without a name; an agreement leaves with its person."""


register(Keeper("analyses", _tell, _let_go))
