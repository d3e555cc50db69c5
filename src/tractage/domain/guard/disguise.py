"""Seeded disguises of a term, to measure what the rules still see.

`TUNED` families were looked at while the reading was made; those of `disguise_held_out` never were.
"""

import unicodedata
from collections.abc import Callable, Mapping
from random import Random

Disguise = Callable[[str, Random], list[str]]  # term, source of chance -> the messages that carry it

_MATHS = (0x1D400, 0x1D434, 0x1D468, 0x1D5A0, 0x1D5D4, 0x1D608, 0x1D63C, 0x1D670)  # capital A of alphabets
_CYRILLIC = dict(zip("aceopxyijsh", "асеорхуіјѕһ", strict=True))
_GREEK = dict(zip("aeikonptuvxyw", "αειкοηρτυνχγω", strict=True))
_LEET = {"a": "4", "b": "8", "e": "3", "g": "9", "i": "1", "l": "1", "o": "0", "s": "5", "t": "7", "z": "2"}
_SIGNS = {"a": "@", "c": "(", "e": "€", "i": "!", "l": "|", "s": "$", "t": "+"}
_MARKS = "\u0300\u0301\u0302\u0303\u0307\u0308\u030a\u0323\u0327\u0331\u0336\u034f"
_INVISIBLE = "\u200b\u200c\u200d\u2060\ufeff"
_FANCY = {
    "a": "ΑАᎪꓮᗅ", "b": "ВᏴꓐᗷ", "c": "СᏟꓚⲤ", "d": "ᎠꓓⅮԁ", "e": "ЕᎬꓰℯ", "g": "ɡցᏀ", "h": "НᎻꓧһ", "i": "іꭵⅰ",
    "k": "ΚᏦꓗ", "l": "ⅼꓡᏞ", "m": "ⅿᎷꓟ", "n": "ոꓠΝ", "o": "оοօꓳ", "p": "рᏢꓑ", "q": "ԛզ", "r": "гᏒꓣ",
    "s": "ѕꓢᏚ", "t": "ТᎢꓔ", "u": "սᴜꓴ", "v": "ѵꓦᏙ", "x": "хꓫΧ", "y": "уꓬҮ", "z": "ꓜᏃ",
}  # fmt: skip
_ACCENTED = {
    "a": "àáâäãå",
    "e": "èéêë",
    "i": "ìíîï",
    "o": "òóôöõ",
    "u": "ùúûü",
    "c": "ç",
    "n": "ñ",
    "y": "ýÿ",
}
_EMOJI = "😀🔥💀🙃✨🤡👀💩"


def _bare(term: str) -> str:
    return "".join(sign for sign in unicodedata.normalize("NFD", term) if not unicodedata.combining(sign))


def _each(table: Mapping[str, str], share: float = 1.0) -> Disguise:
    """Replace letters that the table knows, each with the probability `share`, one at least."""

    def disguise(term: str, chance: Random) -> list[str]:
        letters = list(_bare(term))
        known = [place for place, letter in enumerate(letters) if letter in table]
        picked = [place for place in known if chance.random() < share] or known[:1]
        for place in picked:
            letters[place] = chance.choice(table[letters[place]])
        return ["".join(letters)]

    return disguise


def _between(signs: str, share: float = 1.0) -> Disguise:
    """Put a sign between letters, between two of them at least; the blanks of a phrase stay."""

    def disguise(term: str, chance: Random) -> list[str]:
        places = [i for i in range(1, len(term)) if term[i] != " " and term[i - 1] != " "]
        kept = {place for place in places if chance.random() < share} or {chance.choice(places)}
        return ["".join((chance.choice(signs) if i in kept else "") + sign for i, sign in enumerate(term))]

    return disguise


def _one_between(signs: str) -> Disguise:
    def disguise(term: str, chance: Random) -> list[str]:
        word = max(term.split(" "), key=len)
        place = chance.randrange(1, len(word))
        return [term.replace(word, word[:place] + chance.choice(signs) + word[place:], 1)]

    return disguise


def _offset(first: Mapping[str, int]) -> Disguise:
    """Write each letter in one alphabet, given by the code of its small a or capital A."""

    def disguise(term: str, chance: Random) -> list[str]:
        start = chance.choice(list(first.values()))
        written = "".join(chr(start + ord(s) - 97) if "a" <= s <= "z" else s for s in _bare(term).lower())
        return [written.replace("\U0001d455", "\u210e")]  # the italic h had its place already

    return disguise


