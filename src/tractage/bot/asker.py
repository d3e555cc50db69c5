"""Who asks on Discord, as the headquarters know them."""

from functools import cached_property
from urllib.parse import urljoin

from django.conf import settings
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils.translation import gettext as _

from tractage.domain.errors import TractageError
from tractage.hq.campaigns.models import Campaign
from tractage.hq.campaigns.selectors import current_campaign
from tractage.hq.people.discord_links import member_of_account
from tractage.hq.people.models import Member
from tractage.hq.people.refusals import Refused
from tractage.hq.people.selectors import has_accepted

REFUSALS = (Refused, PermissionDenied, TractageError, ValidationError)
"""What a service raises with words for the person who asked."""


class Asker:
    """A Discord account; what the database says of it is asked once."""

    def __init__(self, uid: int, name: str) -> None:
        self.uid, self.name = str(uid), name

    @cached_property
    def campaign(self) -> Campaign:
        """The campaign that the instance serves."""
        found = current_campaign()
        if found is None:
            raise Refused(_("No campaign is loaded yet: the operator has to do that first."))
        return found

    @cached_property
    def known(self) -> Member | None:
        """The member for whom this account speaks, if it does."""
        return member_of_account(self.uid)

    @cached_property
    def member(self) -> Member:
        """The member, who has accepted the charter of today. Raises Refused in words otherwise."""
        if self.known is None:
            raise Refused(_("You have not joined yet: /rejoindre takes two minutes."))
        if not has_accepted(self.known, self.campaign):
            raise Refused(_("The charter has changed since you accepted it: read it with /rejoindre."))
        return self.known


def told(refusal: Exception) -> str:
    """A refusal in words."""
    if isinstance(refusal, ValidationError):
        return " ".join(refusal.messages)
    return str(refusal) or _("Your standing does not allow this.")


def page(path: str) -> str:
    """The whole address of a page of the site."""
    return urljoin(f"{settings.TRACTAGE.site_url}/", path.lstrip("/"))
