"""Who may see, decide, confirm, judge; nobody decides about themselves or about somebody above them."""

from typing import Any

from rules.predicates import Predicate

from tractage.domain.guard.sanctions import Kind, Standing
from tractage.hq.people.models import Member
from tractage.hq.people.models import Standing as Trust
from tractage.hq.people.rules import RANK, grant, is_coordinator, is_moderator
from tractage.hq.safety.models import Account, Appeal, Sanction


def _may_sanction(actor: Member, account: Account | None) -> bool:
    if not is_moderator(actor):
        return False
    touched = account.member if account is not None else None
    if touched is None:
        return True
    if touched.pk == actor.pk:
        return False
    return bool(actor.standing == Trust.FOUNDER or RANK[touched.standing] < RANK[actor.standing])


def _may_confirm(actor: Member, sanction: Sanction | None) -> bool:
    if sanction is None:
        return bool(is_moderator(actor))
    waits = sanction.kind == Kind.BAN and sanction.confirmed_by_id is None
    standing = sanction.standing in (Standing.PROPOSED, Standing.IN_FORCE)
    return waits and standing and sanction.by_id != actor.pk and _may_sanction(actor, sanction.account)


def _may_judge(actor: Member, appeal: Appeal | None) -> bool:
    if appeal is None:
        return bool(is_moderator(actor))
    sanction = appeal.sanction
    took_part = actor.pk in (sanction.by_id, sanction.confirmed_by_id)
    return bool(not took_part and is_moderator(actor) and sanction.account.member_id != actor.pk)


def _may_undo(actor: Member, sanction: Sanction | None) -> bool:
    return bool(is_moderator(actor) and (sanction is None or sanction.account.member_id != actor.pk))


def _may_appeal(actor: Member, sanction: Sanction | None) -> bool:
    return bool(sanction is not None and actor.is_authenticated and sanction.account.member_id == actor.pk)


def _anyone(_actor: Any, _subject: Any = None) -> bool:
    return True


def _predicate(test: Any) -> Predicate:
    return Predicate(test, test.__name__.strip("_"))


grant("safety.see_desk", is_moderator)
grant("safety.handle_incident", is_moderator)
grant("safety.step_ladder", is_moderator)
grant("safety.sanction", _predicate(_may_sanction))
grant("safety.confirm_ban", _predicate(_may_confirm))
grant("safety.undo_sanction", _predicate(_may_undo))
grant("safety.judge_appeal", _predicate(_may_judge))
grant("safety.appeal", _predicate(_may_appeal))
grant("safety.write_rules", is_moderator)
grant("safety.change_settings", is_coordinator)
grant("safety.keep_lists", is_coordinator)
grant("safety.report", _predicate(_anyone))
