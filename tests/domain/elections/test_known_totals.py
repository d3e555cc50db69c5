"""The published totals, exactly."""

import pytest

from tractage.domain.elections.catalogue import elections
from tractage.domain.elections.results import load_results, read_results
from tractage.domain.elections.totals import ElectionTotals, totals
from tractage.domain.errors import InputError, TractageError


def summed(election: str) -> ElectionTotals:
    return totals(load_results(election))


def test_2024_first_round() -> None:
    first = summed("legislatives-2024").rounds[0]
    assert (first.registered, first.voters, first.valid) == (49_332_709, 32_908_657, 32_057_946)
    most = {"RN": 9_379_092, "UG": 8_971_581, "ENS": 6_425_707, "LR": 2_106_166, "UXD": 1_251_125}
    assert {nuance: first.votes[nuance] for nuance in most} == most
    assert first.elected == {"RN": 37, "UG": 32, "DVD": 2, "ENS": 2, "EXD": 1, "LR": 1, "UXD": 1}
    held = load_results("legislatives-2024").round(1)
    assert sum(len(one.candidacies) for _, one in held) == 4_009


def test_2024_runoffs_and_seats() -> None:
    found = summed("legislatives-2024")
    assert found.runoffs == {1: 1, 2: 409, 3: 89, 4: 2}
    assert sum(found.rounds[1].elected.values()) == 501
    assert found.seats == {
        "UG": 178, "ENS": 150, "RN": 125, "LR": 39, "DVD": 27, "UXD": 17, "DVG": 12, "REG": 9, "DVC": 6,
        "HOR": 6, "UDI": 3, "SOC": 2, "DIV": 1, "ECO": 1, "EXD": 1,
    }  # fmt: skip


def test_2022() -> None:
    found = summed("legislatives-2022")
    assert found.rounds[0].registered == 48_953_748
    assert found.rounds[0].elected == {"NUP": 4, "ENS": 1}
    assert found.runoffs == {1: 3, 2: 562, 3: 7}
    assert found.seats == {
        "ENS": 245, "NUP": 131, "RN": 89, "LR": 61, "DVG": 22, "DVD": 10, "REG": 10, "DVC": 4, "UDI": 3,
        "DIV": 1, "DSV": 1,
    }  # fmt: skip


def test_2017() -> None:
    found = summed("legislatives-2017")
    assert sum(found.runoffs.values()) == 573
    assert found.runoffs[1] == 1
    most = {"REM": 308, "LR": 112, "MDM": 42, "SOC": 30, "UDI": 18, "FI": 17}
    assert {nuance: found.seats[nuance] for nuance in most} == most
    assert sum(found.seats.values()) == 577


def test_europeennes_2024() -> None:
    first = summed("europeennes-2024").rounds[0]
    assert (first.registered, first.valid, first.votes["LRN"]) == (49_462_981, 24_753_773, 7_765_936)


def test_presidentielle_2022() -> None:
    votes = summed("presidentielle-2022").rounds[0].votes
    assert list(votes.items())[:3] == [
        ("Macron", 9_783_058),
        ("Le Pen", 8_133_828),
        ("Mélenchon", 7_712_520),
    ]


@pytest.mark.parametrize("election", [one.id for one in elections()])
def test_votes_add_up_in_every_seat(election: str) -> None:
    results = load_results(election)
    off = []
    for one in results.seats():
        for held in one.rounds:
            assert held.registered >= held.voters >= held.valid
            off += [one.seat] * (held.cast != held.valid)
            assert abs(held.cast - held.valid) <= 2
    found = totals(results)
    for held in found.rounds:
        assert sum(held.votes.values()) == sum(one.cast for _, one in results.round(held.round))
    expected = {"legislatives-2024": ["16-02", "27-04", "34-04", "75-02", "91-03"]}
    assert sorted(off) == expected.get(election, [])


def test_an_unknown_seat_is_an_error() -> None:
    with pytest.raises(InputError, match="no result for seat '01-99' in legislatives-2024"):
        load_results("legislatives-2024").seat("01-99")


@pytest.mark.parametrize("table", [b"", b"not a table", b"PAR1" + bytes(40)])
def test_a_damaged_table_is_an_error(table: bytes) -> None:
    with pytest.raises(TractageError, match="the table of results is damaged"):
        read_results(elections()[0], table)
