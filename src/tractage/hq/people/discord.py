"""Login through Discord: an identifier and a name to start from, nothing else is asked for or kept.

Read by django-allauth only when the operator gave the keys of a Discord application.
"""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from django.db.models.signals import pre_save
from django.dispatch import receiver
from django.http import HttpRequest
from django.urls import reverse

from tractage.hq.campaigns.services import write_audit_line
from tractage.hq.people.discord_links import free_pseudonym, link_discord, member_of_account
from tractage.hq.people.models import Member


@receiver(pre_save, sender="socialaccount.SocialAccount")
def keep_the_identifier_alone(instance: Any, **_signal: Any) -> None:
    """Names, picture and whatever else Discord tells are never written, at the first login nor later."""
    instance.extra_data = {}


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    """Sends no e-mail and opens no sign-up form of its own."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """People join by our own page."""
        return False

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Nobody has an address here."""


class SocialAdapter(DefaultSocialAccountAdapter):  # type: ignore[misc]
    """Makes a newcomer of whom Discord names; the charter is asked at their first page."""

    def is_open_for_signup(self, request: HttpRequest, sociallogin: Any) -> bool:
        """Whoever Discord knows may join."""
        return True

    def pre_social_login(self, request: HttpRequest, sociallogin: Any) -> None:
        """Keep neither the e-mail nor the tokens; an account that joined on the server is the same person."""
        sociallogin.email_addresses = []
        sociallogin.token = None
        member = member_of_account(str(sociallogin.account.uid))
        if member is not None and not sociallogin.is_existing:
            sociallogin.connect(request, member)

    def populate_user(self, request: HttpRequest, sociallogin: Any, data: dict[str, Any]) -> Member:
        """A pseudonym to start from."""
        member: Member = sociallogin.user
        member.pseudonym = free_pseudonym(str(data.get("username") or data.get("name") or ""))
        return member

    def save_user(self, request: HttpRequest, sociallogin: Any, form: Any = None) -> Member:
        """Save a newcomer without a password."""
        member: Member = sociallogin.user
        member.set_unusable_password()
        member.full_clean(exclude=["password"])
        sociallogin.save(request)
        link_discord(member, member, str(sociallogin.account.uid))
        write_audit_line(member, "member.join", member, through="discord")
        return member

    def get_connect_redirect_url(self, request: HttpRequest, socialaccount: Any) -> str:
        """Back to one's own page."""
        return reverse("account")
