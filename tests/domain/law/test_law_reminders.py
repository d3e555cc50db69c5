"""Rules without a clock: what the software reminds of, and where."""

import pytest

from tractage.domain.law.pack import reminders, rule


def articles(subject: str) -> set[str]:
    return {found.id for found in reminders(subject)}


def test_a_team_request_is_for_natural_persons() -> None:
    assert "L52-8" in articles("team-request")
    assert "L52-8" in articles("gift")
    assert "natural persons only" in rule("L52-8").does


def test_a_receipt_lists_deliveries_not_hours() -> None:
    assert "volunteers" in articles("team-request")
    assert "hours are optional" in rule("volunteers").does


def test_the_official_account_assesses_itself() -> None:
    assert articles("official-account") == {"TTPA"}
    assert "self-assessment" in rule("TTPA").does


@pytest.mark.parametrize(("subject", "name"), [("parody", "CPI-parody"), ("quotation", "CPI-quote")])
def test_each_exception_has_its_questions(subject: str, name: str) -> None:
    assert articles(subject) == {name}
    assert len(rule(name).params["questions"]) == 3


def test_a_montage_says_so() -> None:
    assert articles("montage") == {"CP-226-8"}
    assert rule("CP-226-8").params["label"] == "MONTAGE"


@pytest.mark.parametrize("subject", ["mission", "operation"])
def test_missions_never_aim_at_an_account(subject: str) -> None:
    assert "CP-222-33-2-2" in articles(subject)
    assert "(@)" in rule("CP-222-33-2-2").does


def test_uploads_are_read_for_addresses() -> None:
    assert articles("upload") == articles("text") == {"CP-223-1-1"}


def test_members_are_pseudonyms() -> None:
    assert articles("member") == {"GDPR-9"}
    assert "places, never persons" in rule("GDPR-9").does


def test_print_reminders() -> None:
    assert articles("print-poster") == {"R27", "1881-15", "1881-3", "L51"}
    assert articles("print-leaflet") == {"1881-3"}
    assert rule("1881-3").params["imprint"] == "imprimé par nos soins"


@pytest.mark.parametrize("platform", ["instagram", "facebook", "tiktok", "x", "giphy", "discord"])
def test_each_platform_has_its_tip(platform: str) -> None:
    assert [found.family for found in reminders(f"share-{platform}")] == ["platform"]


def test_an_unknown_subject_has_no_reminder() -> None:
    assert reminders("weather") == ()
