"""The receipt for a candidate's financial agent: what was handed over, and when. No sum stands on it."""

from django.utils import translation
from django.utils.dateformat import format as format_date
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tractage.domain.elections.seats import seat
from tractage.domain.law.pack import rule
from tractage.domain.studio.letter import Line, letter_pdf
from tractage.hq.library.models import Kind
from tractage.hq.requests.models import Delivery, TeamRequest


def receipt_pdf(request: TeamRequest) -> bytes:
    """The receipt in French; the same deliveries give the same bytes."""
    with translation.override("fr"):
        title = _("Receipt of what was handed over")
        return letter_pdf(title, _lines(request, title))


def _lines(request: TeamRequest, title: str) -> list[Line]:
    given = list(request.deliveries.all())
    return [
        Line(request.campaign.name, 10, above=0),
        Line(title, 20, bold=True, above=14),
        Line(_("Request no. %(number)s") % {"number": request.pk}, 11, above=6),
        *_who(request),
        Line(_("Handed over"), 13, bold=True, above=16),
        *([_line(number, one) for number, one in enumerate(given, 1)] or [Line(_("Nothing yet."))]),
        *_law(request),
    ]


def _who(request: TeamRequest) -> list[Line]:
    label = seat(request.seat).label
    asked = format_date(localtime(request.created_at), "j F Y")
    return [
        Line(_("Candidate: %(name)s") % {"name": request.candidate}, bold=True, above=14),
        Line(_("Seat: %(seat)s") % {"seat": label}),
        Line(_("Asked by: %(who)s, on %(day)s") % {"who": request.get_asker_display(), "day": asked}),
    ]


def _line(number: int, one: Delivery) -> Line:
    day = format_date(localtime(one.at), "j F Y")
    kind = Kind(one.work.kind).label if one.work else (one.media_type or _("file"))
    return Line(f"{number}. {day}\u00a0: {one.title} ({kind})", above=6)


def _law(request: TeamRequest) -> list[Line]:
    number = request.acceptances.count()
    attested = ngettext(
        "%(number)s person took this request and attested to doing it unpaid, as a natural person, on "
        "their own time and with their own equipment (%(article)s).",
        "%(number)s persons took this request and each attested to doing it unpaid, as a natural person, on "
        "their own time and with their own equipment (%(article)s).",
        number,
    ) % {"number": number, "article": rule("L52-8").article}
    return [
        Line(attested, above=18),
        Line(
            _(
                "No sum was asked for, paid or promised. Whether and how this enters the campaign account is "
                "for the financial agent to decide."
            )
        ),
        Line(_("This software assists; it gives no legal advice."), 9, above=14),
    ]
