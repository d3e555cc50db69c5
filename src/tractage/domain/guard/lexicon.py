"""The ordinary French words: what a disguised term must not be.

Source: the French list of `pyspellchecker` (140,000 forms, MIT), and our own list of places, names and
colloquial words that resemble insults.
"""

from functools import cache
from importlib.resources import files
from typing import NamedTuple

from spellchecker import SpellChecker

from tractage.domain.guard.fold import fold


class Lexicon(NamedTuple):
    """Words as they are written (lower case, with accents), and the same words without accents."""

    written: frozenset[str]
    bare: frozenset[str]

    def knows(self, word: str) -> bool:
        """Tell whether the word, as written but in any case, is an ordinary word."""
        return word.lower() in self.written

    def resembles(self, word: str) -> bool:
        """Tell whether the word is an ordinary word but for its accents."""
        return fold(word) in self.bare


@cache
def french() -> Lexicon:
    """Return the French lexicon, read once (0.3 s, 25 MB)."""
    listed = SpellChecker(language="fr").word_frequency.dictionary.keys()
    own = files("tractage.domain.guard").joinpath("data/lookalikes_fr.txt").read_text("utf-8")
    words = frozenset(listed) | {
        word for line in own.splitlines() if line[:1] != "#" for word in line.split()
    }
    return Lexicon(words, frozenset(map(fold, words)))


NO_WORDS = Lexicon(frozenset(), frozenset())
