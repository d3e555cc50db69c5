"""The ordinary words of a language: what a disguised term must not be.

Source: the lists of `pyspellchecker` (140,000 forms in French, MIT), and our own list of places, names and
colloquial words that resemble insults.
"""

import re
from collections.abc import Set
from functools import cache
from importlib.resources import files
from typing import NamedTuple

from spellchecker import SpellChecker

from tractage.domain.guard.fold import fold

_DRAWN_OUT = re.compile(r"([a-z])\1{2,}")
_REPEATED = re.compile(r"([a-z])\1+")


class Lexicon(NamedTuple):
    """Words as they are written (lower case, with accents), the same without accents, and without doubles."""

    written: frozenset[str]
    bare: frozenset[str]
    single: frozenset[str]

    def knows(self, word: str) -> bool:
        """Tell whether the word, as written but in any case, is an ordinary word."""
        return word.lower() in self.written

    def resembles(self, word: str) -> bool:
        """Tell whether the word is an ordinary word but for its accents."""
        return fold(word) in self.bare

    def resembles_drawn_out(self, word: str) -> bool:
        """Tell whether the word is an ordinary one but for accents and letters written three times."""
        bare = fold(word)
        return bare in self.bare or _DRAWN_OUT.sub(r"\1", bare) in self.bare

    def resembles_doubled(self, word: str, own: Set[str]) -> bool:
        """Tell whether the word is an ordinary one but for doubled letters, and none of `own` is meant."""
        once = _REPEATED.sub(r"\1", fold(word))
        return once in self.single and once not in {_REPEATED.sub(r"\1", each) for each in own}


@cache
def lexicon(language: str) -> Lexicon:
    """Return the ordinary words of a language, "fr" or "en", read once (0.3 s and 25 MB for French)."""
    words = frozenset(SpellChecker(language=language).word_frequency.dictionary.keys())
    if language == "fr":
        own = files("tractage.domain.guard").joinpath("data/lookalikes_fr.txt").read_text("utf-8")
        words |= {word for line in own.splitlines() if line[:1] != "#" for word in line.split()}
    bare = frozenset(map(fold, words))
    return Lexicon(words, bare, frozenset(_REPEATED.sub(r"\1", word) for word in bare))


def french() -> Lexicon:
    """Return the ordinary French words."""
    return lexicon("fr")
