"""Disguises kept away from tuning: written before the reading was finished, run only to report."""

from random import Random

from tractage.domain.guard.disguise import Disguise, _bare, _between, _each, _offset

_SMALL_CAPITALS = dict(zip("abcdefghijklmnoprtuvwyz", "ᴀʙᴄᴅᴇꜰɢʜɪᴊᴋʟᴍɴᴏᴘʀᴛᴜᴠᴡʏᴢ", strict=True))
_RAISED = dict(zip("abcdefghijklmnoprstuvwxyz", "ᵃᵇᶜᵈᵉᶠᵍʰⁱʲᵏˡᵐⁿᵒᵖʳˢᵗᵘᵛʷˣʸᶻ", strict=True))
_ARMENIAN = {"g": "ց", "h": "հ", "n": "ո", "o": "օ", "q": "զ", "u": "ս", "i": "ⅰ", "c": "ϲ", "d": "ԁ"}


def _flags(term: str, _chance: Random) -> list[str]:
    return ["".join(chr(0x1F1E6 + ord(s) - 97) if "a" <= s <= "z" else s for s in _bare(term))]


def _bracketed(term: str, chance: Random) -> list[str]:
    left, right = chance.choice(("[]", "()", "{}"))
    return ["".join(f"{left}{sign}{right}" if sign != " " else sign for sign in term)]


def _markdown(term: str, chance: Random) -> list[str]:
    word = max(term.split(" "), key=len)
    mark = chance.choice(("**", "__", "||", "~~", "`"))
    place = chance.randrange(1, len(word))
    return [term.replace(word, f"{word[:place]}{mark}{word[place:]}{mark}", 1)]


def _new_lines(term: str, _chance: Random) -> list[str]:
    return ["\n".join(sign for sign in term if sign != " ")]


def _stretched_end(term: str, chance: Random) -> list[str]:
    return [term + term[-1] * chance.randrange(3, 9) + chance.choice("!?.")]


def _struck_through(term: str, _chance: Random) -> list[str]:
    return ["".join(sign + "\u0336" for sign in _bare(term))]


def _in_pairs(term: str, _chance: Random) -> list[str]:
    return [" ".join(word[i : i + 2] for word in term.split(" ") for i in range(0, len(word), 2))]


def _first_apart(term: str, _chance: Random) -> list[str]:
    word = max(term.split(" "), key=len)
    return [term.replace(word, f"{word[0]} {word[1:]}", 1)]


def _all_at_once(term: str, chance: Random) -> list[str]:
    long = chance.randrange(len(term))
    leet = _each({"a": "4@", "e": "3€", "i": "1!", "o": "0", "s": "5$"}, 0.4)(term, chance)[0]
    return [(leet[:long] + leet[long] * 4 + leet[long + 1 :]).swapcase()]


def _leet_in_capitals(term: str, chance: Random) -> list[str]:
    return [
        _each({"A": "4", "E": "3", "I": "1", "O": "0", "S": "$", "T": "7"}, 0.6)(_bare(term).upper(), chance)[
            0
        ]
    ]


def _glued_mark(term: str, chance: Random) -> list[str]:
    return [chance.choice(("#", "@", "~~", "«", "(")) + term + chance.choice(("!!", "?!", "...", ")", "»"))]


HELD_OUT: dict[str, Disguise] = {
    "small capitals": _each(_SMALL_CAPITALS),
    "raised letters": _each(_RAISED),
    "Armenian and Roman numerals": _each(_ARMENIAN),
    "squared letters": _offset({"negative": 0x1F170, "white": 0x1F130}),
    "flag letters": _flags,
    "slashes and bars": _between("/|"),
    "mixed separators": _between(".-_~=+ ", 0.7),
    "invisible letters": _between("\u3164\u115f\u2063"),
    "new lines": _new_lines,
    "brackets": _bracketed,
    "markdown": _markdown,
    "end drawn out": _stretched_end,
    "struck through": _struck_through,
    "middle dots": _between("·•∙", 0.6),
    "pairs of letters": _in_pairs,
    "first letter apart": _first_apart,
    "all at once": _all_at_once,
    "keycaps and selectors": _between("\ufe0f\ufe0e\u20e3"),
    "leet in capitals": _leet_in_capitals,
    "signs around": _glued_mark,
}
