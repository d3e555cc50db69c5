"""The counting pass: what a detection will take, before it takes it."""

from dataclasses import dataclass

from tractage.domain.errors import TractageError
from tractage.domain.radar import kernels
from tractage.domain.radar.posts import Posts
from tractage.domain.radar.scan import Tell
from tractage.domain.radar.settings import Settings
from tractage.domain.worded import gettext_noop

MEETINGS_A_SECOND = 15_000_000  # per thread; each pair is met from both of its ends
TABLE_BYTES = 36  # per account and thread
EDGE_TABLE = 6 << 20  # per thread


@dataclass(frozen=True)
class Plan:
    """What lies ahead: pairs of rows in the window, seconds, bytes of tables."""

    pairs: int
    seconds: float
    memory: int

    def tell(self, name: str, tell: Tell) -> None:
        """Say it in one line."""
        tell(f"{name}: {self.pairs:,} pairs of shares in the window, about {max(1, round(self.seconds))} s")


def plan(posts: Posts, settings: Settings, room: int) -> Plan:
    """Count the pairs of a layer without looking at any, and refuse tables that do not fit.

    room: bytes that are left for tables and edges
    Raises: TractageError when the tables alone need more
    """
    pairs = kernels.count_window(posts.objects, posts.times, float(settings.window))
    seconds = 2 * pairs / MEETINGS_A_SECOND / settings.threads
    memory = settings.threads * (posts.names.len() * TABLE_BYTES + EDGE_TABLE)
    if memory > room:
        raise TractageError(
            gettext_noop(
                "posts: %(accounts)s accounts need tables of %(needed)s MB and %(left)s MB are left of the "
                "budget: raise --memory or --min-participation"
            ),
            accounts=posts.names.len(),
            needed=memory >> 20,
            left=room >> 20,
        )
    return Plan(pairs, seconds, memory)
