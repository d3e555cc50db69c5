"""A request of a campaign team. The contact is invented."""

import io
from datetime import date
from typing import Any

CONTACT = "equipe.dordogne@exemple.fr"
SEAT = "24-03"


def ask_for(campaign: Any, place: str = "192.0.2.9", **words: Any) -> tuple[Any, str]:
    """File a request for the first official candidate of a seat; words change what it says."""
    from tractage.hq.missions.services import candidates_of
    from tractage.hq.requests.services import Asked, file_request

    said: dict[str, Any] = {
        "asker": "team",
        "seat": SEAT,
        "candidate": candidates_of(campaign, SEAT)[0],
        "what": "Une affiche qui dit où voter.",
        "wanted_on": date(2027, 3, 20),
        "contact": CONTACT,
    }
    return file_request(campaign, Asked(**(said | words)), place)


def clean_picture() -> Any:
    """A small picture through the sandbox."""
    from tests.conftest import small_png

    from tractage.hq.library.submission import MOVING, read_upload

    return read_upload(io.BytesIO(small_png(3)).read(), "affiche.png", MOVING)
