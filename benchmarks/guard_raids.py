"""Raids and organic surges, seeded: python benchmarks/guard_raids.py [--scenes N]."""

import argparse
from collections import Counter, defaultdict
from statistics import median

from tractage.domain.guard.decisions import Action
from tractage.domain.guard.events import Join
from tractage.domain.guard.ladder import Level
from tractage.domain.guard.patrol import Patrol
from tractage.domain.guard.rules import default_rules
from tractage.domain.guard.simulator import Scene, quiet_day, raid, surge


def play(scene: Scene, rules) -> dict[str, object]:
    """Play one scene; returns when the alarm came, after how many hostile acts, and what was decided."""
    patrol = Patrol(rules)
    acts, alarm, after, top = 0, None, None, Level.CALM
    quarantined: set[str] = set()
    actions: Counter[str] = Counter()
    sleepers = scene.kind == "sleepers"
    for event in scene.events:
        who = event.member if isinstance(event, Join) else getattr(event, "author", "")
        if who in scene.raiders and event.t >= scene.started and isinstance(event, Join) != sleepers:
            acts += 1
        for decision in patrol.see(event):
            actions[decision.action] += 1
            if decision.action is Action.QUARANTINE:
                quarantined.update(decision.members)
            if decision.rule == "raid" and alarm is None and event.t >= scene.started:
                alarm, after = decision.t, acts
        top = max(top, patrol.level)
    joined = {event.member for event in scene.events if isinstance(event, Join)}
    people = joined - scene.raiders
    return {
        "alarm": None if alarm is None else alarm - scene.started,
        "after": after,
        "level": top,
        "raiders held": len(quarantined & scene.raiders) / max(1, len(scene.raiders)),
        "people held": len(quarantined & people) / max(1, len(people)),
        "bans": actions["ban"],
    }


def main() -> None:
    """Print the figures of raids, surges and quiet days."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--scenes", type=int, default=1000)
    parser.add_argument("--first-seed", type=int, default=100_000)
    options = parser.parse_args()
    rules = default_rules()._replace(terms=(), patterns=())
    seeds = range(options.first_seed, options.first_seed + options.scenes)
    found: dict[str, list[bool]] = defaultdict(list)
    delays, held = [], []
    for seed in seeds:
        scene = raid(seed)
        told = play(scene, rules)
        alarm = told["alarm"]
        found[scene.kind].append(alarm is not None and (told["after"] <= 5 or alarm <= 3.0))
        held.append(told["raiders held"])
        if alarm is not None:
            delays.append(alarm)
    for kind, good in sorted(found.items()):
        print(f"raid, {kind:18} {sum(good)}/{len(good)} in time")
    good = sum(map(sum, found.values()))
    print(f"raids in time: {good}/{len(seeds)} = {good / len(seeds):.2%}")
    print(f"alarm after {median(delays):.1f} s (median)")
    print(f"raiders held: {sum(held) / len(held):.2%}")
    told = [play(surge(seed), rules) for seed in seeds]
    levels = Counter(each["level"].name for each in told)
    print(f"surges: bans {sum(each['bans'] for each in told)}, highest level {dict(levels)}")
    print(f"surges: people held {sum(each['people held'] for each in told) / len(told):.3%}")
    told = [play(quiet_day(seed), rules) for seed in seeds[: max(1, len(seeds) // 10)]]
    print(f"quiet days: highest level {dict(Counter(each['level'].name for each in told))}")


if __name__ == "__main__":
    main()
