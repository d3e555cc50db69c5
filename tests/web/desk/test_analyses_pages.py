"""Analysts' pages: the form, the moving part, the report in its box, what the public reads."""

from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from tractage.hq.analyses.models import Analysis, State
from tractage.hq.analyses.tasks import run_analysis

Enter = Callable[[Any], Client]
ASKED = {
    "title": "La semaine des invités",
    "platform": "",
    "layers": "object_id",
    "account": "account_id",
    "content": "content_id",
    "time": "timestamp_share",
    "window": "60",
    "min_participation": "2",
    "level": "0.01",
    "correction": "accounts",
}


@pytest.fixture
def _asleep(settings: Any, private_files: Any) -> None:
    """Tasks are asked for and wait."""
    settings.TASKS = {
        "default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": ["default", "studio"]}
    }


def posts(name: str = "posts.csv", text: str = "object_id,account_id\n") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, text.encode(), "text/csv")


@pytest.mark.usefixtures("_asleep")
def test_an_analyst_gives_a_file_and_watches_it(enter: Enter, rachid: Any) -> None:
    client = enter(rachid)
    answer = client.post(reverse("new_analysis"), ASKED | {"file": posts()})
    analysis = Analysis.objects.get()
    assert answer.headers["Location"] == analysis.get_absolute_url()
    assert "Attend son tour" in client.get(analysis.get_absolute_url()).text
    Analysis.objects.update(state=State.RUNNING, rows_done=250, rows_total=1000)
    part = client.get(reverse("analysis_progress", args=[analysis.pk])).text
    assert 'max="1000" value="250"' in part
    client.post(reverse("stop_analysis", args=[analysis.pk]))
    assert "Recommencer" in client.get(analysis.get_absolute_url()).text


@pytest.mark.usefixtures("_asleep")
@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"file": posts("photo.png")}, "n’est pas un fichier de posts"),
        ({"file": posts("vide.csv", "")}, "vide"),
        ({"time": " "}, "du nom de cette colonne"),
        ({"window": "-3"}, "supérieure ou égale à 0"),
    ],
)
def test_a_mistake_is_said_beside_its_field(
    enter: Enter, rachid: Any, changed: dict[str, Any], words: str
) -> None:
    answer = enter(rachid).post(reverse("new_analysis"), ASKED | {"file": posts()} | changed)
    assert answer.status_code == 422
    assert words in answer.text
    assert not Analysis.objects.exists()


@pytest.mark.usefixtures("_asleep")
@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("object_id;account_id\nx;y\n", "posts.csv\u00a0: pas de colonne &#x27;content_id&#x27;"),
        ("who,what\na,b\n", "on y trouve who, what"),
        (
            "object_id,account_id,content_id,timestamp_share\no,a,c,hier\n",
            "à la ligne 2 on lit &#x27;hier&#x27;, il faut des secondes",
        ),
    ],
)
def test_what_is_wrong_with_a_file_is_said_in_french(
    enter: Enter, rachid: Any, text: str, words: str
) -> None:
    client = enter(rachid)
    client.post(reverse("new_analysis"), ASKED | {"file": posts(text=text)})
    analysis = Analysis.objects.get()
    assert not run_analysis.call(analysis.pk)
    page = client.get(analysis.get_absolute_url()).text
    assert words in page
    assert "expected" not in page


@pytest.mark.django_db
def test_what_was_left_out_is_said_in_french(enter: Enter, rachid: Any, make_analysis: Any) -> None:
    analysis = make_analysis()
    kept = [["%(layer)s: %(rows)s bad rows left out", {"layer": "url", "rows": 1234}], "written long ago"]
    Analysis.objects.filter(pk=analysis.pk).update(notes=kept)
    page = enter(rachid).get(analysis.get_absolute_url()).text
    assert "url\u00a0: lignes fautives laissées de côté, 1\u202f234." in page
    assert "written long ago" in page


def test_the_report_is_shut_in_a_box(enter: Enter, rachid: Any, make_analysis: Any) -> None:
    answer = enter(rachid).get(reverse("analysis_report", args=[make_analysis().pk]))
    assert answer.headers["Content-Security-Policy"].startswith("sandbox allow-scripts; default-src 'none'")
    assert enter(rachid).get("/bureau/analyses/1/fichiers/..%2Fposts.csv").status_code == 404


def test_the_public_reads_figures_and_no_account(make_analysis: Any) -> None:
    told, private = make_analysis(public=True), make_analysis(title="En cours de lecture")
    listed = Client().get(reverse("public_analyses")).text
    assert told.title in listed
    assert private.title not in listed
    page = Client().get(reverse("public_analysis", args=[told.pk])).text
    assert "20 comptes sur 300" in page
    assert "account_a" not in page
    assert Client().get(reverse("public_analysis", args=[private.pk])).status_code == 404


def test_a_member_who_does_not_read_works_stays_outside(enter: Enter, bob: Any, make_analysis: Any) -> None:
    analysis = make_analysis()
    assert enter(bob).get(analysis.get_absolute_url()).status_code == 403
    assert enter(bob).get(reverse("analysis_report", args=[analysis.pk])).status_code == 403
