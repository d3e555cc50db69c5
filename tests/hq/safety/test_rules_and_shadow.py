"""Rules kept through the domain and shadow first; lists, pictures, the ladder, the log."""

from datetime import timedelta
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.core.exceptions import PermissionDenied
from tests.conftest import QUIET_DAY
from tests.hq.safety.conftest import later

from tractage.domain.guard.ladder import Ladder, Level
from tractage.domain.guard.shared_lists import Trust, list_entry, match_member, sign_list
from tractage.hq.people.models import Member
from tractage.hq.people.refusals import Refused
from tractage.hq.safety.models import GuardRule, LogLine, PreventiveList, RulesRevision, ShadowHit
from tractage.hq.safety.services import (
    GuardSettings,
    RuleContent,
    add_partner,
    change_guard_settings,
    expire_safety_data,
    export_rules,
    guard_settings,
    import_rules,
    judge_hit,
    known_pictures,
    ladder_now,
    log_end,
    receive_list,
    record_shadow,
    record_steps,
    remember_picture,
    remove_rule,
    report_of,
    restore_revision,
    rules_in_force,
    rules_in_shadow,
    rules_revision,
    set_allowed,
    set_trust,
    shared_lists,
    step_ladder,
    switch_rule,
    verify_log,
    write_rule,
)
from tractage.hq.safety.trial import try_message

pytestmark = pytest.mark.usefixtures("quiet_day")
WORD = RuleContent("vilain", "word", "vilain mot", "remove")


def test_a_pattern_that_re2_refuses_is_refused_with_its_reason(chloe: Member) -> None:
    with pytest.raises(Refused, match=r"RE2 refuses .*\(\?="):
        write_rule(chloe, RuleContent("p", "pattern", "(?=a)b", "flag"))
    with pytest.raises(Refused, match="action"):
        write_rule(chloe, RuleContent("p", "word", "mot", "ban"))
    assert not GuardRule.objects.exists()


def test_a_rule_begins_in_shadow_and_a_change_sends_it_back(chloe: Member, bob: Member) -> None:
    with pytest.raises(PermissionDenied):
        write_rule(bob, WORD)
    rule = write_rule(chloe, WORD)
    before = rules_revision()
    assert (rule.state, rules_in_force().terms) == ("shadow", ())
    assert [one.id for one in rules_in_shadow().terms] == ["vilain"]
    switch_rule(chloe, rule, active=True)
    assert rules_revision() > before
    assert [one.text for one in rules_in_force().terms] == ["vilain mot"]
    write_rule(chloe, RuleContent("vilain", "word", "vilains mots", "remove"))
    assert rules_in_force().terms == ()


def test_what_a_rule_did_in_shadow_is_counted_sampled_and_judged(chloe: Member) -> None:
    rule = write_rule(chloe, WORD)
    record_shadow(1000)
    record_shadow(10, [("vilain", str(n), "vilain mot", f"Un vilain mot {n}") for n in range(120)])
    again = rule.sample.all()[0].message
    record_shadow(1, [("vilain", again, "vilain mot", "twice"), ("unknown", "1", "x", "x")])
    rule.refresh_from_db()
    assert (rule.seen, rule.hits, rule.sample.count()) == (1011, 120, 50)
    assert "vilain" not in ShadowHit.objects.filter(rule=rule)[0].sealed
    with pytest.raises(Refused, match="Jugez"):
        switch_rule(chloe, rule, active=True)
    for number, hit in enumerate(rule.sample.all()[:40]):
        judge_hit(chloe, hit, right=number % 4 != 0)
    report = report_of(rule)
    assert (report.judged, report.wrong) == (40, 10)
    assert report.wrong_hits.low < 0.25 < report.wrong_hits.high
    switch_rule(chloe, rule, active=True)
    facts = LogLine.objects.filter(action="rule.on").get().facts
    assert '"wrong":10' in facts


def test_rules_go_out_and_come_in_the_same(chloe: Member) -> None:
    shipped = (
        'language = "fr"\n[[terms]]\ntext = "aé\\"b"\naction = "flag"\nkind = "name"\nscope = ["a", "b"]\n'
    )
    shipped += "[[patterns]]\n"
    shipped += 'id = "motif"\nre2 = "\\\\bx{2,3}\\\\b"\naction = "quarantine"\n'
    shipped += '[allow]\nwords = ["été"]\n'
    assert import_rules(chloe, shipped, "a.toml") == 2
    out = export_rules()
    assert import_rules(chloe, out, "b.toml") == 0
    assert rules_in_shadow().patterns[0].re2 == r"\bx{2,3}\b"
    assert rules_in_shadow().terms[0].scope == {"a", "b"}
    with pytest.raises(Refused, match=r"c\.toml"):
        import_rules(chloe, shipped + "[[terms]]\n", "c.toml")
    assert export_rules() == out


def test_an_earlier_state_of_the_rules_comes_back(chloe: Member) -> None:
    rule = write_rule(chloe, WORD)
    switch_rule(chloe, rule, active=True)
    set_allowed(chloe, ["vilain mottage"])
    then = RulesRevision.objects.first()
    assert then is not None
    remove_rule(chloe, rule)
    write_rule(chloe, RuleContent("autre", "word", "autre mot", "flag"))
    assert restore_revision(chloe, then) == 1
    assert [one.id for one in rules_in_force().terms] == ["vilain"]
    assert rules_in_shadow().terms == ()
    assert rules_in_force().allowed == ("vilain mottage",)


