"""Who may do what to a work."""

from collections.abc import Callable

from rules.predicates import Predicate

from tractage.hq.library.models import Review, Status, Work
from tractage.hq.people.models import Member
from tractage.hq.people.rules import grant, is_coordinator, is_member, is_newcomer, is_reviewer
from tractage.hq.people.selectors import has_accepted

EDITABLE = (Status.DRAFT, Status.CHANGES)
READABLE = (Status.SUBMITTED, Status.REVIEW)


def is_author(actor: Member, work: Work | None) -> bool:
    """Whether `actor` made `work`, alone or with others."""
    if work is None or not is_newcomer(actor):
        return False
    return work.author_id == actor.pk or any(one.pk == actor.pk for one in work.coauthors.all())


def _may_submit(actor: Member, campaign: object) -> bool:
    from tractage.hq.campaigns.models import Campaign

    return isinstance(campaign, Campaign) and is_newcomer(actor) and has_accepted(actor, campaign)


def _may_change(actor: Member, work: Work | None) -> bool:
    return work is not None and is_author(actor, work) and work.status in EDITABLE


def _may_review(actor: Member, work: Work | None) -> bool:
    """A reviewer who is not an author, once a proof."""
    if work is None or work.status not in READABLE or not is_reviewer(actor) or is_author(actor, work):
        return False
    return not Review.objects.filter(work=work, proof=work.proof, reviewer=actor).exists()


def _may_see(actor: Member, work: Work | None) -> bool:
    if work is None or not is_newcomer(actor):
        return False
    return is_author(actor, work) or (work.status != Status.DRAFT and bool(is_reviewer(actor)))


def _predicate(test: Callable[..., bool]) -> Predicate:
    return Predicate(test, test.__name__.strip("_"))


grant("library.import_work", is_coordinator)
grant("library.release_work", is_coordinator)
grant("library.recall_work", is_coordinator)
grant("library.submit_work", _predicate(_may_submit))
grant("library.change_work", _predicate(_may_change))
grant("library.see_work", _predicate(_may_see))
grant("library.see_queue", is_reviewer)
grant("library.review_work", _predicate(_may_review))
grant("library.see_shelf", is_coordinator)
grant("library.see_coverage", is_member)
