"""An estimate as plain values: what `tractage reach estimate --format json` prints and a run keeps."""

from typing import Any

from tractage.domain.reach.estimate import PlatformReach
from tractage.domain.reach.gains import Gain
from tractage.domain.reach.quantities import Quantity, Reason


def quantity_document(quantity: Quantity) -> dict[str, Any]:
    """Return a total with its interval and band, in whole posts or views."""
    band = quantity.band
    return {
        "estimate": _whole(quantity.estimate),
        "low": _whole(quantity.low),
        "high": _whole(quantity.high),
        "band": band and {"low": _whole(band.low), "high": _whole(band.high)},
        "identifiable": quantity.identifiable,
        "reasons": [reason.text for reason in quantity.reasons],
    }


def platform_document(answer: PlatformReach) -> dict[str, Any]:
    """Return one platform's answer: `observed`, `posts`, `views`, whether both are identifiable, why not."""
    bound = answer.lower_bound
    posts, views = quantity_document(answer.posts), quantity_document(answer.views)
    return {
        "platform": answer.platform,
        "observed": {
            "posts": answer.observed_posts,
            "views": round(answer.observed_views),
            "lists": {count.name: {"found": count.found, "alone": count.alone} for count in answer.lists},
        },
        "posts": posts,
        "views": views,
        "band": {"posts": posts["band"], "views": views["band"]},
        "identifiable": answer.identifiable,
        "reasons": [reason.text for reason in answer.reasons],
        "notes": [note.text for note in answer.notes],
        "chao_lower_bound": bound and {"posts": round(bound.estimate), "low": round(bound.low)},
        "hill_alpha": answer.tail and round(answer.tail.alpha, 2),
    }


def reasons_document(reasons: tuple[Reason, ...]) -> list[dict[str, Any]]:
    """Return reasons by code with their values, for who says them in another language."""
    return [{"code": one.code, "text": one.text, "values": dict(one.values)} for one in reasons]


def gain_document(gain: Gain) -> dict[str, Any]:
    """Return what one list brings on one platform; widths are shares of the estimate."""
    return {
        **gain._asdict(),
        "width": None if gain.width is None else round(gain.width, 3),
        "width_without": None if gain.width_without is None else round(gain.width_without, 3),
    }


def _whole(value: float | None) -> int | None:
    return None if value is None else round(value)
