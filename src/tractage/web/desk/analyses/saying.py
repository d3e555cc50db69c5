"""What radar says of a file, in the reader's language."""

from django.utils.formats import localize
from django.utils.translation import gettext

from tractage.domain.worded import Worded
from tractage.hq.analyses.models import Analysis
from tractage.web.templatetags.words import grouped


def said(worded: Worded) -> str:
    """The sentence with its numbers, as the reader writes them."""
    return worded.in_words(gettext, _number)


def problem_of(analysis: Analysis) -> str:
    """What was wrong; an analysis of long ago says it as it was written."""
    return said(Worded(*analysis.problem_said)) if analysis.problem_said else analysis.problem


def notes_of(analysis: Analysis) -> list[str]:
    """What was left out on the way."""
    return [note if isinstance(note, str) else said(Worded(*note)) for note in analysis.notes]


def _number(value: int | float) -> str:
    return grouped(value) if isinstance(value, int) else str(localize(value))
