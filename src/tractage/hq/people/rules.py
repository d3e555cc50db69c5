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


is_newcomer = stands_at_least(Standing.NEWCOMER)
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


def standings_to_give(actor: Member, member: Member) -> list[Standing]:
    """What `actor` may make of `member`: someone below them, to something below them; a founder, anything.

    Nobody changes their own.
    """
    if actor.pk == member.pk or not is_coordinator(actor):
        return []
    if actor.standing == Standing.FOUNDER:
        return list(Standing)
    if RANK[member.standing] >= RANK[actor.standing]:
        return []
    return [standing for standing in Standing if RANK[standing.value] < RANK[actor.standing]]


def _may_change(actor: Member, member: Member | None) -> bool:
    return member is not None and bool(standings_to_give(actor, member))


def _is_self(actor: Member, member: Member | None) -> bool:
    return bool(member is not None and actor.is_authenticated and actor.pk == member.pk)


def _is_shown(_actor: Member, member: Member | None) -> bool:
    return bool(member is not None and member.is_active and member.shown)


is_self = Predicate(_is_self, "is_self")
is_shown = Predicate(_is_shown, "is_shown")
may_change_standing = Predicate(_may_change, "may_change_standing")

grant("people.see_member", is_self | is_shown | is_moderator)
grant("people.keep_own_account", is_self)
grant("people.list_members", is_coordinator)
grant("people.change_standing", may_change_standing)
grant("people.read_log", is_moderator)
grant("people.change_campaign", is_founder)
