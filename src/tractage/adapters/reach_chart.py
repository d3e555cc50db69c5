"""Draws estimates of views per platform as SVG: an interval and a band each, on an axis of its own."""

from collections.abc import Sequence
from typing import Any

import altair as alt
import vl_convert

INK, BAND, PAPER, WEAK = "#23152e", "#cbb4f0", "#fffbf2", "#5d4f66"
NAMES = {"tiktok": "TikTok", "x": "X", "youtube": "YouTube"}
WORDS = {
    "fr": {
        "views": "Vues, telles que {platform} les compte (échelle logarithmique)",
        "found": "trouvées",
        "estimate": "intervalle à 95 %",
        "least": "au moins",
        "band": "bande",
    },
    "en": {
        "views": "Views as {platform} counts them (log scale)",
        "found": "found",
        "estimate": "95% interval",
        "least": "at least",
        "band": "band",
    },
}
UNITS = {"fr": ((1e9, " Md"), (1e6, " M"), (1e3, " k")), "en": ((1e9, "B"), (1e6, "M"), (1e3, "k"))}


def draw_reach(platforms: Sequence[dict[str, Any]], language: str, width: int = 560) -> str:
    """Return an SVG with a row a platform: found, interval, band. Never a total of platforms.

    Args: `platforms` as `domain.reach.document.platform_document` writes them; `language` fr or en.
    A platform that is not identifiable shows an arrow from its lower bound and no estimate.
    """
    rows = [_row(one, WORDS[language], language, width) for one in platforms]
    chart = (
        alt.vconcat(*rows, spacing=26)
        .properties(padding={"left": 34, "right": 34, "top": 6, "bottom": 6}, background=PAPER)
        .resolve_scale(x="independent")
        .configure_view(stroke=None)
        .configure_axis(
            labelFontSize=13, titleFontSize=12, labelColor=INK, titleColor=WEAK, titleFontWeight=400
        )
    )
    return str(vl_convert.vegalite_to_svg(chart.to_dict()))


def _row(platform: dict[str, Any], words: dict[str, str], language: str, width: int) -> Any:
    views, found = platform["views"], max(platform["observed"]["views"], 1)
    name = NAMES.get(platform["platform"], platform["platform"].capitalize())
    band = views["band"]
    ends = [found, views["low"], views["high"], *(band or {}).values()]
    known = [max(value, 1) for value in ends if value is not None]
    low, high = min(known) / 1.5, max(known) * 1.6
    scale = alt.Scale(type="log", domain=[low, high], nice=False)
    ticks = [
        value
        for power in range(12)
        for value in (10**power, 2 * 10**power, 5 * 10**power)
        if low <= value <= high
    ]
    axis = alt.Axis(
        values=ticks, labelExpr=_label_expression(language), grid=False,
        title=words["views"].format(platform=name),
    )  # fmt: skip
    y = alt.Y(
        "what:N",
        sort=[words["found"], words["estimate"], words["least"], words["band"]],
        title=None,
        axis=alt.Axis(domain=False, ticks=False, labelLimit=240),
    )
    x = alt.X("low:Q", scale=scale, axis=axis)
    sure = views["identifiable"]
    main = words["estimate"] if sure else words["least"]
    values = [{"what": words["found"], "low": found, "high": found}]
    interval = {"what": main, "low": max(views["low"], 1), "high": views["high"] or high}
    layers = []
    if band:
        spread = {"what": words["band"], "low": max(band["low"], 1), "high": band["high"]}
        layers.append(_bars([spread], x, y, BAND))
    layers.append(_bars([interval], x, y, INK if sure else WEAK))
    marks = [*values, *([{**interval, "low": views["estimate"]}] if sure else [])]
    layers.append(
        alt.Chart({"values": marks})
        .mark_point(
            shape="diamond", size=90, filled=True, color=INK, stroke=PAPER, strokeWidth=1.5, opacity=1
        )
        .encode(x=x, y=y)
    )
    if not sure:
        layers.append(
            alt.Chart({"values": [{"what": main, "low": high / 1.02}]})
            .mark_point(shape="triangle-right", size=220, filled=True, color=WEAK, opacity=1)
            .encode(x=x, y=y)
        )
    return alt.layer(*layers).properties(
        width=width,
        height=28 * (2 + bool(band)),
        title={"text": name, "anchor": "start", "fontSize": 16, "color": INK},
    )


def _bars(values: list[dict[str, Any]], x: alt.X, y: alt.Y, colour: str) -> alt.Chart:
    chart: alt.Chart = (
        alt.Chart({"values": values}).mark_bar(height=11, color=colour).encode(x=x, x2="high:Q", y=y)
    )
    return chart


def _label_expression(language: str) -> str:
    expression = "format(datum.value, ',')"
    for size, unit in reversed(UNITS[language]):
        scaled = f"format(datum.value / {size:.0f}, '~g') + '{unit}'"
        expression = f"datum.value >= {size:.0f} ? {scaled} : {expression}"
    return expression
