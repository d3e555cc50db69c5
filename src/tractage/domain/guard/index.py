"""Find the terms of a rules file in a message, by Aho–Corasick over its skeletons."""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import accumulate
from typing import NamedTuple

from ahocorasick_rs import AhoCorasick

from tractage.domain.guard.judgement import Form, Reading
from tractage.domain.guard.masks import MaskIndex
from tractage.domain.guard.skeleton import View, skeleton, views, words_view

_AROUND = 40  # characters on each side of a struck-out word that are read again
_MOST_PIECES = 24  # words that are tried as pieces of one


class Candidate(NamedTuple):
    """A place in a folded message where a form may stand, the letters read there and how they were read."""

    start: int
    end: int
    segment: str
    form: Form
    reading: Reading


class TermIndex:
    """Every form of every term, by skeleton; immutable once built."""

    def __init__(self, forms: Sequence[Form]) -> None:
        self._spaced: dict[str, list[Form]] = defaultdict(list)
        self._joined: dict[str, list[Form]] = defaultdict(list)
        for form in forms:
            key = skeleton(form.letters)
            self._spaced[f" {key} "].append(form)
            if form.how in ("", "plural", "phonetic") and len(form.letters) >= 3:
                self._joined[skeleton(form.letters.replace(" ", ""))].append(form)
        self._keys = list(self._spaced)
        self._automaton = AhoCorasick(self._keys) if self._keys else None
        self._beginnings = frozenset(
            key[:length] for key in self._joined for length in range(1, len(key) + 1)
        )
        self._masks = MaskIndex(forms)

    def find(self, folded: str) -> Iterator[Candidate]:
        """Yield the candidates of a folded message, whole words first."""
        read = list(views(folded))
        yield from self._whole(read)
        skeletons = set()
        for view in read:
            if view.joins and view.skeleton not in skeletons:
                skeletons.add(view.skeleton)
                yield from self._split(view)
        if not folded.isalpha():
            yield from self._masked(folded)

    def _whole(self, read: list[View]) -> Iterator[Candidate]:
        hay = "".join(view.skeleton for view in read)
        hits = self._automaton.find_matches_as_indexes(hay, overlapping=True) if self._automaton else []
        if not hits:
            return
        starts = [0, *accumulate(len(view.skeleton) for view in read)]
        places: dict[int, list[int]] = {}
        for key, start, end in hits:
            which = bisect_right(starts, start) - 1
            view, offset = read[which], starts[which]
            if end > starts[which + 1]:
                continue
            if which not in places:
                places[which] = [*view.places(), len(view.base)]
            first, after = places[which][start - offset + 1], places[which][end - offset - 1]
            for form in self._spaced[self._keys[key]]:
                yield Candidate(first, after, view.base[first:after], form, Reading.WORD)

    def _masked(self, folded: str) -> Iterator[Candidate]:
        """Put each word that fits in the place of a struck-out one, and read what stands around it again."""
        for start, end, word in self._masks.find(folded):
            left = max(0, start - _AROUND)
            filled = folded[left:start] + word + folded[end : end + _AROUND]
            for found in self._whole([words_view(filled)]):
                first, last = found.start + left, found.end + left
                if first <= start and end <= last and found.form.how in ("", "plural"):
                    yield found._replace(start=first, end=last, reading=Reading.MASKED)

    def _split(self, view: View) -> Iterator[Candidate]:
        words = view.skeleton.split()
        runs = [run for run in self._runs(words) if run]
        if not runs:
            return
        places = [*view.places(), len(view.base)]
        offsets = [0, *accumulate(len(word) + 1 for word in words)]
        for first, last, key in runs:
            start = places[offsets[first] + 1]
            end = places[offsets[last] + len(words[last]) + 1]
            for form in self._joined[key]:
                yield Candidate(start, end, view.base[start:end], form, Reading.JOINED)

    def _runs(self, words: list[str]) -> Iterator[tuple[int, int, str]]:
        """Yield the first and last word of each run of words that, written as one, makes a term."""
        beginnings, joined = self._beginnings, self._joined
        for first, word in enumerate(words[:-1]):
            if word not in beginnings or words[first : first + 3] == [word] * 3:
                continue
            glued = word
            for last in range(first + 1, min(len(words), first + _MOST_PIECES)):
                piece = words[last]
                glued += piece[1:] if piece[0] == glued[-1] else piece
                if glued not in beginnings:
                    break
                if glued in joined:
                    yield first, last, glued
