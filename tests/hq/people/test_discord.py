"""Login through Discord, in a process of its own: only with keys, asking for the identifier alone."""

import os
import subprocess
import sys
import textwrap
from collections.abc import Mapping
from pathlib import Path

import pytest

from tractage.conf.environment import read_environment
from tractage.domain.errors import InputError

KEYS = {
    "TRACTAGE_DISCORD_CLIENT_ID": "100000000000000001",
    "TRACTAGE_DISCORD_CLIENT_SECRET": "an-invented-secret-for-tests",
}
SCRIPT = """
    from tractage.conf.boot import start_django
    start_django()
    from django.conf import settings
    settings.STORAGES["staticfiles"] = {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    from django.core.management import call_command
    call_command("migrate", verbosity=0)
    from tractage.hq.campaigns.campaign_file import read_campaign_file, shipped_campaign
    from tractage.hq.campaigns.services import load_campaign
    load_campaign(read_campaign_file(shipped_campaign()))
    from django.test import Client, RequestFactory
    from django.contrib.sessions.backends.db import SessionStore
    from django.contrib.auth.models import AnonymousUser
    from django.contrib.messages.storage.fallback import FallbackStorage
    client = Client(headers={"host": "127.0.0.1:8000"})
    page = client.get("/connexion/")
    assert "Entrer par Discord" in page.content.decode()
    assert "form-action 'self' https://discord.com" in page.headers["Content-Security-Policy"]
    answer = client.post("/discord/login/")
    assert answer.status_code == 302, answer.status_code
    print(answer.headers["Location"])
    from allauth.socialaccount.adapter import get_adapter
    from allauth.socialaccount.helpers import complete_social_login
    from allauth.core import context
    from tractage.hq.people.models import Member
    Member.objects.create_user("Lulu", "mot-de-passe")
    for _ in range(2):
        request = RequestFactory().get("/discord/login/callback/", headers={"host": "127.0.0.1:8000"})
        request.session, request.user = SessionStore(), AnonymousUser()
        request._messages = FallbackStorage(request)
        with context.request_context(request):
            provider = get_adapter().get_provider(request, "discord")
            told = {"id": "4242", "username": "Lulu@!", "email": "x@exemple.test", "discriminator": "0",
                    "global_name": "Lulu", "avatar": "a"}
            complete_social_login(request, provider.sociallogin_from_response(request, told))
    found = Member.objects.exclude(pseudonym="Lulu").get()
    assert (found.pseudonym, found.standing, found.charter_version) == ("Lulu 2", "newcomer", "")
    assert not found.has_usable_password()
    from allauth.socialaccount.models import SocialAccount, SocialToken
    from allauth.account.models import EmailAddress
    account = SocialAccount.objects.get()
    assert (account.uid, account.extra_data) == ("4242", {}), account.extra_data
    assert not SocialToken.objects.exists() and not EmailAddress.objects.exists()
    inside = Client(headers={"host": "127.0.0.1:8000"})
    inside.force_login(found, backend="django.contrib.auth.backends.ModelBackend")
    assert inside.get("/bureau/").headers["Location"].startswith("/charte/")
    assert "ouvre aussi" in inside.get("/moi/").content.decode()
"""


def _run(folder: Path, keys: Mapping[str, str]) -> "subprocess.CompletedProcess[str]":
    environment = {name: value for name, value in os.environ.items() if not name.startswith("TRACTAGE_")}
    return subprocess.run(
        [sys.executable, "-c", textwrap.dedent(SCRIPT)],
        env=environment | {"TRACTAGE_DATA_DIR": str(folder)} | dict(keys),
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )


@pytest.mark.slow
def test_discord_gives_an_identifier_and_nothing_else(tmp_path: Path) -> None:
    done = _run(tmp_path, KEYS)
    assert done.returncode == 0, done.stderr[-3000:]
    address = done.stdout.strip().splitlines()[-1]
    assert address.startswith("https://discord.com/")
    assert "scope=identify&" in address + "&"
    assert "email" not in address


def test_without_keys_nothing_of_discord_is_there() -> None:
    from django.conf import settings
    from django.urls import NoReverseMatch, reverse

    assert not [app for app in settings.INSTALLED_APPS if app.startswith("allauth")]
    with pytest.raises(NoReverseMatch):
        reverse("discord_login")


@pytest.mark.parametrize(
    "variables",
    [
        {"TRACTAGE_DISCORD_CLIENT_ID": "100000000000000001"},
        {"TRACTAGE_DISCORD_CLIENT_SECRET": "an-invented-secret-for-tests"},
        KEYS | {"TRACTAGE_DISCORD_CLIENT_ID": "tractage"},
        KEYS | {"TRACTAGE_DISCORD_CLIENT_SECRET": "short"},
    ],
)
def test_a_wrong_key_is_named_and_a_secret_is_not_shown(variables: dict[str, str]) -> None:
    with pytest.raises(InputError, match="TRACTAGE_DISCORD_CLIENT") as refusal:
        read_environment(variables)
    assert "an-invented" not in str(refusal.value)
    assert "short" not in str(refusal.value)
