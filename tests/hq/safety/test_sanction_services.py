"""Sanctions, their second person, appeals, undoing; and always the wrong person."""

from collections.abc import Callable
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from tests.hq.safety.conftest import decided, later, wanted

from tractage.domain.guard.decisions import Action
from tractage.domain.guard.sanctions import Kind
from tractage.hq.people.models import Member
from tractage.hq.people.refusals import Refused
from tractage.hq.safety.models import Account, Appeal, Call, Incident, LogLine, MassAction, Sanction
from tractage.hq.safety.services import (
    Seen,
    account_of_discord,
    account_of_link,
    account_of_member,
    appeal_path,
    appeal_sanction,
    confirm_ban,
    confirm_wave,
    contain_wave,
    decide_appeal,
    expire_safety_data,
    lapse_sanctions,
    mark_done,
    mark_failed,
    mark_sent,
    next_calls,
    own_state,
    preview_undo,
    propose_sanction,
    record_incident,
    refuse_ban,
    target_state,
    undo_sanction,
    undo_wave,
    verify_log,
)

Raiders = Callable[[int], list[Account]]
pytestmark = pytest.mark.usefixtures("quiet_day")


def test_all_but_a_ban_hold_at_once(chloe: Member, troll: Account) -> None:
    sanction = propose_sanction(chloe, troll, wanted(Kind.QUARANTINE))
    assert sanction.standing == "in force"
    assert target_state(troll).quarantined
    assert not target_state(troll).roles
    (order,) = next_calls()
    assert (order.route, order.discord_ids) == ("sync", (troll.discord_id,))
    assert order.target == target_state(troll)
    assert "/recours/" in order.link


def test_a_ban_waits_for_a_second_person(chloe: Member, mona: Member, troll: Account) -> None:
    sanction = propose_sanction(chloe, troll, wanted(Kind.BAN))
    assert (sanction.standing, next_calls()) == ("proposed", [])
    with pytest.raises(PermissionDenied):
        confirm_ban(chloe, sanction)
    confirmed = confirm_ban(mona, sanction)
    assert (confirmed.standing, confirmed.confirmed_by) == ("in force", mona)
    assert target_state(troll).banned
    with pytest.raises(PermissionDenied):
        confirm_ban(mona, sanction)


def test_an_emergency_holds_and_lapses_without_a_second_person(
    chloe: Member, mona: Member, troll: Account, at: Any
) -> None:
    sanction = propose_sanction(chloe, troll, wanted(Kind.BAN, emergency=True))
    assert target_state(troll).banned
    later(at, hours=23)
    assert lapse_sanctions() == 0
    later(at, hours=25)
    assert lapse_sanctions() == 1
    sanction.refresh_from_db()
    assert sanction.standing == "undone"
    assert target_state(troll) == own_state(troll)
    assert lapse_sanctions() == 0
    again = propose_sanction(chloe, troll, wanted(Kind.BAN, emergency=True))
    confirm_ban(mona, again)
    later(at, hours=80)
    assert lapse_sanctions() == 0


@pytest.mark.parametrize("who", ["bob", "dan", "rachid"])
def test_nobody_below_a_moderator_sanctions(request: Any, who: str, troll: Account) -> None:
    with pytest.raises(PermissionDenied):
        propose_sanction(request.getfixturevalue(who), troll, wanted())


def test_nobody_sanctions_themselves_or_somebody_above(chloe: Member, alice: Member, mona: Member) -> None:
    for touched in (chloe, alice, mona):
        with pytest.raises(PermissionDenied):
            propose_sanction(chloe, account_of_member(touched), wanted())
    assert propose_sanction(alice, account_of_member(chloe), wanted()).pk


@pytest.mark.parametrize(
    ("asked", "words"),
    [
        ({"article": " "}, "article"),
        ({"evidence": ()}, "preuve"),
        ({"kind": Kind.RENAME}, "nom"),
        ({"kind": Kind.MUTE, "until": None}, "fin"),
        ({"kind": Kind.KICK}, "liste"),
    ],
)
def test_what_is_missing_is_said(chloe: Member, troll: Account, asked: dict[str, Any], words: str) -> None:
    from dataclasses import replace

    with pytest.raises(Refused, match=words):
        propose_sanction(chloe, troll, replace(wanted(), **asked))


