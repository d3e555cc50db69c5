"""What a partner gives: trusted by key, never older, chosen by a person, read by two like the rest."""

import base64
import hashlib
import json
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.core.exceptions import PermissionDenied
from django.test import Client
from tests.adapters.exchange.test_document import EXPORT, KEY, WORK
from tests.conftest import PARIS, QUIET_DAY
from tests.hq.library.conftest import poster_png
from tests.web.desk.conftest import enter as enter  # noqa: PLC0414 - a fixture of this file too
from tests.web.desk.conftest import make_brief as make_brief  # noqa: PLC0414

from tractage.adapters.exchange import Document, public_key, read_document, signed
from tractage.hq.exchange.exporting import export_document
from tractage.hq.exchange.models import Peer, PeerItem
from tractage.hq.exchange.services import distrust, in_order, receive, take
from tractage.hq.exchange.taking import Outcome
from tractage.hq.library.models import Status, Work
from tractage.hq.missions.models import Brief, BriefStatus
from tractage.hq.people.refusals import Refused

THEIRS = public_key(KEY)
RIGHTS = [{"what": "Dessin", "ground": "own", "basis": "Fait main"}]
NAMED = {"media_type": "image/png", "sha256": "0" * 64, "bytes": 3}
BRIEF: dict[str, Any] = {
    "key": "brief-1", "title": "Une affiche de plus", "goal": "Peu d’écart.", "craft": "design",
    "minutes": 30,
    "versions": 4, "targets": [{"seat": "24-03", "candidate": ""}],
    "facts": [{"text": "75 voix.", "source": "Ministère de l’Intérieur", "url": ""}],
}  # fmt: skip


@pytest.fixture(autouse=True)
def _own_folder(settings: Any, tmp_path: Path) -> None:
    settings.TRACTAGE = replace(settings.TRACTAGE, data_dir=tmp_path)
    settings.MEDIA_ROOT = tmp_path / "media"


def with_file(**changes: Any) -> dict[str, Any]:
    raw = poster_png()
    file = {
        "media_type": "image/png",
        "sha256": hashlib.sha256(raw).hexdigest(),
        "bytes": len(raw),
        "content": base64.b64encode(raw).decode(),
    }
    return WORK | {"file": file, "rights": RIGHTS} | changes


def packed(hours: int = 0, key: Ed25519PrivateKey = KEY, **changes: Any) -> bytes:
    moment = (QUIET_DAY - timedelta(hours=24 - hours)).isoformat()
    content = EXPORT | {"works": [with_file()], "briefs": [BRIEF], "exported_at": moment} | changes
    return json.dumps(signed(content, key), ensure_ascii=False).encode()


def document(hours: int = 0, **changes: Any) -> Document:
    return read_document(packed(hours, **changes))


@pytest.fixture
def here(campaign: Any, quiet_day: None) -> Any:
    return campaign


def test_only_coordinators_receive(here: Any, bob: Any, alice: Any) -> None:
    with pytest.raises(PermissionDenied):
        receive(bob, here, document(), THEIRS)
    peer = receive(alice, here, document(), THEIRS)
    for write in (lambda: take(bob, peer, document()), lambda: distrust(bob, peer)):
        with pytest.raises(PermissionDenied):
            write()


def test_a_key_is_trusted_once_and_no_other(here: Any) -> None:
    with pytest.raises(Refused, match="confiance"):
        receive(None, here, document())
    other = Ed25519PrivateKey.from_private_bytes(bytes(range(1, 33)))
    with pytest.raises(Refused, match="pas par la clé"):
        receive(None, here, read_document(packed(key=other)), THEIRS)
    with pytest.raises(Refused, match="43 letters"):
        receive(None, here, document(), "ed25519:x")
    assert not Peer.objects.exists()
    receive(None, here, document(), THEIRS)
    receive(None, here, document(1))
    assert Peer.objects.get().name == "Ailleurs"


def test_an_older_export_and_one_from_tomorrow_are_refused(here: Any) -> None:
    receive(None, here, document(2), THEIRS)
    receive(None, here, document(2))
    for wrong in (document(1), document(2, recalled=[{"key": "work-1", "reason": "x"}])):
        with pytest.raises(Refused, match="pas plus récent"):
            receive(None, here, wrong)
    with pytest.raises(Refused, match="pas encore venu"):
        receive(None, here, document(24 * 9))


