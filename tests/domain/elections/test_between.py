"""Between the rounds the real finalists are known, and the votes of the second round are not."""

from datetime import date

import numpy as np
import pytest

from tractage.domain.elections.backtest import Measures, measures
from tractage.domain.elections.between import rank_between, runoffs, scores_between
from tractage.domain.elections.expected import rank
from tractage.domain.elections.known import Held, held, is_between_rounds
from tractage.domain.elections.pivots import observed
from tractage.domain.elections.results import Results, RoundResult, SeatResult

NAMES = {"gauche": "extreme-droite", "extreme-droite": "gauche"}


def judged(election: str, last: str, bloc: str, scenario: float = 0) -> Measures:
    now = held(election)
    found = {pivot.seat for pivot in observed(now.results, now.pack, bloc, 2000)}
    targets = np.array([one.seat in found for one in now.results.seats()])
    return measures(scores_between(runoffs(held(last), now), bloc, scenario).index, targets)


def test_the_real_first_round_ranks_better() -> None:
    plain = judged("legislatives-2024", "legislatives-2022", "gauche").auc
    front = judged("legislatives-2024", "legislatives-2022", "gauche", scenario=9).auc
    assert plain == pytest.approx(0.85, abs=0.005)
    assert front == pytest.approx(0.92, abs=0.005)


def hidden(one: Held) -> Held:
    """The same election with the votes of its second round hidden."""

    def hide(number: RoundResult) -> RoundResult:
        if number.number == 1:
            return number
        finalists = tuple(one._replace(votes=1, elected=False) for one in number.candidacies)
        return RoundResult(2, 1, 1, 1, finalists)

    seats = [SeatResult(seat.seat, tuple(map(hide, seat.rounds))) for seat in one.results.seats()]
    return Held(Results(one.results.election, seats), one.pack)


def test_nothing_of_the_second_round_is_used() -> None:
    last, now = held("legislatives-2022"), held("legislatives-2024")
    for bloc in now.pack.ids:
        assert rank_between(runoffs(last, hidden(now)), bloc) == rank_between(runoffs(last, now), bloc)


def test_only_seats_with_a_second_round_to_win() -> None:
    now = held("legislatives-2024")
    found = rank("legislatives-2024", "gauche", as_of=date(2024, 7, 3))
    to_win = [pivot.seat for pivot in observed(now.results, now.pack, "gauche") if pivot.round == 2]
    assert sorted(one.seat for one in found) == sorted(to_win)
    assert {one.final for one in found} == {1.0}


@pytest.mark.parametrize("scenario", [0.0, 6.0])
def test_swapping_two_blocs_swaps_the_ranking_and_nothing_else(scenario: float) -> None:
    last, now = held("legislatives-2022"), held("legislatives-2024")
    swapped = [Held(one.results, one.pack.swapped("gauche", "extreme-droite")) for one in (last, now)]
    for bloc in now.pack.ids:
        one = rank_between(runoffs(last, now), bloc, scenario=scenario)
        other = rank_between(runoffs(*swapped), NAMES.get(bloc, bloc), scenario=scenario)
        assert [pivot.seat for pivot in other] == [pivot.seat for pivot in one]
        assert [pivot.index for pivot in other] == pytest.approx([pivot.index for pivot in one])
        assert [pivot.opponent_bloc for pivot in other] == [
            NAMES.get(pivot.opponent_bloc, pivot.opponent_bloc) for pivot in one
        ]


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        (date(2024, 6, 30), False),
        (date(2024, 7, 1), True),
        (date(2024, 7, 7), True),
        (date(2024, 7, 8), False),
    ],
)
def test_which_days_are_between(day: date, expected: bool) -> None:
    assert is_between_rounds("legislatives-2024", day) is expected
    assert not is_between_rounds("legislatives-prochaines", day)
