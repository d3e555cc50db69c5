"""Expected pivots: only what was known, for any bloc, with its doubts."""

from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tractage.domain.elections.blocs import BlocPack, pack
from tractage.domain.elections.expected import LIMITS, SCENARIOS, ExpectedPivot, rank, rank_known
from tractage.domain.elections.known import Known, held, known
from tractage.domain.elections.results import Results, RoundResult, SeatResult, load_results
from tractage.domain.elections.strength import strength
from tractage.domain.errors import InputError

BLOCS = pack("legislatives-2024").ids
NAMES = {"gauche": "extreme-droite", "extreme-droite": "gauche"}


def swapped_pack(election: str) -> BlocPack:
    return pack(election).swapped("gauche", "extreme-droite")


def facts(pivot: ExpectedPivot) -> tuple[object, ...]:
    return (pivot.rank, pivot.seat, pivot.opponent_bloc, pivot.stable, pivot.apart)


def figures(pivots: list[ExpectedPivot]) -> list[float]:
    return [value for one in pivots for value in (one.index, one.final, one.win, one.margin)]


@pytest.mark.parametrize(
    ("target", "scenario"),
    [("legislatives-2022", 0.0), ("legislatives-2024", 7.0), ("legislatives-prochaines", 0.0)],
)
def test_swapping_two_blocs_swaps_the_ranking_and_nothing_else(target: str, scenario: float) -> None:
    before, after = known(target), known(target, packs=swapped_pack)
    for bloc in BLOCS:
        one = rank_known(before, bloc, scenario=scenario)
        other = rank_known(after, NAMES.get(bloc, bloc), scenario=scenario)
        renamed = [
            (*facts(pivot)[:2], NAMES.get(pivot.opponent_bloc, pivot.opponent_bloc), *facts(pivot)[3:])
            for pivot in one
        ]
        assert [facts(pivot) for pivot in other] == renamed
        assert figures(other) == pytest.approx(figures(one), abs=1e-9)


def test_another_bloc_has_another_ranking() -> None:
    assert [one.seat for one in rank("legislatives-2024", "gauche")[:50]] != [
        one.seat for one in rank("legislatives-2024", "extreme-droite")[:50]
    ]


def without_votes(election: str) -> Results:
    """The results of an election with every vote of it hidden: all that was known is who stood."""
    results = load_results(election)

    def hide(first: RoundResult) -> RoundResult:
        candidacies = tuple(one._replace(votes=1, elected=False) for one in first.candidacies)
        return RoundResult(1, 1, 1, 1, candidacies)

    return Results(results.election, [SeatResult(one.seat, (hide(one.first),)) for one in results.seats()])


@pytest.mark.parametrize("target", ["legislatives-2022", "legislatives-2024"])
def test_nothing_of_the_vote_itself_is_used(target: str) -> None:
    blind = known(target, load=lambda one: without_votes(one) if one == target else load_results(one))
    for bloc in BLOCS:
        assert rank_known(blind, bloc) == rank(target, bloc)


def test_what_was_known_on_20_june_2024() -> None:
    found = known("legislatives-2024", date(2024, 6, 20))
    used = (found.legislatives.id, found.europeennes.id, found.presidentielle.id)
    assert used == ("legislatives-2022", "europeennes-2024", "presidentielle-2022")
    assert found.coming is not None
    assert rank("legislatives-2024", "gauche", as_of=date(2024, 6, 20)) == rank("legislatives-2024", "gauche")


def test_what_was_known_the_day_of_the_dissolution() -> None:
    found = known("legislatives-2024", date(2024, 6, 9))
    assert (found.europeennes.id, found.coming) == ("europeennes-2019", None)
    assert known("legislatives-2024", date(2024, 6, 10)).europeennes.id == "europeennes-2024"


def test_the_next_election_uses_the_latest_of_each_kind() -> None:
    found = known("legislatives-prochaines")
    used = (found.legislatives.id, found.europeennes.id, found.presidentielle.id)
    assert used == ("legislatives-2024", "europeennes-2024", "presidentielle-2022")
    assert found.coming is None


def test_a_ranking_after_the_vote_is_refused() -> None:
    with pytest.raises(
        InputError, match="was held on 2024-06-30: a ranking as of 2024-06-30 must come before"
    ):
        known("legislatives-2024", date(2024, 6, 30))


