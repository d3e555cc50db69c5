"""Language and theme: two links, two cookies, no JavaScript."""

from typing import Any

import pytest
from django.test import Client

pytestmark = pytest.mark.usefixtures("quiet_day", "campaign")


def test_french_whatever_the_browser_says(client: Client) -> None:
    answer = client.get("/", headers={"accept-language": "en-US,en;q=0.9"})
    assert '<html lang="fr"' in answer.content.decode()
    assert answer.headers["Content-Language"] == "fr"


def test_english_is_a_choice_that_is_kept(client: Client) -> None:
    answer = client.get("/galerie/?type=card&langue=en")
    assert answer.status_code == 302
    assert answer.headers["Location"] == "/galerie/?type=card"
    html = client.get("/galerie/").content.decode()
    assert '<html lang="en"' in html
    assert "All to take, none to copy." in html


@pytest.mark.parametrize(
    ("asked", "attribute"), [("nuit", 'data-theme="nuit"'), ("jour", 'data-theme="jour"')]
)
def test_theme_is_kept_until_auto(client: Client, asked: str, attribute: str) -> None:
    client.get(f"/?theme={asked}")
    assert attribute in client.get("/").content.decode()
    client.get("/?theme=auto")
    assert "data-theme" not in client.get("/").content.decode()


@pytest.mark.parametrize("query", ["theme=rouge", "langue=xx", "theme=%22%3E%3Cscript%3E"])
def test_an_unknown_choice_changes_nothing(client: Client, query: str) -> None:
    client.get(f"/?{query}")
    html = client.get("/").content.decode()
    assert '<html lang="fr">' in html


def test_a_choice_never_leads_elsewhere(client: Client) -> None:
    answer = client.get("//ailleurs.example/?theme=nuit")
    assert answer.headers.get("Location", "/").startswith("/")
    assert not answer.headers.get("Location", "/").startswith("//")


def test_headers_keep_everyone_else_out(client: Client, campaign: Any) -> None:
    headers = client.get("/").headers
    policy = headers["Content-Security-Policy"]
    assert "default-src 'self'" in policy
    assert "unsafe" not in policy
    assert "frame-ancestors 'none'" in policy
    assert headers["Referrer-Policy"] == "same-origin"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["X-Frame-Options"] == "DENY"


def test_the_home_page_is_not_sent_twice(client: Client) -> None:
    first = client.get("/")
    assert client.get("/", headers={"if-none-match": first.headers["ETag"]}).status_code == 304
