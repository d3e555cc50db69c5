"""The seats that can swing: the list, and one seat."""

from django.urls import reverse
from django.utils.translation import gettext as _

from tractage.bot.answers import Answer, Work
from tractage.bot.asker import Asker, page
from tractage.bot.controls import Control, Link, Push
from tractage.bot.replies.figures import grouped, short_seat
from tractage.domain.elections.seats import all_seats, seat
from tractage.domain.errors import InputError
from tractage.hq.campaigns.ranking import RankedSeat, ranked_seat, ranked_seats, seat_history
from tractage.hq.library.selectors import works_by_seat
from tractage.hq.people.refusals import Refused

SHOWN = 10


def closest(number: int = 0) -> Work:
    """A page of the ranking, first where the fewest votes decide."""

    def work(asker: Asker) -> Answer:
        ranked, works = ranked_seats(asker.campaign), works_by_seat(asker.campaign)
        at = max(0, min(number, (len(ranked) - 1) // SHOWN))
        rows = ranked[at * SHOWN : (at + 1) * SHOWN]
        lines = [_row(one, works.get(one.seat.code, 0)) for one in rows]
        controls: list[Control] = []
        if at:
            controls.append(Push("pivots", str(at - 1), _("Previous page")))
        if (at + 1) * SHOWN < len(ranked):
            controls.append(Push("pivots", str(at + 1), _("Next page")))
        controls.append(Link(page(reverse("seats")), _("The map on the site")))
        return Answer("\n".join(lines), _("The seats that can swing"), controls=tuple(controls))

    return work


def one_seat(code: str) -> Work:
    """One seat: its rank, its margins, what the wall has of it."""

    def work(asker: Asker) -> Answer:
        try:
            found = seat(code.strip().upper())
        except InputError:
            raise Refused(
                _("No seat is called « %(code)s »: choose one of the list.") % {"code": code}
            ) from None
        ranked = ranked_seat(asker.campaign, found.code)
        years = [
            (
                str(year.election.first_day.year),
                _("%(gap)s votes between the two first") % {"gap": grouped(year.gap)},
            )
            for year in reversed(seat_history(asker.campaign, found.code))
        ]
        made = works_by_seat(asker.campaign).get(found.code, 0)
        lead = _row(ranked, made) if ranked else _("Outside the ranking.")
        controls = (
            Link(page(reverse("seat", args=[found.code])), _("Its page on the site")),
            Push("wall", f".{found.code}.0", _("Its works")),
        )
        return Answer(lead, short_seat(found), tuple(years), controls)

    return work


def matching_seats(asker: Asker, text: str) -> list[tuple[str, str]]:
    """Names and codes of the seats whose name or code holds `text`; the closest ones before any letter."""
    if not text:
        rows = [one.seat for one in ranked_seats(asker.campaign)[:25]]
    else:
        wanted = text.casefold()
        rows = [
            one for one in all_seats() if wanted in one.label.casefold() or one.code.startswith(text.upper())
        ]
    return [(f"{short_seat(one)} ({one.code})", one.code) for one in rows[:25]]


def _row(one: RankedSeat, made: int) -> str:
    if one.expected is not None:
        told = _("index %(index)s of 100") % {"index": round(100 * one.expected.index)}
    elif one.gap is not None:
        told = _("%(gap)s votes") % {"gap": grouped(one.gap)}
    else:
        told = _("no finalist last time")
    wall = _("%(n)s on the wall") % {"n": made} if made else _("nothing on the wall yet")
    return f"{one.rank}. **{short_seat(one.seat)}** – {told}, {wall}"
