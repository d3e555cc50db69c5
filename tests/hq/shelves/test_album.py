"""The album's sheets: made once for the cards of now, never with a recalled card, whole after a stop."""

import io
from datetime import datetime
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from tests.conftest import PARIS

from tractage.hq.library.models import Press
from tractage.hq.library.services import recall_work
from tractage.hq.shelves import album
from tractage.hq.shelves.models import AlbumPrint
from tractage.hq.shelves.selectors import cards, departments_with_cards
from tractage.hq.shelves.tasks import refresh_album


@pytest.fixture(autouse=True)
def _own_files(settings: Any, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def ten_cards(make_work: Any) -> list[Any]:
    seats = ["24-03"] * 7 + ["24-01", "17-03", "17-03"]
    return [make_work(kind="card", seats=[seat]) for seat in seats]


def pages(one: AlbumPrint) -> int:
    with one.file.open("rb") as stream, pikepdf.open(io.BytesIO(stream.read())) as pdf:
        return len(pdf.pages)


def test_ten_cards_make_two_sheets_and_one_a_department(ten_cards: list[Any], campaign: Any) -> None:
    assert departments_with_cards(cards(campaign)) == {"17": 2, "24": 8}
    assert refresh_album.call() == 3
    prints = {one.department: one for one in AlbumPrint.objects.filter(state=Press.DONE)}
    assert {department: pages(one) for department, one in prints.items()} == {"": 2, "24": 1, "17": 1}
    assert (prints[""].done, prints[""].total) == (10, 10)
    assert refresh_album.call() == 0


def test_a_recalled_card_leaves_the_sheets(ten_cards: list[Any], campaign: Any, client: Any) -> None:
    refresh_album.call()
    whole = AlbumPrint.objects.get(department="")
    address = f"/album/tout/{whole.key[:12]}.pdf"
    assert client.get(address).headers["Content-Type"] == "application/pdf"
    assert address in client.get("/album/").content.decode()
    recall_work(None, ten_cards[0], "Une erreur.")
    assert client.get(address).status_code == 404
    assert address not in client.get("/album/").content.decode()
    path = Path(whole.file.path)
    refresh_album.call()
    assert AlbumPrint.objects.filter(department="").get().total == 9
    assert not path.exists()


def test_nothing_is_printed_during_a_silence(ten_cards: list[Any], at: Any, client: Any) -> None:
    at(datetime(2027, 4, 17, 12, tzinfo=PARIS))
    assert refresh_album.call() == 0
    assert "après le silence électoral" in client.get("/album/").content.decode()


def test_a_print_that_stopped_is_made_again_whole(
    ten_cards: list[Any], campaign: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    def torn(*_args: Any, **_more: Any) -> int:
        raise OSError("the paper is torn")

    made = album.wanted_prints(campaign)
    with monkeypatch.context() as broken:
        broken.setattr(album, "print_pictures", torn)
        with pytest.raises(OSError, match="torn"):
            album.make_print(made[0].pk)
    made[0].refresh_from_db()
    assert made[0].state == Press.FAILED
    assert not list(Path(album.settings.MEDIA_ROOT, "album").glob(".album-*"))
    assert [one.pk for one in album.wanted_prints(campaign)] == [made[0].pk]
    assert album.make_print(made[0].pk)
    assert not album.make_print(made[0].pk)


def test_progress_is_shown(ten_cards: list[Any], campaign: Any, client: Any) -> None:
    made = next(one for one in album.wanted_prints(campaign) if not one.department)
    AlbumPrint.objects.filter(pk=made.pk).update(state=Press.RUNNING, done=4)
    html = client.get("/album/").content.decode()
    assert "4 cartes sur 10" in html
    assert 'value="4"' in client.get("/album/avancement/").content.decode()


def test_too_many_cards_are_printed_by_department(
    ten_cards: list[Any], campaign: Any, monkeypatch: pytest.MonkeyPatch, client: Any
) -> None:
    monkeypatch.setattr(album, "MOST_AT_ONCE", 9)
    monkeypatch.setattr("tractage.web.public.views.shelves.MOST_AT_ONCE", 9)
    assert set(album.parts(campaign)) == {"17", "24"}
    assert "choisissez un département" in client.get("/album/").content.decode()
