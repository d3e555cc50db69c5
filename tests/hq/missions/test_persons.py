"""A brief never aims at a person: what is refused, with the article, and what is not refused by mistake."""

from collections.abc import Callable
from typing import Any

import pytest

from tractage.hq.missions.models import Brief
from tractage.hq.missions.persons import AimsAtPerson, aims_at_person
from tractage.hq.missions.services import BriefContent, Fact, Target, change_brief, content_of, write_brief
from tractage.hq.people.refusals import Refused

WORDS: dict[str, Any] = {"title": "Une affiche", "goal": "Peu de voix.", "craft": "design", "minutes": 20}


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Répondez à @voisin_du_dessus", "mention"),
        ("Merci de citer ＠quelquun", "mention"),
        ("(@lulu.93)", "mention"),
        ("Voir https://x.com/quelquun et répondre", "account"),
        ("tiktok.com/quelquun", "account"),
        ("Appeler le 06 12 34 56 78", "phone"),
        ("+33.6.12.34.56.78", "phone"),
        ("Écrire à quelquun@exemple.test", "e-mail"),
        ("Coller au 12 bis, rue des Lilas", "address"),
        ("Signalez en masse cette page", "pack"),
        ("Allez tous sous ses publications", "pack"),
        ("Inonder de réponses", "pack"),
        ("Par message privé à son employeur", "pack"),
        ("Il faut la harceler de questions", "pack"),
    ],
)
def test_what_aims_at_a_person_is_found(text: str, kind: str) -> None:
    found = aims_at_person({"goal": text})
    assert [aim.kind for aim in found][:1] == [kind]
    assert found[0].field == "goal"


@pytest.mark.parametrize(
    "text",
    [
        "Une affiche pour Dordogne 3ᵉ, 75 voix d’écart",
        "Le 30 juin et le 7 juillet 2024, 66 951 inscrits",
        "Citer la candidate, à 12 min 30 de https://www.youtube.com/watch?v=abc",
        "Mot-dièse #OnPasse sur https://www.tiktok.com/hashtag/onpasse",
        "Place de la République, de jour",
        "L’article L. 49 du Code électoral",
        "Faire inonder la place de lumière",
    ],
)
def test_what_speaks_of_a_seat_is_left_alone(text: str) -> None:
    assert aims_at_person({"goal": text}) == ()


@pytest.mark.parametrize("field", ["title", "goal", "rights_hints", "do", "dont", "formats", "facts"])
@pytest.mark.django_db
def test_every_text_of_a_brief_is_read(campaign: Any, field: str) -> None:
    aim = "Répondre à @quelquun"
    value: Any = {"facts": [Fact(aim, "Journal")]}.get(
        field, aim if isinstance(WORDS.get(field, ""), str) else 0
    )
    if field in ("do", "dont", "formats"):
        value = [aim]
    with pytest.raises(AimsAtPerson) as refusal:
        write_brief(None, campaign, BriefContent(**(WORDS | {field: value})))
    assert "222-33-2-2" in str(refusal.value)
    assert "@quelquun" in str(refusal.value)
    assert not Brief.objects.exists()


def test_changing_a_brief_is_no_way_round(make_brief: Callable[..., Brief]) -> None:
    from dataclasses import replace

    brief = make_brief()
    with pytest.raises(AimsAtPerson):
        change_brief(None, brief, replace(content_of(brief), goal="Tous chez @quelquun"))
    brief.refresh_from_db()
    assert "@" not in brief.goal


@pytest.mark.django_db
def test_only_seats_and_official_candidates_are_targets(campaign: Any) -> None:
    from tractage.hq.missions.services import candidates_of

    official = candidates_of(campaign, "24-03")[0]
    brief = write_brief(None, campaign, BriefContent(**WORDS, targets=[Target("24-03", official)]))
    assert brief.targets.get().candidate == official
    for target in (Target("24-03", "Quelqu’un D’AUTRE"), Target("99-99")):
        with pytest.raises(Refused):
            write_brief(None, campaign, BriefContent(**WORDS, targets=[target]))


@pytest.mark.parametrize("fact", [Fact("Vrai.", ""), Fact("Vrai.", "Ici", "javascript:alert(1)")])
@pytest.mark.django_db
def test_a_fact_needs_a_source_that_can_be_read(campaign: Any, fact: Fact) -> None:
    with pytest.raises(Refused):
        write_brief(None, campaign, BriefContent(**WORDS, facts=[fact]))
