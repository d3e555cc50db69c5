"""Between Discord's members and the headquarters' accounts."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

import discord

if TYPE_CHECKING:
    from tractage.hq.safety.models import Account


@dataclass(frozen=True)
class Person:
    """A person of the server as plain values; `roles`: numbers, without those that everyone has."""

    uid: str
    name: str
    roles: tuple[str, ...] | None = None

    def account(self) -> "Account":
        """What safety knows of them, made at first sight; asks the database."""
        from tractage.hq.safety.services import account_of_discord

        roles = None if self.roles is None else list(self.roles)
        return account_of_discord(self.uid, name=self.name, roles=roles)


def person(user: discord.abc.User) -> Person:
    """A member, or a user who is not on the server any more, whose roles are then not known."""
    if not isinstance(user, discord.Member):
        return Person(str(user.id), user.display_name)
    roles = [str(role.id) for role in user.roles if not role.is_default() and not role.managed]
    return Person(str(user.id), user.nick or "", tuple(roles))
