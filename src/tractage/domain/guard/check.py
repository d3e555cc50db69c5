"""Messages in, verdicts with evidence out; words may be split over messages of one author."""

from collections import OrderedDict, deque
from collections.abc import Iterable
from itertools import accumulate
from typing import NamedTuple

from tractage.domain.guard.rules import Rules, Verdict
from tractage.domain.guard.words import Finding, WordGuard

SPLIT_WINDOW = 30.0  # seconds between two pieces of one word
SPLIT_MESSAGES = 12  # messages that one word may be split over
_SHORT = 24  # characters of a message that can be a piece
_AUTHORS = 20_000  # authors whose last pieces are remembered


class Message(NamedTuple):
    """A message: t in seconds, on any clock that does not go back."""

    id: str
    author: str
    text: str
    t: float
    channel: str = ""


class Checked(NamedTuple):
    """The verdict on one message, with all that was found, the strongest first."""

    message: Message
    verdict: Verdict
    findings: tuple[Finding, ...]


class _Written(NamedTuple):
    """Messages as one text: where each starts in it, and how much of the first one's start was left out."""

    text: str
    starts: list[int]
    skipped: int


class Checker:
    """Rules and the short memory that split words need."""

    def __init__(self, rules: Rules) -> None:
        self._words = WordGuard(rules)
        self._pieces: OrderedDict[str, deque[Message]] = OrderedDict()

    def check(self, message: Message) -> Checked:
        """Judge one message, in the order of time of its author."""
        findings = self._words.read(message.text, message.channel)
        findings += self._split(message, {finding.rule for finding in findings})
        findings.sort(key=lambda finding: -finding.action.rank)
        verdict = findings[0].action if findings else Verdict.ALLOW
        return Checked(message, verdict, tuple(findings))

    def _split(self, message: Message, known: set[str]) -> Iterable[Finding]:
        pieces = self._recent(message)
        before = list(pieces)
        if len(message.text) <= 4 * _SHORT:
            pieces.append(message)
        else:
            pieces.clear()
        if not before or (len(message.text) > _SHORT and len(before[-1].text) > _SHORT):
            return []
        chain = _chain(before, message)
        written = _write_as_one(chain)
        found = self._words.joined(written.text, written.starts[1:])
        kept = [each for each in found if each.rule not in known and each.end > written.starts[-1]]
        named = [_name_messages(each, chain, written) for each in kept]
        return named or self._whole_pieces([*before, message], known)

    def _whole_pieces(self, messages: list[Message], known: set[str]) -> list[Finding]:
        """Read the last messages as one word, where each of them is one piece and nothing more."""
        word, texts = "", list[Message]()
        for message in reversed(messages):
            piece = message.text.strip()
            if not piece or len(piece) > _SHORT or any(sign.isspace() for sign in piece):
                return []
            texts.insert(0, message)
            word = piece + word
            if len(texts) > 1:
                found = [finding for finding in self._words.read(word) if finding.rule not in known]
                whole = [finding for finding in found if (finding.start, finding.end) == (0, len(word))]
                if whole:
                    names = tuple(each.id for each in texts)
                    disguises = ("split word", "several messages")
                    return [whole[0]._replace(disguises=disguises, messages=names)]
        return []

    def _recent(self, message: Message) -> deque[Message]:
        pieces = self._pieces.pop(message.author, None) or deque(maxlen=SPLIT_MESSAGES - 1)
        self._pieces[message.author] = pieces
        if len(self._pieces) > _AUTHORS:
            self._pieces.popitem(last=False)
        while pieces and not 0 <= message.t - pieces[0].t <= SPLIT_WINDOW * len(pieces):
            pieces.popleft()
        if pieces and message.t - pieces[-1].t > SPLIT_WINDOW:
            pieces.clear()
        return pieces


def _chain(before: list[Message], message: Message) -> list[Message]:
    """Return the messages that a split word can run through: short ones, and one longer at each end."""
    chain = [message]
    for each in reversed(before):
        chain.insert(0, each)
        if len(each.text) > _SHORT:
            break
    return chain


def _write_as_one(messages: list[Message]) -> _Written:
    """Write messages one under the other, of long ones only what is near the seam, cut between words."""
    first, last = messages[0].text, messages[-1].text
    skipped = first.find(" ", len(first) - 2 * _SHORT) + 1 if len(first) > 2 * _SHORT else 0
    kept = (
        last[: last.find(" ", 2 * _SHORT)] if len(last) > 2 * _SHORT and " " in last[2 * _SHORT :] else last
    )
    texts = [first[skipped:], *(each.text for each in messages[1:-1]), kept]
    starts = [0, *accumulate(len(text) + 1 for text in texts[:-1])]
    return _Written("\n".join(texts), starts, skipped)


def _name_messages(finding: Finding, messages: list[Message], written: _Written) -> Finding:
    """Say which messages hold the word; its place is then counted from the start of the first of them."""
    first = max(i for i, start in enumerate(written.starts) if start <= finding.start)
    back = written.starts[first] - (0 if first else written.skipped)
    return finding._replace(
        start=finding.start - back,
        end=finding.end - back,
        disguises=(*finding.disguises, "several messages"),
        messages=tuple(message.id for message in messages[first:]),
    )
