# ruff: noqa: F811
"""Works on the desk: the form, the reviewers' table, release and recall, and who may open what."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import get_resolver, reverse
from tests.conftest import PARIS
from tests.hq.library.conftest import bring, poster_png  # noqa: F401 - a fixture used by name
from tests.web.matrix import ALL, WORKS

from tractage.hq.library.models import Press, Status, Work
from tractage.hq.library.reviewing import Point
from tractage.hq.people.models import Member

SATURDAY = datetime(2027, 4, 17, 12, tzinfo=PARIS)
SAID = {
    "kind": "poster",
    "title": "Soixante-quinze voix",
    "alt_text": "Affiche verte avec un carré sombre.",
    "credit": "Bob",
    "licence": "CC BY-SA 4.0",
    "languages": ["fr"],
    "ai": "none",
    "droits-TOTAL_FORMS": "1",
    "droits-INITIAL_FORMS": "0",
    "droits-0-what": "Dessin",
    "droits-0-ground": "own",
    "send": "1",
}
FINE = {point.value: "oui" for point in Point}
Bring = Callable[..., Work]
Enter = Callable[[Any], Client]


@pytest.fixture(autouse=True)
def _own_keys(settings: Any, tmp_path: Path) -> None:
    settings.TRACTAGE = replace(settings.TRACTAGE, data_dir=tmp_path)


def upload(content: bytes | None = None, name: str = "affiche.png") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, poster_png() if content is None else content)


def test_a_poster_is_sent(enter: Enter, bob: Member) -> None:
    answer = enter(bob).post("/bureau/oeuvres/nouvelle/", SAID | {"file": upload()}, follow=True)
    assert answer.status_code == 200
    work = Work.objects.get()
    assert (work.status, work.author) == (Status.SUBMITTED, bob)
    assert "Deux personnes" in answer.content.decode()


@pytest.mark.parametrize(
    ("content", "name", "words"),
    [
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "affiche.png", "SVG"),
        (b"%PDF-1.7", "affiche.pdf", "PDF"),
        (b"\x89PNG\r\n\x1a\n" + b"x" * 50, "affiche.png", "affiche.png"),
    ],
)
def test_a_wrong_file_is_refused_in_words(
    enter: Enter, bob: Member, content: bytes, name: str, words: str
) -> None:
    answer = enter(bob).post("/bureau/oeuvres/nouvelle/", SAID | {"file": upload(content, name)})
    assert answer.status_code == 422
    page = answer.content.decode()
    assert words in page
    assert 'id="id_file_error"' in page
    assert "Traceback" not in page
    assert not Work.objects.exists()


@pytest.mark.parametrize(
    ("change", "place"),
    [
        ({"alt_text": ""}, "id_alt_text_error"),
        ({"ai": "generated"}, "IA générative"),
        ({"droits-0-what": ""}, "fiche de droits est vide"),
        ({"droits-0-ground": "free"}, "id_droits-0-licence_error"),
        ({"droits-0-ground": "parody", "droits-0-owner": "X"}, "id_droits-0-tests_error"),
        ({"coauthors": "Personne"}, "id_coauthors_error"),
        ({"seats": "99-99"}, "id_seats_error"),
    ],
)
def test_what_is_missing_is_said_beside_the_field(
    enter: Enter, bob: Member, change: dict[str, str], place: str
) -> None:
    answer = enter(bob).post("/bureau/oeuvres/nouvelle/", SAID | {"file": upload()} | change)
    assert answer.status_code == 422
    assert place in answer.content.decode()
    assert not Work.objects.exists()


def test_a_draft_can_wait_for_its_file(enter: Enter, bob: Member) -> None:
    inside = enter(bob)
    draft = {key: value for key, value in SAID.items() if key != "send"}
    inside.post("/bureau/oeuvres/nouvelle/", draft | {"keep": "1"})
    work = Work.objects.get()
    assert work.status == Status.DRAFT
    said = SAID | {"droits-INITIAL_FORMS": "1"}
    assert inside.post(f"/bureau/oeuvres/{work.pk}/changer/", said).status_code == 422
    inside.post(f"/bureau/oeuvres/{work.pk}/changer/", said | {"file": upload()})
    work.refresh_from_db()
    assert work.status == Status.SUBMITTED


def test_a_version_handed_in_ends_the_tab(enter: Enter, bob: Member, make_brief: Callable[..., Any]) -> None:
    from tractage.hq.missions.claims import claim_brief
    from tractage.hq.missions.models import ClaimStatus

    brief, inside = make_brief(), enter(bob)
    claim = claim_brief(bob, brief)
    assert "Déposer votre version" in inside.get(f"/bureau/missions/{brief.pk}/").content.decode()
    inside.post("/bureau/oeuvres/nouvelle/", SAID | {"file": upload(), "brief": str(brief.pk)})
    claim.refresh_from_db()
    assert claim.status == ClaimStatus.DONE
    assert Work.objects.get().brief == brief


def test_reading_by_two_then_release_then_recall(
    enter: Enter, bring: Bring, rosa: Member, rachid: Member, alice: Member, bob: Member,
    django_capture_on_commit_callbacks: Any,
) -> None:  # fmt: skip
    work = bring()
    reading = f"/bureau/relecture/{work.pk}/"
    first = enter(rosa)
    page = first.get("/bureau/relecture/", follow=True).content.decode()
    assert work.title in page
    assert "Nom masqué" in page
    assert first.post(reading, {"verdict": "refuse", "feedback": ""}).status_code == 422
    first.post(reading, FINE | {"verdict": "accept"})
    assert first.get(reading).status_code == 403
    with django_capture_on_commit_callbacks(execute=True):
        enter(rachid).post(reading, FINE | {"verdict": "accept"})
    work.refresh_from_db()
    assert (work.status, work.press) == (Status.ACCEPTED, Press.DONE)
    assert enter(bob).post(f"/bureau/oeuvres/{work.pk}/publier/").status_code == 403
    desk = enter(alice)
    assert work.title in desk.get("/bureau/a-publier/").content.decode()
    desk.post(f"/bureau/oeuvres/{work.pk}/publier/")
    public = Client().get(work.get_absolute_url())
    assert public.status_code == 200
    assert "1080 × 1920" in public.content.decode()
    assert desk.post(f"/bureau/oeuvres/{work.pk}/rappeler/", {"reason": " "}).status_code == 422
    desk.post(f"/bureau/oeuvres/{work.pk}/rappeler/", {"reason": "Le chiffre était faux."})
    gone = Client().get(work.get_absolute_url())
    assert gone.status_code == 410
    assert "Le chiffre était faux." in gone.content.decode()


def test_the_author_reads_why(enter: Enter, bring: Bring, rosa: Member, bob: Member) -> None:
    work = bring()
    said = FINE | {"rights": "non", "verdict": "changes", "feedback": "La photo n’a pas de source."}
    enter(rosa).post(f"/bureau/relecture/{work.pk}/", said)
    page = enter(bob).get(f"/bureau/oeuvres/{work.pk}/").content.decode()
    assert "La photo n’a pas de source." in page
    assert "Rosa" not in page
    assert "Corriger" in page


def test_during_the_silence_one_lets_it_wait(
    enter: Enter, make_work: Callable[..., Work], alice: Member, at: Callable[[datetime], None]
) -> None:
    work = make_work(released=False)
    desk = enter(alice)
    at(SATURDAY)
    page = f"/bureau/oeuvres/{work.pk}/"
    assert "silence électoral" in desk.get(page).content.decode()
    assert desk.post(f"{page}publier/").status_code == 409
    desk.post(f"{page}apres-le-silence/")
    work.refresh_from_db()
    assert work.status == Status.ACCEPTED
    assert work.release_after is not None
    desk.post(f"{page}apres-le-silence/")
    work.refresh_from_db()
    assert work.release_after is None


@pytest.mark.parametrize("name", sorted(WORKS))
@pytest.mark.parametrize("standing", [*sorted(ALL), "own", "visitor"])
def test_matrix(name: str, standing: str, enter: Enter, bring: Bring, bob: Member) -> None:
    line = WORKS[name]
    if name in ("release_work", "schedule_work", "recall_work", "restart_press"):
        status = Status.RELEASED if name == "recall_work" else Status.ACCEPTED
    else:
        status = Status.CHANGES if name == "change_work" else Status.SUBMITTED
    work = bring()
    Work.objects.filter(pk=work.pk).update(status=status)
    parts = [] if name in ("my_works", "new_work", "shelf", "review_queue") else [work.pk]
    if name == "work_file":
        parts.append(work.editions.get(format="original").pk)
    address = reverse(name, args=parts)
    if standing == "visitor":
        answer = getattr(Client(), line.method)(address)
        assert answer.status_code == 302
        assert answer.headers["Location"].startswith("/connexion/")
        return
    who = bob if standing == "own" else Member.objects.create_user("Essai", "x" * 12, standing=standing)
    answer = getattr(enter(who), line.method)(address)
    let_in = line.own if standing == "own" else standing in line.standings
    assert (answer.status_code != 403) == let_in, answer.status_code


def test_the_matrix_lists_every_view_of_works() -> None:
    names = {name for name in get_resolver().reverse_dict if isinstance(name, str)}
    from tractage.web.desk.works.urls import urlpatterns

    own = {pattern.name for pattern in urlpatterns}
    assert own <= names
    assert own == set(WORKS)


def test_lists_ask_few_questions(
    enter: Enter,
    bring: Bring,
    bob: Member,
    rosa: Member,
    django_assert_max_num_queries: Any,
) -> None:
    for number in range(5):
        bring(title=f"Affiche {number}")
    work = Work.objects.first()
    assert work
    mine, table = enter(bob), enter(rosa)
    with django_assert_max_num_queries(9):
        mine.get("/bureau/mes-oeuvres/")
    with django_assert_max_num_queries(20):
        table.get(f"/bureau/relecture/{work.pk}/")


def film_mp4(path: Path) -> bytes:
    """One second of grey."""
    import av
    from PIL import Image

    with av.open(str(path), "w") as container:
        stream = container.add_stream("libx264", rate=10)
        stream.width, stream.height, stream.pix_fmt = 64, 64, "yuv420p"
        for level in range(10):
            picture = Image.new("RGB", (64, 64), (level * 16,) * 3)
            container.mux(stream.encode(av.VideoFrame.from_image(picture)))
        container.mux(stream.encode())
    return path.read_bytes()


def test_a_video_comes_with_its_captions(
    enter: Enter, bob: Member, rosa: Member, rachid: Member, tmp_path: Path,
    django_capture_on_commit_callbacks: Any,
) -> None:  # fmt: skip
    film = film_mp4(tmp_path / "a.mp4")
    said = SAID | {"kind": "edit"}
    inside = enter(bob)
    answer = inside.post("/bureau/oeuvres/nouvelle/", said | {"file": upload(film, "a.mp4")})
    assert answer.status_code == 422
    assert "id_captions_error" in answer.content.decode()
    words = upload(b"WEBVTT\n\n00:00.000 --> 00:00.900\nBonjour.\n", "a.vtt")
    with django_capture_on_commit_callbacks(execute=True):
        inside.post("/bureau/oeuvres/nouvelle/", said | {"file": upload(film, "a.mp4"), "captions": words})
    work = Work.objects.get()
    assert work.status == Status.SUBMITTED
    assert {one.format for one in work.editions.all()} == {
        "original",
        "captions",
        "preview-480",
        "preview-960",
    }
    for reader in (rosa, rachid):
        with django_capture_on_commit_callbacks(execute=True):
            enter(reader).post(f"/bureau/relecture/{work.pk}/", FINE | {"verdict": "accept"})
    work.refresh_from_db()
    assert (work.status, work.press) == (Status.ACCEPTED, Press.DONE)


def test_a_poster_is_not_a_video(enter: Enter, bob: Member, tmp_path: Path) -> None:
    answer = enter(bob).post(
        "/bureau/oeuvres/nouvelle/", SAID | {"file": upload(film_mp4(tmp_path / "a.mp4"), "a.mp4")}
    )
    assert answer.status_code == 422
    assert not Work.objects.exists()


def test_the_reviewer_does_not_read_the_name(enter: Enter, bring: Bring, rosa: Member) -> None:
    work = bring(credit="Signature de Bob")
    page = enter(rosa).get(f"/bureau/relecture/{work.pk}/").content.decode()
    assert "Signature de Bob" not in page


def test_a_file_of_a_work_not_out_is_not_public(bring: Bring, enter: Enter, dan: Member) -> None:
    work = bring()
    edition = work.editions.get(format="original")
    assert Client().get(edition.get_absolute_url()).status_code == 404
    assert enter(dan).get(f"/bureau/oeuvres/{work.pk}/fichiers/{edition.pk}/").status_code == 403
    other = bring(title="Autre").editions.get(format="original")
    assert enter(dan).get(f"/bureau/oeuvres/{work.pk}/fichiers/{other.pk}/").status_code == 403
