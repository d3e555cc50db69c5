"""The hex grid, and the assignment that fills it."""

import math
from itertools import permutations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from tractage.domain.elections.hexmap_assign import assign
from tractage.domain.elections.hexmap_grid import cell_of, centre, halves, neighbours, pieces
from tractage.domain.elections.hexmap_nearness import gabriel, hops
from tractage.domain.elections.hexmap_outline import OUTLINE, area, distance_outside, project
from tractage.domain.errors import InputError

CELLS = st.tuples(st.integers(-30, 30), st.integers(-30, 30))


@given(CELLS)
def test_six_neighbours_one_width_away_and_mutual(cell) -> None:
    around = neighbours(cell)
    assert len(set(around)) == 6
    for near in around:
        assert math.dist(centre(cell), centre(near)) == pytest.approx(1)
        assert cell in neighbours(near)


@given(CELLS, st.integers(-9, 9), st.integers(-9, 9))
def test_a_shape_moves_without_changing(cell, across, down) -> None:
    if (across + down) % 2:
        across += 1
    assert cell_of(*halves(cell)) == cell
    moved = [cell_of(h + across, r + down) for h, r in (halves(cell), *map(halves, neighbours(cell)))]
    assert set(moved[1:]) == set(neighbours(moved[0]))


def test_pieces_are_counted() -> None:
    assert pieces([]) == 0
    assert pieces([(0, 0), (0, 1), (1, 0)]) == 1
    assert pieces([(0, 0), (0, 2), (5, 5)]) == 3


@given(st.integers(1, 5).flatmap(lambda n: arrays.arrays(
    float, st.tuples(st.just(n), st.integers(n, 6)), elements=st.floats(-50, 50, width=32))))  # fmt: skip
def test_the_assignment_is_the_cheapest(cost) -> None:
    n, m = cost.shape
    chosen = assign(cost)
    assert len(set(chosen.tolist())) == n
    best = min(sum(cost[i, j] for i, j in enumerate(order)) for order in permutations(range(m), n))
    assert cost[np.arange(n), chosen].sum() == pytest.approx(best, abs=1e-6)


def test_more_seats_than_cells_is_refused() -> None:
    with pytest.raises(InputError, match="3 rows but only 2"):
        assign(np.zeros((3, 2)))


def test_neighbours_on_the_ground() -> None:
    line = np.array([[0.0, 0], [1, 0], [2, 0], [2, 1]])
    assert np.argwhere(np.triu(gabriel(line))).tolist() == [[0, 1], [1, 2], [2, 3]]
    assert hops(line, [0, 1, 1, 2], 4)[0].tolist() == [0, 1, 2, 4]


def test_the_outline_holds_the_country() -> None:
    polygon = project(np.array(OUTLINE))
    places = {"Bourges": (2.4, 47.1), "Brest": (-4.5, 48.4), "Nice": (7.2, 43.7), "Lille": (3.0, 50.6)}
    towns = project(np.array(list(places.values())))
    assert (distance_outside(towns, polygon) < 0.05).all()
    sea = project(np.array([(-4.0, 45.0), (4.5, 42.0), (-0.5, 50.3)]))
    assert (distance_outside(sea, polygon) > 0.5).all()
    assert area(polygon) * 111.2**2 == pytest.approx(544_000, rel=0.03), "square kilometres of the mainland"
