"""Zones: which place votes with whom, and names that must not break anything."""

from zoneinfo import available_timezones

import pytest

from tractage.domain.errors import InputError
from tractage.domain.law.zones import AMERICA, WORLD, find, zone

SATURDAY = [
    "America/New_York",
    "America/Sao_Paulo",
    "America/Port-au-Prince",
    "Canada/Pacific",
    "Cuba",
    "US/Alaska",
]
SUNDAY = [
    "Europe/London",
    "Africa/Dakar",
    "Atlantic/Reykjavik",
    "Atlantic/Canary",
    "Asia/Tokyo",
    "Pacific/Auckland",
]
EITHER = [
    "Pacific/Honolulu",
    "America/Nuuk",
    "Atlantic/Bermuda",
    "Pacific/Easter",
    "Antarctica/Palmer",
    "UTC",
    "EST",
]


@pytest.mark.parametrize(
    ("names", "polls"), [(SATURDAY, (AMERICA,)), (SUNDAY, (WORLD,)), (EITHER, (AMERICA, WORLD))]
)
def test_the_place_of_the_post_decides(names: list[str], polls: tuple[str, ...]) -> None:
    for name in names:
        assert zone(f"abroad:{name}").polls_with == polls, name


def test_every_iana_zone_is_a_zone() -> None:
    for name in available_timezones() - {"localtime"}:
        assert zone(f"abroad:{name}").polls_with


def test_french_soil_is_not_abroad() -> None:
    assert zone("abroad:Indian/Reunion").id == "RE"
    assert zone("abroad:Pacific/Tahiti").id == "PF-tahiti"
    assert zone("abroad:Europe/Paris").id == "FR"


@pytest.mark.parametrize(
    "name",
    ["", "fr", "PF", "XX", "Europe/London", "abroad:", "abroad:Mars/Olympus", "abroad:../../etc/passwd"],
)
def test_anything_else_is_unknown(name: str) -> None:
    assert find(name) is None
    with pytest.raises(InputError, match="is unknown"):
        zone(name)


@pytest.mark.parametrize("key", ["America", "/etc/localtime", "\x00", "é" * 300])
def test_keys_that_are_no_place_are_unknown(key: str) -> None:
    assert find(f"abroad:{key}") is None
