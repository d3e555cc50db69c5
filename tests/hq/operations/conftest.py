"""What the tests of operations share."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest
from tests.conftest import PARIS

if TYPE_CHECKING:
    from tractage.hq.operations.models import Operation

EVENING = datetime(2027, 3, 10, 19, tzinfo=PARIS)
"""A Wednesday evening on which nothing is frozen."""


@pytest.fixture
def make_operation(campaign: Any, quiet_day: None) -> "Callable[..., Operation]":
    """Build an operation: `make_operation(starts_at=…, zones=["MQ"], steps=["Relire"], draft=True)`."""
    from tractage.hq.operations.services import OperationContent, plan_operation

    def make(*, steps: tuple[str, ...] = (), draft: bool = False, **words: Any) -> "Operation":
        start = words.pop("starts_at", EVENING)
        content = OperationContent(
            **{
                "title": "La soirée des 75 voix",
                "goal": "Que chacun voie l’écart de sa circonscription.",
                "starts_at": start,
                "ends_at": words.pop("ends_at", start + timedelta(hours=3)),
                "slogan": "#75voix",
            }
            | words
        )
        return plan_operation(None, campaign, content, steps=steps, draft=draft)

    return make
