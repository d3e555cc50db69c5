"""The express plan: lawful windows, drafts alone, undone without touching what people have opened."""

from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.utils.formats import date_format
from hypothesis import given
from hypothesis import strategies as st

from tractage.domain.law.content import PROPAGANDA
from tractage.domain.law.freeze import next_window
from tractage.domain.law.plan import plan
from tractage.hq.missions.models import Brief, BriefStatus
from tractage.hq.missions.services import set_brief_open, starter_briefs
from tractage.hq.operations.express import (
    current_plan,
    draft_operations,
    make_express_plan,
    preview,
    undo_express_plan,
)
from tractage.hq.operations.models import Operation, OperationStatus
from tractage.hq.people.refusals import Refused

DAY = date(2027, 6, 6)


@given(st.dates(date(2027, 1, 1), date(2060, 1, 1)), st.integers(0, 2))
def test_every_drafted_window_is_lawful_and_after_the_dissolution(day: date, which: int) -> None:
    made = plan(day)
    made = plan(day, made.sundays[which])
    found = draft_operations(made)
    assert len(found) >= 4
    for one in found:
        assert one.starts_at.date() > day
        assert one.ends_at > one.starts_at
        assert next_window(PROPAGANDA, made.rounds, ("FR",), one.starts_at, one.ends_at).lawful
    assert [one.starts_at for one in found] == sorted(one.starts_at for one in found)


@pytest.mark.django_db
def test_the_preview_writes_nothing_and_the_click_writes_what_it_shows(campaign: Any, fanny: Any) -> None:
    shown = preview(campaign, DAY)
    assert (Brief.objects.count(), Operation.objects.count()) == (0, 0)
    made = make_express_plan(fanny, campaign, DAY)
    assert made.dates.count() == len(shown.plan.steps)
    assert set(Brief.objects.values_list("status", flat=True)) == {BriefStatus.DRAFT}
    assert Brief.objects.count() == len(shown.briefs) > 9
    assert [one.title for one in made.operations.all()] == [one.title for one in shown.operations]
    assert set(made.operations.values_list("status", flat=True)) == {OperationStatus.DRAFT}
    assert all(one.steps.count() >= 3 for one in made.operations.all())
    with pytest.raises(Refused, match=r"undo|défaites|annul"):
        make_express_plan(fanny, campaign, DAY)


@pytest.mark.django_db
def test_undoing_leaves_what_people_have_opened(campaign: Any, fanny: Any, alice: Any) -> None:
    made = make_express_plan(fanny, campaign, DAY)
    opened = set_brief_open(alice, made.briefs.first(), True)
    Operation.objects.filter(pk=made.operations.first().pk).update(status=OperationStatus.PLANNED)
    briefs, operations = undo_express_plan(fanny, made)
    assert Brief.objects.get() == opened
    assert Operation.objects.count() == 1
    assert briefs > 9
    assert operations >= 4
    assert current_plan(campaign) is None
    assert undo_express_plan(fanny, made) == (0, 0)
    assert make_express_plan(fanny, campaign, DAY).briefs.count() == briefs


@pytest.mark.django_db
def test_starting_missions_that_exist_are_not_drafted_again(campaign: Any, fanny: Any) -> None:
    starter_briefs(campaign)
    assert make_express_plan(fanny, campaign, DAY).briefs.count() == 0


@pytest.mark.django_db
def test_founders_alone_and_days_of_the_law_alone(campaign: Any, alice: Any, fanny: Any) -> None:
    with pytest.raises(PermissionDenied):
        make_express_plan(alice, campaign, DAY)
    with pytest.raises(Refused, match="27 juin 2027"):
        make_express_plan(fanny, campaign, DAY, DAY + timedelta(days=10))
    sunday = date_format(preview(campaign, DAY).plan.first_round)
    with pytest.raises(Refused, match=f"de 20 à 40 jours après la dissolution.*{sunday}"):
        preview(campaign, DAY, DAY + timedelta(days=10))
    with pytest.raises(Refused, match="Aucun calendrier ne va si loin"):
        preview(campaign, date.max)
    made = make_express_plan(fanny, campaign, DAY)
    with pytest.raises(PermissionDenied):
        undo_express_plan(alice, made)
    assert isinstance(made.made_at, datetime)
