"""What operations hold about a member: where they took part, their words, the lines in their hands."""

from typing import Any

from tractage.hq.operations.models import Participation, Step
from tractage.hq.people.models import Member
from tractage.hq.people.personal import Keeper, register


def _tell(member: Member) -> dict[str, Any]:
    taken = Participation.objects.filter(member=member).select_related("operation").order_by("pk")
    return {
        "took_part": [
            {
                "operation": one.operation.title,
                "joined_at": one.joined_at.isoformat(),
                "left_at": one.left_at.isoformat() if one.left_at else None,
                "word": one.word,
            }
            for one in taken
        ],
        "checklist": [
            {"operation": step.operation.title, "text": step.text, "done": step.done_at is not None}
            for step in Step.objects.filter(assigned=member).select_related("operation").order_by("pk")
        ],
        "planned": list(member.operations.order_by("pk").values_list("title", flat=True)),
    }


def _let_go(member: Member, _credit: str) -> None:
    Step.objects.filter(assigned=member, done_at__isnull=True).update(assigned=None)
    Participation.objects.filter(member=member).delete()


register(Keeper("operations", _tell, _let_go))
