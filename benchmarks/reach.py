"""Measure the estimators of reach: coverage in the five simulated worlds, and the bootstrap's time.

python benchmarks/reach.py                      # 1,000 draws of each world, 400 bootstraps each
python benchmarks/reach.py --draws 200          # quicker
python benchmarks/reach.py --time               # only the time of 2,000 bootstraps over 10,000 posts
"""

import argparse
import resource
import statistics
import time
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from typing import NamedTuple

import numpy as np

from tractage.domain.reach.bootstrap import bootstrap
from tractage.domain.reach.capture import fit
from tractage.domain.reach.estimate import estimate_reach
from tractage.domain.reach.quantities import Quantity
from tractage.domain.reach.worlds import WORLDS, simulate

FIRST_SEED = 100_000  # nothing was tuned on these draws


class Draw(NamedTuple):
    """One draw of a world: per total, whether it was told, covered, covered with the band, and its ratio."""

    told: tuple[bool, bool]
    covered: tuple[bool, bool]
    with_band: tuple[bool, bool]
    bounded: tuple[bool, bool]
    ratio: tuple[float, float]
    reasons: tuple[str, ...]
    naive: float


def look(quantity: Quantity, truth: float) -> tuple[bool, bool, bool, bool, float]:
    """Tell how one total stands to the truth."""
    band = quantity.band
    if quantity.estimate is None or quantity.high is None or band is None:
        return False, False, False, quantity.low <= truth, float("nan")
    covered = quantity.low <= truth <= quantity.high
    wide = min(quantity.low, band.low) <= truth <= max(quantity.high, band.high)
    return True, covered, wide, quantity.low <= truth, quantity.estimate / truth


def draw(name: str, bootstraps: int, seed: int) -> Draw:
    """Simulate one world and estimate it."""
    world = simulate(name, seed)
    answer = estimate_reach(world.found, bootstraps, seed)[0]
    sides = zip(look(answer.posts, world.posts), look(answer.views, world.views), strict=True)
    naive = world.posts * float(world.found.views.mean()) / world.views
    told, covered, wide, bounded, ratio = sides
    codes = tuple(reason.code for reason in answer.reasons)
    return Draw(told, covered, wide, bounded, ratio, codes, naive)  # type: ignore[arg-type]


def worlds(draws: int, bootstraps: int, processes: int) -> None:
    """Print, per world, how often it is flagged, and how often what is told holds."""
    with ProcessPoolExecutor(processes) as pool:
        for name in WORLDS:
            seeds = range(FIRST_SEED, FIRST_SEED + draws)
            found = list(pool.map(partial(draw, name, bootstraps), seeds, chunksize=10))
            flags = sum("hidden-factor" in each.reasons for each in found) / draws
            others = sum(bool(set(each.reasons) - {"hidden-factor"}) for each in found) / draws
            naive = statistics.fmean(each.naive for each in found)
            print(
                f"{name}: hidden factor flagged {flags:.1%}, other flags {others:.1%}, "
                f"naive estimate/truth of views {naive:.2f}"
            )
            for number, what in enumerate(("posts", "views")):
                told = [each for each in found if each.told[number]]
                bounded = statistics.fmean(each.bounded[number] for each in found)
                print(f"  {what}: told {len(told) / draws:.1%}; low ≤ truth {bounded:.1%}", end="")
                if told:
                    covered = statistics.fmean(each.covered[number] for each in told)
                    wide = statistics.fmean(each.with_band[number] for each in told)
                    ratio = statistics.fmean(each.ratio[number] for each in told)
                    print(
                        f"; interval covers {covered:.1%}, interval or band {wide:.1%}; "
                        f"estimate/truth {ratio:.3f}",
                        end="",
                    )
                print(flush=True)


def timing(posts: int = 10_000, bootstraps: int = 2_000, rounds: int = 3) -> None:
    """Print the time of `bootstraps` over `posts` found posts, against one fit of the same model."""
    whole = simulate("all lists by size", 1, posts * 4).found
    found = whole.keep(np.arange(len(whole.views)) < posts)
    model = fit(found)
    below = np.ones(len(found.views))
    bootstrap(model, below, 20, 1)
    spent = []
    for _ in range(rounds):
        before, wall = resource.getrusage(resource.RUSAGE_SELF).ru_utime, time.perf_counter()
        bootstrap(model, below, bootstraps, 1)
        cpu = resource.getrusage(resource.RUSAGE_SELF).ru_utime - before
        spent.append((time.perf_counter() - wall, cpu))
    before = time.process_time()
    for _ in range(20):
        fit(found)
    once = (time.process_time() - before) / 20
    wall_clock = statistics.median(each[0] for each in spent)
    cpu = statistics.median(each[1] for each in spent)
    print(
        f"{bootstraps} bootstraps over {len(found.views)} posts: {wall_clock:.1f} s, {cpu:.1f} CPU s; "
        f"one bootstrap takes {cpu / bootstraps / once:.2f} of a fit from zero ({once * 1e3:.1f} ms)"
    )


def main() -> None:
    """Read the options and measure."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--draws", type=int, default=1000)
    parser.add_argument("--bootstraps", type=int, default=400)
    parser.add_argument("--processes", type=int, default=1)
    parser.add_argument("--time", action="store_true")
    options = parser.parse_args()
    timing()
    if not options.time:
        worlds(options.draws, options.bootstraps, options.processes)


if __name__ == "__main__":
    main()
