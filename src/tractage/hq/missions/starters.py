"""The missions a community starts with: their words ship as data, their figures come from the results."""

import tomllib
from collections.abc import Iterator
from importlib.resources import files
from typing import Any

from tractage.domain.elections.catalogue import election
from tractage.hq.campaigns.models import Campaign
from tractage.hq.campaigns.ranking import RankedSeat, ranked_seats

CLOSEST = 6
NARROW = "\u202f"


def starters(campaign: Campaign) -> Iterator[tuple[str, dict[str, Any]]]:
    """Key and content of each starting brief: first missions by craft, then one for each closest seat."""
    words = tomllib.loads((files("tractage.hq.missions") / "shipped" / "starters.toml").read_text("utf-8"))
    close = [one for one in ranked_seats(campaign) if one.pivot][:CLOSEST]
    for brief in words["first"]:
        yield f"first:{brief['craft']}", {**brief, "first": True, "versions": brief.get("versions", 40)}
    for number, one in enumerate(close):
        template = words["seat"][number % len(words["seat"])]
        yield f"seat:{template['craft']}:{one.seat.code}", _for_seat(template, campaign, one)


def _for_seat(template: dict[str, Any], campaign: Campaign, one: RankedSeat) -> dict[str, Any]:
    gap = f"{one.gap or 0:,}".replace(",", NARROW)
    year = str(election(campaign.results).first_day.year)
    place = one.seat.label.replace(" circonscription", "")
    names = {"seat": place, "gap": gap, "year": year}
    found = {
        key: value.format(**names) if isinstance(value, str) else value for key, value in template.items()
    }
    fact = {
        "text": f"{place}\u00a0: {gap} voix entre les deux premiers au tour décisif de {year}.",
        "source": f"Ministère de l’Intérieur, résultats officiels des législatives de {year}",
        "url": "https://www.data.gouv.fr/",
    }
    return {**found, "seats": [one.seat.code], "facts": [fact]}
