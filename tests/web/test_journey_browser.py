# ruff: noqa: F811
"""From a newcomer to a work that people pass on, in Chromium: phones to make and share, the desk to read.

Once by touch, once by the keyboard alone, on the shipped charter, starting missions and law.
"""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from tests.hq.library.conftest import poster_png
from tests.web.desk.test_desk_browser import Clicks
from tests.web.desk.test_works_browser import open_as, read_it  # noqa: F401 - a fixture used by name
from tests.web.test_browser import DESK, PHONE, chromium  # noqa: F401

from tractage.hq.library.models import Edition, Review, Share, Status, Work
from tractage.hq.library.press import PREVIEWS, STILLS
from tractage.hq.missions.selectors import held_by
from tractage.hq.people.models import Member
from tractage.hq.people.services import accept_charter

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
]
TITLE, ALT = "Soixante-quinze voix", "Affiche verte avec un carré sombre."
NAME, PASSWORD = "Lulu 93", "trois mots en papier"
OWN = "Dans mon village on est 312, faites le calcul."
POST = "https://www.instagram.com/p/Cxyz12345/"
PLACES = {
    "Story": "story",
    "Instagram": "portrait",
    "Facebook": "portrait",
    "X": "large",
    "Bluesky": "bluesky",
    "Mastodon": "large",
    "WhatsApp": "whatsapp",
    "Telegram": "portrait",
    "TikTok": "story",
    "Discord": "large",
    "Ailleurs": "portrait",
}


@pytest.fixture(autouse=True)
def _own_keys(settings: Any, tmp_path: Path) -> None:
    settings.TRACTAGE = replace(settings.TRACTAGE, data_dir=tmp_path)


@pytest.fixture
def headquarters(campaign: Any, quiet_day: None, tmp_path: Path) -> Path:
    """The starting missions on the board; returns the poster that will be made."""
    from tractage.hq.missions.services import starter_briefs

    starter_briefs(campaign)
    poster = tmp_path / "affiche.png"
    poster.write_bytes(poster_png((1080, 1350)))
    return poster


def chosen_file(page: Any) -> str:
    """The format of the file that the sheet offers."""
    name = str(page.locator("[data-fichier]").get_attribute("download"))
    return name.removeprefix("soixante-quinze-voix-").rpartition(".")[0]


def test_from_a_newcomer_to_a_work_that_is_passed_on(
    open_as: Callable[..., Any], headquarters: Path,
    rosa: Member, rachid: Member, chloe: Member, alice: Member,
) -> None:  # fmt: skip
    maker = open_as(None, PHONE)
    maker.goto("/")
    clicks = Clicks(maker)
    clicks.on("link", "Participer")
    maker.get_by_label("Pseudonyme").fill(NAME)
    maker.get_by_label("Mot de passe").fill(PASSWORD)
    clicks.on("button", "J’accepte la charte et j’entre")
    clicks.on("button", "Arracher une languette")
    assert "Elle est à vous" in maker.get_by_role("status").inner_text()
    assert clicks.number <= 3
    lulu = Member.objects.get(pseudonym=NAME)

    maker.get_by_role("link", name="Déposer votre version").click()
    maker.get_by_label("Titre", exact=True).fill(TITLE)
    maker.get_by_label("Fichier", exact=True).set_input_files(str(headquarters))
    maker.get_by_role("button", name="Envoyer en relecture").click()
    maker.get_by_role("alert").wait_for()  # no alternative text, no rights: said, and what was typed stays
    assert Work.objects.filter(status=Status.SUBMITTED).count() == 0
    maker.get_by_label("Fichier", exact=True).set_input_files(str(headquarters))
    maker.get_by_label("Texte alternatif", exact=True).fill(ALT)
    maker.get_by_label("Quoi", exact=True).fill("Dessin")
    maker.get_by_role("button", name="Envoyer en relecture").click()
    maker.get_by_text("Envoyée. Deux personnes").wait_for()
    work = Work.objects.get(author=lulu)
    assert work.brief is not None
    assert not held_by(lulu).exists()

    for reader in (rosa, rachid):
        read_it(open_as(reader, DESK))
    work.refresh_from_db()
    assert work.status == Status.ACCEPTED
    third = open_as(chloe, DESK)
    assert third.goto(f"/bureau/relecture/{work.pk}/").status == 403
    assert maker.goto(f"/bureau/relecture/{work.pk}/").status == 403
    assert Review.objects.count() == 2
    assert {one.format for one in Edition.objects.filter(work=work)} == {"original", *PREVIEWS, *STILLS}

    desk = open_as(alice, DESK)
    desk.goto("/bureau/a-publier/")
    desk.get_by_role("link", name=TITLE).click()
    desk.get_by_role("button", name="Publier").click()
    desk.get_by_text("Elle est au mur.").wait_for()

    public = open_as(None, PHONE)
    public.goto("/galerie/")
    public.get_by_role("link", name=TITLE).click()
    public.get_by_role("link", name="Passer cette œuvre").click()
    offered = {}
    for place in PLACES:
        public.get_by_role("button", name=place, exact=True).click()
        public.get_by_role("button", name=place, exact=True, pressed=True).wait_for()
        offered[place] = chosen_file(public)
    assert offered == PLACES
    public.get_by_role("button", name="Instagram", exact=True).click()
    public.get_by_role("button", name="Instagram", exact=True, pressed=True).wait_for()
    file = public.locator("[data-fichier]").get_attribute("href")
    public.locator("#mots").fill(OWN)
    public.get_by_text("Bien à vous").wait_for()
    public.get_by_label("Lien de votre publication").fill(POST + "?igsh=suivi")
    public.get_by_role("button", name="J’ai posté").click()
    public.get_by_text("C’est noté").wait_for()
    share = Share.objects.get(work=work)
    assert (share.platform, share.address, share.member) == ("instagram", POST, None)

    desk.get_by_role("link", name="La retirer").click()
    desk.get_by_label("Raison").fill("Le chiffre était faux.")
    desk.get_by_role("button", name="La retirer").click()
    desk.get_by_text("Retirée. Sa page dit pourquoi.").wait_for()
    assert public.goto(work.get_absolute_url()).status == 410
    assert public.get_by_text("Le chiffre était faux.").is_visible()
    assert public.goto(f"{work.get_absolute_url()}passer/").status == 410
    assert public.goto(file).status == 404


