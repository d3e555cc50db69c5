"""Elections are data with dates."""

from datetime import date

import pytest

from tractage.domain.elections import catalogue
from tractage.domain.errors import InputError


def test_the_dates_of_the_rounds() -> None:
    rounds = {one.id: [held.date.isoformat() for held in one.rounds] for one in catalogue.elections()}
    assert rounds == {
        "legislatives-2017": ["2017-06-11", "2017-06-18"],
        "europeennes-2019": ["2019-05-26"],
        "presidentielle-2022": ["2022-04-10"],
        "legislatives-2022": ["2022-06-12", "2022-06-19"],
        "europeennes-2024": ["2024-06-09"],
        "legislatives-2024": ["2024-06-30", "2024-07-07"],
    }


def test_an_unknown_election_lists_the_known_ones() -> None:
    with pytest.raises(InputError) as error:
        catalogue.election("legislatives-1958")
    said = str(error.value)
    assert said.startswith("unknown election 'legislatives-1958' (did you mean 'legislatives-")
    assert "'?); known: " in said
    assert all(one.id in said for one in catalogue.elections())


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        (date(2024, 6, 20), "legislatives-2022"),
        (date(2024, 7, 7), "legislatives-2022"),
        (date(2024, 7, 8), "legislatives-2024"),
        (date(2022, 6, 19), "legislatives-2017"),
    ],
)
def test_results_are_known_the_day_after(day: date, expected: str) -> None:
    assert catalogue.last_before("legislatives", day).id == expected


def test_nothing_is_known_before_the_first() -> None:
    with pytest.raises(InputError, match="no results of kind 'legislatives' before 2017-06-18"):
        catalogue.last_before("legislatives", date(2017, 6, 18))


def test_another_kind_is_refused() -> None:
    with pytest.raises(InputError, match="europeennes-2024 is of kind europeennes, expected legislatives"):
        catalogue.require_kind("europeennes-2024", "legislatives")
