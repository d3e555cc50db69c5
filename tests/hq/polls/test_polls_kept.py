"""Tables of polls: brought with their provenance, errors in words, trends, silent on the eve and the day."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.core.exceptions import PermissionDenied
from tests.conftest import PARIS
from tests.hq.polls.conftest import NAMES, poll, table

from tractage.domain.law.calendar import elections
from tractage.domain.law.zones import everywhere, zone
from tractage.hq.campaigns.models import AuditLine, Campaign
from tractage.hq.people.refusals import Refused
from tractage.hq.polls.models import Computing, PollTable
from tractage.hq.polls.refusals import left_out_words
from tractage.hq.polls.selectors import chosen_trend, shown_table, trends_of
from tractage.hq.polls.services import Brought, bring_polls, remove_table, show_table
from tractage.hq.polls.showing import polls_status


def brought(data: bytes, name: str = "essai.csv", **words: Any) -> Brought:
    return Brought(name, data, **{"credit": "Une association", "licence": "MIT"} | words)


def test_a_table_becomes_trends_with_mentions_houses_and_bands(make_table: Callable[..., PollTable]) -> None:
    kept = make_table()
    assert (kept.status, kept.polls, kept.total, kept.layout) == (Computing.DONE, 6, 1, "long format")
    (trend,) = trends_of(kept)
    assert trend.current
    assert trend.polls == 6
    result = trend.result
    assert {one["name"] for one in result["candidates"]} == set(NAMES)
    for one in result["candidates"]:
        assert one["low"] <= one["level"] <= one["high"]
        assert one["systematic"] > 1
        assert abs(sum(one["houses"].values())) < 0.03
    assert result["institutes"] == ["Institut A", "Institut B"]
    assert all("La Gazette" in line and "marge" in line for line in result["mentions"])
    assert all(len(one["shares"]) == 4 and one["sponsor"] and one["sample"] for one in result["polls"])


def test_the_same_bytes_are_kept_once_and_can_come_back(
    make_table: Callable[..., PollTable], alice: Any, campaign: Campaign
) -> None:
    first, second = make_table(), make_table()
    assert first == second
    remove_table(alice, first)
    assert not PollTable.objects.exists()
    assert make_table().polls == 6
    verbs = list(
        AuditLine.objects.filter(verb__startswith="polls").order_by("id").values_list("verb", flat=True)
    )
    assert verbs == ["polls.bring", "polls.remove", "polls.bring"]


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "est vide"),
        (b"a,b,c\n1,2,3\n", r"colonnes \(a, b, c…\)"),
        (b"\xff\xfe\x00", "n’est pas un fichier de texte"),
        (
            table().replace(b"2026-09-01", b"hier", 1),
            "ligne 2, colonne start.*«\u202fhier\u202f».*2027-03-31",
        ),
        (table().replace(b",25,23,27", b",125,23,27", 1), "ligne 2, colonne share.*de 0 à 100"),
        (table().replace(b"2026-09-01", b"2027-09-01", 1), "ligne 2, colonne start.*se termine le"),
        (table() + b"un,deux\n", "elle a 2 cases"),
    ],
)
def test_a_wrong_file_is_said_with_line_and_column(
    data: bytes, words: str, campaign: Campaign, alice: Any, quiet_day: None
) -> None:
    with pytest.raises(Refused, match=words) as refused:
        bring_polls(alice, campaign, brought(data))
    assert "essai.csv" in str(refused.value)
    assert not PollTable.objects.exists()


def test_what_is_left_out_is_said_in_the_words_of_the_site() -> None:
    said = [
        left_out_words({"poll": "a", "reason": "…", "code": code, "value": value})
        for code, value in (("part", "cadres"), ("wishes", ""), ("sum", "88.5"))
    ]
    assert said == [
        "n’a interrogé qu’une partie de la population (cadres)",
        "demandait des souhaits, pas des intentions",
        "la somme de ses parts fait 88,5\u202f%",
    ]
    assert left_out_words({"poll": "a", "reason": "as it was"}) == "as it was"


def test_a_table_needs_its_provenance_and_a_coordinator(campaign: Campaign, alice: Any, bob: Any) -> None:
    for wrong in ({"credit": " "}, {"licence": ""}, {"url": "ftp://exemple.fr/t.csv"}):
        with pytest.raises(Refused):
            bring_polls(alice, campaign, brought(table(), **wrong))
    with pytest.raises(PermissionDenied):
        bring_polls(bob, campaign, brought(table()))


def test_a_name_that_climbs_out_of_the_folder_does_not(
    campaign: Campaign, alice: Any, tmp_path: Path
) -> None:
    kept = bring_polls(alice, campaign, brought(table(), name="../../../tmp/essai.csv"))
    assert kept.polls == 6


def test_polls_that_lack_a_mention_are_counted_and_never_shown(make_table: Callable[..., PollTable]) -> None:
    lacking = [poll(number, sponsor="") for number in (6, 7)]
    kept = make_table(table(*[poll(number) for number in range(6)], *lacking))
    (trend,) = trends_of(kept)
    assert (trend.polls, trend.lacking) == (6, 2)
    assert all(one["sponsor"] for one in trend.result["polls"])


def test_the_current_line_up_comes_first_and_few_polls_make_no_trend(
    make_table: Callable[..., PollTable],
) -> None:
    old = [poll(number) for number in range(5)]
    late = [poll(number, names=NAMES[:3]) for number in (20, 21, 22)]
    duel = [poll(number, names=NAMES[:2], turn=2) for number in (20, 21)]
    found = trends_of(make_table(table(*old, *late, *duel)))
    assert [(one.round, len(one.result["candidates"])) for one in found] == [(1, 3), (1, 4)]
    assert chosen_trend(found, "") == chosen_trend(found, "inconnue") == found[0]


def test_one_table_is_shown_and_not_before_its_trends(
    make_table: Callable[..., PollTable], alice: Any, bob: Any, campaign: Campaign
) -> None:
    unready = bring_polls(alice, campaign, brought(table(poll(1), poll(2), poll(3), poll(4))))
    with pytest.raises(Refused):
        show_table(alice, unready, True)
    first = make_table(shown=True)
    assert shown_table(campaign) == first
    second = make_table(table(*[poll(number) for number in range(5)]))
    with pytest.raises(PermissionDenied):
        show_table(bob, second, True)
    show_table(alice, second, True)
    assert shown_table(campaign) == second
    show_table(alice, second, False)
    assert shown_table(campaign) is None


@pytest.mark.parametrize("name", everywhere())
@pytest.mark.parametrize("election", ["presidentielle-2027"])
def test_polls_are_frozen_on_eve_and_day_in_every_zone(
    name: str, election: str, campaign: Campaign, quiet_day: None
) -> None:
    hours = ZoneInfo(zone(name).tz)
    for turn in elections()[election].rounds:
        for day in turn.days(zone(name)):
            assert day is not None
            for when in (day.toordinal() - 1, day.toordinal()):
                noon = datetime.fromordinal(when).replace(hour=12, tzinfo=hours)
                assert polls_status(campaign, noon).frozen
    assert not polls_status(campaign, datetime(2027, 4, 15, 12, tzinfo=PARIS)).frozen


def test_another_election_of_the_pack_freezes_too(campaign: Campaign, alice: Any, at: Any) -> None:
    assert campaign.election == "presidentielle-2027"
    eve = datetime(2024, 7, 6, 12, tzinfo=PARIS)
    assert polls_status(campaign, eve).frozen
    at(eve)
    kept = bring_polls(alice, campaign, brought(table()))
    with pytest.raises(Refused, match="77-808"):
        show_table(alice, kept, True)
