"""What lets a private person be reached is found; ordinary sentences are not. All is invented."""

from collections.abc import Iterable
from random import Random

import pytest
from benchmarks.guard_benign import messages, written_corpus
from hypothesis import given
from hypothesis import strategies as st

from tractage.domain.guard.doxxing import Reach, find_personal

NAMES = ["camille", "noor", "sacha", "lou", "dominique", "yael", "maxime", "charlie"]
STREETS = [
    "des Lilas",
    "de la Fontaine",
    "Jean-Moulin",
    "du Moulin Vert",
    "d’Alésia",
    "de l’Église",
    "Pasteur",
]
TYPES = ["rue", "avenue", "boulevard", "impasse", "allée", "place", "chemin", "quai", "av.", "bd"]
TOWNS = ["", ", 24100 Bergerac", " 33000 Bordeaux", ", 97400 Saint-Denis", " 75020 Paris"]


@pytest.mark.parametrize(
    ("text", "kind", "found"),
    [
        ("Écrivez à noor.dupre@exemple.fr pour elle.", Reach.EMAIL, "noor.dupre@exemple.fr"),
        ("noor (at) exemple (point) fr", Reach.EMAIL, "noor (at) exemple (point) fr"),
        ("noor arobase exemple point fr", Reach.EMAIL, "noor arobase exemple point fr"),
        ("Son numéro : 06 12 34 56 78.", Reach.PHONE, "06 12 34 56 78"),
        ("0612345678", Reach.PHONE, "0612345678"),
        ("06.12.34.56.78", Reach.PHONE, "06.12.34.56.78"),
        ("+33 (0)6 12 34 56 78", Reach.PHONE, "+33 (0)6 12 34 56 78"),
        ("0033612345678", Reach.PHONE, "0033612345678"),
        ("+590 690 12 34 56", Reach.PHONE, "+590 690 12 34 56"),
        ("+687 12 34 56", Reach.PHONE, "+687 12 34 56"),
        ("+32 470 12 34 56", Reach.PHONE, "+32 470 12 34 56"),
        ("Elle habite 12 bis, rue des Lilas 24100 Bergerac", Reach.ADDRESS, None),
        ("au 3 place Gambetta", Reach.ADDRESS, "3 place Gambetta"),
        ("12 RUE DE LA PAIX", Reach.ADDRESS, "12 RUE DE LA PAIX"),
        ("7 chemin du Moulin", Reach.ADDRESS, "7 chemin du Moulin"),
    ],
)
def test_each_way_of_writing_it_is_found(text: str, kind: Reach, found: str | None) -> None:
    (one,) = find_personal(text)
    assert one.kind is kind
    assert text[one.start : one.end] == one.found
    assert found is None or one.found == found


@pytest.mark.parametrize(
    "text",
    [
        "75 voix sur 44 102 exprimés, 12 345 678 inscrits",
        "Le 3919 et le 0 800 12 34 56 sont gratuits, le 112 aussi.",
        "Dimanche 18 avril 2027, 20 h 00",
        "SIRET 123 456 789 00012",
        "Il reste 3 places dans le car et 2 cours de soutien.",
        "Nous étions 12 dans la rue des Lilas.",
        "Suivez @lesmainslibres, écrivez sur le salon.",
        "v1.2.3, 10.0.0.1, 1920 × 1080, #23152E",
        "De 2017 à 2024, 10 routes et 4 chemins ont changé de nom.",
        "06 12 34 voix d’écart",
        "https://exemple.fr/2024/06/30/resultats",
        "Article L. 52-8, alinéa 2, page 1214",
    ],
)
def test_what_reaches_nobody_is_not_flagged(text: str) -> None:
    assert find_personal(text) == []


def test_the_communitys_own_contact_is_not_flagged() -> None:
    text = "Écrivez à bonjour@exemple.org ou au 06 12 34 56 78."
    assert find_personal(text, ["bonjour@exemple.org", "0612345678"]) == []
    assert len(find_personal(text)) == 2


OWN = ["prenom.nom@exemple.invalid"]
"""The one address that the corpus holds, rightly flagged elsewhere."""


def flagged(lines: Iterable[str]) -> list[tuple[str, str]]:
    return [(line, found[0].found) for line in lines if (found := find_personal(line, OWN))]


def test_no_sentence_of_the_corpus_is_flagged() -> None:
    assert flagged(written_corpus()) == []


def test_hardly_a_seeded_message_is_flagged() -> None:
    """Sentences cut and joined make an address here and there (« Version 32 », « 8 Rue Petit »)."""
    assert len(flagged(messages(20_000, seed=78))) <= 2


def test_seeded_contacts_are_found_inside_sentences() -> None:
    """1,500 invented contacts, 500 of each kind, each within an ordinary sentence."""
    missed = [
        text
        for text, kind in contacts(1500, seed=20260601)
        if kind not in {f.kind for f in find_personal(text)}
    ]
    assert missed == []


def contacts(number: int, seed: int) -> list[tuple[str, Reach]]:
    """Sentences of the corpus with a contact put in, and its kind."""
    chance, corpus, made = Random(seed), written_corpus(), []
    for place in range(number):
        kind = list(Reach)[place % 3]
        before, after = chance.choice(corpus), chance.choice(corpus)
        made.append((f"{before} {_contact(kind, chance)} {after}", kind))
    return made


def _contact(kind: Reach, chance: Random) -> str:
    if kind is Reach.EMAIL:
        at, dot = chance.choice(
            [("@", "."), (" (at) ", " (point) "), ("[at]", "[dot]"), (" arobase ", " point ")]
        )
        name = chance.choice(NAMES) + chance.choice(["", ".", "_"]) + str(chance.randrange(100))
        house, end = chance.choice(["exemple", "courrier-exemple"]), chance.choice(["fr", "org", "com"])
        return f"{name}{at}{house}{dot}{end}"
    if kind is Reach.PHONE:
        sign = chance.choice(["", " ", ".", "-", "\u202f", "\u00a0"])
        pairs = sign.join(f"{chance.randrange(100):02d}" for _ in range(4))
        first = chance.choice([1, 2, 3, 4, 5, 6, 7, 9])
        start = chance.choice(["0", "+33 ", "+33", "+33 (0)", "0033 "])
        return f"{start}{first}{sign}{pairs}"
    number = f"{chance.randrange(1, 300)}{chance.choice(['', ' bis', ' ter', ','])}"
    return f"{number} {chance.choice(TYPES)} {chance.choice(STREETS)}{chance.choice(TOWNS)}"


@given(st.text(alphabet=st.sampled_from("0123456789+()@. -azÀ,/\u202frue place"), max_size=400))
def test_whatever_is_written_spans_are_true(text: str) -> None:
    for one in find_personal(text):
        assert text[one.start : one.end] == one.found
        assert one.found.strip()


@pytest.mark.parametrize("piece", ["1 rue ", "0 ", "a@", "a.", "+1 ", "12 rue de la ", "point ", "1bis,"])
def test_a_long_text_takes_no_long_time(piece: str) -> None:
    import time

    start = time.process_time()
    find_personal(piece * (20_000 // len(piece)))
    assert time.process_time() - start < 1.0
