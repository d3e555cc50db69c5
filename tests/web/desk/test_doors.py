"""Come in and go out: join, log in, recovery codes, limits, charter."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth import authenticate
from django.test import Client

from tractage.hq.campaigns.models import AuditLine, Campaign
from tractage.hq.people.models import Attempt, Member, RecoveryCode
from tractage.hq.people.recovery import make_recovery_codes

pytestmark = pytest.mark.usefixtures("quiet_day", "campaign")
GOOD = {"pseudonym": "Lulu 93", "password": "trois mots en papier", "crafts": ["design", "sharing"]}


def test_one_joins_by_pseudonym_and_password_alone(client: Client, campaign: Campaign) -> None:
    page = client.get("/rejoindre/").content.decode()
    assert "J’accepte la charte et j’entre" in page
    assert "email" not in page
    answer = client.post("/rejoindre/", GOOD)
    assert answer.headers["Location"] == "/bureau/premiere/"
    lulu = Member.objects.get()
    assert (lulu.standing, lulu.crafts, lulu.shown) == ("newcomer", ["design", "sharing"], False)
    assert lulu.charter_version == campaign.charter_version
    assert {line.verb for line in AuditLine.objects.filter(actor=lulu)} == {"member.join", "member.charter"}


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"pseudonym": "BOB"}, "quelqu’un l’a déjà"),
        ({"pseudonym": "lulu@exemple.test"}, "ni @ ni adresse"),
        ({"pseudonym": ""}, "obligatoire"),
        ({"password": "court"}, "trop court"),
        ({"password": "Lulu 93 Lulu 93", "pseudonym": "Lulu 93 Lulu 93"}, "trop semblable"),
        ({"crafts": ["espionnage"]}, "espionnage"),
    ],
)
def test_what_is_wrong_is_said_beside_the_field(
    client: Client, bob: Member, change: dict[str, Any], words: str
) -> None:
    answer = client.post("/rejoindre/", GOOD | change)
    assert answer.status_code == 200
    html = answer.content.decode()
    assert words in html, re.findall(r'class="dit"[^>]*>([^<]*)', html)
    assert "Presque" in html
    assert Member.objects.count() == 1


def test_a_member_does_not_join_again(enter: Callable[[Any], Client], bob: Member) -> None:
    assert enter(bob).get("/rejoindre/").headers["Location"] == "/bureau/premiere/"


def test_going_on_never_leads_elsewhere(client: Client) -> None:
    answer = client.post("/rejoindre/", GOOD | {"next": "https://ailleurs.example/"})
    assert answer.headers["Location"] == "/bureau/premiere/"


def test_the_sixth_wrong_password_waits_and_the_right_one_too(client: Client, bob: Member) -> None:
    for _ in range(5):
        assert client.post("/connexion/", {"username": "Bob", "password": "non"}).status_code == 200
    answer = client.post("/connexion/", {"username": "bob", "password": "Bob-secret"})
    assert answer.status_code == 429
    assert "en sûreté" in answer.content.decode()
    elsewhere = Client(REMOTE_ADDR="198.51.100.7")
    assert elsewhere.post("/connexion/", {"username": "Bob", "password": "Bob-secret"}).status_code == 302


def test_one_address_cannot_try_many_names(client: Client) -> None:
    statuses = [
        client.post("/connexion/", {"username": f"nom {number}", "password": "non"}).status_code
        for number in range(42)
    ]
    assert statuses[:40] == [200] * 40
    assert statuses[40:] == [429] * 2


def test_attempts_hold_no_name_and_no_address(client: Client) -> None:
    client.post("/connexion/", {"username": "Bob", "password": "non"})
    kept = str(list(Attempt.objects.values_list("key", flat=True)))
    assert Attempt.objects.count() == 3
    assert "bob" not in kept.casefold()
    assert "127.0.0.1" not in kept


def test_accounts_are_not_made_by_the_hundred(client: Client) -> None:
    for number in range(40):
        Client().post("/rejoindre/", GOOD | {"pseudonym": f"Essai {number}"})
    assert Client().post("/rejoindre/", GOOD).status_code == 429
    assert Member.objects.count() == 40


def test_recovery_codes_are_shown_once_and_work_once(enter: Callable[[Any], Client], bob: Member) -> None:
    inside = enter(bob)
    assert inside.get("/moi/codes/").status_code == 405
    page = inside.post("/moi/codes/")
    assert "no-store" in page.headers["Cache-Control"]
    codes = re.findall(r"<code>([^<]+)</code>", page.content.decode())
    assert len(set(codes)) == 8
    assert not RecoveryCode.objects.filter(fingerprint__in=codes).exists()
    given = {"pseudonym": "bob", "code": codes[0].upper(), "password": "un tout autre secret"}
    assert Client().post("/code-de-secours/", given).headers["Location"] == "/moi/"
    assert authenticate(username="Bob", password="un tout autre secret") == bob
    again = Client().post("/code-de-secours/", given)
    assert "a déjà servi" in again.content.decode()
    assert bob.recovery_codes.count() == 7


def test_a_code_of_another_person_opens_nothing(bob: Member, dan: Member) -> None:
    code = make_recovery_codes(bob, bob)[0]
    answer = Client().post("/code-de-secours/", {"pseudonym": "Dan", "code": code, "password": "x" * 12})
    assert "ne vont pas ensemble" in answer.content.decode()
    assert bob.recovery_codes.count() == 8


def test_guessing_codes_is_counted_with_passwords(bob: Member) -> None:
    given = {"pseudonym": "Bob", "code": "aaaa-aaaa-aaaa-aaaa", "password": "un tout autre secret"}
    statuses = [Client().post("/code-de-secours/", given).status_code for _ in range(6)]
    assert statuses == [200] * 5 + [429]


def test_a_new_version_of_the_charter_is_asked_again(
    enter: Callable[[Any], Client], bob: Member, campaign: Campaign
) -> None:
    inside = enter(bob)
    assert inside.get("/bureau/").status_code == 200
    Campaign.objects.update(charter_version="2027.2")
    answer = inside.get("/bureau/mes-missions/?page=1")
    assert answer.headers["Location"] == "/charte/?next=%2Fbureau%2Fmes-missions%2F%3Fpage%3D1"
    assert "a changé" in inside.get("/charte/").content.decode()
    back = inside.post("/charte/", {"next": "/bureau/mes-missions/"})
    assert back.headers["Location"] == "/bureau/mes-missions/"
    assert inside.get("/bureau/").status_code == 200
    bob.refresh_from_db()
    assert bob.charter_version == "2027.2"


def test_another_password_asks_for_the_one_of_today(enter: Callable[[Any], Client], bob: Member) -> None:
    inside, other = enter(bob), enter(bob)
    wrong = inside.post("/moi/mot-de-passe/", {"current": "non", "password": "quatre mots bien longs"})
    assert "pas le mot de passe actuel" in wrong.content.decode()
    given = {"current": "Bob-secret", "password": "quatre mots bien longs"}
    assert inside.post("/moi/mot-de-passe/", given).status_code == 302
    assert inside.get("/moi/").status_code == 200
    assert other.get("/moi/").status_code == 302
