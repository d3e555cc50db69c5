"""Rows for the templates, from official results: public electoral facts alone, and no face."""

import csv
from collections.abc import Callable, Mapping, Sequence
from functools import cache
from importlib.resources import files

from tractage.domain.elections.blocs import BlocPack
from tractage.domain.elections.pivots import closest_margins, observed
from tractage.domain.elections.results import Candidacy, Results, RoundResult
from tractage.domain.elections.seats import Seat, all_seats, seat
from tractage.domain.errors import InputError
from tractage.domain.studio.typography import grouped, ordinal, percent

Row = dict[str, str]
_PAPERS = ("ciel", "menthe", "lilas", "saumon", "canari")
KIT = ("carte", "affiche-chiffre", "affiche-rayons", "comment-voter", "resultat", "habillage-bas")
SOURCE = "Source : ministère de l'Intérieur, résultats officiels."


def kit_rows(
    results: Results,
    pack: BlocPack,
    bloc: str,
    seats: Sequence[str] | None = None,
    slogan: str = "À nous d'écrire la suite",
) -> dict[str, list[Row]]:
    """Return the rows of a seat kit by template, those of `KIT`: one row per seat, its `id` the seat's code.

    In the order of `seats` (all 577 when None). In a seat where `bloc` had a finalist against another bloc,
    the candidate is that finalist and the margin is the bloc's; elsewhere both are the winner's. `slogan` is
    the campaign's, for the poster with rays. Raises InputError on an unknown bloc or seat.
    """
    codes = list(seats) if seats is not None else [one.code for one in all_seats()]
    pivots = {pivot.seat: pivot for pivot in observed(results, pack, bloc)}
    closest = {gap.seat: gap for gap in closest_margins(results)}
    year = str(results.election.rounds[0].date.year)
    rows: dict[str, list[Row]] = {name: [] for name in KIT}
    for code in codes:
        known, held = seat(code), results.seat(code).decisive
        if known.code in pivots:
            pivot = pivots[known.code]
            candidate, margin, ahead = pivot.candidate, abs(pivot.margin), pivot.margin > 0
        else:
            gap = closest[known.code]
            candidate, margin, ahead = gap.winner, gap.margin, True
        place = f"{known.department_name}, {number_words(known)}"
        rows["carte"].append(_card(known, held, candidate, margin, ahead, year))
        rows["affiche-chiffre"].append(_figure(known, held, margin, ahead, year))
        rows["affiche-rayons"].append({"id": known.code, "slogan": slogan, "lieu": place})
        rows["comment-voter"].append(_voting(known))
        rows["resultat"].append(_result(known, held, year))
        name, stood = candidate.full_name.strip("- "), "candidate" if candidate.sex == "F" else "candidat"
        rows["habillage-bas"].append({"id": known.code, "nom": name, "role": f"{stood}, {place}"})
    return rows


def read_rows(text: str, where: str) -> list[Row]:
    """Return the rows of a CSV (comma or semicolon, header on line 1).

    Raises InputError naming the file, the line, what was found and what was expected.
    """
    lines = text.lstrip("\ufeff").splitlines()
    if not lines or not lines[0].strip():
        raise InputError(f"{where}: line 1: empty; expected a header with the template's fields")
    separator = ";" if lines[0].count(";") > lines[0].count(",") else ","
    reader = csv.reader(lines, delimiter=separator)
    header = [name.strip() for name in next(reader)]
    twice = sorted({name for name in header if header.count(name) > 1})
    if twice:
        raise InputError(f"{where}: line 1: column {twice[0]!r} is there twice")
    rows = []
    for cells in reader:
        if not cells:
            continue
        if len(cells) != len(header):
            raise InputError(
                f"{where}: line {reader.line_num}: {len(cells)} cells, expected {len(header)} as on line 1"
            )
        rows.append(dict(zip(header, cells, strict=True)))
    if not rows:
        raise InputError(f"{where}: no row below the header")
    return rows


@cache
def _inside() -> dict[str, str]:
    text = (files("tractage.domain.studio") / "departments_fr.csv").read_text("utf-8")
    return {row["code"]: row["inside"] for row in csv.DictReader(text.splitlines())}


def inside(known: Seat) -> str:
    """Return where a seat lies as a sentence says it: « en Dordogne », « dans l'Ain », « à Paris »."""
    return _inside()[known.department]


