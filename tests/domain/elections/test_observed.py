"""Observed pivots: the facts of three elections, and what must hold whatever the names."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tractage.domain.elections.blocs import pack, parse_pack
from tractage.domain.elections.pivots import ObservedPivot, closest_margins, observed
from tractage.domain.elections.results import Results, RoundResult, SeatResult, load_results
from tractage.domain.errors import InputError

LEGISLATIVES = ("legislatives-2017", "legislatives-2022", "legislatives-2024")
BLOCS = pack("legislatives-2024").ids
TWO_NUANCES = """
election = "legislatives-2024"
rest = "third"
[blocs.first]
nuances = ["UG"]
[blocs.second]
nuances = ["RN"]
[blocs.third]
nuances = []
"""


def pivots(election: str, bloc: str, within: int | None = None) -> list[ObservedPivot]:
    return observed(load_results(election), pack(election), bloc, within)


@pytest.mark.parametrize(
    ("election", "counts"),
    [
        ("legislatives-2024", (27, 49, 123)),
        ("legislatives-2022", (58, 108, 227)),
        ("legislatives-2017", (23, 49, 102)),
    ],
)
def test_how_many_were_close(election: str, counts: tuple[int, int, int]) -> None:
    assert tuple(len(pivots(election, "gauche", within)) for within in (1000, 2000, 5000)) == counts


def test_won_and_lost_in_2024() -> None:
    close = pivots("legislatives-2024", "gauche", 2000)
    assert sum(pivot.won for pivot in close) == 23
    assert sum(pivot.won for pivot in pivots("legislatives-2024", "gauche", 5000)) == 58
    assert all(pivot.won == (pivot.margin > 0) for pivot in close)


def test_the_five_closest_of_2024() -> None:
    first = [(pivot.seat, pivot.margin) for pivot in pivots("legislatives-2024", "gauche", 2000)[:5]]
    assert first == [("17-03", 63), ("24-03", -75), ("24-01", -91), ("78-11", -140), ("72-04", 225)]


def test_finalists_and_seats_won_in_2024() -> None:
    results, blocs = load_results("legislatives-2024"), pack("legislatives-2024")
    with_one = [
        one
        for one in results.seats()
        if any(blocs.bloc_of(finalist.nuance) == "gauche" for finalist in one.decisive.candidacies)
    ]
    won = [one for one in with_one if one.elected and blocs.bloc_of(one.elected.nuance) == "gauche"]
    assert (len(with_one), len(won)) == (370, 193)


@pytest.mark.parametrize("bloc", BLOCS)
@pytest.mark.parametrize("election", LEGISLATIVES)
def test_what_holds_for_every_bloc(election: str, bloc: str) -> None:
    blocs = pack(election)
    found = pivots(election, bloc)
    assert [abs(pivot.margin) for pivot in found] == sorted(abs(pivot.margin) for pivot in found)
    for pivot in found:
        assert blocs.bloc_of(pivot.candidate.nuance) == bloc
        assert blocs.bloc_of(pivot.opponent.nuance) == pivot.opponent_bloc != bloc
        assert pivot.margin == pivot.candidate.votes - pivot.opponent.votes
        assert pivot.won == pivot.candidate.elected


@pytest.mark.parametrize("election", LEGISLATIVES)
def test_swapping_two_blocs_swaps_the_ranking_and_nothing_else(election: str) -> None:
    results, blocs = load_results(election), pack(election)
    names = {"gauche": "extreme-droite", "extreme-droite": "gauche"}
    swapped = blocs.swapped("gauche", "extreme-droite")
    for bloc in BLOCS:
        expected = [
            replace(pivot, opponent_bloc=names.get(pivot.opponent_bloc, pivot.opponent_bloc))
            for pivot in observed(results, blocs, bloc, 5000)
        ]
        assert observed(results, swapped, names.get(bloc, bloc), 5000) == expected


def test_renaming_the_nuances_of_the_results_swaps_too() -> None:
    """The swap made in the facts, not in the pack: two nuances trade places in every seat."""
    results = load_results("legislatives-2024")
    renamed = _renamed(results, {"UG": "RN", "RN": "UG"})
    two = parse_pack(TWO_NUANCES, "two.toml")
    for one, other in (("first", "second"), ("second", "first"), ("third", "third")):
        before = [(pivot.seat, pivot.margin, pivot.won) for pivot in observed(results, two, one)]
        after = [(pivot.seat, pivot.margin, pivot.won) for pivot in observed(renamed, two, other)]
        assert before == after


def _renamed(results: Results, names: dict[str, str]) -> Results:
    def rename(held: RoundResult) -> RoundResult:
        changed = tuple(one._replace(nuance=names.get(one.nuance, one.nuance)) for one in held.candidacies)
        return held._replace(candidacies=changed)

    seats = [SeatResult(one.seat, tuple(rename(held) for held in one.rounds)) for one in results.seats()]
    return Results(results.election, seats)


@given(st.integers(1, 60_000), st.integers(1, 60_000))
@settings(max_examples=15, deadline=None)
def test_a_wider_margin_only_adds_seats(one: int, other: int) -> None:
    narrow, wide = sorted((one, other))
    found = pivots("legislatives-2022", "centre", wide)
    assert found[: len(pivots("legislatives-2022", "centre", narrow))] == pivots(
        "legislatives-2022", "centre", narrow
    )


@pytest.mark.parametrize("election", LEGISLATIVES)
def test_closest_margins_cover_every_seat(election: str) -> None:
    found = closest_margins(load_results(election))
    assert len(found) == 577
    alone = [one for one in found if one.runner_up is None]
    assert len(alone) == {"legislatives-2024": 1, "legislatives-2022": 3, "legislatives-2017": 1}[election]
    assert all(one.winner.elected and one.margin >= 0 for one in found)


def test_an_unknown_bloc_is_an_error() -> None:
    with pytest.raises(InputError, match="unknown bloc 'nobody'"):
        pivots("legislatives-2024", "nobody")
