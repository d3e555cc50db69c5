"""Shapes that templates draw with: torn paper, halftone, ballots; one seed gives one shape."""

import random
from functools import lru_cache


@lru_cache(maxsize=256)
def torn(seed: int, sides: str = "tb", depth: float = 2.2, steps: int = 38) -> str:
    """Return a torn-paper outline as a CSS polygon; `sides` of t and b, `depth` in % of the height."""
    rnd = random.Random(seed)

    def edge() -> float:
        return round(rnd.random() * depth, 2)

    top = [(i * 100 / steps, edge() if "t" in sides else 0) for i in range(steps + 1)]
    low = [(100 - i * 100 / steps, 100 - edge() if "b" in sides else 100) for i in range(steps + 1)]
    return "polygon(" + ",".join(f"{x:.2f}% {y:.2f}%" for x, y in top + low) + ")"


@lru_cache(maxsize=256)
def halftone(columns: int, rows: int, small: float = 0.0, big: float = 0.4, disc: bool = False) -> str:
    """Return one SVG path of dots on a staggered grid that grow downwards, one unit apart.

    `small` and `big` are radii in units; with `disc` only the dots inside the inscribed circle are kept.
    """
    parts = []
    for i in range(rows):
        radius = small + (big - small) * i / rows
        if radius < 0.02:
            continue
        for j in range(columns):
            x = j + (0.5 if i % 2 else 0.0)
            centre, reach = columns / 2 - 0.5, columns / 2 - 0.7
            if disc and (x - centre) ** 2 + (i - centre) ** 2 > reach**2:
                continue
            r, d = f"{radius:.2f}", f"{2 * radius:.2f}"
            parts.append(f"M{x - radius:.2f} {i}a{r} {r} 0 1 0 {d} 0a{r} {r} 0 1 0-{d} 0")
    return "".join(parts)


@lru_cache(maxsize=64)
def scatter(seed: int, count: int) -> tuple[tuple[int, int], ...]:
    """Return `count` pairs (a tint from 0 to 4, a turn of −14 to 14 degrees): the ballots of a poster."""
    rnd = random.Random(seed)
    return tuple((rnd.randrange(5), rnd.randrange(-14, 15)) for _ in range(count))


@lru_cache(maxsize=1024)
def grid(count: int, width: float, height: float, most: float, slope: float = 0.86) -> tuple[int, float]:
    """Return the columns and the cell's width of the tidiest grid of `count` cells in width × height.

    `most` is the widest cell, `slope` the height of a cell over its width. Among the grids whose cells are at
    least 80 % as wide as the widest possible, the one with the fullest last row wins.
    """
    fitting = []
    for columns in range(1, count + 1):
        cell = min(width / columns, most)
        if -(-count // columns) * cell * slope <= height:
            fitting.append((cell, columns))
    if not fitting:
        return count, width / count
    widest = max(cell for cell, _ in fitting)
    good = [(columns, cell) for cell, columns in fitting if cell >= 0.8 * widest]
    return min(good, key=lambda pair: (-count % pair[0] / pair[0], -pair[1]))
