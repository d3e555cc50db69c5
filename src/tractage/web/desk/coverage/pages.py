"""The board of coverage, as a table and as a map."""

from typing import NamedTuple
from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.utils.translation import gettext as _

from tractage.domain.elections.seats import departments
from tractage.hq.library.coverage import CoverageFilter, Order, Reach, SeatCoverage, coverage
from tractage.hq.library.models import Kind
from tractage.hq.people.rules import allowed
from tractage.web.campaign import served
from tractage.web.desk.access import for_members, member_of
from tractage.web.desk.coverage.drawing import coverage_map
from tractage.web.desk.coverage.shown import words

PAGE, BESIDE = 50, 20
ORDERS = {"missions": Order.BRIEFS, "en-main": Order.HELD, "relecture": Order.READING, "mur": Order.RELEASED}


class Column(NamedTuple):
    """A column that sorts: its word, the address that sorts by it, whether it does now."""

    label: str
    query: str
    chosen: bool


def asked_of(query: QueryDict) -> tuple[CoverageFilter, dict[str, str]]:
    """The filter that an address asks for, and the part of it that is understood."""
    kept: dict[str, str] = {}
    department = query.get("departement", "").strip().upper()
    if department in {one.code for one in departments()}:
        kept["departement"] = department
    if query.get("type", "") in Kind.values:
        kept["type"] = query.get("type", "")
    if query.get("sans") == "1":
        kept["sans"] = "1"
    if query.get("tri", "") in ORDERS:
        kept["tri"] = query.get("tri", "")
    asked = CoverageFilter(
        uncovered="sans" in kept,
        department=kept.get("departement", ""),
        kind=kept.get("type", ""),
        order=ORDERS.get(kept.get("tri", ""), Order.RANK),
    )
    return asked, kept


@for_members("library.see_coverage")
def board(request: HttpRequest) -> HttpResponse:
    """Every ranked seat with what it has, the closest first."""
    asked, kept = asked_of(request.GET)
    rows = coverage(served(request), asked)
    page = Paginator(rows, PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "rows": [(row, words(row)) for row in page],
        "query": f"{urlencode(kept)}&" if kept else "",
        "columns": _columns(kept),
        "by_rank": _address(kept, tri=""),
        "missing": sum(row.reach is not Reach.SHOWN for row in rows),
    }
    return render(request, "desk/coverage/board.html", context | _filters(request, asked, kept))


@for_members("library.see_coverage")
def on_the_map(request: HttpRequest) -> HttpResponse:
    """The same on the hexagons, with the closest seats that have nothing in a list beside them."""
    asked, kept = asked_of(request.GET)
    kept.pop("sans", None)
    kept.pop("tri", None)
    kept.pop("departement", None)
    campaign = served(request)
    rows = coverage(campaign, CoverageFilter(kind=asked.kind))
    bare: list[SeatCoverage] = [row for row in rows if row.reach is Reach.NOTHING][:BESIDE]
    context = {
        "map": coverage_map(campaign, rows),
        "bare": [(row, words(row)) for row in bare],
        "query": f"{urlencode(kept)}&" if kept else "",
    }
    return render(request, "desk/coverage/map.html", context | _filters(request, asked, kept))


def _filters(request: HttpRequest, asked: CoverageFilter, kept: dict[str, str]) -> dict[str, object]:
    return {
        "asked": asked,
        "kept": kept,
        "bare_only": _address(kept, sans="" if asked.uncovered else "1"),
        "plain": urlencode({key: value for key, value in kept.items() if key == "type"}),
        "departments": departments(),
        "kinds": Kind,
        "writes": allowed(member_of(request), "missions.write_brief"),
    }


def _columns(kept: dict[str, str]) -> list[Column]:
    labels = {
        "missions": _("Open missions"),
        "en-main": _("In hand"),
        "relecture": _("In reading"),
        "mur": _("On the wall"),
    }
    return [Column(label, _address(kept, tri=key), kept.get("tri") == key) for key, label in labels.items()]


def _address(kept: dict[str, str], **changes: str) -> str:
    return urlencode({key: value for key, value in (kept | changes).items() if value})
