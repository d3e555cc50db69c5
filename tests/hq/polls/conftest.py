"""What the tests of polls share: a small table, all of it invented."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest

from tractage.adapters.polls.table import long_format
from tractage.domain.elections.polls import Poll, Share

NAMES = ("Alix Bonnemer", "Camille Durouvre", "Dominique Estérac", "Lou Fontvieille")
FIRST = date(2026, 9, 1)


def poll(number: int, *, sponsor: str = "La Gazette", names: tuple[str, ...] = NAMES, turn: int = 1) -> Poll:
    """One invented poll; shares that move a little and sum to 100."""
    start = FIRST + timedelta(days=7 * number)
    shares = [100 / len(names) + (1 if place % 2 else -1) * (number % 3) for place in range(len(names))]
    shares[0] += 100 - sum(shares)
    return Poll(
        f"essai-{number}-{turn}-{len(names)}",
        ("Institut A", "Institut B")[number % 2],
        sponsor,
        start,
        start + timedelta(days=2),
        1000 + number,
        900.0,
        "inscrits",
        False,
        turn,
        tuple(Share(name, value, value - 2, value + 2) for name, value in zip(names, shares, strict=True)),
    )


def table(*polls: Poll) -> bytes:
    """The polls as a file in the long format."""
    return long_format(polls or [poll(number) for number in range(6)]).encode()


@pytest.fixture
def make_table(campaign: Any, quiet_day: None, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Any]:
    """Bring a table and compute its trends at once, without drawing: `make_table(shown=True)`."""
    from tractage.adapters.polls import chart
    from tractage.hq.polls.services import Brought, bring_polls, make_trends, show_table

    monkeypatch.setattr(chart, "draw", lambda found: f"<svg><title>{found.line_up.id}</title></svg>")

    def make(data: bytes = b"", *, shown: bool = False) -> Any:
        kept = bring_polls(None, campaign, Brought("essai.csv", data or table(), "Une association", "MIT"))
        make_trends(kept.pk)
        kept.refresh_from_db()
        return show_table(None, kept, True) if shown else kept

    return make
