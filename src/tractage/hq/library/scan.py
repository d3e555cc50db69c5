"""The texts of a work, read for what lets a private person be reached: a flag, never a verdict."""

from collections.abc import Iterator
from typing import NamedTuple

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from tractage.domain.guard.doxxing import Reach, find_personal
from tractage.hq.library.models import Work

CAPTIONS = "captions"
MOST = 200_000  # signs of captions that are read


class Kind(TextChoices):
    """By what somebody could be reached."""

    EMAIL = Reach.EMAIL, _("e-mail address")
    PHONE = Reach.PHONE, _("telephone number")
    ADDRESS = Reach.ADDRESS, _("postal address")


class Flag(NamedTuple):
    """One piece of a work's texts. where: which text; found: as it is written there."""

    where: str
    kind: Kind
    found: str


def scan_work(work: Work) -> list[Flag]:
    """The flags of a work as it stands; the campaign's own contact is not one."""
    publisher = work.campaign.publisher
    own = [str(publisher.get(key, "")) for key in ("contact", "address", "host")]
    return [
        Flag(where, Kind(one.kind.value), one.found)
        for where, text in _texts(work)
        for one in find_personal(text, own)
    ]


def _texts(work: Work) -> Iterator[tuple[str, str]]:
    for label, text in (
        (_("title"), work.title),
        (_("in a sentence"), work.summary),
        (_("the text itself, for a text"), work.body),
        (_("alternative text"), work.alt_text),
        (_("credit line"), work.credit),
        (_("where it is played, for a game"), work.link),
    ):
        yield str(label), text
    for source in work.sources:
        yield str(_("sources")), " ".join(str(value) for value in source.values())
    captions = work.editions.filter(format=CAPTIONS).first()
    if captions is not None:
        with captions.file.open("rb") as file:
            yield str(_("captions")), file.read(MOST).decode("utf-8", "replace")
