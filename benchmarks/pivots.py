"""How good the expected ranking is, what each of its parts brings, and what the command costs.

python benchmarks/pivots.py
"""

import os
import statistics
import subprocess
import sys
from dataclasses import replace

import numpy as np

from tractage.domain.elections.backtest import backtest, measures
from tractage.domain.elections.between import runoffs, scores_between
from tractage.domain.elections.closeness import chance_within, normal_rate
from tractage.domain.elections.duels import duels, fit_margin
from tractage.domain.elections.expected import scores
from tractage.domain.elections.known import Known, held, known
from tractage.domain.elections.pivots import observed
from tractage.domain.elections.shares import Floats, shares
from tractage.domain.elections.strength import WEIGHTS, Strength, Weights, strength

BLOCS = ("gauche", "extreme-droite", "centre", "droite")
YEARS = ("legislatives-2022", "legislatives-2024")
RUNS = 7


def blind(before: Known) -> Known:
    """The same day with the list of candidates unknown."""
    return replace(before, coming=None)


def print_parts() -> None:
    """AUC by bloc: last margins alone, then each part of the model added."""
    print("AUC within 2,000 votes (Brier)", *BLOCS, sep="\t")
    parts: dict[str, tuple[bool, Weights]] = {
        "shares and transfers": (False, replace(WEIGHTS, incumbent=0.0)),
        "+ who stands": (True, replace(WEIGHTS, incumbent=0.0)),
        "+ sitting deputies (shipped)": (True, WEIGHTS),
        "shipped, candidates unknown": (False, WEIGHTS),
    }
    for year in YEARS:
        before, vote = known(year), held(year)
        last = [backtest(before, vote, bloc).baseline for bloc in BLOCS]
        print(f"{year}: last margin alone", *(f"{one.auc:.3f} ({one.brier:.3f})" for one in last), sep="\t")
        for name, (candidates, weights) in parts.items():
            day = before if candidates else blind(before)
            judged = [backtest(day, vote, bloc, weights=weights).model for bloc in BLOCS]
            print(f"{year}: {name}", *(f"{one.auc:.3f} ({one.brier:.3f})" for one in judged), sep="\t")


def print_choice() -> None:
    """The choices made on 2022, with 2024 beside them: mean AUC of the four blocs, then AUC of the first."""
    tried = {
        **{f"incumbent {value:g}": replace(WEIGHTS, incumbent=value) for value in (0.0, 2.0, 4.0, 6.0, 8.0)},
        "weights .4 .3 .4": replace(WEIGHTS, legislatives=0.4, presidentielle=0.4),
        "ridge 5000": replace(WEIGHTS, ridge=5000.0),
        "regress from 5 duels": replace(WEIGHTS, few=5),
        "sigma 9": replace(WEIGHTS, sigma=9.0),
        "sigma 13": replace(WEIGHTS, sigma=13.0),
        "six contenders": replace(WEIGHTS, contender=0.0),
    }
    print("\nchoice", *(f"{year}: mean\t{BLOCS[0]}" for year in YEARS), sep="\t")
    for name, weights in tried.items():
        line = [name]
        for year in YEARS:
            before, vote = known(year), held(year)
            aucs = [backtest(before, vote, bloc, weights=weights).model.auc or 0.0 for bloc in BLOCS]
            line += [f"{statistics.mean(aucs):.3f}", f"{aucs[0]:.3f}"]
        print(*line, sep="\t")


def print_discarded() -> None:
    """The first model chosen on 2022, and not kept: margins shrunk to the plain difference of the shares."""
    weights = replace(WEIGHTS, legislatives=0.4, presidentielle=0.4, contender=0.0)
    print("\nmargins shrunk to the difference, weights .4 .3 .4, six contenders", *BLOCS, sep="\t")
    for year in YEARS:
        before, vote = known(year), held(year)
        base = strength(before, weights)
        line = []
        for bloc in BLOCS:
            close = {pivot.seat for pivot in observed(vote.results, vote.pack, bloc, 2000)}
            targets = np.array([code in close for code in base.last.seats])
            line.append(measures(shrunk_index(base, before.blocs.index(bloc), weights), targets).auc or 0.0)
        print(year, *(f"{auc:.3f}" for auc in line), f"mean {statistics.mean(line):.3f}", sep="\t")


def print_cap() -> None:
    """The closeness t kept at most five points, another part of the starting formula that was not kept."""
    print("\nt at most 5 points", *BLOCS, sep="\t")
    for year in YEARS:
        before, vote = known(year), held(year)
        base = strength(before)
        capped = replace(base, votes=np.maximum(base.votes, 200_000 / 5))
        line = []
        for bloc in BLOCS:
            close = {pivot.seat for pivot in observed(vote.results, vote.pack, bloc, 2000)}
            targets = np.array([code in close for code in base.last.seats])
            line.append(measures(scores(before, capped, bloc).index, targets).auc or 0.0)
        print(year, *(f"{auc:.3f}" for auc in line), f"mean {statistics.mean(line):.3f}", sep="\t")


