"""Words with letters struck out (c*nn*rd): the terms that fit the letters left.

The time that it takes does not depend on how many letters are missing.
"""

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import islice

from tractage.domain.guard.judgement import Form
from tractage.domain.guard.skeleton import LEET

_STRONG = "*#\x02"  # signs that nobody puts inside a word but to strike a letter out
_MASKED = re.compile(r"(?<![a-z0-9@$*#\x02])[a-z0-9@$]+(?:[*#\x02]+[a-z0-9@$]*|[_.\-?%&~^+=]+[a-z0-9@$]+)+")
_STRUCK = re.compile(r"[a-z0-9@$*#\x02]+")
_MOST_FITTING = 6  # words that are tried for one of them
_MOST_WORDS = 40  # struck-out words that are looked at in one message


class MaskIndex:
    """The words of terms by length, place and letter: each set of words is the bits of one integer."""

    def __init__(self, forms: Sequence[Form]) -> None:
        plain = (form.letters.split() for form in forms if form.how in ("", "plural"))
        self._words = sorted({word for words in plain for word in words if len(word) >= 3})
        self._with: dict[tuple[int, int, str], int] = defaultdict(int)
        self._long: dict[int, int] = defaultdict(int)
        for number, word in enumerate(self._words):
            self._long[len(word)] |= 1 << number
            for place, letter in enumerate(word):
                self._with[len(word), place, letter] |= 1 << number

    def find(self, folded: str) -> Iterator[tuple[int, int, str]]:
        """Yield start and end, in the folded text, of each struck-out word, with each word that it fits."""
        for number, match in enumerate(_MASKED.finditer(folded)):
            if number == _MOST_WORDS:
                return
            for start, word in _struck_out(match[0]):
                for fitting in islice(self._fitting(word), _MOST_FITTING):
                    yield match.start() + start, match.start() + start + len(word), fitting

    def _fitting(self, word: str) -> Iterator[str]:
        length = len(word)
        fits = self._long.get(length, 0)
        for place, sign in enumerate(word):
            if not fits:
                return
            reads = sign if sign.isalpha() else LEET.get(sign, "") if sign.isdigit() or sign in "@$" else ""
            if reads:
                either = 0
                for letter in reads:
                    either |= self._with.get((length, place, letter), 0)
                fits &= either
        while fits:
            lowest = fits & -fits
            yield self._words[lowest.bit_length() - 1]
            fits ^= lowest


def _struck_out(token: str) -> Iterator[tuple[int, str]]:
    """Yield the place and the letters of each word of a token that has letters struck out."""
    if any(sign in token for sign in _STRONG):
        for part in _STRUCK.finditer(token):
            if _is_masked(part[0]):
                yield part.start(), part[0]
    elif _is_masked(word := token.rstrip("._-?%&~^+=")):
        yield 0, word


def _is_masked(word: str) -> bool:
    """Tell whether enough of a word is left to name it: two fifths of it, or all but one plain sign."""
    strong = sum(word.count(sign) for sign in _STRONG)
    weak = sum(1 for sign in word if not sign.isalnum() and sign not in "@$") - strong
    shown = len(word) - strong - weak
    if weak:
        return weak == 1 and not strong and len(word) >= 6
    return strong > 0 and shown >= 2 and 5 * shown >= 2 * len(word)
