"""Searches drawn by lot: same seed, same draw; one person at a time; done even with nothing seen."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from tests.conftest import QUIET_DAY
from tests.hq.sightings.conftest import tiktok

from tractage.domain.reach.audit import draw_audit
from tractage.hq.people.refusals import Refused
from tractage.hq.sightings.audits import (
    draw_round,
    expire_tasks,
    finish_task,
    give_back_task,
    reopen_task,
    subjects_of,
    take_task,
)
from tractage.hq.sightings.kinds import How, SeenState, TaskStatus
from tractage.hq.sightings.models import AuditRound, AuditTask
from tractage.hq.sightings.refusals import FieldRefused
from tractage.hq.sightings.services import Seen, log_sighting


@pytest.fixture
def drawn(campaign: Any, alice: Any, quiet_day: None) -> AuditRound:
    return draw_round(alice, campaign, "3 dés : 4, 1, 6", 5, ["tiktok", "x"], queries=["tract", "affiche"])


def test_anyone_can_draw_it_again(drawn: AuditRound) -> None:
    told = drawn.subjects
    subjects = subjects_of(
        told["platforms"], places=told["places"], queries=told["queries"], sounds=told["sounds"]
    )
    again = draw_audit(subjects, 5, drawn.seed)
    made = [(f"{one.platform}/{one.kind}", one.subject) for one in drawn.tasks.all()]
    assert made == [(one.kind, one.subject) for one in again]


def test_only_coordinators_draw_and_a_seed_serves_once(
    campaign: Any, alice: Any, bob: Any, drawn: Any
) -> None:
    with pytest.raises(PermissionDenied):
        draw_round(bob, campaign, "autre", 1, ["x"])
    with pytest.raises(FieldRefused, match="a servi"):
        draw_round(alice, campaign, drawn.seed, 1, ["x"])


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"seed": " "}, "seed"),
        ({"platforms": []}, "platforms"),
        ({"platforms": ["minitel"]}, "platforms"),
        ({"count": 0}, "count"),
        ({"places": False, "count": 3, "queries": ["un", "deux"]}, "count"),
    ],
)
def test_a_wrong_draw_is_refused_beside_its_field(
    campaign: Any, alice: Any, quiet_day: None, changes: dict[str, Any], field: str
) -> None:
    asked = {"seed": "graine", "count": 2, "platforms": ["x"]} | changes
    with pytest.raises(FieldRefused) as refusal:
        draw_round(alice, campaign, **asked)
    assert refusal.value.field == field


def test_two_people_never_hold_one_search(campaign: Any, bob: Any, dan: Any, drawn: Any) -> None:
    mine, other = take_task(bob, campaign), take_task(dan, campaign)
    assert mine.pk != other.pk
    assert take_task(bob, campaign).pk == mine.pk
    with pytest.raises(PermissionDenied):
        finish_task(dan, mine)


def test_nothing_seen_counts_as_done(campaign: Any, bob: Any, drawn: Any) -> None:
    task = finish_task(bob, take_task(bob, campaign))
    assert (task.status, task.nothing) == (TaskStatus.DONE, True)
    assert reopen_task(bob, task).status == TaskStatus.TAKEN


def test_what_is_seen_goes_to_list_d(
    campaign: Any, bob: Any, rachid: Any, drawn: Any, make_work: Any
) -> None:
    task = take_task(bob, campaign)
    seen = Seen(how=How.AUDIT, link=tiktok(1), work=make_work(), task=task)
    with pytest.raises(PermissionDenied):
        log_sighting(rachid, campaign, seen)
    sighting = log_sighting(bob, campaign, seen)
    assert (sighting.how, sighting.state) == (How.AUDIT, SeenState.CONFIRMED)
    assert not finish_task(bob, task).nothing
    with pytest.raises(Refused, match="sa propre page"):
        log_sighting(bob, campaign, Seen(how=How.AUDIT, link=tiktok(2)))


def test_a_search_comes_back(campaign: Any, bob: Any, dan: Any, drawn: Any, at: Any) -> None:
    task = take_task(bob, campaign)
    give_back_task(bob, task)
    assert take_task(dan, campaign).pk == task.pk
    at(QUIET_DAY + timedelta(hours=25))
    assert expire_tasks() == 1
    assert AuditTask.objects.get(pk=task.pk).member is None


def test_when_all_are_taken_it_says_so(campaign: Any, bob: Any, quiet_day: None) -> None:
    with pytest.raises(Refused, match="prochain tirage"):
        take_task(bob, campaign)