@pytest.mark.parametrize(
    ("target", "bloc", "said"),
    [
        ("legislatives-2017", "gauche", "no results of kind 'legislatives' before 2017-06-10"),
        ("europeennes-2024", "gauche", "is of kind europeennes, expected legislatives"),
        ("legislatives-2024", "nobody", "unknown bloc 'nobody'"),
        ("senat", "gauche", "unknown election 'senat'"),
    ],
)
def test_what_cannot_be_ranked_is_named(target: str, bloc: str, said: str) -> None:
    with pytest.raises(InputError, match=said):
        rank(target, bloc)


@pytest.mark.parametrize("bloc", BLOCS)
def test_every_seat_once_two_of_them_apart(bloc: str) -> None:
    found = rank("legislatives-prochaines", bloc)
    assert len({one.seat for one in found}) == 577
    assert [one.seat for one in found if one.apart] == ["975-01", "986-01"]
    assert [one.rank for one in found[:575]] == list(range(1, 576))
    indexes = [one.index for one in found[:575]]
    assert all(above >= below - 1e-11 for above, below in pairwise(indexes))
    for one in found:
        assert 0 <= one.index <= one.final <= 1
        assert 0 <= one.win <= one.final
        assert one.opponent_bloc != bloc


def test_stable_seats_are_in_every_list() -> None:
    before = known("legislatives-2024")
    stable = {one.seat for one in rank_known(before, "gauche", top=40) if one.stable}
    assert 0 < len(stable) < 40
    for scenario in SCENARIOS:
        listed = rank_known(before, "gauche", scenario=scenario, top=40)[:40]
        assert stable <= {one.seat for one in listed}
        assert {one.seat for one in listed if one.stable} == stable


@given(st.floats(-10, 10))
@settings(max_examples=4, deadline=None)
def test_a_scenario_shifts_the_duels_with_the_bloc_that_a_front_is_called_against(points: float) -> None:
    before = known("legislatives-2024")
    plain = {one.seat: one for one in rank_known(before, "gauche")}
    for one in rank_known(before, "gauche", scenario=points):
        shift = points if one.opponent_bloc == "extreme-droite" else 0
        assert one.margin == pytest.approx(plain[one.seat].margin + shift)
    plain = {one.seat: one for one in rank_known(before, "extreme-droite")}
    for one in rank_known(before, "extreme-droite", scenario=points):
        assert one.margin == pytest.approx(plain[one.seat].margin - points)


def test_a_wider_margin_raises_every_index() -> None:
    before = known("legislatives-2024")
    narrow = {one.seat: one.index for one in rank_known(before, "centre", within=1000)}
    assert all(one.index >= narrow[one.seat] for one in rank_known(before, "centre", within=5000))


def test_a_bloc_without_a_candidate_cannot_reach_the_second_round() -> None:
    before = known("legislatives-2024")
    assert before.coming is not None
    fielded = {
        one.seat
        for one in before.coming.results.seats()
        if any(
            before.coming.pack.bloc_of(candidate.nuance) == "gauche" for candidate in one.first.candidacies
        )
    }
    absent = [one for one in rank_known(before, "gauche") if one.seat not in fielded]
    assert absent
    assert all(one.final < 0.05 for one in absent)


def test_a_sitting_deputy_who_stands_again_strengthens_the_bloc() -> None:
    before = known("legislatives-2024")
    without = Known(
        before.target, before.as_of, before.legislatives, before.europeennes, before.presidentielle, None
    )
    with_names, unknown = strength(before).points, strength(without).points
    assert with_names.shape == unknown.shape == (577, 6)
    assert abs(with_names - unknown).max() > 1


def test_the_blocs_that_count_are_read_from_the_results() -> None:
    assert strength(known("legislatives-2024")).contenders == (0, 1, 2, 3)


def test_packs_with_other_blocs_are_refused() -> None:
    def packs(election: str) -> BlocPack:
        shipped = pack(election)
        if election != "europeennes-2024":
            return shipped
        return BlocPack(election, shipped.blocs[:3], shipped.blocs[0].id)

    with pytest.raises(InputError, match="the pack of europeennes-2024 has other blocs than that of leg"):
        known("legislatives-2024", packs=packs)


def test_the_limits_are_said() -> None:
    assert any("not a probability" in limit for limit in LIMITS)
    assert held("legislatives-2024").id == "legislatives-2024"