def test_our_own_export_does_not_come_back(here: Any, make_work: Any) -> None:
    make_work()
    own = read_document(json.dumps(export_document(here)).encode())
    with pytest.raises(Refused, match="le nôtre"):
        receive(None, here, own, own.key)


def test_what_is_taken_waits_for_people(here: Any, alice: Any, rachid: Any, rosa: Any) -> None:
    from tractage.hq.library.reviewing import Point, review_work

    peer = receive(alice, here, document(), THEIRS)
    taken = take(alice, peer, document())
    assert [one.outcome for one in taken] == [Outcome.TAKEN] * 2
    brief, work = Brief.objects.get(), Work.objects.get()
    assert brief.status == BriefStatus.DRAFT
    assert (work.status, work.author, work.credit, work.licence) == (
        Status.SUBMITTED, None, "Lou", "CC BY-SA 4.0")  # fmt: skip
    assert work.sources[0] == {"title": "Œuvre de Ailleurs", "url": WORK["url"]}
    assert work.editions.filter(format="original").exists()
    yes = {point.value: True for point in Point}
    for reader in (rachid, rosa):
        review_work(reader, work, yes, "accept")
    work.refresh_from_db()
    assert work.status == Status.ACCEPTED
    assert {one.outcome for one in take(alice, peer, document())} == {Outcome.KNOWN}
    assert Work.objects.count() == 1


def test_each_item_is_refused_alone_and_says_why(here: Any) -> None:
    works = [
        with_file(key="work-1", ai="generated"),
        WORK | {"key": "work-2", "rights": RIGHTS, "file": NAMED},
        with_file(key="work-3", seats=["99-99"]),
        with_file(key="work-4", rights=[]),
        WORK | {"key": "work-5", "kind": "text", "body": "Un texte.", "rights": RIGHTS},
    ]
    wrong = BRIEF | {"key": "brief-2", "goal": "Répondez à @quelquun sous ses posts."}
    given = document(works=works, briefs=[BRIEF, wrong])
    taken = take(None, receive(None, here, given, THEIRS), given)
    assert [one.key for one in taken if one.outcome is Outcome.TAKEN] == ["brief-1", "work-5"]
    reasons = {one.key: one.reason for one in taken if one.outcome is Outcome.REFUSED}
    assert "IA" in reasons["work-1"]
    assert "demandez celui avec les fichiers" in reasons["work-2"]
    assert "99-99" in reasons["work-3"]
    assert "droits" in reasons["work-4"]
    assert "@quelquun" in reasons["brief-2"]
    assert not Work.objects.exclude(kind="text").exists()


def test_a_hostile_file_is_refused_by_the_sandbox(here: Any) -> None:
    raw = b"\x89PNG\r\n\x1a\n" + b"not a picture" * 50
    file = {
        "media_type": "image/png", "sha256": hashlib.sha256(raw).hexdigest(), "bytes": len(raw),
        "content": base64.b64encode(raw).decode(),
    }  # fmt: skip
    given = document(works=[with_file(file=file)])
    taken = take(None, receive(None, here, given, THEIRS), given)
    assert taken[-1].outcome is Outcome.REFUSED
    assert taken[-1].reason


def test_only_what_is_chosen_comes_and_parents_come_first(here: Any) -> None:
    child = with_file(key="work-1", title="Version", parent="work-9")
    given = document(works=[child, with_file(key="work-9", title="Première")])
    peer = receive(None, here, given, THEIRS)
    assert [one.key for one in in_order(given.works)] == ["work-9", "work-1"]
    take(None, peer, given, {"work-1", "work-9"})
    assert not Brief.objects.exists()
    assert Work.objects.get(title="Version").parent == Work.objects.get(title="Première")


def test_a_circle_of_parents_ends(here: Any) -> None:
    works = [with_file(key="work-1", parent="work-2"), with_file(key="work-2", parent="work-1")]
    assert len(list(in_order(document(works=works).works))) == 2


