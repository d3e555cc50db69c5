"""The two ways in which a piece of the domain says no."""

from collections.abc import Iterable
from difflib import get_close_matches

from tractage.domain.worded import Value, Worded


class TractageError(Exception):
    """A failure that is told to the user in one line (exit code 1).

    A message with %(…)s places and their values can be said in another language: see `worded`.
    """

    exit_code = 1

    def __init__(self, message: str = "", **values: Value) -> None:
        self.worded = Worded(message, values)
        super().__init__(str(self.worded))


class InputError(TractageError):
    """What the user gave is wrong: the message names what, where, and what was expected (exit code 2)."""

    exit_code = 2


def nearest(found: str, known: Iterable[str]) -> str:
    """« (did you mean 'legislatives-2024'?) » after a misspelt name; nothing where no known name is close."""
    close = get_close_matches(found.casefold(), list(known), n=1, cutoff=0.6)
    return f" (did you mean {close[0]!r}?)" if close else ""
