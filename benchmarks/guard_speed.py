"""Speed with 5,000 rules, in CPU time: python benchmarks/guard_speed.py [--fuzz N].

The peer is what many bots do: one regular expression of all terms (`re`, ignoring case), without any folding.
"""

import argparse
import gc
import re
import time
from random import Random
from statistics import median

from guard_benign import messages

from tractage.domain.guard.fold import fold
from tractage.domain.guard.lexicon import french
from tractage.domain.guard.rules import Pattern, Rules, Term, Verdict
from tractage.domain.guard.words import WordGuard

SEED = 20272
_ONSETS = ["b", "c", "d", "f", "g", "j", "l", "m", "n", "p", "r", "s", "t", "v", "ch", "tr", "gr", "pl", "br"]
_RIMES = ["a", "e", "i", "o", "u", "ou", "an", "on", "in", "eu"]
_POOLS = (
    "".join(map(chr, range(32, 127))),
    "".join(map(chr, range(0x20, 0x3000))),
    "".join(map(chr, range(0x20, 0xD800, 7))),
    "pute con 0134@$!|",
    "*#c0n.a-_",
    "<>()[]{}|\\/_-",
    "a ",
    "ab1 ",
    "éèà ç'’",
)
_WORST = (
    "a", "p u ", "a a ", "!", ".", "c*", "|_|", "<", "www.", "<a:", "\u0301", "1 ", "c0n", "@a", "(", "x!",
    "a-", "a.b", "co n na rd ", "c o n n a ", "l'", "*a*b", "\U0001d41a", "ａ", "p.u.", "aa bb ", "\n", "'a",
    "://", "a@",
)  # fmt: skip


def rules(count: int = 5000) -> Rules:
    """Return invented terms, one in seven a phrase, and 20 patterns."""
    chance = Random(SEED)
    texts: set[str] = set()
    while len(texts) < count - 20:
        text = "".join(
            chance.choice(_ONSETS) + chance.choice(_RIMES) for _ in range(chance.choice((2, 2, 3, 3, 4)))
        )
        if chance.random() < 0.15:
            text += " " + "".join(chance.choice(_ONSETS) + chance.choice(_RIMES) for _ in range(2))
        if fold(text) not in french().bare:
            texts.add(text)
    terms = tuple(Term(text, text, Verdict.FLAG, "word", frozenset()) for text in sorted(texts))
    patterns = tuple(
        Pattern(f"p{n}", rf"(?i)\b{text}[a-z]*\d+", Verdict.FLAG, frozenset())
        for n, text in enumerate(chance.sample(sorted(texts), 20))
    )
    return Rules("fr", terms, patterns, ())


def fuzz(count: int, terms: list[str], seed: int = SEED) -> list[str]:
    """Return messages made to be slow: noise, disguised terms end to end, one piece repeated."""
    chance = Random(seed)
    made = [(piece * 4000)[:4000] for piece in _WORST]
    while len(made) < count:
        size = chance.choice((10, 400, 2000, 4000))
        if chance.random() < 0.4:
            pool = chance.choice(_POOLS)
            made.append("".join(chance.choice(pool) for _ in range(size)))
            continue
        text = ""
        while len(text) < size:
            term = chance.choice(terms)
            change = chance.randrange(6)
            term = (
                term.replace("a", "4"), ".".join(term), term[0] + "*" + term[2:], term[:2] + " " + term[2:],
                term + term[-1], term[:-1] + chance.choice("aeiou"),
            )[change]  # fmt: skip
            text += term + chance.choice(" .,-_ ")
        made.append(text[:size])
    return made


def cpu_times(read, texts: list[str]) -> list[float]:
    """Return the CPU seconds that each text takes."""
    times = []
    for text in texts:
        start = time.thread_time()
        read(text)
        times.append(time.thread_time() - start)
    return times


def main() -> None:
    """Print messages per second, percentiles, the slowest fuzzed input, and the ratio to the peer."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--fuzz", type=int, default=2000)
    options = parser.parse_args()
    start = time.process_time()
    loaded = rules()
    guard = WordGuard(loaded)
    # As `tractage guard` does: rules and lexicon are left out of Python's search for garbage.
    gc.collect()
    gc.freeze()
    print(
        f"{len(loaded.terms) + len(loaded.patterns)} rules ready in {time.process_time() - start:.2f} CPU s"
    )
    texts = list(messages(20_000))
    for text in texts[:500]:
        guard.read(text)
    rounds = [cpu_times(guard.read, texts) for _ in range(3)]
    speed = median(len(texts) / sum(times) for times in rounds)
    p99 = median(sorted(times)[int(0.99 * len(times))] for times in rounds)
    size = sum(map(len, texts)) / len(texts)
    print(f"{speed:,.0f} messages/s on one core ({size:.0f} characters each), p99 {p99 * 1e3:.3f} ms")
    naive = re.compile(
        r"\b(?:" + "|".join(re.escape(term.text) for term in loaded.terms) + r")\b", re.IGNORECASE
    )
    peer = len(texts[:300]) / sum(cpu_times(naive.search, texts[:300]))
    print(f"peer, one `re` alternation of the same terms: {peer:,.0f} messages/s; ratio {speed / peer:.1f}")
    slow = sorted(
        zip(
            cpu_times(guard.read, made := fuzz(options.fuzz, [t.text for t in loaded.terms])),
            made,
            strict=True,
        )
    )
    print(f"slowest of {len(made)} fuzzed inputs: {slow[-1][0] * 1e3:.2f} ms {slow[-1][1][:24]!a}")


if __name__ == "__main__":
    main()
