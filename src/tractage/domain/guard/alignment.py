"""Align a piece of a message with a term, letter by letter, and count what disguises it."""

from typing import NamedTuple

from tractage.domain.guard.skeleton import LEET

# Letters that pass for another in a hasty reading.
_ALIKE = {"i": "ly", "l": "i", "y": "i", "u": "v", "v": "u", "s": "z", "z": "s"}


class Alignment(NamedTuple):
    """What stands between a term and the way it is written.

    letters: letters of the term written as letters; leet: written as digits or signs; stretched: letters
    beyond the term's; shortened: double letters written once; swapped: a letter for one alike
    (l for i); gaps: signs in between.
    """

    letters: int
    leet: int
    stretched: int
    shortened: int
    swapped: int
    gaps: int

    @property
    def exact(self) -> bool:
        """Tell whether nothing but the term's own letters was written."""
        return not any(self[1:])


def align(segment: str, term: str) -> Alignment | None:
    """Read `term` in `segment`, from end to end.

    segment: folded text; term: folded letters, blanks between words.
    Returns None where some letter of the segment has no place in the term, or the reverse.
    """
    wanted = term.replace(" ", "")
    at = letters = leet = stretched = shortened = swapped = gaps = 0
    for sign in segment:
        reads = sign if "a" <= sign <= "z" else LEET.get(sign, "")
        step = _step(reads, wanted, at)
        if step is None:
            if reads and sign == reads:
                return None
            gaps += sign != " "
            continue
        if step == 0:
            stretched += sign == reads
            leet += sign != reads
            continue
        shortened += step - 1
        at += step
        read = wanted[at - 1]
        leet += sign != reads
        letters += sign == reads
        swapped += sign == reads and sign != read
    if at == len(wanted) - 1 and at and wanted[at] == wanted[at - 1]:
        at, shortened = at + 1, shortened + 1
    return Alignment(letters, leet, stretched, shortened, swapped, gaps) if at == len(wanted) else None


def _step(reads: str, wanted: str, at: int) -> int | None:
    """How far one sign goes: 1; 2 over a double letter written once; 0 if repeated; None if it cannot."""
    if not reads:
        return None
    if at < len(wanted) and _same(reads, wanted[at]):
        return 1
    if 0 < at < len(wanted) - 1 and wanted[at] == wanted[at - 1] and _same(reads, wanted[at + 1]):
        return 2
    return 0 if at and _same(reads, wanted[at - 1]) else None


def _same(reads: str, letter: str) -> bool:
    return letter in reads or reads in _ALIKE.get(letter, ())