def shrunk_index(base: Strength, own: int, weights: Weights, ridge: float = 5000.0) -> Floats:
    """Index of a bloc with margins regressed, under a heavy penalty, on what duels add to the difference."""
    others = [bloc for bloc in base.contenders if bloc != own]
    rivals = base.points[:, others]
    opponent = np.array(others)[rivals.argmax(axis=1)]
    margin = np.zeros(len(opponent))
    for other in set(opponent.tolist()):
        straight = (base.fought.first == own) & (base.fought.second == other)
        taken = straight | ((base.fought.first == other) & (base.fought.second == own))
        share = base.last.share[base.fought.rows[taken].astype(np.intp)]
        seen = np.where(straight, base.fought.margin, -base.fought.margin)[taken]
        slopes, mean = np.zeros(share.shape[1]), 0.0
        if seen.size:
            added = seen - (share[:, own] - share[:, other])
            centred = share - share.mean(axis=0)
            slopes = np.linalg.solve(
                centred.T @ centred + ridge * np.eye(share.shape[1]), centred.T @ (added - added.mean())
            )
            mean = float(added.mean() - share.mean(axis=0) @ slopes)
        facing = opponent == other
        points = base.points[facing]
        margin[facing] = points[:, own] - points[:, other] + points @ slopes + mean
    final = normal_rate((base.points[:, own] - np.sort(rivals, axis=1)[:, -2]) / weights.final)
    return final * chance_within(200_000 / base.votes, margin, weights.sigma)


def print_measures() -> None:
    """Everything that the command `backtest` gives, for the first bloc."""
    print()
    for year in YEARS:
        found = backtest(known(year), held(year), BLOCS[0])
        print(year, BLOCS[0], found.model, f"targets {found.targets}, announced {found.expected:.1f}")


def print_between() -> None:
    """AUC between the rounds, as it is and with a front of nine points."""
    print("\nbetween the rounds of 2024", *BLOCS, sep="\t")
    vote = held("legislatives-2024")
    coming = runoffs(held("legislatives-2022"), vote)
    for scenario in (0.0, 9.0):
        line = []
        for bloc in BLOCS:
            close = {pivot.seat for pivot in observed(vote.results, vote.pack, bloc, 2000)}
            targets = np.array([code in close for code in coming.first.seats])
            line.append(f"{measures(scores_between(coming, bloc, scenario).index, targets).auc:.3f}")
        print(f"scenario {scenario:+g}", *line, sep="\t")


def print_transfers() -> None:
    """By how many points the transfers of 2022 missed the duels of 2024, given their real first round."""
    last, vote = held("legislatives-2022"), held("legislatives-2024")
    blocs = last.pack.ids
    before, fought = shares(last.results, last.pack, blocs), duels(last.results, last.pack, blocs)
    now, real = shares(vote.results, vote.pack, blocs), duels(vote.results, vote.pack, blocs)
    main = strength(known("legislatives-2024")).contenders
    print("\nduels of 2024, points by which the first bloc did better than the transfers of 2022 say")
    for own, other in ((0, 1), (2, 1), (3, 1), (0, 2)):
        fitted = fit_margin(fought, before, own, other, main, ridge=WEIGHTS.ridge, few=WEIGHTS.few)
        straight = (real.first == own) & (real.second == other)
        taken = straight | ((real.first == other) & (real.second == own))
        margin = np.where(straight, real.margin, -real.margin)[taken]
        rows = real.rows[taken].astype(np.intp)
        missed = margin - (now.share[rows] @ fitted.weights + fitted.constant)
        print(f"{blocs[own]} against {blocs[other]}: {missed.mean():+.1f} over {missed.size} duels")


def cpu(*command: str) -> float:
    """Median CPU seconds of a command."""
    spent = []
    for _ in range(RUNS):
        before = os.times()
        subprocess.run(command, check=True, capture_output=True)
        after = os.times()
        spent.append(
            after.children_user + after.children_system - before.children_user - before.children_system
        )
    return statistics.median(spent)


def print_cost() -> None:
    """CPU seconds of the command, beside a bare start of Python and the import of polars."""
    tractage = (sys.executable, "-m", "tractage.cli.main", "pivots")
    bare = cpu(sys.executable, "-c", "import polars")
    print("\nCPU seconds (median of 7), and ratio to a Python that imports polars")
    print(f"python -c 'import polars'\t{bare:.2f}\t1.0")
    for words in (
        ("observed", "legislatives-2024", "--bloc", "gauche", "--within", "2000", "--format", "csv"),
        ("expected", "legislatives-2024", "--bloc", "gauche", "--format", "csv"),
        ("backtest", "legislatives-2024", "--bloc", "gauche", "--format", "json"),
    ):
        spent = cpu(*tractage, *words)
        print(f"pivots {words[0]}\t{spent:.2f}\t{spent / bare:.1f}")


if __name__ == "__main__":
    print_parts()
    print_choice()
    print_discarded()
    print_cap()
    print_measures()
    print_between()
    print_transfers()
    print_cost()
