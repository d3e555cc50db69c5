"""What a tile of the wall says besides the picture."""

from collections.abc import Iterable

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tractage.domain.elections.seats import seat
from tractage.hq.library.models import Work


def tiles(works: Iterable[Work]) -> list[Work]:
    """The works, each with `places`: the seat it speaks of, in words."""
    found = list(works)
    for work in found:
        work.places = places(work)  # type: ignore[attr-defined]
    return found


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
