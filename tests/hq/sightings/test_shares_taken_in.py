"""Declared posts come into list A in slices: each once, whoever makes the rounds and however many wait."""

from collections.abc import Callable
from datetime import timedelta
from threading import Barrier, Thread
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.hq.sightings.conftest import tiktok

from tractage.hq.campaigns.clock import now
from tractage.hq.library.models import Share
from tractage.hq.sightings import shares
from tractage.hq.sightings.models import Post, Sighting
from tractage.hq.sightings.services import confirm_sighting

See = Callable[..., Sighting]


@pytest.fixture(autouse=True)
def _slices_of_three(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shares, "SLICE", 3)
    monkeypatch.setattr(shares, "PAUSE", 0)


@pytest.fixture
def tell(make_work: Callable[..., Any]) -> Callable[..., Share]:
    """Somebody declares a post: `tell(3, member=bob)`."""
    work = make_work()

    def declare(number: int, member: Any = None, **values: Any) -> Share:
        values = {"work": work, "address": tiktok(number), "at": now()} | values
        return Share.objects.create(member=member, **values)

    return declare


def test_a_backlog_comes_in_once(tell: Callable[..., Share], bob: Any) -> None:
    told = [tell(number, bob if number % 2 else None) for number in range(8)]
    tell(8, bob, address="https://t.co/abc")
    tell(9, bob, address="")
    tell(10, bob, at=now() - timedelta(days=31))
    assert shares.take_in_shares() == 8
    assert shares.take_in_shares() == 0
    rows = Sighting.objects.order_by("share_id").values_list("share", "state", "visitor", "work", "member")
    assert list(rows) == [
        (
            one.pk,
            "confirmed" if one.member_id else "pending",
            one.member_id is None,
            one.work_id,
            one.member_id,
        )
        for one in told
    ]
    assert Post.objects.count() == 8


def test_another_worker_a_moment_later_finds_nothing(tell: Callable[..., Share], bob: Any) -> None:
    links = {one.pk: shares._link(one.address) for one in (tell(1, bob), tell(2, bob))}
    assert shares._take_in({pk: link for pk, link in links.items() if link}) == 2
    assert shares._take_in({pk: link for pk, link in links.items() if link}) == 0
    assert Sighting.objects.count() == 2


def test_two_people_and_two_works_of_one_post(
    tell: Callable[..., Share], make_work: Callable[..., Any], bob: Any, alice: Any
) -> None:
    tell(1, bob)
    tell(1, alice, work=make_work())
    tell(1, bob, work=make_work(), address=f"{tiktok(1)}?lang=fr")
    assert shares.take_in_shares() == 3
    assert Post.objects.count() == 1
    assert Sighting.objects.values("share").distinct().count() == 3


def test_what_the_member_had_said_is_joined(
    tell: Callable[..., Share], see: See, bob: Any, alice: Any, make_work: Callable[..., Any]
) -> None:
    other = make_work()
    said = see(1, how="A", work=other)
    anothers = see(1, how="A", actor=alice)
    share = tell(1, bob)
    assert shares.take_in_shares() == 1
    said.refresh_from_db()
    assert (said.share, said.work, said.state) == (share, other, "confirmed")
    anothers.refresh_from_db()
    assert anothers.share is None
    assert Sighting.objects.count() == 2


def test_a_post_whose_address_was_sealed_is_the_same_post(tell: Callable[..., Share], see: See) -> None:
    from tractage.hq.sightings.addresses import sealed

    post = see(1).post
    Post.objects.filter(pk=post.pk).update(key=sealed(post.platform, post.key), url="")
    tell(1)
    assert shares.take_in_shares() == 1
    assert Post.objects.count() == 1


def test_a_visitors_post_waits_for_a_member(tell: Callable[..., Share], rachid: Any) -> None:
    tell(1)
    shares.take_in_shares()
    waiting = Sighting.objects.get()
    assert waiting.state == "pending"
    assert confirm_sighting(rachid, waiting, waiting.work).state == "confirmed"


def test_a_slice_asks_the_database_the_same_whatever_it_holds(
    tell: Callable[..., Share], bob: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(shares, "SLICE", 100)
    asked = []
    for start, end in ((0, 2), (2, 30)):
        for number in range(start, end):
            tell(number, bob)
        with CaptureQueriesContext(connection) as queries:
            shares.take_in_shares()
        asked.append(len(queries))
    assert asked[0] == asked[1] <= 12


@pytest.mark.django_db(transaction=True)
def test_two_workers_at_once_take_each_in_once(tell: Callable[..., Share], bob: Any) -> None:
    if connection.vendor != "postgresql":
        pytest.skip("the memory database of these tests has one connection")
    told = {tell(number, bob).pk for number in range(30)}
    start, taken, wrong = Barrier(2), [], []

    def work() -> None:
        try:
            start.wait(10)
            taken.append(shares.take_in_shares())
        except Exception as error:
            wrong.append(error)
        finally:
            connection.close()

    workers = [Thread(target=work), Thread(target=work)]
    for one in workers:
        one.start()
    for one in workers:
        one.join()
    assert not wrong
    assert sum(taken) == 30
    assert set(Sighting.objects.values_list("share", flat=True)) == told
    assert Post.objects.count() == 30
