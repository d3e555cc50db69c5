"""The ordinary words of a language: what a disguised term must not be.

Source: the lists of `pyspellchecker` (140,000 forms in French, MIT), and our own list of places, names and
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
def lexicon(language: str) -> Lexicon:
    """Return the ordinary words of a language, "fr" or "en", read once (0.3 s and 25 MB for French)."""
    words = frozenset(SpellChecker(language=language).word_frequency.dictionary.keys())
    if language == "fr":
        own = files("tractage.domain.guard").joinpath("data/lookalikes_fr.txt").read_text("utf-8")
        words |= {word for line in own.splitlines() if line[:1] != "#" for word in line.split()}
    return Lexicon(words, frozenset(map(fold, words)))


def french() -> Lexicon:
    """Return the ordinary French words."""
    return lexicon("fr")