def number_words(known: Seat) -> str:
    """Return « 3e circonscription » or « circonscription unique », letters to be raised by the setting."""
    if "unique" in known.label:
        return "circonscription unique"
    return f"{ordinal(known.number)} circonscription"


def initials(candidate: Candidacy) -> str:
    """Return the first letter of the given name and of the family name: « Anne-Cécile d'ORNANO » gives AO."""
    family = next((part for part in candidate.name.replace("'", " ").split() if part[0].isupper()), "")
    given = candidate.first_name.strip("-")[:1]
    return (given + family[:1]).upper() or "?"


def _card(known: Seat, held: RoundResult, candidate: Candidacy, margin: int, ahead: bool, year: str) -> Row:
    turn = (sum(map(ord, known.department)) + known.number) % 5
    order = [one.code for one in all_seats()].index(known.code) + 1
    facts = [
        ("voix d'avance" if ahead else "voix d'écart", grouped(margin)),
        ("inscrits", grouped(held.registered)),
        ("participation", percent(held.voters / held.registered)),
    ]
    return {
        "id": known.code,
        "numero": f"{known.department.lstrip('0') or '0'}·{known.number}",
        "serie": f"Série « Les 577 »|n° {order}",
        "prenom": candidate.first_name.strip("-"),
        "nom": candidate.name,
        "initiales": initials(candidate),
        "lieu": f"{known.department_name} · {number_words(known)}",
        "devise": _said(margin, ahead, year),
        "faits": " | ".join(f"{name} = {value}" for name, value in facts),
        "fond": _PAPERS[turn],
        "trame": _PAPERS[(turn + 1) % 5],
        "aplat": _PAPERS[(turn + 4) % 5],
        "mention": f"Second tour {year}" if held.number == 2 else f"Premier tour {year}",
    }


def _said(margin: int, ahead: bool, year: str) -> str:
    if ahead:
        return f"En {year}, gagné de {grouped(margin)} voix."
    return f"En {year}, il a manqué {grouped(margin)} voix."


def _figure(known: Seat, held: RoundResult, margin: int, ahead: bool, year: str) -> Row:
    place = inside(known)
    votes = f"{grouped(held.cast)} votes au {'second' if held.number == 2 else 'premier'} tour de {year}"
    return {
        "id": known.code,
        "avant": f"{place[0].upper()}{place[1:]}, {'gagné de' if ahead else 'il a manqué'}",
        "nombre": str(margin),
        "apres": "voix.",
        "manuscrit": "les voici, une par une",
        "detail": f"{known.department_name}, {number_words(known)} : {votes}. {SOURCE}",
        "mention": f"Législatives {year}",
    }


def _voting(known: Seat) -> Row:
    return {"id": known.code, "lieu": f"{known.department_name}, {number_words(known)}"} | _procuration()


def _procuration() -> Row:
    """The steps of a proxy vote (Code électoral, art. L71 to L78, R72 to R80, since 1 January 2022)."""
    from tractage.domain.studio.template import load_template

    example = load_template("comment-voter").example()
    return {name: example[name] for name in ("titre", "etapes", "retenir", "source")}


def _result(known: Seat, held: RoundResult, year: str) -> Row:
    ranked = held.ranked()
    elected: Callable[[Candidacy], bool] = lambda one: one.elected  # noqa: E731
    first = next(filter(elected, ranked), ranked[0])
    second = next((one for one in ranked if one is not first), None)
    row: Row = {
        "id": known.code,
        "titre": "C'est dépouillé.",
        "lieu": f"{known.department_name}|{number_words(known)}",
    }
    row |= _side("a", first, held)
    if second:
        row |= _side("b", second, held)
        row["ecart"] = f"{grouped(abs(first.votes - second.votes))} voix"
    row["mention"] = f"{year}. Source : ministère de l'Intérieur"
    return row


def _side(letter: str, candidate: Candidacy, held: RoundResult) -> Mapping[str, str]:
    done = ("élue" if candidate.sex == "F" else "élu") if candidate.elected else ""
    votes = f"{grouped(candidate.votes)} voix" + (f", {done}" if done else "")
    return {
        f"nom_{letter}": candidate.full_name.strip("- "),
        f"part_{letter}": percent(candidate.votes / held.cast, 2),
        f"voix_{letter}": votes,
    }
