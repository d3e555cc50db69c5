"""The words of one message against the rules: what is found, where, and how it was disguised."""

import re
from collections.abc import Iterator
from itertools import islice
from typing import NamedTuple

import re2
from ahocorasick_rs import AhoCorasick

from tractage.domain.guard.fold import fold, fold_with_origins, warm
from tractage.domain.guard.forms import spelt_in_letters, term_forms
from tractage.domain.guard.index import TermIndex
from tractage.domain.guard.judgement import Piece, Reading, is_foreign, judge
from tractage.domain.guard.lexicon import lexicon
from tractage.domain.guard.names import is_name
from tractage.domain.guard.rules import Rules, Term, Verdict, compile_patterns, pattern_options
from tractage.domain.guard.splits import goes_on

LONGEST = 4_000  # characters of a message that are read: what Discord allows
_MOST_CANDIDATES = 400  # places that are looked at in one message
_MOST_JUDGED = 150  # of them, different ones that are judged
_MOST_FINDINGS = 40  # findings that are kept
_WORD = re.compile(r"\S+")
_AROUND = 80  # characters on each side in which an allowed phrase is looked for
_WORDS_AROUND = 3  # words on each side that an allowed phrase may cover
_COMPOUND = re.compile(r"[\w'’-]")


class Finding(NamedTuple):
    """A rule that a message meets.

    start, end: the place in the text; found: what is written there; disguises: how the term is hidden, if it
    is; messages: the earlier messages of the author that hold the beginning.
    """

    rule: str
    action: Verdict
    start: int
    end: int
    found: str
    disguises: tuple[str, ...] = ()
    messages: tuple[str, ...] = ()


class WordGuard:
    """Rules made ready to read messages; immutable once built."""

    def __init__(self, rules: Rules) -> None:
        self._rules = rules
        self._lexicon = lexicon(rules.language)
        self._index = TermIndex(list(term_forms(rules.terms, rules.language, self._lexicon)))
        self._allowed = frozenset(" ".join(fold(word).split()) for word in rules.allowed)
        self._literal = [term for term in rules.terms if not spelt_in_letters(term)]
        keys = [term.text.lower() for term in self._literal]
        self._literals = AhoCorasick(keys) if keys else None
        self._patterns = compile_patterns(rules.patterns)
        self._single = [re2.compile(pattern.re2, pattern_options()) for pattern in rules.patterns]
        warm()

    def read(self, text: str, channel: str = "") -> list[Finding]:
        """Return what the rules find in a text, the strongest action first, then in the order of the text."""
        text = text[:LONGEST]
        folded = fold(text)
        findings = [*self._terms(text, folded, channel), *self._literal_terms(text, channel)]
        findings += self._by_pattern(text, folded, channel)
        return sorted(findings, key=lambda finding: (-finding.action.rank, finding.start))

    def joined(self, text: str, seams: list[int]) -> list[Finding]:
        """Return what the rules find in several messages written as one text, across their seams.

        seams: the places in the text where one message ends and the next begins.
        """
        findings = self._terms(text, fold(text), "")
        return [found for found in findings if any(found.start < seam <= found.end for seam in seams)]

    def _terms(self, text: str, folded: str, channel: str) -> Iterator[Finding]:
        origins: list[int] = []
        judged: dict[tuple[str, str, str], tuple[str, ...] | None] = {}
        met: set[tuple[int, int]] = set()
        for candidate in islice(self._index.find(folded), _MOST_CANDIDATES):
            if not origins:
                origins = fold_with_origins(text)[1]
            form = candidate.form
            start, end = _written(text, origins, candidate.start, candidate.end)
            raw = text[start:end]
            if candidate.reading is Reading.JOINED and goes_on(text, start, end, self._lexicon):
                continue
            key = (raw, form.letters, candidate.reading)
            if len(judged) >= _MOST_JUDGED or len(met) >= _MOST_FINDINGS:
                return
            if key not in judged:
                judged[key] = judge(Piece(raw, candidate.segment, candidate.reading), form, self._lexicon)
            disguises = judged[key]
            term = self._rules.terms[form.rule]
            if disguises is None or (form.rule, start) in met or (term.scope and channel not in term.scope):
                continue
            if self._is_innocent(text, start, end, term) or (not raw.isascii() and is_foreign(text, raw)):
                continue
            met.add((form.rule, start))
            yield Finding(term.id, term.action, start, end, raw, disguises)

    def _is_innocent(self, text: str, start: int, end: int, term: Term) -> bool:
        """Tell whether a piece is allowed, in an ordinary compound, or not used as the name it spells."""
        if term.kind == "name":
            words = term.text.lower().split()
            if not is_name(text, start, end, term.text, all(word in self._lexicon.written for word in words)):
                return True
        left, right = start, end
        while left and _COMPOUND.match(text[left - 1]):
            left -= 1
        while right < len(text) and _COMPOUND.match(text[right]):
            right += 1
        compound = text[left:right].strip("-'’_")
        if "-" in compound and (left, right) != (start, end) and self._lexicon.resembles_drawn_out(compound):
            return True
        return bool(self._allowed) and self._is_allowed(text, start, end, compound)

    def _is_allowed(self, text: str, start: int, end: int, compound: str) -> bool:
        if fold(compound) in self._allowed or fold(text[start:end]) in self._allowed:
            return True
        near = max(0, start - _AROUND)
        before = [near + match.start() for match in _WORD.finditer(text[near:start])][-_WORDS_AROUND:]
        after = [end + match.end() for match in _WORD.finditer(text[end : end + _AROUND])][:_WORDS_AROUND]
        around = ((left, right) for left in (*before, start) for right in (end, *after))
        return any(fold(text[left:right]).strip(" .,;:!?") in self._allowed for left, right in around)

    def _literal_terms(self, text: str, channel: str) -> Iterator[Finding]:
        if self._literals is None:
            return
        lowered = text.lower()
        for which, start, end in self._literals.find_matches_as_indexes(lowered, overlapping=True):
            term = self._literal[which]
            inside = lowered[start - 1 : start].isalnum() and lowered[start].isalnum()
            inside = inside or (lowered[end : end + 1].isalnum() and lowered[end - 1].isalnum())
            if not inside and (not term.scope or channel in term.scope):
                yield Finding(term.id, term.action, start, end, text[start:end])

    def _by_pattern(self, text: str, folded: str, channel: str) -> Iterator[Finding]:
        """Search the text as written, then folded, for the patterns that the set has recognised."""
        if self._patterns is None:
            return
        written = text.encode("utf-8", "replace").decode("utf-8")
        met = set()
        for which in self._patterns.Match(written) or ():
            pattern = self._rules.patterns[which]
            found = self._single[which].search(written)
            met.add(which)
            if found and (not pattern.scope or channel in pattern.scope):
                yield Finding(pattern.id, pattern.action, found.start(), found.end(), found.group())
        if folded == text:
            return
        origins: list[int] = []
        for which in set(self._patterns.Match(folded) or ()) - met:
            pattern = self._rules.patterns[which]
            found = self._single[which].search(folded)
            if not found or (pattern.scope and channel not in pattern.scope) or found.end() == found.start():
                continue
            origins = origins or fold_with_origins(text)[1]
            start, end = _written(text, origins, found.start(), found.end())
            yield Finding(pattern.id, pattern.action, start, end, text[start:end])


def _written(text: str, origins: list[int], start: int, end: int) -> tuple[int, int]:
    """Return the place in the text of a place in its folding, with the marks that follow its last letter."""
    first, after = origins[start], origins[end - 1] + 1
    while after < len(text) and not fold(text[after]):
        after += 1
    return first, after
