"""Captions of an edit: the text files kept beside it, and the states that are burnt in."""

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from tractage.domain.studio.edit.decisions import Caption, Edit, Word
from tractage.domain.studio.typography import french


class State(NamedTuple):
    """What is on screen from frame `begin` up to, and not with, frame `end`; `lit` words are said already."""

    words: tuple[str, ...]
    lit: int
    begin: int
    end: int


def states(edit: Edit) -> Iterator[State]:
    """Yield the states of every caption; each begins on the frame nearest to its cue."""
    for caption in edit.captions:
        words = tuple(french(caption.text).split(" "))
        begin, end = round(caption.begin * edit.fps), round(caption.end * edit.fps)
        if not caption.words:
            yield State(words, len(words), begin, end)
            continue
        words = tuple(french(word.text) for word in caption.words)
        marks = [max(begin, round(word.at * edit.fps)) for word in caption.words] + [end]
        if marks[0] > begin:
            yield State(words, 0, begin, marks[0])
        for lit, (start, stop) in enumerate(pairwise(marks), 1):
            if stop > start:
                yield State(words, lit, start, stop)


def srt(captions: Sequence[Caption]) -> str:
    """Return the captions as SubRip text."""
    blocks = [
        f"{number}\n{_clock(c.begin, ',')} --> {_clock(c.end, ',')}\n{french(c.text)}\n"
        for number, c in enumerate(sorted(captions, key=lambda c: c.begin), 1)
    ]
    return "\n".join(blocks)


def vtt(captions: Sequence[Caption]) -> str:
    """Return the captions as WebVTT, with the times of words where they are known."""
    blocks = ["WEBVTT\n"]
    for caption in sorted(captions, key=lambda c: c.begin):
        first, *others = caption.words or (Word(caption.text, caption.begin),)
        text = _escape(french(first.text))
        text += "".join(f" <{_clock(word.at, '.')}>{_escape(french(word.text))}" for word in others)
        blocks.append(f"{_clock(caption.begin, '.')} --> {_clock(caption.end, '.')}\n{text}\n")
    return "\n".join(blocks)


def _escape(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _clock(seconds: float, mark: str) -> str:
    thousandths = round(seconds * 1000)
    minutes, rest = divmod(thousandths, 60_000)
    return f"{minutes // 60:02}:{minutes % 60:02}:{rest // 1000:02}{mark}{rest % 1000:03}"
