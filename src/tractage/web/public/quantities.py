"""A number of votes as something one has seen: a coach, a cinema, a village."""

from collections.abc import Callable

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tractage.web.templatetags.words import spelled

# Seats or persons in each, as commonly met in France; the sentence around says « about ».
SIZES: tuple[tuple[int, Callable[[int], str]], ...] = (
    (8000, lambda n: ngettext("a packed indoor arena", "%(number)s packed indoor arenas", n)),
    (1000, lambda n: ngettext("a concert hall", "%(number)s concert halls", n)),
    (500, lambda n: ngettext("a high-speed train", "%(number)s high-speed trains", n)),
    (200, lambda n: ngettext("a cinema", "%(number)s cinemas", n)),
    (50, lambda n: ngettext("a school bus", "%(number)s school buses", n)),
    (25, lambda n: ngettext("a school class", "%(number)s school classes", n)),
    (5, lambda n: ngettext("a full car", "%(number)s full cars", n)),
)


def in_people(votes: int) -> str:
    """« un car scolaire et demi », « deux salles de cinéma »; empty under five votes."""
    for size, phrase in SIZES:
        whole, half = divmod(round(2 * votes / size), 2)
        if whole:
            said = phrase(whole) % {"number": spelled(whole)}
            return _("%(thing)s and a half") % {"thing": said} if whole == 1 and half else said
    return ""
