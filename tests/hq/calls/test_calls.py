"""Calls for posters: open to everyone, read blind, chosen by two at least, undone step by step."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from tests.conftest import PARIS, QUIET_DAY
from tests.hq.calls.conftest import clean_poster, open_a_call, send

from tractage.conf.worker import make_rounds
from tractage.hq.calls import services
from tractage.hq.calls.blanks import FORMATS, blank, palette
from tractage.hq.calls.models import Entry, PosterCall, State, Vote
from tractage.hq.calls.selectors import jury_order, open_call, results
from tractage.hq.calls.tasks import forget_posters
from tractage.hq.library.models import Status, Work
from tractage.hq.library.refusals import ReleaseRefused
from tractage.hq.library.reviewing import Point, review_work
from tractage.hq.library.services import release_work
from tractage.hq.library.submission import submit_work
from tractage.hq.people.personal import everything_about, keepers
from tractage.hq.people.refusals import Refused, TooManyAttempts

SILENCE = datetime(2027, 4, 17, 12, tzinfo=PARIS)


@pytest.fixture(autouse=True)
def _own_keys(settings: Any, tmp_path: Path) -> None:
    settings.TRACTAGE = replace(settings.TRACTAGE, data_dir=tmp_path)


@pytest.fixture
def call(campaign: Any, quiet_day: None) -> PosterCall:
    """A call that takes posters."""
    return open_a_call(campaign)


def test_anyone_sends_a_poster_and_takes_it_back(call: PosterCall) -> None:
    entry, token = send(call)
    assert (entry.member, entry.credit) == (None, "Mirabelle")
    assert token not in str(Entry.objects.values().get())
    path = Path(entry.file.path)
    assert path.exists()
    services.withdraw_entry(entry)
    assert not Entry.objects.exists()


@pytest.mark.parametrize("words", [{"consent": False}, {"alt_text": " "}, {"ai": "generated"}])
def test_what_lacks_is_refused_in_words(call: PosterCall, words: dict[str, Any]) -> None:
    call.campaign.ai_policy = "none"
    call.campaign.save()
    with pytest.raises(Refused):
        send(call, **words)
    assert not Entry.objects.exists()


def test_the_same_poster_comes_once_and_not_too_many_at_once(call: PosterCall) -> None:
    send(call, file=clean_poster(7), place="192.0.2.200")
    with pytest.raises(Refused, match=r"déjà|already"):
        send(call, file=clean_poster(7), place="192.0.2.201")
    for _number in range(services.SENT.most - 1):
        send(call, place="192.0.2.200")
    with pytest.raises(TooManyAttempts):
        send(call, place="192.0.2.200")


def test_a_call_closes_by_itself_and_takes_nothing_more(
    campaign: Any, call: PosterCall, at: Callable[[datetime], None]
) -> None:
    at(QUIET_DAY + timedelta(days=14))
    with pytest.raises(Refused):
        send(call)
    assert open_call(campaign) is None
    make_rounds()
    call.refresh_from_db()
    assert call.state == State.JURY


def test_coordinators_alone_move_a_call_one_step_at_a_time(
    campaign: Any, call: PosterCall, alice: Any, rosa: Any, at: Callable[[datetime], None]
) -> None:
    with pytest.raises(PermissionDenied):
        services.move_call(rosa, call, State.JURY)
    with pytest.raises(Refused):
        services.move_call(alice, call, State.SHOWN)
    services.move_call(alice, call, State.JURY)
    at(SILENCE)
    with pytest.raises(Refused, match="L49"):
        services.move_call(alice, call, State.SHOWN)
    at(QUIET_DAY)
    services.move_call(alice, call, State.SHOWN)
    assert services.move_call(alice, call, State.JURY).state == State.JURY  # undone
    with pytest.raises(Refused):
        services.write_call(alice, campaign, services.CallContent("Autre", "Mots", SILENCE), call)


def test_each_juror_has_an_order_of_their_own_and_the_same_each_time(
    call: PosterCall, rosa: Any, rachid: Any
) -> None:
    for _number in range(12):
        send(call)
    first, second = jury_order(call, rosa), jury_order(call, rachid)
    assert first == jury_order(call, rosa)
    assert sorted(first) == sorted(second)
    assert first != second
    assert first != sorted(first)


def test_the_jury_votes_once_it_is_closed_and_never_for_its_own(
    call: PosterCall, rosa: Any, rachid: Any, bob: Any
) -> None:
    entry, _token = send(call)
    own, _token = send(call, rosa)
    with pytest.raises(PermissionDenied):
        services.vote(rosa, entry, 2)
    services.move_call(None, call, State.JURY)
    for person, thing in ((bob, entry), (rosa, own)):
        with pytest.raises(PermissionDenied):
            services.vote(person, thing, 2)
    assert own.pk not in jury_order(call, rosa)
    with pytest.raises(Refused):
        services.vote(rosa, entry, 4)
    services.vote(rosa, entry, 1)
    services.vote(rosa, entry, 3, "Belle ligne.")
    services.vote(rachid, entry, 2)
    assert Vote.objects.count() == 2
    assert [(one.entry.pk, one.mean) for one in results(call)] == [(entry.pk, 2.5), (own.pk, None)]


@pytest.fixture
def choose(call: PosterCall, rosa: Any, rachid: Any, alice: Any) -> Callable[..., Work]:
    """Two of the jury like a poster, Alice chooses it: `choose(entry)`."""

    def chosen(entry: Entry) -> Work:
        call.refresh_from_db()
        if call.state == State.OPEN:
            services.move_call(None, call, State.JURY)
        for juror in (rosa, rachid):
            services.vote(juror, entry, 3)
        return services.choose_entry(alice, entry)

    return chosen


def test_a_poster_is_chosen_by_a_coordinator_after_two_votes(
    call: PosterCall, rosa: Any, rachid: Any, alice: Any
) -> None:
    entry, _token = send(call)
    with pytest.raises(Refused):
        services.choose_entry(alice, entry)
    services.move_call(None, call, State.JURY)
    services.vote(rosa, entry, 3)
    with pytest.raises(Refused):
        services.choose_entry(alice, entry)
    services.vote(rachid, entry, 3)
    with pytest.raises(PermissionDenied):
        services.choose_entry(rosa, entry)
    work = services.choose_entry(alice, entry)
    assert services.choose_entry(alice, entry) == work
    assert Work.objects.count() == 1
    entry.refresh_from_db()
    with pytest.raises(Refused):
        services.withdraw_entry(entry)


def test_a_chosen_poster_is_read_by_two_before_the_wall(
    call: PosterCall, choose: Callable[..., Work], rosa: Any, rachid: Any, alice: Any,
    django_capture_on_commit_callbacks: Any,
) -> None:  # fmt: skip
    with django_capture_on_commit_callbacks(execute=True):
        work = choose(send(call, ai="none")[0])
    work.refresh_from_db()
    assert (work.status, work.press, work.credit) == (Status.SUBMITTED, "done", "Mirabelle")
    assert work.rights == [{"what": "Affiche", "ground": "own", "basis": "Mon dessin"}]
    assert (work.alt_text, work.author) == ("Une urne verte qui sourit.", None)
    with pytest.raises(ReleaseRefused):
        release_work(alice, work)
    with django_capture_on_commit_callbacks(execute=True):
        for reader in (rosa, rachid):
            review_work(reader, work, dict.fromkeys(Point.values, True), "accept")
    work.refresh_from_db()
    assert (work.status, work.press) == (Status.ACCEPTED, "done")
    assert work.editions.filter(preview=False).count() == 8
    assert release_work(alice, work).status == Status.RELEASED


def test_a_reviewer_does_not_read_the_poster_they_sent(
    call: PosterCall, choose: Callable[..., Work], fanny: Any, rosa: Any
) -> None:
    work = choose(send(call, fanny)[0])
    assert work.author == fanny
    points = dict.fromkeys(Point.values, True)
    with pytest.raises(PermissionDenied):
        review_work(fanny, work, points, "accept")
    review_work(rosa, work, points | {"rights": False}, "changes", "D’où vient la photo du fond ?")
    work.refresh_from_db()
    assert submit_work(fanny, work).proof == 2


def test_files_go_two_months_after_a_call_closed(
    call: PosterCall, choose: Callable[..., Work], at: Callable[[datetime], None]
) -> None:
    chosen, other = send(call)[0], send(call)[0]
    again, _token = send(open_a_call(call.campaign), file=clean_poster(7))
    same, _token = send(call, file=clean_poster(7))
    work = choose(chosen)
    paths = [Path(one.file.path) for one in (chosen, other, again)]
    PosterCall.objects.filter(pk=again.call_id).update(closes_at=call.closes_at + timedelta(days=9))
    at(call.closes_at + services.FILES_KEPT - timedelta(minutes=1))
    make_rounds()
    assert all(path.exists() for path in paths)
    at(call.closes_at + services.FILES_KEPT + timedelta(minutes=1))
    assert forget_posters.call() == 3
    assert forget_posters.call() == 0
    for entry in (chosen, other, same, again):
        entry.refresh_from_db()
    assert [bool(one.file) for one in (chosen, other, same, again)] == [False, False, False, True]
    assert (chosen.credit, other.credit, other.alt_text, other.rights) == ("Mirabelle", "", "", [])
    assert Path(work.editions.get(format="original").file.path).exists()
    assert len(results(call)) == 3


def test_removed_files_leave_the_disk_and_are_no_longer_chosen(
    call: PosterCall, at: Callable[[datetime], None], alice: Any, django_capture_on_commit_callbacks: Any
) -> None:
    entry = send(call)[0]
    twin = send(open_a_call(call.campaign), file=clean_poster(7))[0]
    same = send(call, file=clean_poster(7))[0]
    assert same.file.name == twin.file.name
    gone, kept = Path(entry.file.path), Path(twin.file.path)
    PosterCall.objects.filter(pk=twin.call_id).update(closes_at=call.closes_at + timedelta(days=90))
    at(call.closes_at + services.FILES_KEPT + timedelta(minutes=1))
    with django_capture_on_commit_callbacks(execute=True):
        make_rounds()
    assert not gone.exists()
    assert kept.exists()
    with pytest.raises(Refused):
        services.choose_entry(alice, entry)
    services.withdraw_entry(same)


def test_a_member_reads_what_is_kept_and_leaves_a_credit(call: PosterCall, bob: Any, rosa: Any) -> None:
    entry, _token = send(call, bob)
    services.move_call(None, call, State.JURY)
    services.vote(rosa, entry, 2, "Bien.")
    assert everything_about(bob)["calls"]["sent"][0]["title"] == entry.title
    assert everything_about(rosa)["calls"]["votes"][0]["comment"] == "Bien."
    keepers["calls"].let_go(bob, "anonyme")
    entry.refresh_from_db()
    assert (entry.member, entry.credit) == (None, "anonyme")


@pytest.mark.parametrize("format_name", FORMATS)
def test_there_is_something_to_start_from(campaign: Any, format_name: str) -> None:
    data, media_type = blank(campaign, format_name)
    assert data.startswith(b"%PDF" if format_name == "a4" else b"\x89PNG")
    assert media_type in {"application/pdf", "image/png"}
    assert blank(campaign, format_name)[0] is data


def test_the_palette_is_the_campaigns(campaign: Any) -> None:
    lines = palette(campaign).splitlines()
    assert lines[:2] == ["GIMP Palette", f"Name: {campaign.name}"]
    assert " 35  21  46\tencre" in lines
