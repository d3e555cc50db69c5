"""What is said to a person: a message and its values apart, so that a face can say it in its own language."""

from collections.abc import Callable, Mapping
from typing import NamedTuple

Value = str | int | float


def gettext_noop(message: str) -> str:
    """Mark a message for the catalogue of the site; returned unchanged."""
    return message


def in_english(value: int | float) -> str:
    """Return a number as the command prints it."""
    return f"{value:,}" if isinstance(value, int) else f"{value:g}"


class Worded(NamedTuple):
    """An English message with %(…)s places, and what fills them: texts as they are, numbers to be written."""

    message: str
    values: Mapping[str, Value]

    def in_words(self, gettext: Callable[[str], str], number: Callable[[int | float], str]) -> str:
        """Return the sentence in the language of `gettext`, its numbers as `number` writes them."""
        message = gettext(self.message)
        if not self.values:
            return message
        return message % {
            name: value if isinstance(value, str) else number(value) for name, value in self.values.items()
        }

    def __str__(self) -> str:
        """Return the English sentence."""
        return self.in_words(gettext_noop, in_english)
