"""What the tests of the desk share."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import pytest
from django.test import Client

if TYPE_CHECKING:
    from tractage.hq.missions.models import Brief

CONTENT = {
    "title": "Une affiche pour Dordogne 3ᵉ",
    "goal": "Peu de voix d’écart et rien sur le mur.",
    "craft": "design",
    "minutes": 45,
}


@pytest.fixture
def make_brief(campaign: Any, quiet_day: None) -> "Callable[..., Brief]":
    """Build a brief: `make_brief(seats=["24-03"], first=True, minutes=5)`."""
    from tractage.hq.missions.services import BriefContent, Fact, Target, write_brief

    def make(*, seats: list[str] | None = None, facts: int = 1, draft: bool = False, **words: Any) -> "Brief":
        content = BriefContent(
            **(CONTENT | words),
            targets=[Target(code) for code in seats or []],
            facts=[Fact(f"Fait {number}.", "Ministère de l’Intérieur") for number in range(facts)],
        )
        return write_brief(None, campaign, content, draft=draft)

    return make


@pytest.fixture
def enter(campaign: Any, quiet_day: None) -> Callable[[Any], Client]:
    """A browser of a member who has accepted the charter: `enter(bob)`."""
    from tractage.hq.people.services import accept_charter

    def log_in(member: Any) -> Client:
        accept_charter(member, campaign)
        client = Client()
        client.force_login(member)
        return client

    return log_in
