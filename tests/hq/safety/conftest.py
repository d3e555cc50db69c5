"""People under guard, and how a moderator asks for a sanction."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from tests.conftest import QUIET_DAY, _member

from tractage.domain.guard.decisions import Action, Decision, Evidence
from tractage.domain.guard.sanctions import Kind
from tractage.hq.safety.models import Account
from tractage.hq.safety.services import Wanted, account_of_discord

PROOF = (Evidence("seen by a person", "Trois messages d’insultes."),)


@pytest.fixture
def mona(db: None) -> Any:
    """Mona moderates too."""
    return _member("Mona", "moderator")


@pytest.fixture
def troll(quiet_day: None, db: None) -> Account:
    """Somebody of Discord with two roles and a name."""
    return account_of_discord("100200300400500600", name="Tristan", roles=["11", "22"])


@pytest.fixture
def raiders(quiet_day: None, db: None) -> Callable[[int], list[Account]]:
    """So many people of Discord, each with roles and a name of their own."""

    def make(number: int) -> list[Account]:
        people = [
            Account(
                discord_id=f"{10**17 + n}",
                name=f"Personne {n}",
                roles=[str(n % 7 + 1), "99"],
                seen_at=QUIET_DAY,
            )
            for n in range(number)
        ]
        Account.objects.bulk_create(people, ignore_conflicts=True)
        return list(Account.objects.filter(discord_id__in=[one.discord_id for one in people]).order_by("pk"))

    return make


def wanted(kind: Kind = Kind.WARN, **more: Any) -> Wanted:
    """A sanction under article 3, with evidence."""
    if kind is Kind.MUTE:
        more.setdefault("until", QUIET_DAY + timedelta(hours=2))
    return Wanted(kind, "3", PROOF, **more)


def decided(action: Action = Action.FLAG, wave: str = "", rule: str = "mot") -> Decision:
    """What the patrol would say."""
    return Decision(
        QUIET_DAY.timestamp(), action, rule, "a rule is met", PROOF, ("100200300400500600",), (), wave
    )


def later(at: Callable[[datetime], None], **more: float) -> datetime:
    """Set the clock further on."""
    moment = QUIET_DAY + timedelta(**more)
    at(moment)
    return moment
