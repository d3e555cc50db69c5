"""Recall on disguised terms, by family: python benchmarks/guard_words.py [--held-out]."""

import argparse
import random
import sys

from tractage.domain.guard.check import Checker, Message
from tractage.domain.guard.disguise import TUNED, Disguise
from tractage.domain.guard.disguise_held_out import HELD_OUT
from tractage.domain.guard.lexicon import french
from tractage.domain.guard.rules import Rules, Term, Verdict, default_rules

SEED = 20270
CARRIERS = (
    "{}",
    "franchement {} quoi",
    "Tu es vraiment {} toi",
    "Non mais {}, merci du retour",
    "et voilà encore {}",
    "ce candidat, {} !",
)


def terms(count: int = 500) -> list[Term]:
    """The default terms that are spelt in letters, completed by ordinary words drawn from the lexicon."""
    chosen = [term for term in default_rules().terms if not any(sign.isdigit() for sign in term.text)]
    words = sorted(word for word in french().written if word.isalpha() and 5 <= len(word) <= 12)
    texts = {term.text for term in chosen}
    for word in random.Random(SEED).sample(words, count):
        if len(chosen) < count and word not in texts:
            chosen.append(Term(word, word, Verdict.FLAG, "word", frozenset()))
    return chosen


def recall(checker: Checker, chosen: list[Term], family: str, disguise: Disguise) -> list[str]:
    """Return the disguised messages that were missed."""
    chance = random.Random(f"{SEED} {family}")
    missed = []
    for number, term in enumerate(chosen):
        pieces = disguise(term.text, chance)
        carrier = chance.choice(CARRIERS)
        if len(pieces) == 1:
            pieces = [carrier.format(pieces[0])]
        found: set[str] = set()
        for turn, piece in enumerate(pieces):
            message = Message(str(turn), f"{family} {number}", piece, 2.0 * turn)
            found |= {finding.rule for finding in checker.check(message).findings}
        if not found:
            missed.append(" / ".join(pieces))
    return missed


def main() -> None:
    """Print the recall of each family."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--held-out", action="store_true", help="the families that were not used for tuning")
    parser.add_argument("--misses", type=int, default=0, help="print that many misses of each family")
    options = parser.parse_args()
    families = HELD_OUT if options.held_out else TUNED
    chosen = terms()
    checker = Checker(Rules("fr", tuple(chosen), (), ()))
    total = 0
    for family, disguise in families.items():
        missed = recall(checker, chosen, family, disguise)
        total += len(missed)
        print(f"{family:32} {1 - len(missed) / len(chosen):7.2%}")
        for miss in missed[: options.misses]:
            print("      ", ascii(miss) if not sys.stdout.isatty() else miss)
    print(f"{'all':32} {1 - total / len(chosen) / len(families):7.2%}  ({len(families)} families)")


if __name__ == "__main__":
    main()
