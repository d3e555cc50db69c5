"""Estimates and posts in words: an interval and a band always, a bare number never."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from tractage.hq.sightings.kinds import How, SeenState, Source
from tractage.hq.sightings.models import Post, ReachRun, Reading
from tractage.hq.sightings.selectors import days_since
from tractage.web.public.sightings.forms import platform_name
from tractage.web.templatetags.words import NARROW, grouped

UNITS = ((1e9, {"fr": "Md", "en": "B"}), (1e6, {"fr": "M", "en": "M"}))


@dataclass(frozen=True)
class Total:
    """Posts or views of a platform: found, estimated with both ranges, or why it cannot be told."""

    what: str
    found: str
    sure: bool
    estimate: str
    low: str
    high: str
    band_low: str
    band_high: str
    reasons: list[str]


@dataclass(frozen=True)
class GainLine:
    """What one list adds."""

    list: str
    found: str
    alone: str
    width: str
    width_without: str


@dataclass(frozen=True)
class PlatformLine:
    """One platform, never added to another."""

    platform: str
    totals: list[Total]
    notes: list[str]
    least: str
    gains: list[GainLine]


@dataclass(frozen=True)
class PostLine:
    """A post as the list shows it."""

    post: Post
    platform: str
    lists: list[str]
    works: list[Any]
    views: str
    reading: Reading | None
    age: int
    waits: bool


def number(value: float | None) -> str:
    """A count with three significant digits above 10,000: more would claim what an interval denies."""
    if value is None:
        return ""
    language = "en" if get_language() == "en" else "fr"
    for size, unit in UNITS:
        if value >= size:
            text = f"{value / size:.3g}"
            return (text if language == "en" else text.replace(".", ",")) + NARROW + unit[language]
    if value >= 1000:
        step = 10 ** (len(str(int(value))) - 3)
        return grouped(round(value / step) * step)
    return grouped(round(value))


def list_name(how: str) -> str:
    """A list by its letter and what it is."""
    names = {
        How.SELF: _("A: declared by who posted"),
        How.PASSING: _("B: come across"),
        How.SEARCH: _("C: found by a search"),
        How.AUDIT: _("D: drawn by lot"),
    }
    return names[How(how)]


def platform_rows(run: ReachRun) -> list[PlatformLine]:
    """Every platform of a run, in words."""
    return [_platform(one) for one in run.platforms()]


def _platform(one: dict[str, Any]) -> PlatformLine:
    totals = [
        _total(_("Posts"), one["posts"], one["observed"]["posts"]),
        _total(_("Views"), one["views"], one["observed"]["views"]),
    ]
    bound = one["chao_lower_bound"]
    return PlatformLine(
        platform_name(one["platform"]),
        totals,
        [reason_words(note) for note in one["notes"]],
        number(bound["low"]) if bound and not one["identifiable"] else "",
        [_gain(gain) for gain in one.get("gains", ())],
    )


def _total(what: str, total: dict[str, Any], found: float) -> Total:
    band = total["band"] or {"low": None, "high": None}
    return Total(
        what,
        number(found),
        bool(total["identifiable"]),
        number(total["estimate"]),
        number(total["low"]),
        number(total["high"]),
        number(band["low"]),
        number(band["high"]),
        [reason_words(reason) for reason in total["reasons"]],
    )


def _gain(gain: dict[str, Any]) -> GainLine:
    def width(value: float | None) -> str:
        if value is None:
            return _("nothing could be told")
        return f"{100 * value:.0f}" + ("%" if get_language() == "en" else f"{NARROW}%")

    return GainLine(
        list_name(gain["list"]) if gain["list"] in How.values else gain["list"],
        number(gain["found"]),
        number(gain["alone"]),
        width(gain["width"]),
        width(gain["width_without"]),
    )


def reason_words(reason: dict[str, Any]) -> str:
    """Why a total cannot be told, or what its reader must know."""
    said = {name: _value(value) for name, value in reason["values"].items()}
    words = {
        "one-list": _("One list alone found these posts; two lists that do not know each other are needed."),
        "few-overlaps": _(
            "%(overlaps)s posts are on two lists or more; %(needed)s are needed. "
            "Searches drawn by lot (list D) help most."
        ),
        "few-found": _("All lists together found about %(share)s of the posts: too few to tell the rest."),
        "hidden-factor": _(
            "The lists %(lists)s overlap more than the size of posts explains (z = %(score)s): some posts "
            "are easier to find for every list, and how many others there are cannot be told."
        ),
        "avoidance": _(
            "The lists %(lists)s overlap less than chance (z = %(score)s): people may skip what is already "
            "noted. Log a post even when someone else has."
        ),
        "heavy-tail": _(
            "A few posts hold almost all the views (Hill’s α %(alpha)s, from %(low)s to %(high)s): "
            "only the views found and a lower bound can be told."
        ),
        "dependent-pair": _(
            "The lists %(first)s and %(second)s depend on each other: it is taken into account."
        ),
        "two-lists": _("With two lists their independence cannot be tested: read the band as well."),
    }
    text = words.get(reason["code"])
    return text % said if text else str(reason["text"])


def _value(value: str | float) -> str:
    if isinstance(value, str):
        return value
    if isinstance(value, int) or value == int(value):
        return str(int(value))
    text = f"{100 * value:.1f}{NARROW}%" if 0 < value < 0.05 else f"{value:.2f}"
    return text if get_language() == "en" else text.replace(".", ",")


def post_line(post: Post) -> PostLine:
    """A post with what was prefetched on it."""
    seen = post.seen  # type: ignore[attr-defined]
    counted = [one for one in post.read if one.source != Source.YOUTUBE]  # type: ignore[attr-defined]
    reading = counted[0] if counted else None
    works = {one.work.pk: one.work for one in seen if one.work and one.state != SeenState.NOT_OURS}
    return PostLine(
        post,
        platform_name(post.platform),
        sorted({one.how for one in seen}),
        list(works.values()),
        number(reading.views) if reading else "",
        reading,
        days_since(reading.day) if reading else 0,
        any(one.state == SeenState.PENDING for one in seen),
    )
