"""Settings, ledger and log as pages."""

import csv
import io
from collections.abc import Callable
from typing import Any

from django.test import Client

from tractage.hq.campaigns.models import AuditLine, Campaign
from tractage.hq.campaigns.services import write_audit_line
from tractage.hq.people.models import Member

Enter = Callable[[Any], Client]


def rows(prefix: str, *values: dict[str, str]) -> dict[str, str]:
    found = {f"{prefix}-TOTAL_FORMS": str(len(values)), f"{prefix}-INITIAL_FORMS": "0"}
    return found | {
        f"{prefix}-{number}-{key}": value for number, row in enumerate(values) for key, value in row.items()
    }


def test_the_words_of_the_campaign(enter: Enter, fanny: Member, client: Client) -> None:
    inside = enter(fanny)
    said = {
        "name": "Autre nom",
        "summary": "Deux phrases.",
        "hashtags": "OnPasse #AUneVoix",
        "ai_policy": "declared",
    }
    assert inside.post("/bureau/reglages/", said).status_code == 302
    assert "Autre nom" in client.get("/").content.decode()
    assert Campaign.objects.get().hashtags == ["#OnPasse", "#AUneVoix"]
    wrong = inside.post("/bureau/reglages/", said | {"hashtags": "#a-b"})
    assert wrong.status_code == 422
    assert "un mot" in wrong.content.decode()


def test_colours(enter: Enter, fanny: Member) -> None:
    inside = enter(fanny)
    assert "se lit bien" in inside.get("/bureau/reglages/couleurs/").content.decode()
    assert inside.post("/bureau/reglages/couleurs/", {"kit": "verger"}).status_code == 302
    assert inside.get("/bureau/reglages/couleurs/").context["form"]["kit"].value() == "verger"
    dark = inside.post("/bureau/reglages/couleurs/", {"kit": "own", "encre": "#23152E", "canari": "#333333"})
    assert dark.status_code == 422
    assert (
        "refusé\u202f: illisible" in dark.content.decode()
        or "refusé\u00a0: illisible" in dark.content.decode()
    )


def test_charter_and_partners(enter: Enter, fanny: Member, bob: Member) -> None:
    inside, of_bob = enter(fanny), enter(bob)
    article = rows("articles", {"title": "Un", "text": "Le texte."}, {"title": "", "text": ""})
    assert inside.post("/bureau/reglages/charte/", article | {"version": "2027.1"}).status_code == 422
    assert inside.post("/bureau/reglages/charte/", article | {"version": "2027.2"}).status_code == 302
    assert of_bob.get("/bureau/").headers["Location"].startswith("/charte/")
    half = rows("partenaires", {"name": "L’Atelier", "url": "https://atelier.example", "what": ""})
    assert inside.post("/bureau/reglages/partenaires/", half).status_code == 422
    whole = half | {"partenaires-0-what": "Échange d’affiches"}
    assert inside.post("/bureau/reglages/partenaires/", whole).status_code == 302
    assert "Échange d’affiches" in inside.get("/qui-comment-combien/").content.decode()


def test_the_ledger_by_month(enter: Enter, fanny: Member, client: Client) -> None:
    inside = enter(fanny)
    for day, euros in (("2026-11-20", "0.10"), ("2026-11-21", "0.20"), ("2026-12-01", "7")):
        line = {"day": day, "label": f"Timbres {day}", "euros": euros}
        assert inside.post("/bureau/reglages/comptes/", line).status_code == 302
    public = client.get("/comptes/").content.decode()
    assert "21,20" in public  # 14.40 + 6.50 + 0.10 + 0.20 in November
    assert "28,20" in public
    gone = {"date": "2026-12-01", "label": "Timbres 2026-12-01", "euros": "7.0"}
    assert inside.post("/bureau/reglages/comptes/retirer/", gone).status_code == 302
    assert "2026-12" not in client.get("/comptes/").content.decode()
    assert inside.post("/bureau/reglages/comptes/retirer/", gone).status_code == 422


def test_the_log_in_sentences(enter: Enter, chloe: Member, bob: Member, make_brief: Any) -> None:
    brief = make_brief()
    inside = enter(chloe)
    write_audit_line(bob, "brief.change", brief, why="pour l’exemple")
    html = inside.get("/bureau/journal/").content.decode()
    assert "a changé la mission" in html
    assert f"/bureau/missions/{brief.pk}/" in html
    assert "brief.change" not in html.replace('value="brief.change"', "")
    assert "pour l’exemple" in html
    assert len(inside.get("/bureau/journal/?qui=bob").context["rows"]) == 1
    assert inside.get("/bureau/journal/?qui=-").context["rows"]
    assert not inside.get("/bureau/journal/?au=2000-01-01").context["rows"]
    story = inside.get(f"/bureau/journal/?sur=missions.brief&numero={brief.pk}").context["rows"]
    assert len(story) == 2


def test_the_log_asks_a_fixed_number_of_questions(
    enter: Enter, chloe: Member, make_brief: Any, django_assert_max_num_queries: Any
) -> None:
    for _ in range(20):
        make_brief()
    inside = enter(chloe)
    with django_assert_max_num_queries(12):
        inside.get("/bureau/journal/")


def test_the_log_as_a_file(enter: Enter, chloe: Member, campaign: Any) -> None:
    write_audit_line(chloe, "=danger", campaign)
    answer = enter(chloe).get("/bureau/journal.csv?qui=Chloé")
    text = b"".join(answer.streaming_content).decode()  # type: ignore[attr-defined]
    table = list(csv.reader(io.StringIO(text.removeprefix("\ufeff"))))
    assert table[0][1] == "Qui"
    assert any(row[3] == "'=danger" for row in table)
    assert len(table) == 1 + AuditLine.objects.filter(actor=chloe).count()


def test_who_may_not_read_the_log(enter: Enter, bob: Member, rachid: Member) -> None:
    for member in (bob, rachid):
        assert enter(member).get("/bureau/journal/").status_code == 403
        assert enter(member).get("/bureau/journal.csv").status_code == 403


def test_every_verb_of_the_sources_has_its_sentence() -> None:
    import re
    from pathlib import Path

    import tractage
    from tractage.web.desk.log.sentences import SENTENCES

    found = set()
    for path in Path(tractage.__file__).parent.rglob("hq/**/*.py"):
        for call in re.findall(r"write_audit_line\((.*?)\)\n", path.read_text(), re.DOTALL):
            found |= set(re.findall(r'"([a-z_]+\.[a-z_]+)"', call))
    assert len(found) > 30
    assert sorted(found - set(SENTENCES)) == [], "verbs without a sentence in web/desk/log/sentences.py"
