"""Figures, dates and quantities in words."""

from datetime import date, datetime

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st
from tests.conftest import PARIS

from tractage.domain.studio.formats import formats
from tractage.web.public.quantities import in_people
from tractage.web.templatetags.words import (
    bound,
    cut,
    day,
    format_name,
    grouped,
    hour,
    kilobytes,
    percent,
    placement,
    rank,
    short_day,
    signed,
    spelled,
)

N = "\u202f"


@pytest.fixture(autouse=True, params=["fr"])
def _language(request: pytest.FixtureRequest, _test_settings: None):  # type: ignore[no-untyped-def]
    with translation.override(request.param):
        yield


@given(st.integers(min_value=0, max_value=10**9))
def test_grouping_loses_no_digit(number: int) -> None:
    with translation.override("fr"):
        assert grouped(number).replace(N, "") == str(number)


def test_figures_are_french() -> None:
    assert grouped(66951) == f"66{N}951"
    assert signed(-75) == "−75"
    assert percent(0.745) == f"74,5{N}%"
    assert kilobytes(214_300) == f"214{N}Ko"
    assert kilobytes(1_250_000) == f"1,2{N}Mo"
    assert (rank(1), rank(3)) == ("1ʳᵉ", "3ᵉ")


def test_small_counts_are_written_out() -> None:
    assert [spelled(number) for number in (1, 2, 9, 10, 1200)] == ["1", "deux", "neuf", "10", f"1{N}200"]


def test_a_text_cut_short_ends_on_a_word() -> None:
    assert cut("Une, deux, trois, quatre", 3) == "Une, deux, trois…"
    assert cut(f"Vrai{N}? Oui{N}! Non, mais", 2) == f"Vrai{N}? Oui…"
    assert cut("Deux mots", 2) == "Deux mots"


def test_a_number_of_seat_stays_with_its_department() -> None:
    assert bound("Charente-Maritime 3ᵉ : 63 voix") == "Charente-Maritime\u00a03ᵉ : 63 voix"
    assert bound("Ain 1ʳᵉ") == "Ain\u00a01ʳᵉ"
    assert bound("Les 577 sièges, 12 fois") == "Les 577 sièges, 12 fois"


def test_a_file_is_named_by_where_it_goes() -> None:
    assert format_name("carre") == placement(formats()["carre"])
    assert format_name("original") == "original"


def test_dates_are_french() -> None:
    assert day(date(2027, 4, 18)) == "dimanche 18 avril 2027"
    assert day(date(2027, 5, 1)) == "samedi 1ᵉʳ mai 2027"
    assert short_day(date(2027, 4, 18)) == "dim. 18 avril"
    assert hour(datetime(2027, 4, 17, 0, 5, tzinfo=PARIS)) == f"samedi 17 avril, 0{N}h{N}05"


@pytest.mark.parametrize(
    ("votes", "words"),
    [
        (3, ""),
        (63, "un car scolaire et demi"),
        (75, "un car scolaire et demi"),
        (140, "trois cars scolaires"),
        (225, "une salle de cinéma"),
        (949, "une salle de concert"),
    ],
)
def test_a_quantity_is_something_one_has_seen(votes: int, words: str) -> None:
    assert in_people(votes) == words