def test_a_message_is_tried_without_being_kept(chloe: Member) -> None:
    rule = write_rule(chloe, WORD)
    (tried,) = try_message("quel v i l a i n mot")
    assert (tried.finding.rule, tried.state) == ("vilain", "shadow")
    switch_rule(chloe, rule, active=True)
    assert try_message("quel vilain mot")[0].state == "active"
    assert try_message("quel joli mot") == []


def test_the_ladder_goes_down_by_itself_without_the_bot(chloe: Member, bob: Member, at: Any) -> None:
    ladder = Ladder()
    record_steps(ladder.raise_to(Level.GATE, QUIET_DAY.timestamp(), "a raid", ()))
    assert ladder_now().level is Level.GATE
    later(at, minutes=16)
    assert (ladder_now().level, ladder_now().by_person) == (Level.SLOW, False)
    later(at, hours=2)
    assert ladder_now().level is Level.CALM
    with pytest.raises(PermissionDenied):
        step_ladder(bob, Level.LOCKDOWN, "Pour rire.", 60)
    with pytest.raises(Refused):
        step_ladder(chloe, Level.LOCKDOWN, "", 60)
    with pytest.raises(Refused):
        step_ladder(chloe, Level.LOCKDOWN, "Raid.", 100_000)
    step_ladder(chloe, Level.LOCKDOWN, "Raid annoncé.", 30)
    now = ladder_now()
    assert (now.level, now.by_person) == (Level.LOCKDOWN, True)
    later(at, hours=2, minutes=31)
    assert (ladder_now().level, ladder_now().by_person) == (Level.GATE, False)


def test_settings_are_bounded_and_a_coordinators(chloe: Member, alice: Member) -> None:
    with pytest.raises(PermissionDenied):
        change_guard_settings(chloe, GuardSettings(gate=True))
    with pytest.raises(Refused, match="gate_minutes"):
        change_guard_settings(alice, GuardSettings(gate_minutes=0))
    change_guard_settings(alice, GuardSettings(gate=True, gate_minutes=20))
    assert (guard_settings().gate, guard_settings().holds()[Level.GATE]) == (True, 1200.0)


def test_a_partners_list_is_watched_first_and_leaves_on_its_day(
    alice: Member, chloe: Member, at: Any
) -> None:
    private, key = Ed25519PrivateKey.generate(), bytes(range(32))
    public = private.public_key().public_bytes_raw().hex()
    end = (QUIET_DAY + timedelta(days=10)).timestamp()
    entry = list_entry("100200300400500600", "raid", "preuve", "voisins", end, key)
    data = sign_list([entry], "voisins", QUIET_DAY.timestamp(), private)
    with pytest.raises(PermissionDenied):
        add_partner(chloe, "voisins", public, key.hex())
    with pytest.raises(Refused):
        receive_list(alice, data)
    shared = add_partner(alice, "voisins", public, key.hex())
    assert key.hex() not in shared.sealed_key
    with pytest.raises(Refused):
        receive_list(alice, data.replace(b"raid", b"spam"))
    receive_list(alice, data)
    lists, keys = shared_lists()
    (match,) = match_member("100200300400500600", lists, keys, QUIET_DAY.timestamp())
    assert (match.trust, match.action) == (Trust.WATCH, None)
    with pytest.raises(Refused):
        set_trust(alice, shared, 2)
    assert set_trust(alice, shared, 1).trust == 1
    later(at, days=11)
    expire_safety_data()
    assert PreventiveList.objects.get().entries.count() == 0


def test_a_known_picture_is_a_fingerprint_for_a_year(chloe: Member, bob: Member, at: Any) -> None:
    with pytest.raises(PermissionDenied):
        remember_picture(bob, bytes(32), "Haine")
    remember_picture(chloe, bytes(32), "Haine")
    assert known_pictures()[0].fingerprint == bytes(32)
    later(at, days=400)
    assert known_pictures() == []


@pytest.mark.parametrize("field", ["facts", "actor", "action", "subject", "hash", "before", "at", "personal"])
def test_any_changed_field_of_the_log_shows(chloe: Member, field: str) -> None:
    rule = write_rule(chloe, WORD)
    step_ladder(chloe, Level.WATCH, "Une rumeur.", 30)
    switch_rule(chloe, rule, active=True)
    assert verify_log(chloe) == []
    line = LogLine.objects.get(action="ladder.person")
    changed = line.at + 1 if field == "at" else "x" + (getattr(line, field) or "")[1:]
    LogLine.objects.filter(pk=line.pk).update(**{field: changed})
    assert verify_log(chloe) != []


def test_a_cut_end_shows_and_personal_data_leaves_without_a_trace(
    chloe: Member, bob: Member, at: Any
) -> None:
    step_ladder(chloe, Level.WATCH, "Une rumeur.", 30)
    noted = log_end()
    later(at, days=200)
    assert expire_safety_data() >= 1
    assert LogLine.objects.get(action="ladder.person").personal is None
    assert verify_log(chloe, noted) == []
    write_rule(chloe, WORD)
    assert verify_log(chloe, noted) == []
    with pytest.raises(TypeError):
        LogLine.objects.all().delete()
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM safety_logline WHERE action = 'rule.write'")
    assert [fault.what for fault in verify_log(chloe)] == ["missing or changed since the anchor"]
    with pytest.raises(PermissionDenied):
        verify_log(bob)
