"""A submitted work, step by step."""

import io
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from tractage.hq.library.models import Work

RIGHTS = (
    {"what": "Dessin", "ground": "own", "basis": "Je l’ai fait", "owner": "", "tests": "", "proof": ""},
)


def poster_png(size: tuple[int, int] = (320, 400)) -> bytes:
    """A poster with a place in its metadata, which must not survive."""
    from PIL import Image
    from PIL.PngImagePlugin import PngInfo

    said = PngInfo()
    said.add_text("Comment", "48.8566 N, 2.3522 E")
    buffer = io.BytesIO()
    picture = Image.new("RGB", size, (127, 216, 180))
    picture.paste((35, 21, 46), (size[0] // 4, size[1] // 4, size[0] // 2, size[1] // 2))
    picture.save(buffer, "PNG", pnginfo=said)
    return buffer.getvalue()


@pytest.fixture(autouse=True)
def _own_keys(settings: Any, tmp_path: Path) -> None:
    settings.TRACTAGE = replace(settings.TRACTAGE, data_dir=tmp_path)


@pytest.fixture
def bring(campaign: Any, bob: Any, quiet_day: None) -> "Callable[..., Work]":
    """Bob's poster: `bring()` submits it, `bring(sent=False)` leaves a draft, words change what it says."""
    from tractage.hq.library.submission import (
        MOVING,
        WorkContent,
        draft_work,
        read_upload,
        submit_work,
    )
    from tractage.hq.people.services import accept_charter

    def make(*, sent: bool = True, author: Any = None, file: bool = True, **words: Any) -> "Work":
        maker = author or bob
        accept_charter(maker, campaign)
        said: dict[str, Any] = {
            "kind": "poster",
            "title": "Soixante-quinze voix",
            "alt_text": "Affiche verte avec un carré sombre.",
            "credit": "Bob",
            "rights": RIGHTS,
        }
        clean = read_upload(poster_png(), "affiche.png", MOVING) if file else None
        work = draft_work(maker, campaign, WorkContent(**(said | words)), clean)
        return submit_work(maker, work) if sent else work

    return make
