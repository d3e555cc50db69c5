"""Who opens a call, who sits on the jury."""

from rules.predicates import Predicate

from tractage.hq.calls.models import Entry, State
from tractage.hq.people.models import Member
from tractage.hq.people.rules import grant, is_coordinator, is_reviewer


def _may_judge(actor: Member, entry: Entry | None) -> bool:
    """A reviewer, once the call is closed, for what they did not send themselves."""
    if entry is None or not is_reviewer(actor) or entry.call.state != State.JURY:
        return False
    return entry.member_id != actor.pk


grant("calls.run_call", is_coordinator)
grant("calls.sit_on_jury", is_reviewer)
grant("calls.judge_entry", Predicate(_may_judge, "may_judge_entry"))
