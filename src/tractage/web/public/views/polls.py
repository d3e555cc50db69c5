"""Published polls: the trend of one line-up, every poll behind it, the law's mentions beside every figure."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import add_never_cache_headers
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from tractage.domain.law.pack import rule
from tractage.hq.polls.models import PollTable, PollTrend
from tractage.hq.polls.selectors import chosen_trend, shown_table, trends_of
from tractage.hq.polls.showing import polls_status
from tractage.web.campaign import served
from tractage.web.templatetags.words import round_words

PAGE = 20
MOST_LINE_UPS = 12
NAMES = 3


@require_safe
def page(request: HttpRequest) -> HttpResponse:
    """The current line-up unless another is asked for; nothing but the reason on the eve and the day."""
    campaign = served(request)
    frozen = polls_status(campaign)
    table = shown_table(campaign)
    if frozen.frozen:
        found = rule(frozen.rules[0])
        context: dict[str, Any] = {"until": frozen.until, "rule": found}
        return _never_kept(render(request, "public/polls_silent.html", context))
    trends = trends_of(table) if table else []
    trend = chosen_trend(trends, request.GET.get("liste", ""))
    context = {"table": table, "trend": trend}
    if trend is not None:
        context |= _shown(request, trend, trends)
    return _never_kept(render(request, "public/polls.html", context))


@require_safe
def chart(request: HttpRequest, line_up: str) -> HttpResponse:
    """The drawing of a line-up, with its mentions in the picture; 404 while polls are frozen."""
    campaign = served(request)
    table = shown_table(campaign)
    if table is None or polls_status(campaign).frozen:
        raise Http404
    drawing = table.trends.filter(line_up=line_up).values_list("drawing", flat=True).first()
    if not drawing:
        raise Http404
    return _never_kept(HttpResponse(drawing, content_type="image/svg+xml"))


def _shown(request: HttpRequest, trend: PollTrend, trends: list[PollTrend]) -> dict[str, Any]:
    result = trend.result
    polls = Paginator(result["polls"], PAGE).get_page(request.GET.get("page"))
    kept = PollTable.objects.filter(pk=trend.table_id).values("left_out").get()
    drawn = PollTrend.objects.filter(pk=trend.pk).exclude(drawing="").exists()
    return {
        "candidates": result["candidates"],
        "names": [one["name"] for one in result["candidates"]],
        "institutes": result["institutes"],
        "houses": list(_houses(result)),
        "mentions": result["mentions"],
        "page": polls,
        "rows": [one | {"start": _day(one["start"]), "end": _day(one["end"])} for one in polls],
        "query": f"liste={trend.line_up}&",
        "choices": [(one, _label(one)) for one in trends[:MOST_LINE_UPS]],
        "label": _label(trend),
        "first": _day(result["first"]),
        "left_out": len(kept["left_out"]),
        "drawn": drawn,
    }


def _houses(result: dict[str, Any]) -> Iterator[tuple[str, list[float]]]:
    for one in result["candidates"]:
        yield one["name"], [one["houses"][name] for name in result["institutes"]]


def _label(trend: PollTrend) -> str:
    """« premier tour : A, B, C et 8 autres », by the order of the levels."""
    names = [one["name"] for one in trend.result["candidates"]]
    text = ", ".join(names[:NAMES])
    if len(names) > NAMES:
        others = len(names) - NAMES
        text = ngettext("%(names)s and %(number)s other", "%(names)s and %(number)s others", others) % {
            "names": text,
            "number": others,
        }
    return f"{round_words(trend.round).capitalize()}{_(':')} {text}"


def _day(text: str) -> date:
    return date.fromisoformat(text)


def _never_kept(response: HttpResponse) -> HttpResponse:
    """The law can shut this page at any minute: nobody keeps a copy."""
    add_never_cache_headers(response)
    return response
