"""A number of views as it is shown and typed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tractage.domain.errors import InputError
from tractage.domain.reach.views import MOST, ViewsError, parse_views


@pytest.mark.parametrize(
    ("text", "number", "rounding"),
    [
        ("1,2 M", 1_200_000, 50_000),
        ("12 k", 12_000, 500),
        ("12K vues", 12_000, 500),
        ("1.25M", 1_250_000, 5_000),
        ("3 456 vues", 3_456, 0),
        ("3\u202f456", 3_456, 0),
        ("12\u00a0345\u00a0678", 12_345_678, 0),
        ("1.234.567", 1_234_567, 0),
        ("12,345", 12_345, 0),
        ("1,2 million de vues", 1_200_000, 50_000),
        ("2 milliards", 2_000_000_000, 500_000_000),
        ("999", 999, 0),
        ("0", 0, 0),
        (" 7 ", 7, 0),
    ],
)
def test_what_a_platform_shows_is_read(text: str, number: int, rounding: int) -> None:
    assert parse_views(text) == (number, rounding)


@pytest.mark.parametrize("text", ["-5", "−12", "- 3 k"])
def test_a_negative_number_is_refused_as_such(text: str) -> None:
    with pytest.raises(InputError, match="negative"):
        parse_views(text)


@pytest.mark.parametrize(
    "text", ["", "vues", "abc", "1,2", "1e5", "1 2 3", "12 kg", "1.234,5", "12 k 5", "½", "1,2,3 M", "k"]
)
def test_anything_else_is_refused_with_an_example(text: str) -> None:
    with pytest.raises(InputError, match=r"expected a number such as 3456, 12 k or 1,2 M"):
        parse_views(text)


def test_more_than_the_planet_can_watch_is_refused() -> None:
    with pytest.raises(InputError, match="hundred billion"):
        parse_views("200 milliards")


@given(st.integers(0, 10**10))
def test_every_whole_number_is_itself_however_it_is_grouped(number: int) -> None:
    for separator in ("", " ", "\u202f", ".", ","):
        assert parse_views(f"{number:,}".replace(",", separator)).number == number


@given(st.text(max_size=20))
def test_any_text_is_a_number_or_a_refusal(text: str) -> None:
    try:
        number = parse_views(text).number
    except InputError:
        return
    assert 0 <= number <= 10**11


@given(st.text(max_size=30) | st.from_regex(r"[\d., ]{1,12} ?(k|M|Md|vues)?", fullmatch=True))
def test_whatever_is_typed_is_a_count_or_a_refusal_with_a_code(text: str) -> None:
    try:
        views, code = parse_views(text).number, ""
    except ViewsError as refusal:
        views, code = -1, refusal.code
    assert 0 <= views <= MOST or code in {"negative", "unreadable", "too-many"}
