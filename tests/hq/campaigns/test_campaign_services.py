"""The campaign in the database, its log, its ranking, its law."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from typing import Any

import pytest
from tests.conftest import PARIS

from tractage.domain.elections.seats import all_seats
from tractage.domain.law.zones import everywhere, find
from tractage.hq.campaigns.campaign_file import read_campaign_file, shipped_campaign
from tractage.hq.campaigns.models import AuditLine, Campaign
from tractage.hq.campaigns.ranking import last_pivots, ranked_seats, seat_history
from tractage.hq.campaigns.services import load_campaign, write_audit_line
from tractage.hq.campaigns.silence import coming_round, freeze
from tractage.hq.campaigns.zones import zones_of

FACTS = read_campaign_file(shipped_campaign())


@pytest.mark.django_db
def test_loading_twice_changes_nothing() -> None:
    first = load_campaign(FACTS)
    lines = AuditLine.objects.count()
    assert load_campaign(FACTS).pk == first.pk
    assert AuditLine.objects.count() == lines == 1


@pytest.mark.django_db
def test_one_campaign_is_served_at_a_time() -> None:
    load_campaign(FACTS)
    other = load_campaign(replace(FACTS, slug="autre", name="Autre"))
    assert list(Campaign.objects.filter(current=True)) == [other]
    assert load_campaign(FACTS).current


def test_a_line_of_the_log_stays(campaign: Any, alice: Any) -> None:
    line = write_audit_line(alice, "test.verb", campaign, why="because")
    line.verb = "other"
    for change in (line.save, line.delete, AuditLine.objects.all().delete):
        with pytest.raises(TypeError):
            change()
    with pytest.raises(TypeError):
        AuditLine.objects.update(verb="other")
    alice.delete()
    kept = AuditLine.objects.get(pk=line.pk)
    assert (kept.actor, kept.verb, kept.details) == (None, "test.verb", {"why": "because"})


@pytest.mark.usefixtures("quiet_day")
def test_seats_are_ranked_by_the_campaigns_own_margin(campaign: Any) -> None:
    ranked = ranked_seats(campaign)
    assert [(one.seat.code, one.pivot.margin) for one in ranked[:3] if one.pivot] == [
        ("17-03", 63), ("24-03", -75), ("24-01", -91),
    ]  # fmt: skip
    assert sum(pivot.margin**2 < 2000**2 for pivot in last_pivots(campaign).values()) == 49


@pytest.mark.django_db
@pytest.mark.usefixtures("quiet_day")
def test_another_bloc_ranks_other_seats() -> None:
    other = load_campaign(replace(FACTS, bloc="extreme-droite"))
    assert ranked_seats(other)[0].pivot.margin == min(  # type: ignore[union-attr]
        (pivot.margin for pivot in last_pivots(other).values()), key=abs
    )
    assert {p.candidate.nuance for p in last_pivots(other).values()} <= {"RN", "UXD", "REC", "EXD", "DSV"}


@pytest.mark.django_db
def test_a_replay_shows_no_result_of_later(at: Callable[[datetime], None]) -> None:
    at(datetime(2024, 6, 20, 12, tzinfo=PARIS))
    facts = replace(FACTS, election="legislatives-2024", results="legislatives-2022", method="expected")
    campaign = load_campaign(facts)
    ranked = ranked_seats(campaign)
    assert [one.rank for one in ranked] == list(range(1, len(ranked) + 1))
    assert all(one.expected for one in ranked)
    assert [year.election.id for year in seat_history(campaign, "24-03")] == [
        "legislatives-2017", "legislatives-2022",
    ]  # fmt: skip
    turn = coming_round(campaign)
    assert turn is not None
    assert (turn.number, turn.day.isoformat()) == (1, "2024-06-30")


def test_every_seat_lies_in_known_zones() -> None:
    for seat in all_seats():
        zones = zones_of([seat.code])
        assert zones
        assert all(find(zone) for zone in zones)
    assert zones_of(["24-03"]) == ("FR",)
    assert zones_of(["977-01"]) == ("BL", "MF")
    assert set(zones_of([])) == set(everywhere())


@pytest.mark.parametrize(
    ("moment", "zones", "frozen"),
    [
        (datetime(2027, 4, 16, 23, 59, tzinfo=PARIS), ("FR",), False),
        (datetime(2027, 4, 17, 0, 0, tzinfo=PARIS), ("FR",), True),
        (datetime(2027, 4, 18, 19, 59, tzinfo=PARIS), ("FR",), True),
        (datetime(2027, 4, 18, 20, 0, tzinfo=PARIS), ("FR",), False),
        (datetime(2027, 4, 16, 4, 0, tzinfo=PARIS), None, True),
        (datetime(2027, 4, 16, 3, 59, tzinfo=PARIS), None, False),
    ],
)
def test_the_silence_begins_at_the_minute(
    campaign: Any, moment: datetime, zones: tuple[str, ...] | None, frozen: bool
) -> None:
    assert freeze(campaign, zones=zones, at=moment).frozen is frozen


def test_an_election_that_the_pack_forgot_is_frozen(campaign: Any) -> None:
    campaign.election = "inconnue"
    assert freeze(campaign, at=datetime(2027, 3, 1, tzinfo=PARIS)).frozen
