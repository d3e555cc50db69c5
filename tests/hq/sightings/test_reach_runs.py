"""Estimates as runs: once for the same inputs, cancelled, failed in words, opened to everyone or not."""

import csv
import io
from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from tests.conftest import PARIS

from tractage.domain.reach.table import read_table
from tractage.hq.people.refusals import Refused
from tractage.hq.sightings import reach
from tractage.hq.sightings.kinds import How, ReachScope, RunStatus
from tractage.hq.sightings.models import ReachRun
from tractage.hq.sightings.reach import ask_reach, cancel_reach, open_run, run_reach, shown_run, table_of
from tractage.hq.sightings.services import withdraw_sighting

World = Callable[..., Any]
ALL = ReachScope.CAMPAIGN


@pytest.fixture(autouse=True)
def _few_bootstraps(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reach, "BOOTSTRAPS", 100)
    monkeypatch.setattr(reach, "GAIN_BOOTSTRAPS", 100)


@pytest.fixture
def done(campaign: Any, alice: Any, world: World) -> ReachRun:
    world("size")
    run = ask_reach(alice, campaign, ALL)
    assert run_reach(run.pk)
    run.refresh_from_db()
    return run


def test_every_total_has_its_interval_and_its_band(done: ReachRun) -> None:
    assert (done.status, done.done) == (RunStatus.DONE, done.total)
    [platform] = done.platforms()
    for what in ("posts", "views"):
        total = platform[what]
        assert total["low"] < total["estimate"] < total["high"]
        assert total["band"]["low"] < total["estimate"] < total["band"]["high"]
    assert platform["posts"]["low"] <= 1500 <= platform["posts"]["high"]
    assert [one["list"] for one in platform["gains"]] == ["A", "B", "C"]


def test_charts_are_drawings_in_both_languages(done: ReachRun) -> None:
    pytest.importorskip("altair")
    assert set(done.charts) == {"fr", "en"}
    assert done.charts["fr"].startswith("<svg")
    assert "intervalle à 95" in done.charts["fr"]
    assert "personnes" not in done.charts["fr"]


def test_the_same_inputs_are_computed_once(campaign: Any, alice: Any, done: ReachRun) -> None:
    assert ask_reach(alice, campaign, ALL).pk == done.pk
    assert not run_reach(done.pk)
    assert ReachRun.objects.count() == 1


def test_what_goes_in_is_what_the_command_reads(done: ReachRun) -> None:
    rows = list(csv.DictReader(io.StringIO(done.table)))
    assert list(rows[0]) == ["post", "platform", "views", "age_days", "lists"]
    assert all(row["post"].startswith("tiktok-") for row in rows)
    assert len(read_table(done.table, "x").found.views) == len(rows)


def test_a_new_sighting_makes_another_run(campaign: Any, alice: Any, done: ReachRun, see: Any) -> None:
    see(1, views="5")
    assert ask_reach(alice, campaign, ALL).pk != done.pk


def test_nothing_to_estimate_from_is_said(campaign: Any, alice: Any, see: Any, bob: Any) -> None:
    with pytest.raises(Refused, match="rien à estimer"):
        ask_reach(alice, campaign, ALL)
    sighting = see(1)
    with pytest.raises(Refused, match="rien à estimer"):
        ask_reach(alice, campaign, ALL)
    withdraw_sighting(bob, sighting)


def test_too_few_posts_say_why_instead_of_a_number(campaign: Any, alice: Any, see: Any) -> None:
    see(1, views="5")
    see(1, views="6", how=How.SEARCH, query="mot")
    run = ask_reach(alice, campaign, ALL)
    assert run_reach(run.pk)
    run.refresh_from_db()
    [platform] = run.platforms()
    assert (platform["posts"]["estimate"], platform["identifiable"]) == (None, False)
    assert [one["code"] for one in platform["reasons"]] == ["few-overlaps"]
    assert platform["reasons"][0]["values"] == {"overlaps": 1, "needed": 7}


