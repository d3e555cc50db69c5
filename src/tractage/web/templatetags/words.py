"""Figures and dates as French printing sets them; available in every template."""

import re
from datetime import date, datetime

from django import template
from django.utils.dateformat import format as format_date
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.timezone import localtime
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from tractage.domain.elections.catalogue import Election
from tractage.domain.elections.seats import Seat
from tractage.domain.studio.formats import Format, formats

register = template.Library()
NARROW = "\u202f"
LETTERS = {
    2: gettext_lazy("two"),
    3: gettext_lazy("three"),
    4: gettext_lazy("four"),
    5: gettext_lazy("five"),
    6: gettext_lazy("six"),
    7: gettext_lazy("seven"),
    8: gettext_lazy("eight"),
    9: gettext_lazy("nine"),
}
_NUMBER = re.compile(r" (?=\d{1,2}(?:ᵉ|ʳᵉ)(?!\w))")


@register.filter
def grouped(number: int) -> str:
    """66951 → 66 951, with narrow no-break spaces (commas in English)."""
    separated = f"{number:,}"
    return separated if get_language() == "en" else separated.replace(",", NARROW)


@register.filter
def spelled(number: int) -> str:
    """A count in a sentence: two to nine in letters, others in figures."""
    return str(LETTERS[number]) if number in LETTERS else grouped(number)


@register.filter
def signed(number: int) -> str:
    """A margin with its sign: +63, −75."""
    return ("+" if number > 0 else "−" if number < 0 else "") + grouped(abs(number))


@register.filter
def size(margin: int) -> str:
    """A margin without its sign."""
    return grouped(abs(margin))


@register.filter
def share(rate: float) -> str:
    """0.554 → 55: an index, without a percent sign since it is no probability."""
    return str(round(100 * rate))


@register.filter
def percent(rate: float) -> str:
    """0.745 → 74,5 %."""
    text = f"{rate * 100:.1f}"
    return f"{text}%" if get_language() == "en" else text.replace(".", ",") + NARROW + "%"


@register.filter
def points(value: float) -> str:
    """26.53 → 26,5."""
    text = f"{value:.1f}"
    return text if get_language() == "en" else text.replace(".", ",")


@register.filter
def lean(value: float) -> str:
    """A difference in points with its sign: +0,8, −1,2."""
    sign = "+" if value >= 0.05 else "−" if value <= -0.05 else ""
    return sign + points(abs(value))


@register.filter
def kilobytes(size: int) -> str:
    """A file's size in words: 214 Ko."""
    if size >= 1_000_000:
        text = f"{size / 1_000_000:.1f}"
        return (text if get_language() == "en" else text.replace(".", ",")) + NARROW + _("MB")
    return grouped(max(1, round(size / 1000))) + NARROW + _("kB")


@register.filter
def day(moment: date | datetime) -> str:
    """dimanche 18 avril 2027."""
    if isinstance(moment, datetime):
        moment = localtime(moment)
    return _first(format_date(moment, "l j F Y"))


@register.filter
def hour(moment: datetime) -> str:
    """samedi 17 avril, 0 h 00 (Paris)."""
    local = localtime(moment)
    if get_language() == "en":
        return format_date(local, "l j F, H:i")
    return _first(format_date(local, f"l j F, G{NARROW}\\h{NARROW}i"))


def _first(text: str) -> str:
    """The first day of a month is an ordinal in French: dimanche 1ᵉʳ mai."""
    return text if get_language() == "en" else text.replace(" 1 ", " 1ᵉʳ ", 1)


@register.filter
def short_day(moment: date) -> str:
    """dim. 18 avril."""
    return format_date(moment, "D j F") if get_language() == "en" else _first(format_date(moment, "D. j F"))


@register.filter
def month(first: date) -> str:
    """avril 2027."""
    return format_date(first, "F Y")


@register.filter
def placement(fmt: Format) -> str:
    """Where a format goes, in the language of the page: affiche A4, A4 poster."""
    return (fmt.placement_en if get_language() == "en" else "") or fmt.placement


@register.filter
def format_name(key: str) -> str:
    """The same from the key that an edition carries: portrait, a4; other keys as they are."""
    known = formats().get(key)
    return placement(known) if known else key


@register.filter
def platform(fmt: Format) -> str:
    """The platforms of a format; paper is one."""
    return _("Print") if fmt.print else fmt.platform


@register.filter
def rank(number: int) -> str:
    """1ʳᵉ, 3ᵉ: a constituency's number."""
    if get_language() == "en":
        return str(number)
    return f"{number}{'ʳᵉ' if number == 1 else 'ᵉ'}"


@register.filter
def name(text: str) -> str:
    """A candidate's official name, with the apostrophe of printing."""
    return text.replace("'", "’")


@register.filter
def cut(text: str, words: int) -> str:
    """The first words of a text and, if there were more, … against the last of them."""
    every = re.split(r"[ \t\r\n]+", text.strip())  # no-break spaces stay
    return text if len(every) <= words else " ".join(every[:words]).rstrip(" ,;:.!?\u202f\u00a0") + "…"


@register.filter
def bound(text: str) -> str:
    """A title whose numbers of seats stay on the line of the name before them: Dordogne 3ᵉ."""
    return _NUMBER.sub("\u00a0", text)


@register.filter
def short_seat(seat: Seat) -> str:
    """Dordogne, 3ᵉ."""
    return seat.label.replace(" circonscription", "")


@register.filter
def seat_title(seat: Seat) -> SafeString:
    """The name of a seat on two lines; a number never leaves its word."""
    place, _comma, number = seat.label.partition(", ")
    return format_html("{},<br>{}", place, number.replace(" ", "\u00a0"))


@register.filter
def round_words(number: int) -> str:
    """second tour."""
    return _("first round") if number == 1 else _("second round")


@register.filter
def round_title(number: int) -> str:
    """Second tour."""
    return _("First round") if number == 1 else _("Second round")


@register.filter
def year(election: Election) -> str:
    """2024."""
    return str(election.first_day.year)