def test_a_withdrawal_there_is_told_here_and_a_person_decides(here: Any, enter: Any, alice: Any) -> None:
    given = document()
    take(None, receive(None, here, given, THEIRS), given)
    receive(None, here, document(1, works=[], recalled=[{"key": "work-1", "reason": "Une source fausse."}]))
    item = PeerItem.objects.get(kind="work")
    assert (item.recalled, item.reason) == (True, "Une source fausse.")
    assert Work.objects.get().status == Status.SUBMITTED
    html = enter(alice).get("/bureau/echange/").content.decode()
    assert "Une source fausse." in html
    assert "Soixante-quinze voix" not in Client().get("/partenaires/").content.decode()


def test_the_export_holds_what_is_public_and_our_own(
    here: Any, make_work: Any, make_brief: Any, client: Client, at: Callable[[datetime], None]
) -> None:
    from tractage.hq.library.services import recall_work

    make_work(title="Montrée")
    make_work(title="Pas encore", released=False)
    recall_work(None, make_work(title="Retirée"), "Une erreur.")
    make_brief(title="Ouverte", seats=["24-03"])
    make_brief(title="Un brouillon", draft=True)
    given = document()
    take(None, receive(None, here, given, THEIRS), given)
    found = read_document(client.get("/echange.json").content)
    assert [one.title for one in found.works] == ["Montrée"]
    assert found.works[0].file
    assert found.works[0].file.content is None
    assert [one.title for one in found.briefs] == ["Ouverte"]
    assert [one.reason for one in found.recalled] == ["Une erreur."]
    make_brief(title="Ensuite")
    assert len(read_document(client.get("/echange.json").content).briefs) == 2
    at(datetime(2027, 4, 17, 12, tzinfo=PARIS))
    Brief.objects.filter(title="Ensuite").update(created_at=datetime(2027, 4, 17, 11, tzinfo=PARIS))
    Brief.objects.filter(title="Ouverte").update(created_at=QUIET_DAY)
    assert [one.title for one in read_document(client.get("/echange.json").content).briefs] == ["Ouverte"]


def test_during_a_silence_no_new_title_of_a_partner_shows(
    here: Any, client: Client, at: Callable[[datetime], None]
) -> None:
    receive(None, here, document(), THEIRS)
    assert "Soixante-quinze voix" in client.get("/partenaires/").content.decode()
    at(datetime(2027, 4, 17, 12, tzinfo=PARIS))
    newer = json.loads(packed())
    newer["works"].append(WORK | {"key": "work-2", "title": "Pendant le silence"})
    newer["exported_at"] = datetime(2027, 4, 17, 11, tzinfo=PARIS).isoformat()
    receive(None, here, read_document(json.dumps(signed(newer, KEY)).encode()))
    html = client.get("/partenaires/").content.decode()
    assert "Soixante-quinze voix" in html
    assert "Pendant le silence" not in html


def test_the_desk_shows_before_it_takes(here: Any, enter: Any, alice: Any) -> None:
    from django.core.files.uploadedfile import SimpleUploadedFile

    inside = enter(alice)

    def bring(raw: bytes, key: str = "") -> Any:
        return inside.post("/bureau/echange/", {"file": SimpleUploadedFile("e.json", raw), "key": key})

    wrong = bring(packed().replace(b"Lou", b"Moi"), THEIRS)
    assert wrong.status_code == 422
    assert "signature" in wrong.content.decode()
    assert bring(packed()).status_code == 422
    answer = bring(packed(), THEIRS)
    peer = Peer.objects.get()
    assert answer.headers["Location"] == f"/bureau/echange/{peer.pk}/"
    page = inside.get(answer.headers["Location"]).content.decode()
    assert "Une affiche de plus" in page
    assert "Lou · CC BY-SA 4.0" in page
    assert not Work.objects.exists()
    inside.post(f"/bureau/echange/{peer.pk}/", {"prendre": ["work-1"]})
    assert Work.objects.count() == 1
    assert not Brief.objects.exists()
    assert "déjà ici" in inside.get(f"/bureau/echange/{peer.pk}/").content.decode()
    inside.post(f"/bureau/echange/{peer.pk}/oublier/")
    assert not Peer.objects.exists()
    assert Work.objects.count() == 1
    assert bring(packed(1)).status_code == 422


def test_the_whole_export_is_for_coordinators(here: Any, enter: Any, alice: Any, make_work: Any) -> None:
    make_work()
    found = read_document(enter(alice).get("/bureau/echange/complet.json").content)
    assert found.works[0].file
    assert found.works[0].file.content
