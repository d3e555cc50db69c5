"""Texts and games: no file, all the rest of a work's way."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from tests.hq.library.conftest import RIGHTS

from tractage.hq.library.models import Kind, Press, Status, Work
from tractage.hq.library.reviewing import Point, review_work
from tractage.hq.library.services import release_work
from tractage.hq.library.submission import FAMILIES
from tractage.hq.people.refusals import Refused

YES = {point.value: True for point in Point}
GAME = "https://jeux.exemple.fr/urne/"


def test_every_kind_has_a_door() -> None:
    assert set(FAMILIES) == set(Kind)


@pytest.mark.parametrize(
    ("kind", "words"),
    [("text", {"body": "Un couplet.\nUn refrain.", "alt_text": ""}), ("game", {"link": GAME})],
)
def test_it_comes_in_is_read_and_is_released(
    bring: Callable[..., Work], rosa: Any, rachid: Any, alice: Any, kind: str, words: dict[str, str],
    django_capture_on_commit_callbacks: Any,
) -> None:  # fmt: skip
    with django_capture_on_commit_callbacks(execute=True):
        work = bring(kind=kind, file=False, rights=RIGHTS, **words)
    work.refresh_from_db()
    assert work.press == Press.DONE
    with django_capture_on_commit_callbacks(execute=True):
        for reader in (rosa, rachid):
            review_work(reader, work, YES, "accept")
    work.refresh_from_db()
    assert (work.status, work.press) == (Status.ACCEPTED, Press.DONE)
    assert release_work(alice, work).status == Status.RELEASED
    page = Client().get(work.get_absolute_url()).content.decode()
    sheet = Client().get(f"{work.get_absolute_url()}passer/").content.decode()
    if kind == "text":
        assert "Un refrain." in page
        assert "Un refrain." in sheet
    else:
        assert f'href="{GAME}" rel="noopener"' in page
        assert GAME in sheet


@pytest.mark.parametrize(
    ("kind", "words"),
    [("text", {"body": " "}), ("game", {"link": ""}), ("game", {"link": "http://jeux.exemple.fr/"})],
)
def test_what_lacks_is_said(bring: Callable[..., Work], kind: str, words: dict[str, str]) -> None:
    with pytest.raises(Refused):
        bring(kind=kind, file=False, **words)


def test_a_game_may_bring_a_picture_which_the_press_sets(
    bring: Callable[..., Work], django_capture_on_commit_callbacks: Any
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        work = bring(kind="game", link=GAME)
    assert work.editions.filter(preview=True).count() == 2
