"""What a content bears, as the law sees it."""

from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    """What a content bears or is."""

    PROPAGANDA = "propaganda"
    COMMENT = "comment"
    PRACTICAL = "practical"
    POLL = "poll"
    RESULT = "result"
    ADVERTISING = "advertising"
    TEAM_REQUEST = "team-request"
    PUBLIC = "public"
    INTERNAL = "internal"
    MODERATION = "moderation"
    EVIDENCE = "evidence"


# What never reaches the public, or protects it: no time rule applies.
PRIVATE = frozenset({Kind.INTERNAL, Kind.MODERATION, Kind.EVIDENCE})


@dataclass(frozen=True)
class Content:
    """A content by its kinds.

    No kind at all counts as propaganda. `PUBLIC`: already public and unchanged. `PRACTICAL` alone (how to
    vote) is free of the silence; together with propaganda it is propaganda. `PRIVATE` kinds: free whatever
    else is named.
    """

    kinds: frozenset[Kind] = frozenset({Kind.PROPAGANDA})

    @classmethod
    def of(cls, *kinds: Kind) -> "Content":
        """Return a content of these kinds."""
        return cls(frozenset(kinds))

    @property
    def free(self) -> bool:
        """Tell whether no time rule concerns this content."""
        return bool(self.kinds & PRIVATE)

    @property
    def silenced(self) -> bool:
        """Tell whether the electoral silence concerns this content."""
        if self.free or Kind.PUBLIC in self.kinds:
            return False
        speech = {Kind.PROPAGANDA, Kind.COMMENT, Kind.ADVERTISING, Kind.TEAM_REQUEST}
        return not self.kinds or bool(self.kinds & speech)


PROPAGANDA = Content()
