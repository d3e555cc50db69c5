"""What every template can use."""

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from tractage.domain.law.freeze import Status
from tractage.domain.law.pack import rule
from tractage.domain.law.zones import everywhere, find
from tractage.hq.campaigns.silence import freeze
from tractage.web.campaign import campaign_of
from tractage.web.templatetags.words import hour

SHOWN = 4


@dataclass(frozen=True)
class Silence:
    """The electoral silence as the banner tells it."""

    status: Status
    sentence: str


def site(request: HttpRequest) -> dict[str, Any]:
    """The campaign, the silence if it holds somewhere, and the visitor's choices."""
    campaign = campaign_of(request)
    status = freeze(campaign) if campaign else None
    return {
        "campaign": campaign,
        "frozen": silence(status) if status and status.frozen else None,
        "theme": getattr(request, "theme", ""),
        "themes": (("jour", _("Day")), ("nuit", _("Night")), ("auto", _("Like my device"))),
        "languages": settings.LANGUAGES,
        "LANGUAGE_CODE": get_language(),
    }


def silence(status: Status) -> Silence:
    """Where, by which article, until when: in one sentence."""
    article = rule(status.rules[0]).article
    names = _places([window.zone for window in status.reasons])
    if status.until is None:
        sentence = _("Electoral silence: %(places)s (%(article)s).") % {"places": names, "article": article}
    else:
        sentence = _("Electoral silence: %(places)s, until %(hour)s, Paris time (%(article)s).") % {
            "places": names,
            "hour": hour(status.until),
            "article": article,
        }
    return Silence(status, sentence)


def _places(zones: list[str]) -> str:
    english = get_language() == "en"
    found = [zone for name in dict.fromkeys(zones) if (zone := find(name))]
    if len({zone.id for zone in found}) >= len(everywhere()):
        return _("everywhere")
    found.sort(key=lambda zone: (zone.id != "FR", zone.id.startswith("abroad:")))
    names = [zone.en if english else zone.fr for zone in found]
    if len(names) > SHOWN:
        more = len(names) - SHOWN + 1
        names = [*names[: SHOWN - 1], _("%(number)s other places") % {"number": more}]
    return ", ".join(names)
