"""Who may do what, by standing: one predicate a rank."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _
from rules.permissions import add_perm, has_perm
from rules.predicates import Predicate

from tractage.hq.people.models import Member, Standing

RANK = {standing.value: rank for rank, standing in enumerate(Standing)}


def stands_at_least(standing: Standing) -> Predicate:
    """A predicate that holds for an active member of `standing` or above."""

    def holds(member: Member) -> bool:
        return bool(
            member.is_authenticated and member.is_active and RANK[member.standing] >= RANK[standing.value]
        )

    return Predicate(holds, f"stands_at_least_{standing.value}")


is_member = stands_at_least(Standing.MEMBER)
is_reviewer = stands_at_least(Standing.REVIEWER)
is_moderator = stands_at_least(Standing.MODERATOR)
is_coordinator = stands_at_least(Standing.COORDINATOR)
is_founder = stands_at_least(Standing.FOUNDER)


def grant(permission: str, holders: Predicate) -> None:
    """Give `permission` to those for whom the predicate holds; called once, when the app's rules are read."""
    add_perm(permission, holders)  # type: ignore[no-untyped-call]


def allowed(actor: Any, permission: str, subject: Any = None) -> bool:
    """Whether a member, or an anonymous visitor, has `permission` on `subject`."""
    return bool(has_perm(permission, actor, subject))  # type: ignore[no-untyped-call]


def require(actor: Member | None, permission: str, subject: Any = None) -> None:
    """Raise PermissionDenied unless `actor` has `permission` on `subject`; None is the operator's command."""
    if actor is not None and not allowed(actor, permission, subject):
        raise PermissionDenied(_("Your standing does not allow this."))
