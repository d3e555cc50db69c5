"""Import, release, recall: who may, when, and what is left in the log."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.test import override_settings
from tests.conftest import PARIS, small_png

from tractage.hq.campaigns.models import AuditLine
from tractage.hq.library.models import Edition, Status, Work
from tractage.hq.library.refusals import Frozen, ReleaseRefused
from tractage.hq.library.services import EditionFile, WorkFacts, import_work, recall_work, release_work
from tractage.hq.library.tasks import release_waiting_works

SATURDAY = datetime(2027, 4, 17, 12, tzinfo=PARIS)
SUNDAY_NIGHT = datetime(2027, 4, 19, 9, tzinfo=PARIS)


def test_release_is_dated_logged_and_told_to_the_pages(make_work: Callable[..., Work], alice: Any) -> None:
    work = make_work(released=False)
    revision = work.campaign.revision
    released = release_work(alice, work)
    released.campaign.refresh_from_db()
    assert released.status == Status.RELEASED
    assert released.released_at == datetime(2027, 3, 1, 12, tzinfo=PARIS)
    assert released.campaign.revision != revision
    line = AuditLine.objects.get(verb="work.release", subject_id=str(work.pk))
    assert line.actor == alice


@pytest.mark.parametrize("who", ["bob", "chloe", "dan", "rosa"])
def test_others_may_not(make_work: Callable[..., Work], who: str, request: pytest.FixtureRequest) -> None:
    member = request.getfixturevalue(who)
    work, public = make_work(released=False), make_work()
    with pytest.raises(PermissionDenied):
        release_work(member, work)
    with pytest.raises(PermissionDenied):
        recall_work(member, public, "raison")
    with pytest.raises(PermissionDenied):
        import_work(member, work.campaign, WorkFacts("x", "poster", "X", "X", "X"), [])
    work.refresh_from_db()
    assert work.status == Status.ACCEPTED
    assert not Work.objects.filter(origin="x").exists()


@pytest.mark.parametrize(
    ("facts", "reason"),
    [({"alt_text": "  "}, "texte alternatif"), ({"ai": "generated"}, "IA générative")],
)
def test_what_is_missing_is_said(make_work: Callable[..., Work], facts: dict[str, str], reason: str) -> None:
    from django.utils import translation

    work = make_work(released=False, **facts)
    with translation.override("fr"), pytest.raises(ReleaseRefused) as raised:
        release_work(None, work)
    assert len(raised.value.reasons) == 1
    assert reason in raised.value.reasons[0]


def test_a_work_without_a_file_is_not_released(make_work: Callable[..., Work]) -> None:
    work = make_work(released=False)
    work.editions.filter(preview=False).delete()
    with pytest.raises(ReleaseRefused):
        release_work(None, work)


def test_the_law_holds_propaganda_and_lets_how_to_vote_out(
    make_work: Callable[..., Work], at: Callable[[datetime], None]
) -> None:
    speech, practical = make_work(released=False), make_work(released=False, kind="practical")
    at(SATURDAY)
    with pytest.raises(Frozen) as raised:
        release_work(None, speech)
    assert raised.value.status.rules == ("L49",)
    assert release_work(None, practical).status == Status.RELEASED
    recall = recall_work(None, practical, "Une étape était fausse.")
    assert recall.status == Status.RECALLED


def test_a_waiting_work_comes_out_after_the_silence(
    make_work: Callable[..., Work], at: Callable[[datetime], None]
) -> None:
    work = make_work(released=False)
    Work.objects.filter(pk=work.pk).update(release_after=SATURDAY)
    at(SATURDAY)
    assert release_waiting_works.call() == 0
    at(SUNDAY_NIGHT)
    assert release_waiting_works.call() == 1
    assert release_waiting_works.call() == 0
    work.refresh_from_db()
    assert work.released_at == SUNDAY_NIGHT


def test_releasing_twice_is_one_release(make_work: Callable[..., Work]) -> None:
    work = make_work()
    release_work(None, work)
    assert AuditLine.objects.filter(verb="work.release").count() == 1


def test_a_recall_says_why(make_work: Callable[..., Work], alice: Any) -> None:
    work = make_work()
    with pytest.raises(ReleaseRefused):
        recall_work(alice, work, "   ")
    with pytest.raises(ReleaseRefused):
        recall_work(alice, make_work(released=False), "raison")
    assert recall_work(alice, work, "Erreur de nom.").recall_reason == "Erreur de nom."


def test_the_same_origin_is_one_work_and_one_file(make_work: Callable[..., Work]) -> None:
    work = make_work(seats=["24-03"])
    picture = small_png(9)
    facts = WorkFacts(work.origin, "card", "Autre titre", "Autre texte.", "Lulu", seats=["24-01"])
    again = import_work(
        None, work.campaign, facts, [EditionFile("portrait", picture, "png", "image/png", 8, 10)]
    )
    assert (again.pk, again.slug, again.title) == (work.pk, work.slug, "Autre titre")
    assert [target.seat for target in again.targets.all()] == ["24-01"]
    edition = Edition.objects.get(work=again, format="portrait")
    assert edition.file.read() == picture
    assert edition.bytes == len(picture)


def test_two_works_of_one_title_have_two_addresses(make_work: Callable[..., Work]) -> None:
    slugs = {make_work(title="L’œuvre, là !").slug for _ in range(3)}
    assert slugs == {"l-oeuvre-la", "l-oeuvre-la-2", "l-oeuvre-la-3"}


def test_a_failed_import_leaves_nothing(make_work: Callable[..., Work], tmp_path: Any) -> None:
    campaign = make_work().campaign
    broken = tmp_path / "file-not-a-folder"
    broken.write_text("")
    before = (Work.objects.count(), AuditLine.objects.count())
    picture = EditionFile("portrait", small_png(77), "png", "image/png", 8, 10)
    with override_settings(MEDIA_ROOT=broken), pytest.raises(OSError, match="file-not-a-folder"):
        import_work(None, campaign, WorkFacts("y", "poster", "Y", "Y", "Y"), [picture])
    assert (Work.objects.count(), AuditLine.objects.count()) == before
