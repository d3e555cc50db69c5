"""Measure the trend of polls on présidentielle 2022 against the result and against simple means.

python benchmarks/polls.py nsppolls_presidentielle_2022.csv
"""

import statistics
import sys
from datetime import date
from pathlib import Path

from tractage.adapters.polls.sources import read_polls
from tractage.domain.elections.polls import Poll, current_line_up, line_ups, missing_mentions
from tractage.domain.elections.polls_trend import Trend, trend

RESULT = {  # valid votes of 10 April 2022, round 1 (Ministère de l'Intérieur), in points
    "Emmanuel Macron": 27.85,
    "Marine Le Pen": 23.15,
    "Jean-Luc Mélenchon": 21.95,
    "Eric Zemmour": 7.07,
    "Valérie Pécresse": 4.78,
    "Yannick Jadot": 4.63,
    "Jean Lassalle": 3.13,
    "Fabien Roussel": 2.28,
    "Nicolas Dupont-Aignan": 2.06,
    "Anne Hidalgo": 1.75,
    "Philippe Poutou": 0.77,
    "Nathalie Arthaud": 0.56,
}
DAYS = [date(2022, 3, 20), date(2022, 3, 27), date(2022, 4, 3), date(2022, 4, 8)]


def mean_of(polls: list[Poll], until: date, days: int) -> float:
    """Return the mean error of the plain mean of the last `days`."""
    late = [poll for poll in polls if 0 <= (until - poll.end).days < days]
    return statistics.fmean(
        abs(statistics.fmean(s.percent for p in late for s in p.shares if s.candidate == name) - result)
        for name, result in RESULT.items()
    )


def describe(found: Trend) -> tuple[float, int, str]:
    """Return the mean error, how many results are inside the band, and who is outside."""
    errors = {c.candidate: c.level - RESULT[c.candidate] for c in found.candidates}
    outside = [c.candidate for c in found.candidates if not c.low <= RESULT[c.candidate] <= c.high]
    mean = statistics.fmean(abs(error) for error in errors.values())
    return mean, len(errors) - len(outside), ", ".join(outside)


def main() -> None:
    """Print the errors of the trend and of simple means on four days."""
    if len(sys.argv) != 2:
        raise SystemExit(__doc__)
    polls = list(read_polls(Path(sys.argv[1])).polls)
    for label, kept in (
        ("polls with every mention", [poll for poll in polls if not missing_mentions(poll)]),
        ("every poll", polls),
    ):
        line_up = current_line_up(kept)
        assert line_up is not None
        chosen = list(line_ups(kept)[line_up])
        for day in DAYS:
            mean, inside, outside = describe(trend(chosen, day))
            print(
                f"{label}, {day}: trend {mean:.3f}, mean of 10 days {mean_of(chosen, day, 10):.3f}, "
                f"of 3 days {mean_of(chosen, day, 3):.3f}; {inside} of {len(RESULT)} inside the band"
                + (f", not {outside}" if outside else "")
            )


if __name__ == "__main__":
    main()
