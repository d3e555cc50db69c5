"""What a tile of the wall says besides the picture."""

from collections.abc import Iterable, Sequence
from functools import lru_cache

from django.template.loader import get_template
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from tractage.domain.elections.seats import seat
from tractage.hq.campaigns.models import Campaign
from tractage.hq.library.models import Work
from tractage.hq.library.selectors import public_works

SHOWN = ("slug", "kind", "title", "alt_text", "body", "link", "credit")


def tiles(works: Iterable[Work]) -> list[Work]:
    """The works, each with `places`: the seat it speaks of, in words."""
    found = list(works)
    for work in found:
        work.places = places(work)  # type: ignore[attr-defined]
    return found


def drawn_tiles(campaign: Campaign, works: Sequence[int]) -> list[str]:
    """The finished tiles of released works, by their numbers; each is drawn once for a state of the wall."""
    drawn = _drawn(campaign.pk, campaign.revision, get_language())
    if fresh := [work for work in works if work not in drawn]:
        tile = get_template("parts/tile.html")
        found = public_works(campaign).filter(pk__in=fresh).select_related(None).only(*SHOWN)
        for work in tiles(found):
            drawn[work.pk] = tile.render({"work": work})
    return [drawn[work] for work in works if work in drawn]  # one that was just recalled is not


@lru_cache(maxsize=4)
def _drawn(_campaign: int, _revision: str, _language: str | None) -> dict[int, str]:
    return {}


def places(work: Work) -> str:
    """« Dordogne 3ᵉ », « 4 sièges », « partout »."""
    targets = [target.seat for target in work.targets.all()]
    if not targets:
        return _("everywhere")
    if len(targets) == 1:
        return short_label(targets[0])
    return ngettext("%(number)s seat", "%(number)s seats", len(targets)) % {"number": len(targets)}


def short_label(code: str) -> str:
    """« Dordogne 3ᵉ »: department and number."""
    found = seat(code)
    return found.label.replace(" circonscription", "").replace(",", "")
