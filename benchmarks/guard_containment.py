"""A wave of 1,000 raiders on the modelled server: python benchmarks/guard_containment.py."""

from statistics import median

from tractage.domain.guard.containment import plan_containment
from tractage.domain.guard.model_server import ModelServer, contain

RAIDERS = [f"r{number}" for number in range(1000)]


def main() -> None:
    """Print the modelled time, and how often a member was banned, with and without crashes."""
    calls = plan_containment("wave-1", RAIDERS)
    for crash in (0.0, 0.2):
        runs = [contain(calls, ModelServer(seed), crash=crash) for seed in range(1000)]
        once = sum(set(run.bans) == set(RAIDERS) and set(run.bans.values()) == {1} for run in runs)
        times = sorted(run.seconds for run in runs)
        restarts, refused = sum(run.restarts for run in runs), sum(run.refused for run in runs)
        print(f"crash at each call {crash:.0%}: each raider exactly once in {once}/{len(runs)} runs")
        print(f"  modelled seconds: median {median(times):.1f}, longest {times[-1]:.1f}")
        print(f"  restarts {restarts}, refused calls {refused}")


if __name__ == "__main__":
    main()
