"""The hexagons coloured by coverage: the same drawing as the home page's, another question."""

from collections.abc import Sequence

from django.urls import reverse
from django.utils.safestring import mark_safe
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from tractage.domain.elections.hexmap import layout
from tractage.domain.elections.hexmap_svg import INSET_NAME, ROW_NAMES, Mark, draw
from tractage.domain.elections.seats import all_seats
from tractage.hq.campaigns.models import Campaign
from tractage.hq.campaigns.ranking import EXPECTED
from tractage.hq.library.coverage import Reach, SeatCoverage
from tractage.web.desk.coverage.shown import words
from tractage.web.public.map import RANKS, Band, SeatMap

TONES = {Reach.NOTHING: "c1", Reach.ASKED: "c2", Reach.COMING: "c2", Reach.SHOWN: "c3"}
FAR = "c0"


def coverage_map(campaign: Campaign, rows: Sequence[SeatCoverage]) -> SeatMap:
    """The seats that can swing by what they have; the others stay the colour of paper."""
    close = {row.ranked.seat.code: row for row in rows if _is_close(campaign, row)}
    numbers = dict.fromkeys(("c1", "c2", "c3", FAR), 0)
    marks: dict[str, Mark] = {}
    for seat in all_seats():
        row = close.get(seat.code)
        tone = TONES[row.reach] if row else FAR
        numbers[tone] += 1
        place = seat.label.replace(" circonscription", "")
        label = f"{place}{_(':')} {words(row)}" if row else place
        marks[seat.code] = Mark(tone, label, f"{reverse('coverage')}?departement={seat.department}")
    drawing = draw(
        layout(),
        marks,
        title=_("The 577 seats by coverage"),
        desc=_("One hexagon a seat; each leads to its department on the board. The list gives the closest."),
        row_names=ROW_NAMES,
        inset_name=INSET_NAME if get_language() == "fr" else _("Paris and its ring, magnified"),
    )
    labels = {
        "c1": _("nothing, and nothing asked for"),
        "c2": _("asked for, in hand or in reading"),
        "c3": _("something on the wall"),
        FAR: _("not among the close seats"),
    }
    bands = tuple(Band(tone, numbers[tone], label) for tone, label in labels.items())
    return SeatMap(mark_safe(drawing), bands)  # noqa: S308 - made by the domain, its texts are escaped there


def _is_close(campaign: Campaign, row: SeatCoverage) -> bool:
    if campaign.method == EXPECTED:
        return row.ranked.rank <= RANKS[2]
    return row.ranked.gap is not None and row.ranked.gap < campaign.within
