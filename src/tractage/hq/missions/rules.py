"""Who may write briefs, take them, and what one may do with a tab."""

from typing import Any

from rules.predicates import Predicate

from tractage.hq.missions.models import Brief, BriefStatus, Claim
from tractage.hq.people.models import Member
from tractage.hq.people.rules import grant, is_coordinator, is_member, is_newcomer
from tractage.hq.people.selectors import has_accepted


def _may_take(actor: Member, brief: Brief | None) -> bool:
    if brief is None or not is_newcomer(actor) or not has_accepted(actor, brief.campaign):
        return False
    return bool(brief.first or is_member(actor))


def _may_see(actor: Member, brief: Brief | None) -> bool:
    return bool(
        brief is not None
        and is_newcomer(actor)
        and (brief.status != BriefStatus.DRAFT or is_coordinator(actor))
    )


def _holds(actor: Member, claim: Claim | None) -> bool:
    return bool(claim is not None and is_newcomer(actor) and claim.member_id == actor.pk)


def _is_offered(actor: Member, claim: Claim | None) -> bool:
    return bool(claim is not None and claim.offered_to_id == actor.pk and _may_take(actor, claim.brief))


def _predicate(test: Any) -> Predicate:
    return Predicate(test, test.__name__.strip("_"))


grant("missions.see_board", is_newcomer)
grant("missions.see_brief", _predicate(_may_see))
grant("missions.claim_brief", _predicate(_may_take))
grant("missions.hold_claim", _predicate(_holds))
grant("missions.answer_offer", _predicate(_is_offered))
grant("missions.write_brief", is_coordinator)