def test_only_reviewers_and_above_ask(campaign: Any, bob: Any, rachid: Any, world: World) -> None:
    world(posts=50)
    with pytest.raises(PermissionDenied):
        ask_reach(bob, campaign, ALL)
    assert ask_reach(rachid, campaign, ALL).pk


def test_a_run_is_cancelled_while_it_computes(
    campaign: Any, alice: Any, bob: Any, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    world("size", posts=300)
    monkeypatch.setattr(reach, "TELL_SECONDS", 0)
    monkeypatch.setattr(reach, "_enqueue", lambda pk: None)
    run = ask_reach(alice, campaign, ALL)
    with pytest.raises(PermissionDenied):
        cancel_reach(bob, run)
    ReachRun.objects.filter(pk=run.pk).update(status=RunStatus.RUNNING)
    advance = reach._teller(run.pk)
    advance(1)
    cancel_reach(alice, run)
    with pytest.raises(reach.Cancelled):
        advance(1)
    assert not run_reach(run.pk)
    run.refresh_from_db()
    assert (run.status, run.result) == (RunStatus.CANCELLED, None)
    again = ask_reach(alice, campaign, ALL)
    assert (again.pk, again.status) == (run.pk, RunStatus.WAITING)


def test_a_run_left_by_a_killed_worker_is_taken_up(campaign: Any, alice: Any, world: World) -> None:
    world("size", posts=300)
    run = ask_reach(alice, campaign, ALL)
    ReachRun.objects.filter(pk=run.pk).update(status=RunStatus.RUNNING, done=150)
    assert run_reach(run.pk)
    assert not run_reach(run.pk)
    run.refresh_from_db()
    assert run.status == RunStatus.DONE


def test_a_fault_is_told_and_asked_again(
    campaign: Any, alice: Any, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    world(posts=60)
    run = ask_reach(alice, campaign, ALL)
    ReachRun.objects.filter(pk=run.pk).update(status=RunStatus.WAITING, table="post\n")
    assert not run_reach(run.pk)
    run.refresh_from_db()
    assert run.status == RunStatus.FAILED
    assert "is missing" in run.error
    assert ask_reach(alice, campaign, ALL).status in (RunStatus.WAITING, RunStatus.DONE)


def test_everyone_reads_what_a_coordinator_opened(
    campaign: Any, alice: Any, rachid: Any, done: ReachRun, at: Any
) -> None:
    with pytest.raises(PermissionDenied):
        open_run(rachid, done, True)
    assert shown_run(campaign) is None
    open_run(alice, done, True)
    assert shown_run(campaign) == done
    at(datetime(2027, 4, 17, 12, tzinfo=PARIS))
    open_run(alice, done, False)
    with pytest.raises(Refused, match="silence électoral"):
        open_run(alice, done, True)
    assert shown_run(campaign) is None


def test_a_remix_counts_for_what_it_comes_from(
    campaign: Any, see: Any, make_work: Any, alice: Any, bob: Any
) -> None:
    from tractage.hq.missions.services import BriefContent, write_brief

    brief = write_brief(None, campaign, BriefContent("Une affiche", "Peu de voix.", "design", 10))
    first, remix, other = make_work(seats=["24-03"]), make_work(), make_work()
    first.brief = brief
    first.save()
    remix.parent = first
    remix.save()
    see(1, work=first, views="5")
    see(2, work=remix, views="7")
    see(3, work=other, views="9")

    def views(scope: str, key: str) -> list[str]:
        return [row["views"] for row in csv.DictReader(io.StringIO(table_of(campaign, scope, key)[0]))]

    assert views(ReachScope.BRIEF, str(brief.pk)) == ["5", "7"]
    assert views(ReachScope.WORK, str(first.pk)) == ["5", "7"]
    assert views(ReachScope.WORK, str(remix.pk)) == ["7"]
    assert views(ReachScope.SEAT, "24-03") == ["5"]
    assert views(ReachScope.CAMPAIGN, "") == ["5", "7", "9"]
    assert views(ReachScope.WORK, "pas-un-numero") == []
