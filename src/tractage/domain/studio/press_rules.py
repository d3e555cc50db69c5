"""Rules of the law on printed works: imprint, white ground, blue, white and red together."""

from collections.abc import Mapping
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from tractage.domain.studio.formats import Format
from tractage.domain.studio.kits import Finding

_CELLS = 48  # the longer side of the grid on which areas are sought
_LEAST_AREA = 0.012  # share of the page from which a flat area counts
_GROUND = 0.5  # share of the rim from which white counts as the ground

Pixels = NDArray[np.uint8]


class Area(NamedTuple):
    """A flat area of one hue: its share of the page and its rectangle, in per cent of the page."""

    hue: str
    share: float
    left: int
    top: int
    right: int
    bottom: int

    def __str__(self) -> str:
        return f"{self.hue} {self.share:.0%} at {self.left}–{self.right} % × {self.top}–{self.bottom} %"


def check_press(values: Mapping[str, Any], page: Pixels, fmt: Format, where: str) -> list[Finding]:
    """Return what the rules of print say of a drawn page.

    Sources: loi du 29 juillet 1881, art. 3 (imprint, refused when missing) and art. 15 (white ground,
    warned); Code électoral, art. R27 (blue, white and red, warned with the areas found).
    """
    found: list[Finding] = []
    if not str(values.get("imprime", "")).strip():
        said = "no printer's name (1881, art. 3): fill it, or write « Imprimé par nos soins » at home"
        found.append(Finding(True, "imprint", "fields.imprime", said, where))
    hues = hue_grid(page)
    rim = np.concatenate([hues[0], hues[-1], hues[:, 0], hues[:, -1]])
    if (rim == "white").mean() > _GROUND:
        said = "a white ground: posters on white paper are the State's (1881, art. 15); print on tinted paper"
        found.append(Finding(False, "white", fmt.name, said, where))
    areas = emblem_areas(hues)
    if areas:
        said = (
            "blue, white and red side by side: " + "; ".join(map(str, areas)) + " (Code électoral, art. R27)"
        )
        found.append(Finding(False, "R27", fmt.name, said, where))
    return found


def hue_grid(page: Pixels) -> NDArray[np.str_]:
    """Return the page as a grid of `blue`, `white`, `red` or nothing: the hue of most of a cell's pixels."""
    height, width = page.shape[:2]
    step = max(1, max(height, width) // _CELLS)
    rows, columns = height // step, width // step
    small = (
        page[: rows * step : max(1, step // 4), : columns * step : max(1, step // 4), :3].astype(np.float64)
        / 255
    )
    hues = _hues(small)
    tall, wide = hues.shape[0] / rows, hues.shape[1] / columns
    grid = np.full((rows, columns), "", dtype="<U5")
    for row in range(rows):
        for column in range(columns):
            part = hues[
                int(row * tall) : int((row + 1) * tall), int(column * wide) : int((column + 1) * wide)
            ]
            names, counts = np.unique(part, return_counts=True)
            if counts.max() > part.size * 0.6:
                grid[row, column] = names[counts.argmax()]
    return grid


def _hues(rgb: NDArray[np.float64]) -> NDArray[np.str_]:
    """Classify colours in [0, 1] as `emblem_hue` does, all at once."""
    high, low = rgb.max(axis=2), rgb.min(axis=2)
    lightness, spread = (high + low) / 2, high - low
    saturation = spread / np.maximum(1e-9, 1 - np.abs(2 * lightness - 1))
    red, green, blue = rgb[..., 0], rgb[..., 1], rgb[..., 2]
    safe = np.maximum(spread, 1e-9)
    hue = np.where(
        high == red,
        ((green - blue) / safe) % 6,
        np.where(high == green, (blue - red) / safe + 2, (red - green) / safe + 4),
    )
    degrees = hue * 60
    vivid = (saturation > 0.45) & (lightness > 0.15) & (lightness < 0.65)
    names = np.full(high.shape, "", dtype="<U5")
    names[(lightness > 0.93) & (low > 235 / 255)] = "white"
    names[vivid & (degrees >= 205) & (degrees <= 255)] = "blue"
    names[vivid & ((degrees >= 345) | (degrees <= 12))] = "red"
    return names


def emblem_areas(hues: NDArray[np.str_]) -> list[Area]:
    """Return the areas of the three hues when a white one touches a blue and a red one, else nothing."""
    areas, owner = _areas(hues)
    near: dict[int, set[str]] = {}
    rows, columns = owner.shape
    for down, across in ((0, 1), (1, 0), (0, 2), (2, 0)):
        one, other = owner[: rows - down, : columns - across], owner[down:, across:]
        for first, second in zip(one.ravel().tolist(), other.ravel().tolist(), strict=True):
            if first >= 0 and second >= 0 and first != second:
                near.setdefault(first, set()).add(areas[second].hue)
                near.setdefault(second, set()).add(areas[first].hue)
    together = any(areas[index].hue == "white" and {"blue", "red"} <= hues_ for index, hues_ in near.items())
    if not together:
        return []
    best = {
        hue: max((one for one in areas if one.hue == hue), key=lambda one: one.share)
        for hue in ("blue", "white", "red")
    }
    return list(best.values())


def _areas(hues: NDArray[np.str_]) -> tuple[list[Area], NDArray[np.int64]]:
    rows, columns = hues.shape
    owner = np.full(hues.shape, -1, dtype=np.int64)
    areas: list[Area] = []
    seen = np.zeros(hues.shape, dtype=bool)
    for row, column in zip(*np.nonzero(hues != ""), strict=True):
        if seen[row, column]:
            continue
        cells = _flood(hues, seen, int(row), int(column))
        if len(cells) >= _LEAST_AREA * hues.size:
            tall, wide = [cell[0] for cell in cells], [cell[1] for cell in cells]
            for cell in cells:
                owner[cell] = len(areas)
            areas.append(
                Area(
                    str(hues[row, column]),
                    len(cells) / hues.size,
                    100 * min(wide) // columns,
                    100 * min(tall) // rows,
                    100 * (max(wide) + 1) // columns,
                    100 * (max(tall) + 1) // rows,
                )
            )
    return areas, owner


def _flood(hues: NDArray[np.str_], seen: NDArray[np.bool_], row: int, column: int) -> list[tuple[int, int]]:
    wanted, cells, todo = hues[row, column], [], [(row, column)]
    seen[row, column] = True
    while todo:
        y, x = todo.pop()
        cells.append((y, x))
        for near in ((y + 1, x), (y - 1, x), (y, x + 1), (y, x - 1)):
            inside = 0 <= near[0] < hues.shape[0] and 0 <= near[1] < hues.shape[1]
            if inside and not seen[near] and hues[near] == wanted:
                seen[near] = True
                todo.append(near)
    return cells
