"""A picture of the network: each community a disc, placed by hand-sized arithmetic, always the same."""

from dataclasses import dataclass
from math import cos, pi, sin, sqrt

import numpy as np
import polars as pl
from numpy.typing import NDArray

PAPERS = ("canari", "menthe", "ciel", "lilas", "saumon")
NODES, LINES = 400, 3000  # what a picture can hold and a reader can see
STEPS = 60
GOLDEN = pi * (3 - sqrt(5))


@dataclass(frozen=True)
class Picture:
    """An SVG and what it leaves out.

    drawn, total: accounts
    """

    svg: str
    drawn: int
    total: int


def picture(edges: pl.DataFrame, accounts: pl.DataFrame, names: dict[str, str]) -> Picture:
    """Draw strong `edges` between `accounts` (account, community, degree), the largest communities first."""
    chosen = _chosen(accounts)
    place: dict[str, tuple[float, float, float]] = {}
    discs: list[tuple[float, float, float]] = []
    marks: list[str] = []
    links = edges.filter(pl.col("account_a").is_in(chosen["account"].implode())).filter(
        pl.col("account_b").is_in(chosen["account"].implode())
    )
    for (number,), members in chosen.group_by("community", maintain_order=True):
        points = _spread(members["account"], links)
        radius = 14 + 9 * sqrt(members.height)
        x, y = _free_place(radius, discs)
        discs.append((x, y, radius))
        paper = PAPERS[(int(number) - 1) % len(PAPERS)]
        marks.append(f'<text x="{x:.1f}" y="{y - radius - 5:.1f}" class="groupe">{number}</text>')
        for (name, degree), (px, py) in zip(
            members.select("account", "degree").iter_rows(), points, strict=True
        ):
            place[name] = (x + px * (radius - 8), y + py * (radius - 8), min(9.0, 2.5 + sqrt(degree)))
            cx, cy, size = place[name]
            marks.append(
                f'<circle cx="{cx:.1f}" cy="{cy:.1f}" r="{size:.1f}" class="{paper}" '
                f'data-n="{names[name]}"><title>{names[name]}</title></circle>'
            )
    lines = _lines(links, place)
    return Picture(_svg(discs, lines, marks, accounts.height), len(place), accounts.height)


def _chosen(accounts: pl.DataFrame) -> pl.DataFrame:
    """Keep whole communities, the largest first, up to NODES accounts (at least part of the first)."""
    ordered = accounts.sort("community", "account").select("account", "community", "degree")
    sizes = ordered.group_by("community", maintain_order=True).len()
    kept = sizes.filter((pl.col("len").cum_sum() <= NODES) | (pl.int_range(pl.len()) == 0))["community"]
    return ordered.filter(pl.col("community").is_in(kept.implode())).head(NODES)


def _spread(members: pl.Series, links: pl.DataFrame) -> NDArray[np.float64]:
    """Place the members of a community in the unit disc: springs along edges, charges between all."""
    n = members.len()
    turn, ray = np.arange(n) * GOLDEN, np.sqrt((np.arange(n) + 0.5) / n)
    points = np.column_stack((ray * np.cos(turn), ray * np.sin(turn)))
    inside = links.filter(
        pl.col("account_a").is_in(members.implode()), pl.col("account_b").is_in(members.implode())
    )
    if n < 3 or inside.is_empty():
        return points
    ends = [members.search_sorted(inside[side]).to_numpy() for side in ("account_a", "account_b")]
    near = np.zeros((n, n))
    near[ends[0], ends[1]] = near[ends[1], ends[0]] = 1.0
    ideal = sqrt(pi / n)
    for step in range(STEPS):
        apart = points[:, None, :] - points[None, :, :]
        distance = np.maximum(np.hypot(apart[..., 0], apart[..., 1]), 0.01)
        force = ideal**2 / distance**2 - near * distance / ideal / np.maximum(1.0, near.sum(axis=1))[:, None]
        move = (apart * force[..., None]).sum(axis=1)
        length = np.maximum(np.hypot(move[:, 0], move[:, 1]), 1e-9)
        reach = np.minimum(length, 0.15 * (1 - step / STEPS))
        points = points + move / length[:, None] * reach[:, None]
    points = points - points.mean(axis=0)
    rounded: NDArray[np.float64] = points / max(1e-9, float(np.hypot(points[:, 0], points[:, 1]).max()))
    return rounded


def _free_place(radius: float, discs: list[tuple[float, float, float]]) -> tuple[float, float]:
    """Walk a flat spiral until the disc touches no other."""
    angle = 0.0
    while True:
        x, y = 2.6 * angle * cos(angle) * 1.7, 2.6 * angle * sin(angle)
        if all((x - dx) ** 2 + (y - dy) ** 2 >= (radius + other + 12) ** 2 for dx, dy, other in discs):
            return x, y
        angle += 0.15


def _lines(links: pl.DataFrame, place: dict[str, tuple[float, float, float]]) -> list[str]:
    heaviest = links.sort("weight", "account_a", "account_b", descending=[True, False, False]).head(LINES)
    top = max(1, int(heaviest["weight"].max() or 1)) if heaviest.height else 1  # type: ignore[arg-type]
    return [
        f"M{place[a][0]:.1f} {place[a][1]:.1f}L{place[b][0]:.1f} {place[b][1]:.1f}"
        f"|{0.4 + 2 * weight / top:.1f}"
        for a, b, weight in heaviest.select("account_a", "account_b", "weight").iter_rows()
    ]


def _svg(discs: list[tuple[float, float, float]], lines: list[str], marks: list[str], total: int) -> str:
    if not discs:
        return ""
    left = min(x - r for x, _, r in discs) - 10
    right = max(x + r for x, _, r in discs) + 10
    top = min(y - r for _, y, r in discs) - 24
    low = max(y + r for _, y, r in discs) + 10
    by_width: dict[str, list[str]] = {}
    for line in lines:
        path, width = line.split("|")
        by_width.setdefault(width, []).append(path)
    paths = "".join(
        f'<path d="{"".join(paths)}" stroke-width="{width}"/>' for width, paths in sorted(by_width.items())
    )
    rings = "".join(f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{r:.1f}"/>' for x, y, r in discs)
    return (
        f'<svg viewBox="{left:.0f} {top:.0f} {right - left:.0f} {low - top:.0f}" role="img" '
        f'aria-label="Réseau de {total} comptes reliés par des liens forts, groupés par communauté. '
        'Les mêmes liens sont dans la liste plus bas.">'
        f'<g class="disques">{rings}</g><g class="fils">{paths}</g>'
        f'<g class="noeuds">{"".join(marks)}</g></svg>'
    )