def test_the_desk_shuts_and_opens_again(chloe: Member, mona: Member, bob: Member) -> None:
    account = account_of_member(bob)
    sanction = confirm_ban(mona, propose_sanction(chloe, account, wanted(Kind.BAN)))
    bob.refresh_from_db()
    assert not bob.is_active
    undo_sanction(mona, sanction, "Une erreur.")
    bob.refresh_from_db()
    assert bob.is_active


def test_a_silence_ends_by_itself(chloe: Member, troll: Account, at: Any) -> None:
    propose_sanction(chloe, troll, wanted(Kind.MUTE))
    assert target_state(troll).muted
    later(at, hours=3)
    assert not target_state(troll).muted
    assert lapse_sanctions() == 1
    assert [order.key.split()[-1] for order in next_calls()] == ["apply", "end"]
    assert lapse_sanctions() == 0


def test_roles_seen_under_a_sanction_do_not_replace_ones_own(chloe: Member, troll: Account) -> None:
    sanction = propose_sanction(chloe, troll, wanted(Kind.QUARANTINE))
    account_of_discord(troll.discord_id or "", name="Autre", roles=[])
    troll.refresh_from_db()
    assert (troll.roles, troll.name) == (["11", "22"], "Tristan")
    undo_sanction(chloe, sanction, "Une erreur.")
    account_of_discord(troll.discord_id or "", name="Autre", roles=["11"])
    troll.refresh_from_db()
    assert (troll.roles, troll.name) == (["11"], "Autre")


def test_a_quarantine_of_the_guard_is_a_sanction_like_any(chloe: Member, troll: Account) -> None:
    incident = record_incident(decided(Action.QUARANTINE), troll, Seen(text="Vilain mot"))
    record_incident(decided(Action.QUARANTINE), troll, Seen(text="Vilain mot"))
    (sanction,) = Sanction.objects.all()
    assert (sanction.by_guard, sanction.incident, sanction.by) == (True, incident, None)
    assert target_state(troll).quarantined
    assert next_calls() == []  # the bot has done it already
    appeal = appeal_sanction(sanction, "Ce n’était pas moi.", account=troll)
    decide_appeal(chloe, appeal, overturn=True, reason="Exact.")
    assert target_state(troll) == own_state(troll)


def test_an_appeal_is_judged_by_somebody_else(
    chloe: Member, mona: Member, alice: Member, bob: Member
) -> None:
    account = account_of_member(bob)
    sanction = confirm_ban(mona, propose_sanction(chloe, account, wanted(Kind.BAN)))
    token = appeal_path(account).rstrip("/").rpartition("/")[2]
    assert account_of_link(token) == account
    assert account_of_link(token + "x") is None
    with pytest.raises(PermissionDenied):
        appeal_sanction(sanction, "Je proteste.", link="faux")
    appeal = appeal_sanction(sanction, "Je proteste.", link=token)
    with pytest.raises(Refused, match="déjà"):
        appeal_sanction(sanction, "Encore.", link=token)
    for wrong in (chloe, mona, bob):
        with pytest.raises(PermissionDenied):
            decide_appeal(wrong, appeal, overturn=True, reason="Bon.")
    with pytest.raises(Refused, match="raison"):
        decide_appeal(alice, appeal, overturn=True, reason=" ")
    decide_appeal(alice, appeal, overturn=True, reason="Rien de grave.")
    bob.refresh_from_db()
    assert bob.is_active
    with pytest.raises(Refused, match="réponse"):
        decide_appeal(alice, appeal, overturn=False, reason="Non.")


def test_the_words_of_an_appeal_are_sealed(chloe: Member, troll: Account) -> None:
    sanction = propose_sanction(chloe, troll, wanted())
    appeal_sanction(sanction, "Mes mots à moi.", account=troll)
    assert "Mes mots" not in Appeal.objects.get().sealed


