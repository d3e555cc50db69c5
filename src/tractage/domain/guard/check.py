"""Messages in, verdicts with evidence out; words may be split over messages of one author."""

from collections import OrderedDict, deque
from collections.abc import Iterable
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
        text, seams = _write_as_one([*before, message])
        found = self._words.joined(text, seams)
        kept = [finding for finding in found if finding.rule not in known and finding.end > seams[-1]]
        kept = [_name_messages(finding, [*before, message], seams) for finding in kept]
        return kept or self._whole_pieces([*before, message], known)

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


def _write_as_one(messages: list[Message]) -> tuple[str, list[int]]:
    """Write messages on one line; returns the text and the place of each message's start but the first."""
    text, starts = "", []
    for message in messages:
        if text:
            text += "\n"
            starts.append(len(text))
        text += message.text
    return text, starts


def _name_messages(finding: Finding, messages: list[Message], seams: list[int]) -> Finding:
    """Say which messages hold the word; its place is then counted from the start of the first of them."""
    starts = [0, *seams]
    first = max(i for i, start in enumerate(starts) if start <= finding.start)
    return finding._replace(
        start=finding.start - starts[first],
        end=finding.end - starts[first],
        disguises=(*finding.disguises, "several messages"),
        messages=tuple(message.id for message in messages[first:]),
    )