def _stretched(term: str, chance: Random) -> list[str]:
    places = [i for i, sign in enumerate(term) if sign.isalpha()]
    long = set(chance.sample(places, max(1, len(places) // 3)))
    return ["".join(sign * (chance.randrange(3, 6) if i in long else 1) for i, sign in enumerate(term))]


def _doubled(term: str, _chance: Random) -> list[str]:
    return ["".join(sign * (2 if sign.isalpha() else 1) for sign in term)]


def _mixed_case(term: str, chance: Random) -> list[str]:
    return ["".join(chance.choice((sign.upper(), sign.lower())) for sign in term)]


def _starred(term: str, chance: Random) -> list[str]:
    word = max(term.split(" "), key=len)
    vowels = [i for i in range(1, len(word)) if _bare(word[i]).lower() in "aeiouy"] or [len(word) // 2]
    place = chance.choice(vowels)
    return [term.replace(word, word[:place] + "*" + word[place + 1 :], 1)]


def _all_vowels_starred(term: str, _chance: Random) -> list[str]:
    word = max(term.split(" "), key=len)
    struck = word[0] + "".join("*" if _bare(sign) in "aeiouy" else sign for sign in word[1:])
    return [term.replace(word, struck, 1)]


def _in_two_messages(term: str, chance: Random) -> list[str]:
    letters = [i for i in range(2, len(term) - 1) if term[i] != " " and term[i - 1] != " "] or [1]
    place = chance.choice(letters)
    return [term[:place], term[place:]]


def _letter_by_letter(term: str, _chance: Random) -> list[str]:
    letters = [sign for sign in term if sign.isalnum()]
    return letters if len(letters) <= 12 else ["".join(letters[i : i + 2]) for i in range(0, len(letters), 2)]


def _accents(term: str, chance: Random) -> list[str]:
    table = {
        "a": "àáâäãå",
        "e": "èéêë",
        "i": "ìíîï",
        "o": "òóôöõ",
        "u": "ùúûü",
        "c": "ç",
        "n": "ñ",
        "y": "ýÿ",
    }
    return _each(table)(term, chance)


def _marked(term: str, chance: Random) -> list[str]:
    return ["".join(s + "".join(chance.choices(_MARKS, k=chance.randrange(1, 4))) for s in _bare(term))]


def _plain(term: str, _chance: Random) -> list[str]:
    return [_bare(term)]


def _leet_and_gaps(term: str, chance: Random) -> list[str]:
    return _between(".-_ ", 0.5)(_each(_LEET, 0.5)(term, chance)[0], chance)


def _full_width(term: str, _chance: Random) -> list[str]:
    return ["".join(chr(ord(s) + 0xFEE0) if "!" <= s <= "~" else s for s in _bare(term))]


TUNED: dict[str, Disguise] = {
    "accents left out": _plain,
    "accents added": _accents,
    "mixed case": _mixed_case,
    "combining marks": _marked,
    "zero-width signs": _between(_INVISIBLE),
    "soft hyphens": _between("\u00ad", 0.5),
    "full width": _full_width,
    "mathematical alphabets": _offset({str(code): code + 26 for code in _MATHS}),
    "circled letters": _offset({"small": 0x24D0}),
    "Cyrillic letters": _each(_CYRILLIC),
    "Greek letters": _each(_GREEK),
    "confusables (UTS 39)": _each(_FANCY, 0.6),
    "leet digits": _each(_LEET),
    "leet digits, some": _each(_LEET, 0.4),
    "leet signs": _each(_SIGNS),
    "dots": _between("."),
    "hyphens": _between("-"),
    "underscores": _between("_"),
    "blanks": _between(" "),
    "stars between": _between("*"),
    "emoji between": _between(_EMOJI),
    "one sign inside": _one_between(".-_*~'"),
    "repeated letters": _stretched,
    "doubled letters": _doubled,
    "one vowel starred": _starred,
    "vowels starred": _all_vowels_starred,
    "letters that look alike": _each({"l": "I", "u": "v", "i": "l", "o": "0", "s": "z"}, 0.5),
    "two messages": _in_two_messages,
    "letter by letter": _letter_by_letter,
    "leet and gaps": _leet_and_gaps,
}
