"""Tabs: torn off, given back, run out, passed on, handed in; and never by the wrong person."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from tests.conftest import QUIET_DAY

from tractage.hq.campaigns.models import AuditLine
from tractage.hq.missions.claims import (
    MOST_HELD,
    accept_offer,
    claim_brief,
    decline_offer,
    hand_in,
    offer_claim,
    release_claim,
    withdraw_offer,
)
from tractage.hq.missions.models import Brief, Claim
from tractage.hq.missions.selectors import held_by, offered_to, past_claims, tabs_of
from tractage.hq.missions.services import set_brief_open
from tractage.hq.missions.tasks import expire_claims
from tractage.hq.people.models import Member
from tractage.hq.people.refusals import Refused
from tractage.hq.people.services import accept_charter

Make = Callable[..., Brief]
pytestmark = pytest.mark.usefixtures("people")


@pytest.fixture
def people(campaign: Any, alice: Member, bob: Member, rachid: Member, dan: Member) -> None:
    """Everyone has accepted the charter."""
    for member in (alice, bob, rachid, dan):
        accept_charter(member, campaign)


def test_a_tab_is_held_for_22_hours(make_brief: Make, bob: Member) -> None:
    brief = make_brief(versions=3)
    claim = claim_brief(bob, brief)
    assert claim.until - claim.taken_at == timedelta(hours=22)
    assert claim_brief(bob, brief) == claim
    assert tabs_of(brief) == (tabs_of(brief).__class__(3, 0, 1))
    assert AuditLine.objects.filter(verb="claim.take", actor=bob).count() == 1


def test_no_more_tabs_than_versions(make_brief: Make, bob: Member, rachid: Member) -> None:
    brief = make_brief(versions=1)
    claim = claim_brief(bob, brief)
    with pytest.raises(Refused):
        claim_brief(rachid, brief)
    release_claim(bob, claim)
    assert claim_brief(rachid, brief).member == rachid


def test_a_tab_comes_free_when_its_time_is_up(
    make_brief: Make,
    bob: Member,
    rachid: Member,
    at: Callable[[Any], None],
) -> None:
    brief = make_brief(versions=1)
    claim = claim_brief(bob, brief)
    at(QUIET_DAY + timedelta(hours=22))
    assert not held_by(bob).exists()
    assert list(past_claims(bob)) == [claim]
    with pytest.raises(Refused):
        hand_in(bob, claim)
    assert claim_brief(rachid, brief).member == rachid
    assert expire_claims.func() == 1
    assert expire_claims.func() == 0
    claim.refresh_from_db()
    assert claim.status == "expired"


def test_one_can_take_again_what_ran_out(make_brief: Make, bob: Member, at: Callable[[Any], None]) -> None:
    brief = make_brief(versions=1)
    first = claim_brief(bob, brief)
    at(QUIET_DAY + timedelta(hours=30))
    assert claim_brief(bob, brief) != first


def test_a_newcomer_takes_first_missions_only(make_brief: Make, dan: Member) -> None:
    with pytest.raises(PermissionDenied):
        claim_brief(dan, make_brief())
    assert claim_brief(dan, make_brief(first=True, minutes=10)).member == dan


def test_no_charter_no_tab(make_brief: Make, chloe: Member) -> None:
    with pytest.raises(PermissionDenied):
        claim_brief(chloe, make_brief())


def test_closed_or_late_missions_are_not_taken(
    make_brief: Make,
    alice: Member,
    bob: Member,
    rachid: Member,
    at: Callable[[Any], None],
) -> None:
    brief, late = make_brief(), make_brief(deadline=QUIET_DAY + timedelta(hours=1))
    claim = claim_brief(bob, brief)
    set_brief_open(alice, brief, False)
    with pytest.raises(Refused):
        claim_brief(rachid, brief)
    at(QUIET_DAY + timedelta(hours=2))
    with pytest.raises(Refused):
        claim_brief(rachid, late)
    assert hand_in(bob, claim).status == "done"
    assert tabs_of(brief).made == 1


def test_nobody_hoards(make_brief: Make, bob: Member) -> None:
    for _ in range(MOST_HELD):
        claim_brief(bob, make_brief())
    with pytest.raises(Refused, match="4 missions"):
        claim_brief(bob, make_brief())


def test_a_tab_is_passed_on_only_if_the_other_takes_it(
    make_brief: Make,
    bob: Member,
    rachid: Member,
    dan: Member,
    at: Callable[[Any], None],
) -> None:
    claim = claim_brief(bob, make_brief(versions=1))
    with pytest.raises(Refused):
        offer_claim(bob, claim, bob)
    with pytest.raises(Refused):
        offer_claim(bob, claim, dan)
    offer_claim(bob, claim, rachid)
    assert list(offered_to(rachid)) == [claim]
    assert list(held_by(bob)) == [claim]
    at(QUIET_DAY + timedelta(hours=20))
    taken = accept_offer(rachid, claim)
    assert taken.member == rachid
    assert taken.until == QUIET_DAY + timedelta(hours=42)
    assert not held_by(bob).exists()
    assert not offered_to(rachid).exists()


def test_an_offer_is_declined_or_withdrawn(make_brief: Make, bob: Member, rachid: Member) -> None:
    claim = claim_brief(bob, make_brief())
    decline_offer(rachid, offer_claim(bob, claim, rachid))
    withdraw_offer(bob, offer_claim(bob, claim, rachid))
    with pytest.raises(PermissionDenied):
        accept_offer(rachid, claim)
    assert list(held_by(bob)) == [claim]


@pytest.mark.parametrize("act", [release_claim, withdraw_offer, hand_in, accept_offer, decline_offer])
def test_the_wrong_person_does_nothing(
    make_brief: Make,
    alice: Member,
    bob: Member,
    act: Callable[[Member, Claim], Claim],
) -> None:
    claim = claim_brief(bob, make_brief())
    with pytest.raises(PermissionDenied):
        act(alice, claim)
    with pytest.raises(PermissionDenied):
        offer_claim(alice, claim, alice)
    claim.refresh_from_db()
    assert (claim.member, claim.status, claim.offered_to) == (bob, "held", None)
