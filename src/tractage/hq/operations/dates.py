"""Operations and the dates of the express plan, for the calendar."""

from collections.abc import Iterator
from datetime import datetime

from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tractage.hq.campaigns.agenda import AgendaDate, register_dates
from tractage.hq.campaigns.models import Campaign
from tractage.hq.operations.models import Operation, OperationStatus, PlanDate

COORDINATORS = "operations.plan"
KIND, PLAN_KIND = "operations", "plan"


def date_of(operation: Operation) -> AgendaDate:
    """An operation as a date; a draft is for coordinators, a cancelled one says so."""
    text = operation.title
    if operation.status == OperationStatus.CANCELLED:
        text = _("Cancelled: %(title)s") % {"title": text}
    draft = operation.status == OperationStatus.DRAFT
    return AgendaDate(
        f"operation-{operation.pk}",
        operation.starts_at,
        text,
        operation.ends_at,
        operation.get_absolute_url(),
        COORDINATORS if draft else "",
        KIND,
    )


def operation_dates(campaign: Campaign, since: datetime, until: datetime) -> Iterator[AgendaDate]:
    """The operations whose window touches `since` to `until`."""
    touching = Q(starts_at__lt=until, ends_at__gt=since)
    for operation in Operation.objects.filter(touching, campaign=campaign):
        yield date_of(operation)


def plan_dates(campaign: Campaign, since: datetime, until: datetime) -> Iterator[AgendaDate]:
    """The steps of the express plan in force: coordinators see them."""
    steps = PlanDate.objects.filter(
        plan__campaign=campaign, plan__undone_at__isnull=True, at__gte=since, at__lt=until
    )
    for step in steps:
        text = f"{step.text} ({step.article})" if step.article else step.text
        yield AgendaDate(f"plan-{step.pk}", step.at, text, permission=COORDINATORS)


register_dates(KIND, gettext_lazy("Operations"), operation_dates)
register_dates(PLAN_KIND, gettext_lazy("Express plan"), plan_dates)
