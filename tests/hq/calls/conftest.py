"""A call for posters, and posters that are sent to it."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

NUMBERS: Iterator[int] = iter(range(10**6))


def open_a_call(campaign: Any) -> Any:
    """A call that is open for two weeks."""
    from tractage.hq.calls.models import State
    from tractage.hq.calls.services import CallContent, move_call, write_call
    from tractage.hq.campaigns.clock import now

    content = CallContent("Dessine-moi une urne", "Une urne, pas de visage.", now() + timedelta(days=14))
    return move_call(None, write_call(None, campaign, content), State.OPEN)


def clean_poster(seed: int | None = None) -> Any:
    """Another small poster each time, through the sandbox."""
    from tests.conftest import small_png

    from tractage.hq.library.submission import PICTURES, read_upload

    return read_upload(small_png(next(NUMBERS) if seed is None else seed), "affiche.png", PICTURES)


def send(call: Any, actor: Any = None, place: str = "", file: Any = None, **words: Any) -> tuple[Any, str]:
    """Send a poster from somewhere new; words change what it says."""
    from tractage.hq.calls.services import Sent, send_entry

    said: dict[str, Any] = {
        "title": "L’urne qui sourit",
        "credit": "Mirabelle",
        "alt_text": "Une urne verte qui sourit.",
        "rights": {"what": "Affiche", "ground": "own", "basis": "Mon dessin"},
        "consent": True,
    }
    return send_entry(
        actor, call, Sent(**(said | words)), file or clean_poster(), place or f"192.0.2.{next(NUMBERS)}"
    )
