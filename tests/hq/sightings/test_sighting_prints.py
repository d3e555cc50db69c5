"""A screenshot says which works it may show; something else shows none; the index grows by itself."""

import io
from collections.abc import Callable
from typing import Any

import pytest
from django_tasks_db.models import DBTaskResult
from PIL import Image, ImageDraw, ImageFilter

from tractage.adapters.media import MediaError
from tractage.hq.library.services import EditionFile, WorkFacts, import_work, recall_work, release_work
from tractage.hq.sightings import prints
from tractage.hq.sightings.tasks import ask_for_prints, refresh_prints

pytest.importorskip("cv2")


def poster(seed: int, size: tuple[int, int] = (540, 675)) -> Image.Image:
    """An invented poster with enough in it to be recognised."""
    import random

    draw_from = random.Random(seed)
    picture = Image.new("RGB", size, tuple(draw_from.randrange(120, 256) for _ in range(3)))
    pen = ImageDraw.Draw(picture)
    for _ in range(60):
        x, y = draw_from.randrange(size[0]), draw_from.randrange(size[1])
        w, h = draw_from.randrange(10, 140), draw_from.randrange(10, 140)
        colour = tuple(draw_from.randrange(256) for _ in range(3))
        shape = pen.ellipse if draw_from.random() < 0.5 else pen.rectangle
        shape((x, y, x + w, y + h), fill=colour)
    return picture


def png(picture: Image.Image) -> bytes:
    buffer = io.BytesIO()
    picture.save(buffer, "PNG")
    return buffer.getvalue()


def screenshot(picture: Image.Image) -> bytes:
    """The poster smaller, blurred, in the frame of a phone."""
    frame = Image.new("RGB", (390, 844), (250, 250, 250))
    small = picture.resize((360, 450)).filter(ImageFilter.GaussianBlur(0.6))
    frame.paste(small, (15, 160))
    ImageDraw.Draw(frame).rectangle((0, 0, 390, 60), fill=(20, 20, 30))
    buffer = io.BytesIO()
    frame.save(buffer, "JPEG", quality=70)
    return buffer.getvalue()


@pytest.fixture
def hang(campaign: Any, quiet_day: None) -> Callable[[int], Any]:
    """Release the poster of a seed."""

    def make(seed: int) -> Any:
        content = png(poster(seed))
        facts = WorkFacts(
            origin=f"affiche:{seed}", kind="poster", title=f"Affiche {seed}", alt_text="x", credit="Bob"
        )
        file = EditionFile("portrait", content, "png", "image/png", 540, 675)
        return release_work(None, import_work(None, campaign, facts, [file]))

    return make


def test_a_screenshot_of_a_work_names_it(campaign: Any, hang: Callable[[int], Any]) -> None:
    works = [hang(seed) for seed in range(4)]
    assert refresh_prints.call(campaign.pk) == 4
    found = prints.look_for(campaign, screenshot(poster(2)), "capture.jpg")
    assert [one.work for one in found] == [works[2].pk]
    assert found[0].sure
    assert 0.27 <= found[0].score <= 1


def test_a_screenshot_of_something_else_names_nothing(campaign: Any, hang: Callable[[int], Any]) -> None:
    hang(1)
    refresh_prints.call(campaign.pk)
    assert prints.look_for(campaign, screenshot(poster(99)), "capture.jpg") == ()


def test_the_index_grows_by_itself_and_only_by_what_is_new(
    campaign: Any, hang: Callable[[int], Any], django_capture_on_commit_callbacks: Any
) -> None:
    assert not ask_for_prints.call()
    hang(1)
    assert ask_for_prints.call()
    assert prints.missing(campaign) == {}
    hang(2)
    assert len(prints.missing(campaign)) == 1
    assert prints.refresh(campaign) == 1
    assert prints.refresh(campaign) == 0


def test_without_a_change_one_query_tells_that_nothing_is_missing(
    campaign: Any, hang: Callable[[int], Any], django_assert_num_queries: Any
) -> None:
    hang(1)
    prints.refresh(campaign)
    assert not prints.anything_missing(campaign)
    with django_assert_num_queries(1):
        assert not prints.anything_missing(campaign)
    hang(2)
    assert prints.anything_missing(campaign)


def test_a_recalled_work_is_still_recognised(campaign: Any, hang: Callable[[int], Any]) -> None:
    work = hang(1)
    prints.refresh(campaign)
    recall_work(None, work, "Un chiffre était faux.")
    assert [one.work for one in prints.look_for(campaign, screenshot(poster(1)), "c.jpg")] == [work.pk]


def test_a_work_without_a_picture_to_look_at_is_tried_once(campaign: Any, make_work: Any) -> None:
    make_work()
    assert prints.refresh(campaign) == 0
    assert prints.missing(campaign) == {}


def test_a_hostile_file_is_refused_in_words(campaign: Any, quiet_day: None) -> None:
    with pytest.raises(MediaError):
        prints.look_for(campaign, b"GIF89a" + b"\x00" * 30, "capture.png")


def work_off(chains: int = 1) -> list[int]:
    """Run what the queue holds as workers do, `chains` tasks at the same time; return what each added."""
    added = []
    while waiting := list(DBTaskResult.objects.filter(status="READY").order_by("enqueued_at")[:chains]):
        for task in waiting:
            task.claim("essai")
        for task in waiting:
            result = task.task.call(*task.args_kwargs["args"])
            task.set_successful(result)
            added.append(result)
    return added


@pytest.mark.parametrize("chains", [1, 2])
def test_many_works_are_taken_in_slices_that_follow_each_other_and_end_once(
    campaign: Any, hang: Callable[[int], Any], settings: Any, monkeypatch: pytest.MonkeyPatch, chains: int
) -> None:
    monkeypatch.setattr(prints, "BATCH", 2)
    for seed in range(5):
        hang(seed)
    settings.TASKS = {
        "default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": ["default", "studio"]}
    }
    for _ in range(chains):
        refresh_prints.enqueue(campaign.pk)
    added = work_off(chains)
    assert added == [2, 2, 1]
    assert prints.missing(campaign) == {}
    assert not ask_for_prints.call()
    assert DBTaskResult.objects.count() == len(added)
