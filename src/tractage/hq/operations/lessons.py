"""The post-mortem: what coordinators write once an operation is over."""

from collections.abc import Mapping

from django.db import transaction
from django.utils.translation import gettext as _

from tractage.hq.campaigns.clock import now
from tractage.hq.campaigns.services import write_audit_line
from tractage.hq.missions.persons import refuse_persons
from tractage.hq.operations.models import Operation, PostMortem
from tractage.hq.people.models import Member
from tractage.hq.people.refusals import Refused
from tractage.hq.people.rules import require

PARTS = ("went_well", "went_wrong", "said", "lessons")


@transaction.atomic
def write_post_mortem(actor: Member | None, operation: Operation, parts: Mapping[str, str]) -> PostMortem:
    """Keep the post-mortem; it opens with the window, and every version leaves a line in the log."""
    operation = Operation.objects.select_for_update(of=("self",)).get(pk=operation.pk)
    require(actor, "operations.plan", operation)
    if now() < operation.starts_at:
        raise Refused(_("Nothing has begun yet: the post-mortem opens with the window."))
    texts = {name: parts.get(name, "").strip() for name in PARTS}
    refuse_persons(texts)
    kept, _made = PostMortem.objects.update_or_create(
        operation=operation, defaults={**texts, "edited_by": actor, "edited_at": now()}
    )
    write_audit_line(actor, "operation.post_mortem", operation)
    return kept
