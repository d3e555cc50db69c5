"""The campaign's settings: founders alone, checked, logged, and the file keeps its say."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied

from tractage.hq.campaigns.campaign_file import read_campaign_file, shipped_campaign
from tractage.hq.campaigns.models import AuditLine, Campaign
from tractage.hq.campaigns.services import load_campaign
from tractage.hq.people import campaign_settings as settings_of
from tractage.hq.people.refusals import Refused
from tractage.hq.people.selectors import has_accepted
from tractage.hq.people.services import accept_charter

FACTS = read_campaign_file(shipped_campaign())
WORDS: dict[str, Any] = {
    "name": "Autre nom",
    "summary": "Deux phrases.",
    "hashtags": ["#OnPasse"],
    "ai_policy": "none",
}
COST = settings_of.Cost(date(2026, 12, 1), "Affiches", Decimal("12.30"))


def test_only_a_founder_changes_the_campaign(campaign: Any, alice: Any) -> None:
    for write in (
        lambda: settings_of.change_words(alice, campaign, **WORDS),
        lambda: settings_of.declare_partners(alice, campaign, []),
        lambda: settings_of.write_cost(alice, campaign, COST),
        lambda: settings_of.remove_cost(alice, campaign, campaign.costs[0]),
        lambda: settings_of.publish_charter(alice, campaign, "2", campaign.charter),
        lambda: settings_of.choose_kit(alice, campaign, {}),
    ):
        with pytest.raises(PermissionDenied):
            write()


def test_a_change_is_kept_told_and_shown(campaign: Any, fanny: Any) -> None:
    changed = settings_of.change_words(fanny, campaign, **WORDS)
    known = Campaign.objects.get(pk=changed.pk)
    assert (known.name, known.hashtags) == ("Autre nom", ["#OnPasse"])
    assert known.revision != campaign.revision
    line = AuditLine.objects.filter(verb="campaign.words").get()
    assert line.details["before"]["name"] == "Les Mains libres"
    settings_of.change_words(fanny, known, **WORDS)
    assert AuditLine.objects.filter(verb="campaign.words").count() == 1


@pytest.mark.parametrize(
    "wrong", [{"name": " "}, {"summary": ""}, {"hashtags": ["deux mots"]}, {"ai_policy": "anything"}]
)
def test_words_that_do_not_hold_are_refused(campaign: Any, fanny: Any, wrong: dict[str, Any]) -> None:
    with pytest.raises(Refused):
        settings_of.change_words(fanny, campaign, **(WORDS | wrong))


def test_the_file_keeps_its_say(campaign: Any, fanny: Any) -> None:
    settings_of.change_words(fanny, campaign, **WORDS)
    assert load_campaign(FACTS).name == "Autre nom"
    newer = load_campaign(replace(FACTS, summary="Le fichier change ceci."))
    assert (newer.name, newer.summary) == ("Autre nom", "Le fichier change ceci.")
    assert load_campaign(replace(FACTS, name="Le fichier reprend")).name == "Le fichier reprend"
    lines = AuditLine.objects.count()
    load_campaign(replace(FACTS, name="Le fichier reprend"))
    assert AuditLine.objects.count() == lines


def test_a_campaign_from_before_takes_all_that_its_file_says(campaign: Any) -> None:
    Campaign.objects.update(from_file={}, name="D’avant")
    assert load_campaign(FACTS).name == FACTS.name


def test_a_new_charter_asks_everyone_again(campaign: Any, fanny: Any, bob: Any) -> None:
    accept_charter(bob, campaign)
    articles = [{"title": "Un", "text": "Le texte."}]
    with pytest.raises(Refused, match=r"2027\.1"):
        settings_of.publish_charter(fanny, campaign, "2027.1", articles)
    with pytest.raises(Refused):
        settings_of.publish_charter(fanny, campaign, "2027.2", [])
    changed = settings_of.publish_charter(fanny, campaign, "2027.2", articles)
    assert not has_accepted(bob, changed)
    kept = AuditLine.objects.get(verb="campaign.charter").details["before"]
    assert kept == {"version": "2027.1", "articles": campaign.charter}


def test_the_ledger_adds_and_takes_out(campaign: Any, fanny: Any) -> None:
    changed = settings_of.write_cost(fanny, campaign, COST)
    assert COST.row() in changed.costs
    assert [row["date"] for row in changed.costs] == sorted(row["date"] for row in changed.costs)
    assert COST.row() not in settings_of.remove_cost(fanny, changed, COST.row()).costs
    with pytest.raises(Refused):
        settings_of.remove_cost(fanny, changed, COST.row())
    for wrong in (
        replace(COST, euros=Decimal(-1)),
        replace(COST, label=" "),
        replace(COST, euros=Decimal("1e9")),
    ):
        with pytest.raises(Refused):
            settings_of.write_cost(fanny, campaign, wrong)


def test_colours_that_cannot_be_read_are_refused(campaign: Any, fanny: Any) -> None:
    with pytest.raises(Refused, match=r"4\.5"):
        settings_of.choose_kit(fanny, campaign, {"canari": "#4A3A55"})
    with pytest.raises(Refused):
        settings_of.choose_kit(fanny, campaign, {"page": "#FFFFFF"})
    assert settings_of.choose_kit(fanny, campaign, {"canari": "#FFE27A"}).kit == {"canari": "#FFE27A"}


def test_partners_are_whole(campaign: Any, fanny: Any) -> None:
    whole = {"name": "L’Atelier d’à côté", "url": "https://atelier.example", "what": "Échange d’affiches"}
    assert settings_of.declare_partners(fanny, campaign, [whole]).partners == [whole]
    for key in whole:
        with pytest.raises(Refused):
            settings_of.declare_partners(fanny, campaign, [whole | {key: ""}])
    with pytest.raises(Refused):
        settings_of.declare_partners(fanny, campaign, [whole | {"url": "javascript:alert(1)"}])