class Keys:
    """Someone who has a keyboard and nothing else."""

    NAMES = """() => { const a = document.activeElement;
        if (!a || a === document.body) return null;
        const said = a.getAttribute('aria-label') ?? [...(a.labels ?? [])].map(l => l.innerText).join(' ');
        return [(said || a.innerText || a.value || '').trim(), getComputedStyle(a).outlineStyle,
                getComputedStyle(a, '::after').outlineStyle]; }"""

    def __init__(self, page: Any) -> None:
        self.page = page

    def to(self, name: str, *, most: int = 160) -> "Keys":
        """Tab until what has the focus is called `name`; everything on the way shows that it has it."""
        for _ in range(most):
            self.page.keyboard.press("Tab")
            found = self.page.evaluate(self.NAMES)
            if found is None:
                continue
            said, outline, after = found
            assert (outline, after) != ("none", "none"), f"{said} does not show the focus"
            if said.startswith(name):
                return self
        raise AssertionError(f"the keyboard does not reach {name} on {self.page.url}")

    def type(self, words: str) -> None:
        """Write where the focus is."""
        self.page.keyboard.type(words)

    def press(self, wait: str = "", key: str = "Enter") -> None:
        """Press a key, and wait for a text of the page that follows."""
        self.page.keyboard.press(key)
        if wait:
            self.page.get_by_text(wait).first.wait_for()

    def room(self, name: str) -> "Keys":
        """Open the desk's door to all its rooms, and go to one of them."""
        self.to("Toutes les salles").press()
        return self.to(name)

    def log_in(self, member: Member) -> None:
        """Come in by the door."""
        self.page.goto("/connexion/")
        self.to("Pseudonyme").type(member.pseudonym)
        self.to("Mot de passe").type(f"{member.pseudonym}-secret")
        self.to("Entrer").press()
        self.page.wait_for_url("**/bureau/")


@pytest.mark.slow
def test_the_keyboard_alone_does_it_all(
    open_as: Callable[..., Any], headquarters: Path, campaign: Any,
    rosa: Member, rachid: Member, alice: Member,
) -> None:  # fmt: skip
    for member in (rosa, rachid, alice):
        accept_charter(member, campaign)
    maker = Keys(open_as(None, PHONE))
    maker.page.goto("/")
    maker.to("Participer").press("J’accepte la charte")
    maker.to("Pseudonyme").type(NAME)
    maker.to("Mot de passe").type(PASSWORD)
    maker.to("J’accepte la charte").press()
    maker.page.wait_for_url("**/premiere/")
    maker.to("Arracher une languette").press("Elle est à vous")
    maker.to("Déposer votre version").press("Fiche de droits")
    with maker.page.expect_file_chooser() as chooser:
        maker.to("Fichier").press()
    chooser.value.set_files(str(headquarters))
    maker.to("Titre").type(TITLE)
    maker.to("Texte alternatif").type(ALT)
    maker.to("Quoi").type("Dessin")
    maker.to("Envoyer en relecture").press("Envoyée. Deux personnes")
    work = Work.objects.get()

    for member in (rosa, rachid):
        reader = Keys(open_as(None, DESK))
        reader.log_in(member)
        reader.to("Toutes les salles").press()
        reader.to("Relecture").press("Cinq points")
        for _point in range(5):
            reader.to("ça va").press(key="Space")
        reader.to("Bon à tirer").press("Rien ne vous attend")
    work.refresh_from_db()
    assert work.status == Status.ACCEPTED

    desk = Keys(open_as(None, DESK))
    desk.log_in(alice)
    desk.room("À publier").press()
    desk.page.wait_for_url("**/a-publier/")
    desk.to(TITLE).press("La mettre au mur")
    desk.to("Publier").press("Elle est au mur.")

    public = Keys(open_as(None, PHONE))
    public.page.goto("/galerie/")
    public.to(TITLE).press("Passer cette œuvre")
    public.to("Passer cette œuvre").press()
    public.page.locator("dialog[open] h2").wait_for()
    public.to("Instagram").press()
    public.page.locator("#vers-instagram[aria-pressed=true]").wait_for()
    public.to("Vos mots à vous").type(OWN)
    public.page.get_by_text("Bien à vous").wait_for()
    with public.page.expect_download() as taken:
        public.to("Garder le fichier").press()
    assert taken.value.suggested_filename == "soixante-quinze-voix-portrait.png"
    public.to("Lien de votre publication").type(POST)
    public.to("J’ai posté").press("C’est noté")
    assert Share.objects.get().address == POST

    desk.to("La retirer").press("Raison")
    desk.to("Raison").type("Le chiffre était faux.")
    desk.to("La retirer").press("Retirée. Sa page dit pourquoi.")
    assert public.page.goto(work.get_absolute_url()).status == 410
