"""False positives of the default rules: python benchmarks/guard_benign.py [--messages N] [--seed S].

The larger corpus is seeded: sentences of the written corpus cut and joined, words drawn from the lexicon,
both written as people write on their phones (no accents, no capitals, typing errors, drawn-out letters,
emoji).
"""

import argparse
import re
from collections.abc import Iterator
from pathlib import Path
from random import Random

from tractage.domain.guard.fold import fold
from tractage.domain.guard.french import plurals
from tractage.domain.guard.lexicon import french
from tractage.domain.guard.rules import default_rules
from tractage.domain.guard.shadow import wilson
from tractage.domain.guard.words import WordGuard

SEED = 20271
CORPUS = Path(__file__).parent.parent / "tests/domain/guard/data/benign_fr.txt"
_SMALL_WORDS = "le la les un une des de du à au en et ou mais pas plus que qui je tu il on nous vous ce"
_SMALL = _SMALL_WORDS.split()
_EMOJI = "😀😂🔥🎉🙏❤️👍✨😍🤔"


def written_corpus() -> list[str]:
    """Return the sentences written for this project."""
    lines = CORPUS.read_text("utf-8").splitlines()
    return [line for line in lines if line and not line.startswith("# ")]


def messages(count: int, seed: int = SEED) -> Iterator[str]:
    """Yield seeded messages made of the corpus and the lexicon."""
    chance = Random(seed)
    strict = WordGuard(default_rules()._replace(allowed=()))
    # A sentence that names a term in an allowed phrase is not cut: its half could be the term.
    corpus = [text for text in written_corpus() if not strict.read(text)]
    words = sorted(french().written - _offending())
    for _ in range(count):
        if chance.random() < 0.6:
            one, other = chance.choice(corpus).split(" "), chance.choice(corpus).split(" ")
            text = " ".join(one[: chance.randrange(1, len(one) + 1)] + other[chance.randrange(len(other)) :])
        else:
            text = " ".join(
                chance.choice(_SMALL) if chance.random() < 0.4 else chance.choice(words)
                for _ in range(chance.randrange(2, 18))
            )
        yield _typed(text, chance)


def lookalikes() -> list[str]:
    """Return the ordinary words that hold a term, begin or end like one, or are one or two letters away from
    one."""
    terms = {fold(term.text) for term in default_rules().terms if " " not in term.text}
    terms = {term for term in terms if term.isalpha()}
    pieces = (
        {term[:4] for term in terms} | {term[-4:] for term in terms} | {"con", "cul", "pute", "bite", "sale"}
    )
    held = re.compile("|".join(sorted(map(re.escape, pieces), key=len, reverse=True)))
    return sorted(word for word in french().written - _offending() if held.search(fold(word)))


def _offending() -> set[str]:
    """Return the words of the lexicon that are terms themselves."""
    terms = {fold(term.text) for term in default_rules().terms}
    own = terms | {plural for term in terms for plural in plurals(term)}
    return {word for word in french().written if fold(word) in own}


def _typed(text: str, chance: Random) -> str:
    """Write a text as on a phone, sometimes."""
    if chance.random() < 0.3:
        text = text.lower()
    if chance.random() < 0.15:
        text = "".join(fold(sign) if sign.isalpha() else sign for sign in text)
    if chance.random() < 0.05:
        text = text.upper()
    if chance.random() < 0.1:
        text = text.replace("'", "").replace("’", "")
    if chance.random() < 0.08:
        text = text.replace(". ", ".").replace(", ", ",")
    if chance.random() < 0.15 and len(text) > 4:
        place = chance.randrange(1, len(text) - 1)
        swapped = text[:place] + text[place + 1] + text[place] + text[place + 2 :]
        text = chance.choice(
            (swapped, text[:place] + text[place + 1 :], text[:place] + text[place] + text[place:])
        )
    if chance.random() < 0.08:
        text += text[-1] * chance.randrange(2, 6)
    if chance.random() < 0.15:
        text += f" {chance.choice(_EMOJI)}"
    return text


def main() -> None:
    """Print the false positives of each corpus, with their rate and interval."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--messages", type=int, default=200_000)
    parser.add_argument("--seed", type=int, default=SEED)
    options = parser.parse_args()
    guard = WordGuard(default_rules())
    for name, corpus in (
        ("written corpus", written_corpus()),
        ("look-alikes", lookalikes()),
        ("seeded corpus", messages(options.messages, options.seed)),
    ):
        seen, hits = 0, []
        for text in corpus:
            seen += 1
            found = guard.read(text)
            if found:
                hits.append((text, found[0].rule, found[0].found))
        rate = wilson(len(hits), seen)
        print(f"{name}: {len(hits)} hits in {seen} messages, at most {rate.high * 1e5:.2f} in 100,000 (95 %)")
        for text, rule, found in hits[:20]:
            print(f"    {rule!r} in {found!r}: {text}")


if __name__ == "__main__":
    main()