def test_a_ban_that_waits_can_be_refused(chloe: Member, mona: Member, troll: Account) -> None:
    sanction = propose_sanction(chloe, troll, wanted(Kind.BAN))
    with pytest.raises(Refused):
        refuse_ban(mona, sanction, " ")
    assert refuse_ban(mona, sanction, "Un avertissement suffit.").standing == "refused"
    assert next_calls() == []


def test_a_wave_of_a_thousand_is_undone_exactly(chloe: Member, mona: Member, raiders: Raiders) -> None:
    everyone = raiders(1000)
    before = {one.pk: own_state(one) for one in everyone}
    kept = propose_sanction(chloe, everyone[0], wanted(Kind.RENAME, name="Renommé"))
    action = contain_wave(chloe, "20270301-wave-1", everyone, wanted(Kind.BAN, emergency=True))
    assert len(next_calls(100)) == 1 + 1 + 5  # the rename, the door, five lots of 200
    confirm_wave(mona, action)
    assert all(target_state(one).banned for one in Account.objects.all()[:5])
    waved = Sanction.objects.filter(wave="20270301-wave-1").select_related("account")
    preview = preview_undo(list(waved), "20270301-wave-1")
    assert (preview.sanctions, len(preview.changes)) == (1000, 1000)
    assert preview.changes[1].after == before[preview.changes[1].account.pk]
    undo_wave(mona, "20270301-wave-1", "Une soirée télévisée.")
    after = {one.pk: target_state(one) for one in Account.objects.all()}
    assert after.pop(everyone[0].pk).name == "Renommé"
    before.pop(everyone[0].pk)
    assert after == before
    undo_sanction(chloe, kept, "Aussi.")
    assert target_state(Account.objects.get(pk=everyone[0].pk)).name == "Personne 0"
    assert {order.route for order in next_calls(3000)} == {"sync"}
    assert verify_log(chloe) == []


def test_a_wave_needs_its_second_person(chloe: Member, mona: Member, raiders: Raiders) -> None:
    action = contain_wave(chloe, "w", raiders(3), wanted(Kind.BAN))
    assert next_calls() == []
    with pytest.raises(Refused):
        confirm_wave(chloe, action)
    confirm_wave(mona, action)
    assert [order.route for order in next_calls()] == ["close", "ban"]
    with pytest.raises(Refused):
        contain_wave(chloe, "w", raiders(3), wanted(Kind.BAN))


def test_each_call_is_made_once_across_restarts(chloe: Member, raiders: Raiders) -> None:
    contain_wave(chloe, "w", raiders(450), wanted(Kind.BAN, emergency=True))
    orders = next_calls()
    assert [len(order.discord_ids) for order in orders] == [0, 200, 200, 50]
    assert mark_sent(orders[0].key)
    mark_done(orders[0].key)
    assert mark_sent(orders[1].key)
    # The bot dies here: what was sent comes back as doubtful, what was done does not come back.
    left = next_calls()
    assert [order.doubtful for order in left] == [True, False, False]
    assert not mark_sent(orders[0].key)
    for order in left[:2]:
        mark_sent(order.key)
        mark_done(order.key)
    mark_failed(left[2].key, "503", again=True)
    (last,) = next_calls()
    mark_sent(last.key)
    mark_done(last.key)
    mark_done(last.key)
    assert next_calls() == []
    assert MassAction.objects.get().state == "done"
    assert Call.objects.filter(state="done").count() == 4
    assert LogLine.objects.filter(action="call.done").count() == 4


def test_a_wave_undone_midway_leaves_no_ban_to_make(chloe: Member, raiders: Raiders) -> None:
    contain_wave(chloe, "w", raiders(450), wanted(Kind.BAN, emergency=True))
    _close, first, *_others = next_calls()
    mark_sent(first.key)
    undo_wave(chloe, "w", "Une émission.")
    assert {order.route for order in next_calls(1000)} == {"sync"}
    assert len(next_calls(1000)) == 450
    assert not mark_sent(_others[0].key)


def test_texts_leave_on_their_day(chloe: Member, troll: Account, at: Any) -> None:
    record_incident(decided(), troll, Seen(text="Un vilain mot"))
    assert expire_safety_data() == 0
    later(at, days=31)
    assert expire_safety_data() == 1
    assert Incident.objects.get().sealed == ""
    assert verify_log(chloe) == []
