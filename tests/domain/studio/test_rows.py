"""Rows from official results: public facts of real seats, grammar, blocs that swap and nothing else."""

import pytest

from tractage.domain.elections import blocs, results
from tractage.domain.elections.results import Candidacy
from tractage.domain.elections.seats import all_seats, seat
from tractage.domain.studio.kits import load_kit
from tractage.domain.studio.rows import initials, inside, kit_rows
from tractage.domain.studio.template import load_template

ELECTION = "legislatives-2024"


@pytest.fixture(scope="module")
def rows() -> dict[str, list[dict[str, str]]]:
    return kit_rows(results.load_results(ELECTION), blocs.pack(ELECTION), "gauche")


def test_every_seat_has_its_row_and_every_row_fills_its_template(
    rows: dict[str, list[dict[str, str]]],
) -> None:
    for name, lines in rows.items():
        template = load_template(name)
        assert [line["id"] for line in lines] == [one.code for one in all_seats()]
        for line in lines:
            template.read(line, load_kit(), f"{name} {line['id']}")


def test_the_closest_seats_say_what_happened(rows: dict[str, list[dict[str, str]]]) -> None:
    figure = {row["id"]: row for row in rows["affiche-chiffre"]}
    assert (figure["24-03"]["avant"], figure["24-03"]["nombre"]) == ("En Dordogne, il a manqué", "75")
    assert (figure["17-03"]["avant"], figure["17-03"]["nombre"]) == ("En Charente-Maritime, gagné de", "63")
    assert "45\u202f103 votes au second tour de 2024" in figure["24-03"]["detail"]


def test_no_face_for_a_real_person(rows: dict[str, list[dict[str, str]]]) -> None:
    assert not any(row.get("silhouette") or row.get("photo") for row in rows["carte"])


def test_swapped_blocs_swap_the_rows_and_nothing_else() -> None:
    held, pack = results.load_results(ELECTION), blocs.pack(ELECTION)
    one, other = (
        {row["id"]: row for row in kit_rows(held, pack, bloc, ["24-03"])["carte"]}
        for bloc in ("gauche", "extreme-droite")
    )
    assert one["24-03"]["devise"] == "En 2024, il a manqué 75 voix."
    assert other["24-03"]["devise"] == "En 2024, gagné de 75 voix."
    assert one["24-03"].keys() == other["24-03"].keys()


@pytest.mark.parametrize(
    ("code", "said"),
    [
        ("24-01", "en Dordogne"),
        ("01-01", "dans l'Ain"),
        ("75-01", "à Paris"),
        ("40-01", "dans les Landes"),
        ("974-01", "à La Réunion"),
        ("975-01", "à Saint-Pierre-et-Miquelon"),
        ("987-01", "en Polynésie française"),
        ("099-01", "hors de France"),
    ],
)
def test_a_seat_is_said_with_its_preposition(code: str, said: str) -> None:
    assert inside(seat(code)) == said


def test_every_department_has_its_preposition() -> None:
    assert all(inside(one) for one in all_seats())


@pytest.mark.parametrize(
    ("first", "name", "said"),
    [("Jean-François", "GRILHAULT DES FONTAINES", "JG"), ("Élodie", "d'INVENTÉ", "ÉI"), ("-", "DURAND", "D")],
)
def test_initials(first: str, name: str, said: str) -> None:
    assert initials(Candidacy(name, first, "", "", 0, False)) == said
