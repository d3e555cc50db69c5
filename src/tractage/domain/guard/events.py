"""What happens on a server: arrivals, departures, messages."""

from typing import NamedTuple


class Join(NamedTuple):
    """An arrival. t, created: seconds on one clock; created is None where the account's birth is unknown."""

    t: float
    member: str
    name: str
    created: float | None = None
    avatar: bool = True
    invite: str = ""

    @property
    def age(self) -> float | None:
        """Return the account's age in seconds."""
        return None if self.created is None else max(0.0, self.t - self.created)


class Leave(NamedTuple):
    """A departure."""

    t: float
    member: str


class Post(NamedTuple):
    """A message. pictures: fingerprints of its pictures; mentions: members and roles that it calls."""

    t: float
    id: str
    author: str
    text: str
    channel: str = ""
    pictures: tuple[bytes, ...] = ()
    mentions: tuple[str, ...] = ()


Event = Join | Leave | Post
