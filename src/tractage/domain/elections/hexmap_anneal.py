"""Annealed swaps that make departments whole, keep neighbours together and the coast smooth."""

import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from random import Random

import numpy as np
from numpy.typing import NDArray

from tractage.domain.elections.hexmap_grid import Cell, centres, components, neighbours, pieces

EMPTY = -1


@dataclass(frozen=True)
class Weights:
    """What each fault costs: a squared step from the target, a broken piece, and so on."""

    step: float = 0.12
    piece: float = 12.0
    mate: float = 0.5  # gained for each pair of cells of one department side by side
    pair: float = 5.0  # gained for each pair of true neighbours that touch
    stranger: float = 0.8  # for each contact of departments that are not neighbours, per border between them
    coast: float = 0.35  # for each side of a seat that faces the sea


class Board:
    """Seats on cells; a swap of two neighbouring cells is scored from the sides that it touches only."""

    def __init__(
        self,
        cells: Sequence[Cell],
        start: Sequence[int],
        groups: Sequence[int],
        steps: NDArray[np.int64],
        inside: frozenset[int] = frozenset(),
    ) -> None:
        """Start with seat i on cell `start[i]`, of department `groups[i]`.

        `steps`: (n, n) borders between two departments. `inside`: cells that never become empty.
        """
        index = {cell: i for i, cell in enumerate(cells)}
        self.cells, self.groups, self.weights = cells, list(groups), Weights()
        self.steps = steps.tolist()
        self.near = [[index.get(near, EMPTY) for near in neighbours(cell)] for cell in cells]
        self.seat_at = [EMPTY] * len(cells)
        for seat, cell in enumerate(start):
            self.seat_at[cell] = seat
        self.where: list[set[int]] = [set() for _ in range(len(steps))]
        for seat, cell in enumerate(start):
            self.where[self.groups[seat]].add(cell)
        middles = centres(cells)
        self.away = ((middles[list(start)][:, None] - middles[None]) ** 2).sum(-1).tolist()
        self.touching: Counter[tuple[int, int]] = Counter()
        for cell in range(len(cells)):
            self._count(self._sides(cell, EMPTY), 1)
        for key in self.touching:
            self.touching[key] //= 2
        self.parts = [self._parts(group) for group in range(len(steps))]
        self.inside = inside

    def _group(self, cell: int) -> int:
        seat = self.seat_at[cell] if cell != EMPTY else EMPTY
        return self.groups[seat] if seat != EMPTY else EMPTY

    def _parts(self, group: int) -> int:
        return pieces(self.cells[cell] for cell in self.where[group])

    def _sides(self, one: int, other: int) -> list[tuple[int, int]]:
        """Return the pairs of departments across every side of two cells, their common side once."""
        sides = []
        for cell in (one, other):
            if cell == EMPTY:
                continue
            mine = self._group(cell)
            for near in self.near[cell]:
                if not (cell == other and near == one):
                    theirs = self._group(near)
                    sides.append((mine, theirs) if mine <= theirs else (theirs, mine))
        return sides

    def _count(self, sides: list[tuple[int, int]], sign: int) -> float:
        """Add or remove sides and return by how much the cost changes."""
        weights, change = self.weights, 0.0
        for pair in sides:
            low, high = pair
            if low == high:
                change -= sign * weights.mate if low != EMPTY else 0.0
            elif low == EMPTY:
                change += sign * weights.coast
            else:
                before = self.touching[pair]
                self.touching[pair] = before + sign
                if self.steps[low][high] == 1:
                    change += weights.pair * ((before > 0) - (before + sign > 0))
                else:
                    change += sign * weights.stranger * min(self.steps[low][high] - 1, 4)
        return change

    def swap(self, one: int, other: int) -> float:
        """Swap what two cells hold and return by how much the cost changes."""
        change = self._count(self._sides(one, other), -1)
        first, second = self.seat_at[one], self.seat_at[other]
        changed = set()
        for seat, old, new in ((first, one, other), (second, other, one)):
            if seat != EMPTY:
                change += self.weights.step * (self.away[seat][new] - self.away[seat][old])
                self.where[self.groups[seat]].discard(old)
                changed.add(self.groups[seat])
        self.seat_at[one], self.seat_at[other] = second, first
        for seat, new in ((first, other), (second, one)):
            if seat != EMPTY:
                self.where[self.groups[seat]].add(new)
        change += self._count(self._sides(one, other), 1)
        for group in changed:
            parts = self._parts(group)
            change += self.weights.piece * (parts - self.parts[group])
            self.parts[group] = parts
        return change

    def anneal(self, random: Random, proposals: int, hot: float, cold: float) -> None:
        """Try `proposals` swaps, from temperature `hot` down to `cold` in a geometric fall."""
        filled = [cell for cell, seat in enumerate(self.seat_at) if seat != EMPTY]
        at = {cell: i for i, cell in enumerate(filled)}
        for n in range(proposals):
            heat = hot * (cold / hot) ** (n / proposals)
            one = filled[random.randrange(len(filled))]
            other = self.near[one][random.randrange(6)]
            if other == EMPTY:
                continue
            if self.seat_at[other] == EMPTY:
                if one in self.inside:
                    continue
                other, one = one, other  # keep `one` the cell that becomes full
            change = self.swap(one, other)
            if change > 0 and random.random() >= math.exp(-change / heat):
                self.swap(one, other)
            elif self.seat_at[other] == EMPTY:
                filled[at[other]] = one
                at[one] = at.pop(other)

    def mend(self) -> None:
        """Walk the stray cells of broken departments home, where that does not break more than it mends."""
        for group in range(len(self.where)):
            main = max(components(self.cells[cell] for cell in self.where[group]), key=len, default=set())
            home = [cell for cell in self.where[group] if self.cells[cell] in main]
            for cell in sorted(self.where[group].difference(home)):
                path = self._path(cell, home)
                change = sum(self.swap(one, other) for one, other in pairwise(path))
                if change >= 0:
                    for one, other in reversed(list(pairwise(path))):
                        self.swap(one, other)

    def _path(self, start: int, home: Sequence[int]) -> list[int]:
        """Return cells from `start` to a neighbour of `home`, straight and through seats only."""
        middles = centres([self.cells[start], *(self.cells[cell] for cell in home)])
        goal = home[int(((middles[1:] - middles[0]) ** 2).sum(1).argmin())]
        path = [start]
        while goal not in self.near[path[-1]] and len(path) < 40:
            steps = [near for near in self.near[path[-1]] if near != EMPTY and self.seat_at[near] != EMPTY]
            gaps = ((centres([self.cells[near] for near in steps]) - centres([self.cells[goal]])) ** 2).sum(1)
            path.append(steps[int(gaps.argmin())])
        return path
