"""Numbers, moments and places as a message shows them."""

from datetime import datetime

from django.utils.translation import get_language

from tractage.domain.elections.seats import Seat

NARROW = "\u202f"


def grouped(number: int) -> str:
    """66951 as 66 951, or 66,951 in English."""
    separated = f"{number:,}"
    return separated if get_language() == "en" else separated.replace(",", NARROW)


def moment(at: datetime, style: str = "f") -> str:
    """A moment that Discord shows in the reader's own hour; style "R" says how far it is."""
    return f"<t:{int(at.timestamp())}:{style}>"


def short_seat(seat: Seat) -> str:
    """« Dordogne, 3ᵉ » from the seat's whole label."""
    return seat.label.replace(" circonscription", "")
