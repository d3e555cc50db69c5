"""Prints: recall of each edit, false positives, variants of a template, cost, the fast path.

    python benchmarks/prints.py recall [--edits 60]         600 works; seeds, fonts, kinds of edits held out
    python benchmarks/prints.py strangers [--count 10000]   pictures that are no work of ours
    python benchmarks/prints.py variants                    577 cards of one template
    python benchmarks/prints.py build --index FILE          add works to an index, up to 10,000
    python benchmarks/prints.py speed --index FILE          load it, cost of a query (`--times 10`: ten-fold)
    python benchmarks/prints.py hashes [--count 1000000]    the fast path

`--look dev` runs on what the method was tuned on. `strangers` and `recall` ask the works of `--index FILE`,
when it is given; `recall --only new` tries the kinds of edits that nothing was tuned on.
Figures are processor time of one core.
"""

import argparse
import os
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import fields, replace
from pathlib import Path

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
sys.path.insert(0, str(Path(__file__).parents[1]))

import cv2
import numpy as np
from benchmarks.prints_edits import HELD_OUT, MOVING_ONLY, TUNED
from benchmarks.prints_works import Frames, Look, Picture, Work, collection, looks, make_work, stranger

from tractage.domain.prints import HashIndex
from tractage.domain.prints.evidence import THRESHOLD, gather
from tractage.domain.prints.index import Indexed, PrintIndex
from tractage.domain.prints.match import Kind, Match, find_works
from tractage.domain.prints.prints import QUERY_POINTS, Print, take_print

SEEDS = {"dev": 1, "held-out": 40}
WORK_FRAMES, QUERY_FRAMES = 8, 4


def spread(frames: Frames, count: int) -> Frames:
    """Return at most `count` frames, spread over a film."""
    wanted = (np.arange(min(count, len(frames))) + 0.5) * len(frames) / min(count, len(frames))
    return [frames[int(number)] for number in wanted]


def prints_of(work: Work) -> list[Print]:
    """Return the prints of a work as `tractage prints add` takes them."""
    return [take_print(frame, 0.2 * number) for number, frame in enumerate(spread(work.frames, WORK_FRAMES))]


def ask(index: PrintIndex, frames: Frames) -> tuple[Match, ...]:
    """Look for frames as `tractage prints match` does."""
    return find_works(index, [take_print(frame, points=QUERY_POINTS) for frame in frames])


def build(works: Iterable[Work], size: int) -> PrintIndex:
    """Return the index of works, added `size` at a time."""
    index, batch = PrintIndex(), list[tuple[str, list[Print]]]()
    for work in works:
        batch.append((work.name, prints_of(work)))
        if len(batch) == size:
            index, batch = index.append(batch), []
    return index.append(batch)


def outcome(work: Work, matches: tuple[Match, ...]) -> str:
    """Return what an answer is worth: named, template (right, variant not claimed), wrong or missed."""
    if any(match.work == work.name for match in matches):
        return "named"
    if any(match.kind is Kind.WORK for match in matches):
        return "wrong"
    if not matches:
        return "missed"
    right = any(name.split("/")[0] == work.name.split("/")[0] for name in matches[0].candidates)
    return "template" if right and work.template is not None else "wrong"


def works_of(index: PrintIndex, fonts: Look, count: int) -> list[Work]:
    """Draw `count` works of an index again, from their names."""
    chosen = np.random.default_rng(len(index)).choice(len(index), count, replace=False)
    parts = [index.works[number].rpartition("/") for number in chosen]
    return [make_work(kind, int(number), fonts) for kind, _, number in parts]


def recall(look: str, edits: int, size: int, path: Path | None, only: str) -> None:
    """Print, for each edit, the share of works found and named, with every wrong answer."""
    seed, fonts = SEEDS[look], looks()[look]
    if path:
        index = PrintIndex.load(path)
        works = works_of(index, fonts, 3 * edits)
    else:
        works = collection(size, seed, fonts)
        index = build(works, size)
    rng, total = np.random.default_rng(seed), Counter[str]()
    print(f"{len(index)} works, {len(index.data.shapes)} views, {len(index.data.codes)} points")
    edits_known = TUNED if look == "dev" else HELD_OUT if only == "new" else TUNED | HELD_OUT
    for name, edit in edits_known.items():
        pool = [work for work in works if name not in MOVING_ONLY or len(work.frames) > 1]
        if not pool:
            continue
        count, missed = Counter[str](), Counter[str]()
        for number in rng.choice(len(pool), min(edits, len(pool)), replace=False):
            work = pool[number]
            frames = work.frames if name in MOVING_ONLY else spread(work.frames, QUERY_FRAMES)
            edited = spread(edit(frames, np.random.default_rng([seed, number, 3]), fonts), QUERY_FRAMES)
            matches = ask(index, edited)
            result = outcome(work, matches)
            count[result] += 1
            if result in ("missed", "wrong"):
                missed[work.kind] += 1
            if result == "wrong":
                told = [(match.work, match.score, match.candidates[:2]) for match in matches]
                print(f"    wrong: {work.name} under {name}: {told}")
        total += count
        print(row(name, count), dict(missed) or "", flush=True)
    print(row("all", total))


