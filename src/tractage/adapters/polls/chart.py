"""Draws a trend with every poll behind it, as SVG, and the law's mentions under it."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime, time, timedelta
from typing import Any

import altair as alt
import vl_convert

from tractage.adapters.polls.mentions import day_words, mention_lines, number_words
from tractage.domain.elections.polls import Poll
from tractage.domain.elections.polls_trend import CandidateTrend, Trend

# After Okabe and Ito 2008: told apart without colour vision; and names stand at the ends of the lines.
PAPER = "#fffbf2"
COLOURS = ("#0072B2", "#D55E00", "#009E73", "#CC79A7", "#56B4E9", "#E69F00", "#5B5B5B", "#8C510A")


def draw(trend: Trend, most: int = 8) -> str:
    """Return an SVG of the first `most` candidates: points are polls, lines the level, areas its 95 % band.

    Beside the last day, bars carry the wider band with the systematic error. Under the chart, one line per
    institute and sponsor gives the mentions of the law: they are in the picture, so they travel with it.
    """
    shown = trend.candidates[:most]
    order = [candidate.candidate for candidate in shown]
    colour = alt.Color("candidate:N", scale=alt.Scale(domain=order, range=list(COLOURS)), legend=None)
    x = alt.X(
        "day:T",
        title=None,
        axis=alt.Axis(format="%d/%m/%Y", labelAngle=0, labelOverlap="greedy", tickCount=6, grid=False),
    )
    y = alt.Y("share:Q", title="intentions de vote, en %", scale=alt.Scale(zero=True))
    points = (
        alt.Chart(_data(_points(trend.polls, order)))
        .mark_circle(size=26, opacity=0.45)
        .encode(x=x, y=y, color=colour)
    )
    levels = _data(_levels(shown))
    band = alt.Chart(levels).mark_area(opacity=0.2).encode(x=x, y="low:Q", y2="high:Q", color=colour)
    line = alt.Chart(levels).mark_line(strokeWidth=2).encode(x=x, y=y, color=colour)
    ends = _data(_ends(trend, shown))
    bars = alt.Chart(ends).mark_rule(strokeWidth=3).encode(x="bar:T", y="low:Q", y2="high:Q", color=colour)
    names = (
        alt.Chart(ends)
        .mark_text(align="left", fontSize=12, fontWeight="bold")
        .encode(x="label_day:T", y="label_share:Q", text="label:N", color=colour)
    )
    main = alt.layer(points, band, line, bars, names).properties(width=700, height=420, title=_title(trend))
    chart = (
        alt.vconcat(main, _mentions_under(trend.polls), spacing=12)
        .properties(
            description=_title(trend)["text"], padding={"right": 170, "left": 8, "top": 8, "bottom": 8}
        )
        .configure(background=PAPER)
        .configure_view(stroke=None)
        .configure_axis(labelFontSize=12, titleFontSize=12)
    )
    return str(vl_convert.vegalite_to_svg(chart.to_dict()))


def _mentions_under(polls: Sequence[Poll]) -> alt.Chart:
    rows = [{"row": number, "text": text} for number, text in enumerate(mention_lines(polls))]
    chart: alt.Chart = (
        alt.Chart(_data(rows))
        .mark_text(align="left", baseline="top", fontSize=10, color="#333333")
        .encode(x=alt.value(0), y=alt.Y("row:O", axis=None), text="text:N")
        .properties(width=700, height=14 * len(rows))
    )
    return chart


def _title(trend: Trend) -> dict[str, Any]:
    turn = "premier tour" if trend.line_up.round == 1 else "second tour"
    return {
        "text": f"Tendance des sondages, {turn}, au {day_words(trend.until)} : {len(trend.polls)} enquêtes",
        "subtitle": "Points : sondages. Ligne et surface : niveau et bande à 95 %. Barres : avec l’erreur "
        "systématique des scrutins passés. Ce n’est pas une prévision.",
        "anchor": "start",
        "fontSize": 15,
        "subtitleFontSize": 11,
    }


def _data(rows: list[dict[str, Any]]) -> dict[str, Any]:
    return {"values": rows}


def _points(polls: Iterable[Poll], names: Sequence[str]) -> list[dict[str, Any]]:
    return [
        {"day": poll.end.isoformat(), "share": share.percent, "candidate": share.candidate}
        for poll in polls
        for share in poll.shares
        if share.candidate in names
    ]


def _levels(candidates: Iterable[CandidateTrend]) -> list[dict[str, Any]]:
    return [
        {
            "day": point.day.isoformat(),
            "share": point.level,
            "low": point.low,
            "high": point.high,
            "candidate": candidate.candidate,
        }
        for candidate in candidates
        for point in candidate.path
    ]


def _ends(trend: Trend, candidates: Sequence[CandidateTrend]) -> list[dict[str, Any]]:
    """Lay bars side by side after the last day, and names beyond them, apart from each other."""
    span = max((trend.until - candidates[0].path[0].day).days, 10)
    gap = 0.045 * max(candidate.high for candidate in candidates)
    ends, lowest = [], float("inf")
    for number, candidate in enumerate(candidates):
        lowest = min(candidate.level, lowest - gap)
        ends.append(
            {
                "bar": _moment(trend.until, span * (0.012 + 0.009 * number)),
                "label_day": _moment(trend.until, span * (0.02 + 0.009 * len(candidates))),
                "label_share": lowest,
                "low": candidate.low,
                "high": candidate.high,
                "candidate": candidate.candidate,
                "label": f"{candidate.candidate} {number_words(candidate.level, 1)}",
            }
        )
    return ends


def _moment(day: date, later: float) -> str:
    return (datetime.combine(day, time()) + timedelta(days=later)).isoformat()
