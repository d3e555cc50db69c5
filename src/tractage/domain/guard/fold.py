"""Folding: every way of writing a Latin letter becomes that letter, in ASCII.

Sources: UAX 15 (NFKD), UTS 39 (confusables, from `confusable-homoglyphs`), the Unicode names of letters.
"""

import re
import unicodedata

from confusable_homoglyphs.confusables import confusables_data

from tractage.domain.guard.looks import LOOKS, PUNCTUATION

FOREIGN = "\x01"  # a letter that looks like no Latin letter
SYMBOL = "\x02"  # an emoji or another sign outside ASCII

_NAMED_LETTER = re.compile(
    r"\bLETTER (?:SMALL CAPITAL |(?:SMALL )?TURNED |REVERSED |OPEN )*([A-Z])(?: WITH\b.*)?$"
)
_PARENTHESISED = re.compile(r"[(\[]([a-z0-9]{1,2})[)\]]|([0-9]{1,2})[.,]")
_BLANK_LETTERS = "\u115f\u1160\u2800\u3164\uffa0"  # letters and signs that show nothing
_INVISIBLE = ("Mn", "Me", "Mc", "Cf", "Cc", "Cs", "Cn")
_LETTERED_SYMBOLS = frozenset(map(chr, range(0x1F110, 0x1F200)))  # squared, circled and flag letters
_LATIN_NAMES = ("LATIN", "MODIFIER", "NEGATIVE", "REGIONAL", "SQUARED", "CIRCLED", "TORTOISE", "RAISED")
_DISGUISES = ((0x80, 0x3100), (0xA640, 0xAC00), (0xFB00, 0x10000), (0x1D400, 0x1D800), (0x1F100, 0x1F200))
_TABLE_LIMIT = 200_000  # characters remembered before the table starts anew


class FoldTable(dict[int, str]):
    """Code point to folded text, worked out at the first meeting and remembered (for `str.translate`)."""

    def __missing__(self, code: int) -> str:
        if len(self) > _TABLE_LIMIT:
            self.clear()
            self.update(_known())
        folded = self[code] = _fold_character(chr(code))
        return folded


def fold(text: str) -> str:
    """Fold a text to ASCII.

    text: any string.
    Returns lower-case letters, digits, ASCII punctuation, spaces, `FOREIGN` and `SYMBOL`; marks and invisible
    characters are gone.
    """
    return text.translate(_TABLE)


def fold_with_origins(text: str) -> tuple[str, list[int]]:
    """Fold a text and keep, for each folded character, the index of the character that it comes from."""
    pieces = [*map(_TABLE.__getitem__, map(ord, text))]
    if all(map((1).__eq__, map(len, pieces))):
        return "".join(pieces), list(range(len(text)))
    return "".join(pieces), [index for index, piece in enumerate(pieces) for _ in piece]


def warm() -> None:
    """Work the characters out that disguises are made of, so that no message has to wait for them."""
    for first, last in _DISGUISES:
        fold("".join(map(chr, range(first, last))))


def _fold_character(character: str) -> str:
    if character.isascii():
        return " " if character.isspace() else character.lower() if character.isprintable() else ""
    category = unicodedata.category(character)
    if category in _INVISIBLE or character in _BLANK_LETTERS:
        return ""
    if category[0] == "Z":
        return " "
    unknown = FOREIGN if category[0] == "L" else SYMBOL
    if _says_nothing(character, category):
        return unknown
    return _letter(character) or unknown


def _says_nothing(character: str, category: str) -> bool:
    """The quick answer for ideographs, syllables and emoji, of which there are a hundred thousand."""
    return (
        category not in ("Ll", "Lu")
        and not unicodedata.decomposition(character)
        and character not in confusables_data
        and character not in _LETTERED_SYMBOLS
    )


def _letter(character: str) -> str:
    """The Latin letters, digits or signs that a character stands for, or nothing."""
    bare = _bare(character)
    if bare.isascii() and bare:
        return _PARENTHESISED.sub(lambda match: match[1] or match[2], bare.lower())
    name = unicodedata.name(character, "")
    letter = _NAMED_LETTER.search(name) if name.startswith(_LATIN_NAMES) else None
    if letter:
        return letter[1].lower()
    looks = _confusable(bare) or _confusable(character) or LOOKS.get(character.lower(), "")
    return looks or _confusable(character.lower())


def _bare(character: str) -> str:
    decomposed = unicodedata.normalize("NFKD", character)
    return "".join(piece for piece in decomposed if unicodedata.category(piece) not in ("Mn", "Me"))


def _confusable(character: str) -> str:
    """The ASCII letter that UTS 39 gives as a look-alike, through one more look-alike at most."""
    looks = [_bare(str(entry["c"])) for entry in confusables_data.get(character, ())]
    plain = [look for look in looks if look.isascii() and look.isalnum()]
    if plain:
        best = min(plain, key=lambda look: (not look.isalpha(), len(look)))
        return "m" if best == "rn" else best.lower()
    return next((LOOKS[look] for look in looks if look in LOOKS), "")


def _known() -> dict[int, str]:
    return {ord(sign): folded for sign, folded in {**LOOKS, **PUNCTUATION}.items() if not sign.isascii()}


_TABLE = FoldTable(_known())
