"""Who sorts requests, who takes them, who hands over."""

from rules.predicates import Predicate

from tractage.hq.people.models import Member
from tractage.hq.people.rules import grant, is_coordinator, is_member
from tractage.hq.requests.models import Acceptance, Stage, TeamRequest

SEEN_BY_VOLUNTEERS = (Stage.OPEN, Stage.CLOSED)


def _may_see(actor: Member, request: TeamRequest | None) -> bool:
    if request is None or not is_member(actor):
        return False
    return request.stage in SEEN_BY_VOLUNTEERS or bool(is_coordinator(actor))


def _may_take(actor: Member, request: TeamRequest | None) -> bool:
    return request is not None and request.stage == Stage.OPEN and bool(is_member(actor))


def _has_taken(actor: Member, request: TeamRequest | None) -> bool:
    """Only who attested hands over: not even a coordinator in their place."""
    if request is None or request.stage != Stage.OPEN or not is_member(actor):
        return False
    found = Acceptance.objects.filter(request=request, member=actor, withdrawn_at=None)
    return found.exists()


grant("requests.see_requests", is_member)
grant("requests.see_request", Predicate(_may_see, "may_see_request"))
grant("requests.take_request", Predicate(_may_take, "may_take_request"))
grant("requests.deliver", Predicate(_has_taken, "has_taken_request"))
grant("requests.triage", is_coordinator)
grant("requests.read_contact", is_coordinator)
