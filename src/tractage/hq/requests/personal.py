"""What requests hold about a member: what they took and attested to, what they handed over."""

from typing import Any

from tractage.hq.people.models import Member
from tractage.hq.people.personal import Keeper, register
from tractage.hq.requests.models import Acceptance, Delivery


def _tell(member: Member) -> list[dict[str, Any]]:
    taken = Acceptance.objects.filter(member=member).select_related("request").order_by("pk")
    return [
        {
            "candidate": one.request.candidate,
            "seat": one.request.seat,
            "attested": one.attested,
            "at": one.at.isoformat(),
            "withdrawn_at": one.withdrawn_at.isoformat() if one.withdrawn_at else None,
            "handed_over": [
                {"what": given.title, "at": given.at.isoformat()}
                for given in Delivery.objects.filter(request=one.request, member=member).order_by("pk")
            ],
        }
        for one in taken
    ]


def _let_go(_member: Member, _credit: str) -> None:
    """That someone attested stays for the receipt; the account's removal takes the name off it."""


register(Keeper("requests", _tell, _let_go))
