"""The album on paper: nine cards a sheet, made in the background and kept until a card changes."""

import os
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from django.conf import settings
from django.core.files import File
from django.db import transaction

from tractage.adapters.media import read_frames
from tractage.domain.studio.formats import find_format
from tractage.domain.studio.sheets import print_pictures
from tractage.hq.campaigns.clock import now
from tractage.hq.campaigns.models import Campaign
from tractage.hq.campaigns.services import touch_campaign
from tractage.hq.campaigns.silence import freeze
from tractage.hq.library.models import Edition, Press
from tractage.hq.shelves.models import AlbumPrint
from tractage.hq.shelves.selectors import (
    MOST_AT_ONCE,
    album_key,
    card_files,
    cards,
    departments_of,
    departments_with_cards,
)

if TYPE_CHECKING:
    from PIL.Image import Image

SHEET = "planche9"
MOST_PIXELS = 4_000_000


def parts(campaign: Campaign) -> dict[str, list[Edition]]:
    """The files of each print that the cards of now make: all of them, and one a department."""
    works = cards(campaign)
    chosen = {"": works} if 0 < len(works) <= MOST_AT_ONCE else {}
    for department in departments_with_cards(works):
        chosen[department] = [work for work in works if department in departments_of(work)]
    found = {department: card_files(of_them) for department, of_them in chosen.items()}
    return {department: files for department, files in found.items() if files}


def wanted_prints(campaign: Campaign) -> list[AlbumPrint]:
    """The prints that the cards of now ask for and that nobody asked for yet, kept as waiting.

    None during a silence: what is new waits. A print that failed is asked for again.
    """
    if freeze(campaign).frozen:
        return []
    made = []
    for department, files in parts(campaign).items():
        key = album_key(files)
        with transaction.atomic():
            one, created = AlbumPrint.objects.get_or_create(
                campaign=campaign, department=department, key=key, defaults={"total": len(files)}
            )
            failed = AlbumPrint.objects.filter(pk=one.pk, state=Press.FAILED).update(state=Press.WAITING)
        if created or failed:
            made.append(one)
    return made


def make_print(pk: int) -> bool:
    """Set the cards of a print on sheets; False when it is made already or its cards have changed since."""
    one = AlbumPrint.objects.select_related("campaign").filter(pk=pk).exclude(state=Press.DONE).first()
    if one is None:
        return False
    files = card_files(cards(one.campaign, one.department))
    if album_key(files) != one.key:
        one.delete()
        return False
    AlbumPrint.objects.filter(pk=pk).update(state=Press.RUNNING, done=0, total=len(files))
    try:
        _write(one, files)
    except Exception:
        AlbumPrint.objects.filter(pk=pk).update(state=Press.FAILED)
        raise
    touch_campaign(one.campaign)
    return True


def _write(one: AlbumPrint, files: list[Edition]) -> None:
    folder = Path(settings.MEDIA_ROOT) / "album"
    folder.mkdir(parents=True, exist_ok=True)
    descriptor, name = tempfile.mkstemp(dir=folder, prefix=".album-", suffix=".pdf")
    os.close(descriptor)
    done = 0

    def tell(number: int) -> None:
        nonlocal done
        done += number
        AlbumPrint.objects.filter(pk=one.pk).update(done=done)

    try:
        title = f"{one.campaign.name}, album"
        print_pictures(_pictures(files), find_format(SHEET), Path(name), title=title, progress=tell)
        with Path(name).open("rb") as stream, transaction.atomic():
            known = AlbumPrint.objects.select_for_update(of=("self",)).get(pk=one.pk)
            known.file.save("album.pdf", File(stream), save=False)
            known.bytes, known.state, known.made_at = Path(name).stat().st_size, Press.DONE, now()
            known.save()
    finally:
        Path(name).unlink(missing_ok=True)


def _pictures(files: list[Edition]) -> "Iterator[Image]":
    from PIL import Image

    for edition in files:
        with edition.file.open("rb") as stream:
            content = stream.read()
        frame = read_frames(content, pixels=MOST_PIXELS)[0]
        yield Image.fromarray(frame.pixels).convert("RGB")


def remove_old_prints(campaign: Campaign) -> int:
    """Let go of the prints of cards that have changed since, and of their files."""
    current = {(department, album_key(files)) for department, files in parts(campaign).items()}
    gone = 0
    for one in AlbumPrint.objects.filter(campaign=campaign).exclude(state=Press.RUNNING):
        if (one.department, one.key) in current:
            continue
        path, storage = str(one.file.name or ""), one.file.storage
        one.delete()
        if path and not AlbumPrint.objects.filter(file=path).exists():
            storage.delete(path)
        gone += 1
    return gone
