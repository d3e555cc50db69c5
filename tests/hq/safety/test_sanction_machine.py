"""Whatever the order of sanctions, confirmations, appeals, undoings: states are those of what holds."""

from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import transaction
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)
from tests.conftest import _member
from tests.hq.safety.conftest import PROOF

from tractage.domain.guard.sanctions import Kind, MemberState
from tractage.hq.people.refusals import Refused
from tractage.hq.safety.models import Account, Appeal, Sanction
from tractage.hq.safety.services import (
    Wanted,
    account_of_discord,
    account_of_member,
    appeal_sanction,
    confirm_ban,
    confirm_wave,
    contain_wave,
    decide_appeal,
    mark_done,
    mark_sent,
    next_calls,
    own_state,
    propose_sanction,
    target_state,
    undo_sanction,
    undo_wave,
    verify_log,
)

QUICK = settings(deadline=None, suppress_health_check=list(HealthCheck))
KINDS = st.sampled_from([Kind.WARN, Kind.RENAME, Kind.QUARANTINE, Kind.BAN])


class Machine(RuleBasedStateMachine):
    """Three moderators, three people of Discord and one of the site, and a model of what is in force."""

    def __init__(self) -> None:
        super().__init__()
        self.transaction = transaction.atomic()
        self.transaction.__enter__()

    @initialize()
    def people(self) -> None:
        """Everybody as they are before anything."""
        self.moderators = [_member(name, "moderator") for name in ("Mila", "Moussa", "Maud")]
        self.site = _member("Zoé", "member")
        self.accounts = [
            account_of_discord(f"{10**17 + n}", name=f"N{n}", roles=[str(n), "9"]) for n in range(3)
        ]
        self.accounts.append(account_of_member(self.site))
        self.own = {one.pk: own_state(one) for one in self.accounts}
        self.live: dict[int, Kind] = {}
        self.made: set[str] = set()
        self.waves = 0

    @rule(who=st.integers(0, 2), whom=st.integers(0, 3), kind=KINDS, emergency=st.booleans())
    def propose(self, who: int, whom: int, kind: Kind, emergency: bool) -> None:
        """Anybody proposes anything."""
        wanted = Wanted(kind, "3", PROOF, emergency=emergency, name="Renommé" if kind is Kind.RENAME else "")
        made = propose_sanction(self.moderators[who], self.accounts[whom], wanted)
        if kind is not Kind.BAN or emergency:
            self.live[made.pk] = kind

    @precondition(lambda self: Sanction.objects.exists())
    @rule(who=st.integers(0, 2), data=st.data())
    def confirm(self, who: int, data: Any) -> None:
        """The proposer never confirms; a second person does, once."""
        one, actor = self.pick(data), self.moderators[who]
        could = (
            one.kind == Kind.BAN
            and one.confirmed_by_id is None
            and one.standing in ("proposed", "in force")
            and one.by_id != actor.pk
        )
        try:
            with transaction.atomic():
                confirm_ban(actor, one)
            assert could
            self.live[one.pk] = Kind.BAN
        except PermissionDenied:
            assert not could

    @precondition(lambda self: Sanction.objects.exists())
    @rule(data=st.data())
    def appeal(self, data: Any) -> None:
        """The person appeals once, while it is in force."""
        one = self.pick(data)
        could = one.standing == "in force" and not Appeal.objects.filter(sanction=one).exists()
        try:
            with transaction.atomic():
                appeal_sanction(one, "Je conteste.", account=one.account)
            assert could
        except Refused:
            assert not could

    @precondition(lambda self: Appeal.objects.exists())
    @rule(who=st.integers(0, 2), overturn=st.booleans(), data=st.data())
    def judge(self, who: int, overturn: bool, data: Any) -> None:
        """Nobody judges what they decided; a heard appeal undoes."""
        appeal = data.draw(st.sampled_from(list(Appeal.objects.select_related("sanction__account__member"))))
        actor, one = self.moderators[who], appeal.sanction
        took_part = actor.pk in (one.by_id, one.confirmed_by_id)
        try:
            with transaction.atomic():
                decide_appeal(actor, appeal, overturn=overturn, reason="Vu.")
            assert not took_part
            assert appeal.outcome == "open"
            if overturn:
                self.live.pop(one.pk, None)
        except PermissionDenied:
            assert took_part
        except Refused:
            assert appeal.outcome != "open"

    @precondition(lambda self: Sanction.objects.exists())
    @rule(who=st.integers(0, 2), data=st.data())
    def undo(self, who: int, data: Any) -> None:
        """Undoing twice changes nothing."""
        one = self.pick(data)
        undo_sanction(self.moderators[who], one, "Erreur.")
        self.live.pop(one.pk, None)

    @rule(who=st.integers(0, 2), emergency=st.booleans(), second=st.booleans(), back=st.booleans())
    def wave(self, who: int, emergency: bool, second: bool, back: bool) -> None:
        """A wave is contained, perhaps confirmed, perhaps undone."""
        self.waves += 1
        name = f"vague-{self.waves}"
        wanted = Wanted(Kind.BAN, "3", PROOF, emergency=emergency)
        action = contain_wave(self.moderators[who], name, self.accounts[:3], wanted)
        if second:
            confirm_wave(self.moderators[(who + 1) % 3], action)
        if back:
            undo_wave(self.moderators[who], name, "Erreur.")
        elif emergency or second:
            self.live |= {one.pk: Kind.BAN for one in Sanction.objects.filter(wave=name)}

    @rule(crash=st.booleans())
    def bot(self, crash: bool) -> None:
        """The bot makes the next call, and perhaps dies before it says so."""
        for order in next_calls(1):
            assert mark_sent(order.key)
            if not crash:
                assert order.key not in self.made
                mark_done(order.key)
                self.made.add(order.key)
                assert not mark_sent(order.key)

    def pick(self, data: Any) -> Sanction:
        """One sanction of the base."""
        return data.draw(
            st.sampled_from(list(Sanction.objects.select_related("account__member").order_by("pk")))
        )

    @invariant()
    def states_are_those_of_what_is_in_force(self) -> None:
        """State, standing in the base, and the site's door all agree with the model."""
        if not hasattr(self, "accounts"):
            return
        found = set(Sanction.objects.filter(standing="in force").values_list("pk", flat=True))
        assert found == set(self.live)
        for account in Account.objects.select_related("member"):
            kinds = {Kind(one.kind) for one in account.sanctions.all() if one.pk in self.live}
            own, state = self.own[account.pk], target_state(account)
            shut = bool(kinds & {Kind.QUARANTINE, Kind.BAN})
            assert state == MemberState(
                frozenset() if shut else own.roles,
                "Renommé" if Kind.RENAME in kinds else own.name,
                quarantined=Kind.QUARANTINE in kinds,
                present=Kind.BAN not in kinds,
                banned=Kind.BAN in kinds,
            )
            if account.member:
                assert account.member.is_active is not shut

    def teardown(self) -> None:
        """The chain holds; then the base is as it was before this run."""
        try:
            if hasattr(self, "moderators"):
                assert verify_log(self.moderators[0]) == []
        finally:
            transaction.set_rollback(True)
            self.transaction.__exit__(None, None, None)


def test_whatever_happens_states_are_those_of_what_is_in_force(db: None, quiet_day: None) -> None:
    run_state_machine_as_test(Machine, settings=settings(QUICK, max_examples=10, stateful_step_count=20))


@pytest.mark.long
def test_whatever_happens_for_longer(db: None, quiet_day: None) -> None:
    run_state_machine_as_test(Machine, settings=settings(QUICK, max_examples=400, stateful_step_count=40))
