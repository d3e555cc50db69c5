"""Who may analyse: reviewers and above. The results stay among them until two have agreed."""

from rules.predicates import Predicate

from tractage.hq.analyses.models import Analysis
from tractage.hq.people.models import Member
from tractage.hq.people.rules import grant, is_coordinator, is_reviewer


def _owns(actor: Member, analysis: Analysis | None) -> bool:
    return bool(analysis is not None and is_reviewer(actor) and analysis.owner_id == actor.pk)


owns = Predicate(_owns, "owns_analysis")

grant("analyses.analyse", is_reviewer)
grant("analyses.agree", is_reviewer)
grant("analyses.remove", owns | is_coordinator)
