"""A work comes in, is read by two, and its files are made."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from tests.conftest import PARIS
from tests.hq.library.conftest import poster_png

from tractage.adapters.media import MediaError
from tractage.adapters.provenance import read_seal
from tractage.hq.campaigns.models import AuditLine
from tractage.hq.library import press
from tractage.hq.library.models import Press, Review, Status, Work
from tractage.hq.library.refusals import ReleaseRefused
from tractage.hq.library.reviewing import Point, review_work
from tractage.hq.library.selectors import review_queue
from tractage.hq.library.services import release_work, schedule_release
from tractage.hq.library.submission import (
    MOVING,
    PICTURES,
    WorkContent,
    change_work,
    read_upload,
    submit_work,
)
from tractage.hq.library.tasks import make_editions, release_waiting_works
from tractage.hq.people.models import Standing
from tractage.hq.people.refusals import Refused

FINE = {point.value: True for point in Point}
SATURDAY = datetime(2027, 4, 17, 12, tzinfo=PARIS)
MONDAY = datetime(2027, 4, 19, 9, tzinfo=PARIS)
Bring = Callable[..., Work]


def again(work: Work) -> Work:
    return Work.objects.get(pk=work.pk)


@pytest.fixture
def committed(django_capture_on_commit_callbacks: Any) -> Any:
    return lambda: django_capture_on_commit_callbacks(execute=True)


def test_metadata_is_gone_and_what_is_not_a_picture_is_refused() -> None:
    clean = read_upload(poster_png(), "affiche.png", PICTURES)
    assert b"48.8566" in poster_png()
    assert b"48.8566" not in clean.content
    with pytest.raises(MediaError):
        read_upload(b"<svg onload='alert(1)'/>", "affiche.png", PICTURES)


def test_a_draft_lacks_what_it_lacks(bring: Bring, bob: Any) -> None:
    work = bring(sent=False, file=False, rights=())
    with pytest.raises(Refused) as raised:
        submit_work(bob, work)
    assert len(str(raised.value).split(". ")) >= 2
    assert again(work).status == Status.DRAFT


def test_a_work_is_sent_once(bring: Bring, bob: Any) -> None:
    work = bring()
    submit_work(bob, work)
    assert AuditLine.objects.filter(verb="work.submit").count() == 1
    assert again(work).status == Status.SUBMITTED


def test_only_authors_change_a_draft(bring: Bring, rosa: Any, alice: Any) -> None:
    work = bring(sent=False)
    content = WorkContent(kind="poster", title="x", alt_text="x", credit="x")
    for other in (rosa, alice):
        with pytest.raises(PermissionDenied):
            change_work(other, work, content)
        with pytest.raises(PermissionDenied):
            submit_work(other, work)
    assert again(work).title == "Soixante-quinze voix"


def test_two_yes_accept_and_the_files_are_made(
    bring: Bring, rosa: Any, rachid: Any, chloe: Any, alice: Any, committed: Any
) -> None:
    with committed():
        work = bring()
    assert again(work).editions.filter(preview=True).count() == 2
    review_work(rosa, work, FINE, "accept")
    assert again(work).status == Status.REVIEW
    with pytest.raises(PermissionDenied):
        review_work(rosa, work, FINE, "accept")
    with committed():
        review_work(rachid, work, FINE, "accept")
    work = again(work)
    assert (work.status, work.press, work.press_done) == (Status.ACCEPTED, Press.DONE, work.press_total)
    with pytest.raises(PermissionDenied):
        review_work(chloe, work, FINE, "accept")
    made = {one.format: one for one in work.editions.filter(preview=False)}
    assert set(made) == {"original", *press.STILLS}
    assert (made["story"].width, made["story"].height) == (1080, 1920)
    for edition in made.values():
        content = edition.file.open("rb").read()
        seal = read_seal(content, edition.media_type)
        assert seal is not None
        assert seal.title == work.title
        assert seal.state == "Valid"
    before = dict(work.editions.values_list("format", "sha256"))
    Work.objects.filter(pk=work.pk).update(press=Press.RUNNING)
    make_editions.enqueue(work.pk)
    assert dict(again(work).editions.values_list("format", "sha256")) == before
    assert release_work(alice, work).status == Status.RELEASED


def test_a_killed_press_takes_up_where_it_stopped(
    bring: Bring, rosa: Any, rachid: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    work = bring()
    for reader in (rosa, rachid):
        review_work(reader, work, FINE, "accept")
    kept = press.keep_edition
    count = iter(range(100))

    def stop(work: Work, file: Any) -> Any:
        if next(count) == 4:
            raise OSError("disk full")
        return kept(work, file)

    monkeypatch.setattr(press, "keep_edition", stop)
    with pytest.raises(OSError, match="disk full"):
        press.run_press(work.pk, press.everything_of, press.ACCEPTED)
    assert again(work).press == Press.FAILED
    half = dict(work.editions.values_list("format", "sha256"))
    with pytest.raises(ReleaseRefused):
        release_work(None, work)
    press.run_press(work.pk, press.everything_of, press.ACCEPTED)
    whole = dict(work.editions.values_list("format", "sha256"))
    assert again(work).press == Press.DONE
    assert {name: whole[name] for name in half} == half
    assert len(whole) > len(half)


@pytest.mark.parametrize("who", ["bob", "dan"])
def test_authors_and_newcomers_do_not_review(bring: Bring, who: str, request: pytest.FixtureRequest) -> None:
    member = request.getfixturevalue(who)
    work = bring()
    with pytest.raises(PermissionDenied):
        review_work(member, work, FINE, "accept")
    assert not Review.objects.exists()


def test_a_reviewer_does_not_read_what_they_helped_to_make(bring: Bring, rosa: Any, rachid: Any) -> None:
    work = bring(coauthors=[rosa])
    own = bring(author=rachid)
    with pytest.raises(PermissionDenied):
        review_work(rosa, work, FINE, "accept")
    assert list(review_queue(work.campaign, rosa)) == [own]
    assert list(review_queue(work.campaign, rachid)) == [work]


@pytest.mark.parametrize("verdict", ["changes", "refuse"])
def test_a_no_needs_its_reason(bring: Bring, rosa: Any, verdict: str) -> None:
    work = bring()
    with pytest.raises(Refused):
        review_work(rosa, work, FINE, verdict, "non")
    review_work(rosa, work, FINE | {"rights": False}, verdict, "La photo n’a pas de source.")
    assert again(work).status == {"changes": Status.CHANGES, "refuse": Status.REFUSED}[verdict]


@pytest.mark.parametrize("points", [{}, FINE | {"law": False}])
def test_a_yes_needs_five_points(bring: Bring, rosa: Any, points: dict[str, bool]) -> None:
    work = bring()
    with pytest.raises(Refused):
        review_work(rosa, work, points, "accept")
    assert not Review.objects.exists()


def test_a_corrected_work_is_read_again_by_two(bring: Bring, bob: Any, rosa: Any, rachid: Any) -> None:
    work = bring()
    review_work(rosa, work, FINE, "accept")
    review_work(rachid, work, FINE, "changes", "Le chiffre n’est pas le bon.")
    work = submit_work(bob, again(work))
    assert (work.proof, work.status) == (2, Status.SUBMITTED)
    review_work(rachid, work, FINE, "accept")
    assert again(work).status == Status.REVIEW
    review_work(rosa, work, FINE, "accept")
    assert again(work).status == Status.ACCEPTED


def test_a_first_accepted_work_makes_a_member(bring: Bring, dan: Any, rosa: Any, rachid: Any) -> None:
    work = bring(author=dan)
    for reader in (rosa, rachid):
        review_work(reader, work, FINE, "accept")
    dan.refresh_from_db()
    assert dan.standing == Standing.MEMBER


def test_a_work_waits_for_the_end_of_the_silence(
    make_work: Callable[..., Work], alice: Any, bob: Any, at: Any
) -> None:
    work = make_work(released=False)
    with pytest.raises(ReleaseRefused):
        schedule_release(alice, work)
    at(SATURDAY)
    with pytest.raises(PermissionDenied):
        schedule_release(bob, work)
    waiting = schedule_release(alice, work)
    assert waiting.release_after is not None
    assert waiting.release_after > SATURDAY
    release_waiting_works.enqueue()
    assert again(work).status == Status.ACCEPTED
    at(MONDAY)
    release_waiting_works.enqueue()
    release_waiting_works.enqueue()
    assert again(work).status == Status.RELEASED
    assert AuditLine.objects.filter(verb="work.release", subject_id=str(work.pk)).count() == 1


def test_the_queue_asks_few_questions(bring: Bring, rosa: Any, django_assert_max_num_queries: Any) -> None:
    for number in range(6):
        bring(title=f"Affiche {number}")
    with django_assert_max_num_queries(4):
        shown = [
            (one.title, one.previews, list(one.coauthors.all())) for one in review_queue(one_campaign(), rosa)
        ]
    assert len(shown) == 6


def one_campaign() -> Any:
    from tractage.hq.campaigns.models import Campaign

    return Campaign.objects.get()


def test_a_video_needs_its_captions(bring: Bring, bob: Any) -> None:
    work = bring(sent=False)
    work.editions.update(media_type="video/mp4")
    with pytest.raises(Refused):
        submit_work(bob, work)
    assert MOVING
