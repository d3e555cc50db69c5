"""The 577 seats and their keys."""

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tractage.domain.elections.seats import Territory, all_seats, departments, seat, seat_code
from tractage.domain.errors import InputError


def test_how_many_seats_where() -> None:
    found = Counter(one.territory for one in all_seats())
    assert found == {Territory.METROPOLE: 539, Territory.OVERSEAS: 27, Territory.ABROAD: 11}
    assert len({one.code for one in all_seats()}) == 577
    assert len(departments()) == 107


@pytest.mark.parametrize(
    ("code", "label"),
    [
        ("24-03", "Dordogne, 3ᵉ circonscription"),
        ("01-01", "Ain, 1ʳᵉ circonscription"),
        ("2A-02", "Corse-du-Sud, 2ᵉ circonscription"),
        ("48-01", "Lozère, circonscription unique"),
        ("099-11", "Français établis hors de France, 11ᵉ circonscription"),
    ],
)
def test_labels(code: str, label: str) -> None:
    assert seat(code).label == label


@pytest.mark.parametrize(
    ("department", "number", "code"),
    [
        ("1", 1, "01-01"),
        ("01", 1, "01-01"),
        ("2a", 2, "2A-02"),
        ("ZA", 1, "971-01"),
        ("971", 1, "971-01"),
        ("ZX", 1, "977-01"),
        ("ZZ", 11, "099-11"),
    ],
)
def test_keys_from_the_ministry_s_codes(department: str, number: int, code: str) -> None:
    assert seat_code(department, number) == code


@given(st.sampled_from(departments()), st.integers(1, 30))
def test_a_key_is_a_seat_or_an_error(department, number: int) -> None:
    if number <= department.seats:
        assert seat(seat_code(department.code, number)).department == department.code
        assert seat_code(department.letters or department.code, number) == seat_code(department.code, number)
    else:
        with pytest.raises(InputError, match="unknown seat"):
            seat_code(department.code, number)
