"""National totals of an election: by round, by nuance, runoffs, final seats."""

from collections import Counter
from dataclasses import dataclass
from datetime import date

from tractage.domain.elections.results import Results


@dataclass(frozen=True, slots=True)
class RoundTotals:
    """Totals of one round, in ballots; `votes` and `elected` by nuance, most first."""

    round: int
    date: date
    registered: int
    voters: int
    valid: int
    votes: dict[str, int]
    elected: dict[str, int]


@dataclass(frozen=True, slots=True)
class ElectionTotals:
    """Totals of an election: its rounds, its runoffs by number of finalists, its final seats by nuance."""

    rounds: tuple[RoundTotals, ...]
    runoffs: dict[int, int]
    seats: dict[str, int]


def totals(results: Results) -> ElectionTotals:
    """Add up an election's results over its seats."""
    runoffs = Counter(len(held.candidacies) for _, held in results.round(2))
    seats: Counter[str] = Counter()
    for result in results.seats():
        if result.elected is not None:
            seats[result.elected.nuance] += 1
    rounds = tuple(_round_totals(results, number.number, number.date) for number in results.election.rounds)
    return ElectionTotals(rounds, dict(sorted(runoffs.items())), _most_first(seats))


def _round_totals(results: Results, number: int, day: date) -> RoundTotals:
    held = [one for _, one in results.round(number)]
    votes: Counter[str] = Counter()
    elected: Counter[str] = Counter()
    for candidacy in (candidacy for one in held for candidacy in one.candidacies):
        votes[candidacy.nuance] += candidacy.votes
        elected[candidacy.nuance] += candidacy.elected
    return RoundTotals(
        round=number,
        date=day,
        registered=sum(one.registered for one in held),
        voters=sum(one.voters for one in held),
        valid=sum(one.valid for one in held),
        votes=_most_first(votes),
        elected=_most_first(elected),
    )


def _most_first(counts: Counter[str]) -> dict[str, int]:
    kept = {nuance: count for nuance, count in counts.items() if count}
    return dict(sorted(kept.items(), key=lambda item: (-item[1], item[0])))