def row(name: str, count: Counter[str]) -> str:
    """Return one line of the table of recall."""
    n = count.total()
    found = 100 * (count["named"] + count["template"]) / n
    named = 100 * count["named"] / n
    return f"{name:34s} n {n:5d}  found {found:5.1f} %  named {named:5.1f} %  wrong {count['wrong']}"


def edited_stranger(seed: int, fonts: Look, edits: list[Callable[..., Frames]]) -> Picture:
    """Return a stranger; one in three has been edited."""
    picture = stranger(seed, fonts)
    if seed % 3:
        return picture
    return edits[seed // 3 % len(edits)]([picture], np.random.default_rng([seed, 7]), fonts)[0]


def strangers(look: str, first: int, count: int, index: PrintIndex) -> None:
    """Print how many strangers are taken for works, and the best of their scores."""
    fonts = looks()[look]
    known = TUNED if look == "dev" else TUNED | HELD_OUT
    edits = [edit for name, edit in known.items() if name not in MOVING_ONLY]
    scores: list[float] = []
    start = 10_000_000 * (1 + SEEDS[look]) + first
    for number, seed in enumerate(range(start, start + count), 1):
        shown = take_print(edited_stranger(seed, fonts, edits), points=QUERY_POINTS)
        evidence = gather(index, shown, threshold=0.0)  # what `find_works` starts from, however weak
        scores.append(evidence[0].score if evidence else 0.0)
        if scores[-1] >= THRESHOLD:
            view = index.members[evidence[0].family][0]
            work = index.works[index.data.view_work[view]]
            print(f"    stranger {seed}: taken for {work}, score {scores[-1]:.3f}", flush=True)
        if number % 1000 == 0 or number == count:
            false, top = sum(score >= THRESHOLD for score in scores), sorted(scores)[-3:]
            told = ", ".join(f"{score:.3f}" for score in top)
            print(
                f"{look} strangers {first} to {first + number}: {false} false positives over {len(index)} "
                f"works; best scores {told}; {time.process_time():.0f} CPU s",
                flush=True,
            )


def variants(look: str, count: int) -> None:
    """Print how many of 577 cards are named under each edit, and what cards not registered become."""
    seed, fonts = SEEDS[look], looks()[look]
    for family in ("card", "twin", "words"):
        kind = f"{family}-{seed + 5}"
        works = [make_work(kind, number, fonts) for number in range(577)]
        index = build(works, 577)
        rng, total, unknown = np.random.default_rng(seed), Counter[str](), Counter[str]()
        for name, edit in (TUNED | HELD_OUT).items():
            if name in MOVING_ONLY:
                continue
            for number in rng.choice(577, count, replace=False):
                work = works[number]
                frames = edit(work.frames, np.random.default_rng([seed, number, 9]), fonts)
                result = outcome(work, ask(index, frames))
                total[result] += 1
                other = make_work(kind, 10_000 + number, fonts)
                frames = edit(other.frames, np.random.default_rng([seed, number, 9]), fonts)
                kinds = {match.kind for match in ask(index, frames)}
                said = "named" if Kind.WORK in kinds else "template" if kinds else "missed"
                unknown[said] += 1
        print(row(f"{family}: 577 of one template", total), f"template only {total['template']}")
        print(f"{'':34s} not registered: {dict(unknown)}", flush=True)


def grow(look: str, size: int, path: Path) -> None:
    """Add a thousand still works to the index at `path`, until it has `size`; print what it costs."""
    seed, fonts = SEEDS[look], looks()[look]
    index = PrintIndex.load(path) if path.exists() else PrintIndex()
    if len(index) >= size:
        return
    part = len(index) // 1000
    kinds = [
        f"card-{seed + part}",
        f"twin-{seed + part}",
        f"words-{seed + part}",
        "typographic",
        *["poster"] * 6,
    ]
    works = [make_work(kinds[number % 10], 1000 * (seed + part) + number, fonts) for number in range(1000)]
    before = time.process_time()
    prints = [(work.name, prints_of(work)) for work in works]
    points = sum(len(view.features) for _, views in prints for view in views)
    middle = time.process_time()
    index = index.append(prints)
    joined = time.process_time()
    index.save(path)
    took = f"prints {middle - before:.1f} s, joining {joined - middle:.1f} s"
    print(f"{len(index)} works, {points} new points, {len(index.data.codes)} kept in all: {took}", flush=True)


def speed(look: str, path: Path, queries: int, times: int) -> None:
    """Print the cost of loading an index and of a query over it, or over `times` as many works."""
    before = time.monotonic()
    index = PrintIndex.load(path)
    took = time.monotonic() - before
    print(f"file {path.stat().st_size / 1e6:.0f} MB, loaded in {took:.3f} s", flush=True)
    index = larger(index, times)
    print(f"{len(index)} works, {len(index.data.codes)} points", flush=True)
    cost(index, looks()[look], queries)


def larger(index: PrintIndex, times: int) -> PrintIndex:
    """Return an index `times` as large, for costs alone: the works again, 24 bits of each point changed."""
    data, rng = index.data, np.random.default_rng(9)
    parts = [data]
    for turn in range(1, times):
        a, b, c, d = (rng.integers(0, 1 << 64, data.codes.shape, np.uint64) for _ in range(4))
        views = np.int32(turn * len(data.view_work))
        parts.append(
            replace(
                data,
                view_work=data.view_work + np.int32(turn * len(index)),
                families=data.families + views,
                hashes=rng.integers(0, 256, data.hashes.shape, np.uint8),
                codes=data.codes ^ (a & b & (c | d)),
                point_view=data.point_view + views,
            )
        )
    joined = {f.name: np.concatenate([getattr(part, f.name) for part in parts]) for f in fields(Indexed)}
    order = np.argsort(joined["codes"][:, 0], kind="stable")
    for name in ("codes", "places", "point_view"):
        joined[name] = joined[name][order]
    names = tuple(f"{turn}:{name}" if turn else name for turn in range(times) for name in index.works)
    return PrintIndex(names, Indexed(**joined))


def cost(index: PrintIndex, fonts: Look, queries: int) -> None:
    """Print the processor time of a query, for strangers and for edited works."""
    edits = [edit for name, edit in TUNED.items() if name not in MOVING_ONLY]
    shown = [edited_stranger(number, fonts, edits) for number in range(queries)]
    names = [name for name in index.works if name.startswith("poster")]
    names = names[:: max(1, len(names) // queries)]
    for number, name in enumerate(names[:queries]):
        kind, _, seed = name.partition("/")
        frames = make_work(kind, int(seed), fonts).frames
        shown.append(edits[number % len(edits)](frames, np.random.default_rng(number), fonts)[0])
    ask(index, shown[:1])
    times = []
    for picture in shown:
        before = time.process_time()
        ask(index, [picture])
        times.append(1000 * (time.process_time() - before))
    quick = np.percentile(times, [50, 95]).round(1)
    print(
        f"{len(shown)} queries: mean {np.mean(times):.1f} ms, median {quick[0]} ms, 95 % under {quick[1]} ms"
    )


def hashes(count: int) -> None:
    """Print the queries a second of the fast path, and that nothing within 31 bits is missed."""
    rng = np.random.default_rng(5)
    known = rng.integers(0, 256, (count, 32), dtype=np.uint8)
    before = time.process_time()
    index = HashIndex(known, tuple(map(str, range(count))))
    assert index.tables
    built = time.process_time() - before
    wanted = []
    for number in rng.integers(0, count, 2_000):
        bits = np.unpackbits(known[number])
        flipped = int(rng.integers(0, 32))
        bits[rng.choice(256, flipped, replace=False)] ^= 1
        wanted.append((str(number), flipped, np.packbits(bits).tobytes()))
    with tempfile.TemporaryDirectory() as folder:
        index.save(Path(folder) / "known.hashes")
        index = HashIndex.load(Path(folder) / "known.hashes")
        before = time.process_time()
        hits = [index.near(one) for _, _, one in wanted]
        rate = len(wanted) / (time.process_time() - before)
    found = sum(
        any((hit.label, hit.distance) == (label, flipped) for hit in near)
        for (label, flipped, _), near in zip(wanted, hits, strict=True)
    )
    print(f"{count} hashes, tables in {built:.1f} s: {rate:.0f} queries/s, {found} of {len(wanted)} found")


def main() -> None:
    """Read the command line and run."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("what", choices=("recall", "strangers", "variants", "build", "speed", "hashes"))
    parser.add_argument("--look", choices=tuple(SEEDS), default="held-out")
    parser.add_argument("--works", type=int)
    parser.add_argument("--edits", type=int, default=60)
    parser.add_argument("--first", type=int, default=0)
    parser.add_argument("--count", type=int)
    parser.add_argument("--index", type=Path)
    parser.add_argument("--only", choices=("all", "new"), default="all")
    parser.add_argument("--times", type=int, default=1)
    options = parser.parse_args()
    cv2.setNumThreads(1)
    if options.what == "recall":
        recall(options.look, options.edits, options.works or 600, options.index, options.only)
    elif options.what == "strangers":
        if options.index:
            index = PrintIndex.load(options.index)
        else:
            size = options.works or 600
            index = build(collection(size, SEEDS[options.look], looks()[options.look]), size)
        strangers(options.look, options.first, options.count or 10_000, index)
    elif options.what == "variants":
        variants(options.look, options.count or 8)
    elif options.what == "build":
        grow(options.look, options.works or 10_000, options.index)
    elif options.what == "speed":
        speed(options.look, options.index, options.count or 150, options.times)
    else:
        hashes(options.count or 1_000_000)


if __name__ == "__main__":
    main()
