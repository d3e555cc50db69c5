"""Missions and works travel between two instances: two databases, two folders, two keys, one file."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from tests.cli.test_site import BASE, tractage

pytestmark = pytest.mark.slow

GIVES = """
import io, json, sys
from pathlib import Path
from tractage.conf.boot import bring_up_to_date, start_django
start_django()
bring_up_to_date()
from dataclasses import replace
from PIL import Image
from tractage.hq.campaigns.campaign_file import read_campaign_file, shipped_campaign
from tractage.hq.campaigns.services import load_campaign
from tractage.hq.exchange.exporting import export_document, own_key
from tractage.hq.library.services import EditionFile, WorkFacts, import_work, recall_work, release_work
from tractage.hq.missions.services import BriefContent, Fact, Target, write_brief

def export(name):
    Path(sys.argv[1], name).write_text(json.dumps(export_document(campaign, with_files=True)))

campaign = load_campaign(replace(read_campaign_file(shipped_campaign()), slug="ailleurs", name="Ailleurs"))
buffer = io.BytesIO()
Image.new("RGB", (320, 400), (127, 216, 180)).save(buffer, "PNG")
picture = EditionFile("portrait", buffer.getvalue(), "png", "image/png", 320, 400)
facts = WorkFacts("a", "poster", "Soixante-quinze voix", "Affiche verte.", "Lou", seats=["24-03"],
                  rights=({"what": "Dessin", "ground": "own", "basis": "Je l’ai fait"},))
poster = release_work(None, import_work(None, campaign, facts, [picture]))
text = replace(facts, origin="b", kind="text", title="Un texte", body="Soixante-quinze voix.", alt_text="")
release_work(None, import_work(None, campaign, text, []))
write_brief(None, campaign, BriefContent("Une affiche de plus", "Peu d’écart.", "design", 30,
            targets=[Target("24-03")], facts=[Fact("75 voix.", "Ministère de l’Intérieur")]))
export("old.json")
recall_work(None, poster, "Une source était fausse.")
export("new.json")
print(own_key())
"""
LOADS = """
from tractage.conf.boot import bring_up_to_date, start_django
start_django()
bring_up_to_date()
from tractage.hq.campaigns.campaign_file import read_campaign_file, shipped_campaign
from tractage.hq.campaigns.services import load_campaign
load_campaign(read_campaign_file(shipped_campaign()))
"""


class Two(NamedTuple):
    """The community that gives, the one that receives, the exports of the first and its key."""

    receiver: Path
    old: Path
    new: Path
    key: str


def python(folder: Path, code: str) -> str:
    done = subprocess.run(
        [sys.executable, "-c", code, str(folder)],
        check=False,
        env=BASE | {"TRACTAGE_DATA_DIR": str(folder)},
        capture_output=True,
        text=True,
        timeout=120,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


@pytest.fixture(scope="module")
def two(tmp_path_factory: pytest.TempPathFactory) -> Two:
    giver, receiver = tmp_path_factory.mktemp("giver"), tmp_path_factory.mktemp("receiver")
    key = python(giver, GIVES)
    python(receiver, LOADS)
    return Two(receiver, giver / "old.json", giver / "new.json", key)


def ask(two: Two, *arguments: str) -> Any:
    return tractage("exchange", "import", *arguments, TRACTAGE_DATA_DIR=str(two.receiver))


def rows(two: Two, query: str) -> list[tuple[Any, ...]]:
    import sqlite3

    with sqlite3.connect(two.receiver / "tractage.sqlite3") as connection:
        return connection.execute(query).fetchall()


def test_missions_and_works_travel(two: Two) -> None:
    refused = ask(two, str(two.old))
    assert (refused.returncode, len(refused.stderr.strip().splitlines())) == (2, 1)
    assert "Nobody here trusts the key" in refused.stderr

    done = ask(two, str(two.old), "--trust", two.key, "--format", "json")
    assert done.returncode == 0, done.stderr
    assert [one["outcome"] for one in json.loads(done.stdout)] == ["taken"] * 3
    assert rows(two, "select title, status from missions_brief") == [("Une affiche de plus", "draft")]
    works = rows(two, "select title, credit, licence, status, author_id from library_work order by title")
    assert works == [
        ("Soixante-quinze voix", "Lou", "CC BY-SA 4.0", "submitted", None),
        ("Un texte", "Lou", "CC BY-SA 4.0", "submitted", None),
    ]
    sources = json.loads(rows(two, "select sources from library_work where title = 'Un texte'")[0][0])
    assert "Ailleurs" in sources[0]["title"]

    newer = ask(two, str(two.new))
    assert newer.returncode == 0
    assert "known" in newer.stdout
    assert "withdrawn there: work-1" in newer.stderr
    told = rows(two, "select title, recalled, reason from exchange_peeritem where recalled")
    assert told == [("Soixante-quinze voix", 1, "Une source était fausse.")]
    older = ask(two, str(two.old))
    assert older.returncode == 2
    assert "is not newer than the one already read" in older.stderr
