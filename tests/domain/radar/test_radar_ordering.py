"""One wide key sorts as several keys would."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from tractage.domain.radar.ordering import order_of, rows_by_account

codes = st.integers(0, 2**31 - 1) | st.integers(0, 3)
times = st.integers(-(2**40), 2**40).map(float) | st.floats(0, 9, width=32)


@given(st.lists(st.tuples(codes, times, codes), max_size=30))
def test_rows_come_by_object_then_time_then_account(rows: list[tuple[int, float, int]]) -> None:
    objects, moments, accounts = (
        np.array([row[0] for row in rows], dtype=np.int32),
        np.array([row[1] for row in rows], dtype=np.float64),
        np.array([row[2] for row in rows], dtype=np.int32),
    )
    order = order_of(objects, moments, accounts)
    assert sorted(order.tolist()) == list(range(len(rows)))
    assert [rows[place] for place in order] == sorted(rows)


@given(st.lists(codes, max_size=30))
def test_rows_of_an_account_stay_in_their_order(accounts: list[int]) -> None:
    found = rows_by_account(np.array(accounts, dtype=np.int32))
    assert found.tolist() == sorted(range(len(accounts)), key=lambda place: accounts[place])
