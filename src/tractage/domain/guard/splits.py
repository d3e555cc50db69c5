"""Words cut into pieces: on purpose ("p.u.t.e", "conn ard") or by accident ("j'ai pu te voir")."""

import re

from tractage.domain.guard.fold import fold
from tractage.domain.guard.french import LONE_LETTERS, SMALL_WORDS
from tractage.domain.guard.lexicon import Lexicon

# A sign between two letters that ordinary writing never puts there.
_STRANGE_GAP = re.compile(r"""(?<=[^\W_])(?:[^\w\s\-'".,:;/!?()\u2010-\u2015\u2019\u2026]+|_+)(?=[^\W_])""")
_REFERENCE = re.compile(r"[0-9]+|[a-z]{1,2}[0-9]{2,}")  # a number, a road, a model
_DRAWN_OUT = re.compile(r"([a-z])\1{2,}")
_STOP = re.compile(r"(?<=[^\W_]{2})[.,;:!?\u2026]+\s")
_LONE_ENDING = re.compile(r"[.\-][^\W_aty](?=[.\-]|$)")  # inclusive writing of a term: "tonnant.e.s"
_PIECE = re.compile(r"[^\W_]+")
_LEFT = re.compile(r"([^\W\d_]+)([\W\d_])$")
_RIGHT = re.compile(r"([\W\d_])([^\W\d_]+)")
_LONE_WORDS = frozenset("aàyôo")
_COMPOUND_LINKS = frozenset({"de", "du", "des", "en", "la", "le", "les"})  # pet-de-nonne, badly typed
_CONTEXT = 40  # characters on each side in which the neighbouring piece is looked for


def split_on_purpose(raw: str, letters: str, lexicon: Lexicon) -> bool:
    """Tell whether the gaps in a word were put there to hide it.

    raw: the pieces as written; letters: the term they make, folded, blanks between its words.
    """
    pieces = _PIECE.findall(raw)
    length = len(letters.replace(" ", ""))
    if all(len(fold(piece)) == 1 for piece in pieces):
        return len(pieces) >= 3
    if _STRANGE_GAP.search(raw):
        return True
    ordinary = all(is_word(piece, lexicon) for piece in pieces)
    if " " in raw and _is_name_and_word(pieces):
        return False
    if " " not in letters and not any(sign.isspace() for sign in raw):
        return not ordinary or bool(_LONE_ENDING.search(raw))
    if " " in letters:
        long = letters.count(" ") >= 2 or "\n" in raw
        return not ordinary or (long and length >= 8)
    return not ordinary and length >= 5


def _is_name_and_word(pieces: list[str]) -> bool:
    """Tell whether two pieces are a longer one, a name perhaps, before or after a small word: "Gouin ne"."""
    small = [piece for piece in pieces if piece.lower() in SMALL_WORDS]
    return len(pieces) == 2 and len(small) == 1 and max(map(len, pieces)) >= 4


def goes_on(text: str, start: int, end: int, lexicon: Lexicon) -> bool:
    """Tell whether a cut word goes on beyond the piece read: the "c.o.n" of "c.o.n.s.e.i.l"."""
    raw = text[start:end]
    left = _LEFT.search(text[max(0, start - _CONTEXT) : start])
    right = _RIGHT.match(text[end : end + _CONTEXT])
    neighbours = [(left[1], left[2])] if left else []
    neighbours += [(right[2], right[1])] if right else []
    digits = any(sign.isdigit() for sign in raw)
    pieces = _PIECE.findall(raw)
    if right and right[1] == "-" and len(pieces) == 2 and pieces[-1].lower() in _COMPOUND_LINKS:
        return True
    return any(
        (gap in raw or (digits and gap.isdigit())) and _is_more(piece, gap, lexicon)
        for piece, gap in neighbours
    )


def crosses_sentences(raw: str, letters: str) -> bool:
    """Tell whether the words of a phrase stand on both sides of a full stop or a comma: "il suce. Moi
    aussi"."""
    stops, blanks = len(_STOP.findall(raw)), letters.count(" ")
    return 0 < stops < max(2, blanks) and blanks > 0


def is_word(piece: str, lexicon: Lexicon) -> bool:
    """Tell whether a piece can stand alone in an ordinary message."""
    bare = _DRAWN_OUT.sub(r"\1", fold(piece))
    return bool(_REFERENCE.fullmatch(bare)) or (
        bare in LONE_LETTERS if len(bare) == 1 else bare in lexicon.bare
    )


def _is_more(piece: str, gap: str, lexicon: Lexicon) -> bool:
    if len(piece) == 1:
        return not gap.isspace() or piece.lower() not in _LONE_WORDS
    return not gap.isspace() and not is_word(piece, lexicon)
