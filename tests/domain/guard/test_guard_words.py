"""Words against rules: disguises are seen, look-alikes left alone, the evidence is the text as written."""

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tractage.domain.guard.rules import Verdict, read_rules
from tractage.domain.guard.words import LONGEST, WordGuard


def rules_met(words: WordGuard, text: str) -> list[str]:
    return [finding.rule for finding in words.read(text)]


@pytest.mark.parametrize(
    ("text", "rule", "found"),
    [
        ("quel connard !", "connard", "connard"),
        ("CONNARDS", "connard", "CONNARDS"),
        ("c0nn4rd", "connard", "c0nn4rd"),
        ("k0nn@rd!", "connard", "k0nn@rd"),
        ("(onnard", "connard", "(onnard"),
        ("va c.o.n.n.a.r.d va", "connard", "c.o.n.n.a.r.d"),
        ("c o n n a r d", "connard", "c o n n a r d"),
        ("conn ard", "connard", "conn ard"),
        ("co-nn-ard", "connard", "co-nn-ard"),
        ("c*nn*rd", "connard", "c*nn*rd"),
        ("c***ard", "connard", "c***ard"),
        ("coooonnnnaaaard", "connard", "coooonnnnaaaard"),
        ("ｃｏｎｎａｒｄ", "connard", "ｃｏｎｎａｒｄ"),
        ("соnnаrd", "connard", "соnnаrd"),
        ("c\u200bonna\u00adrd", "connard", "c\u200bonna\u00adrd"),
        ("c😀o😀n😀n😀a😀r😀d", "connard", "c😀o😀n😀n😀a😀r😀d"),
        ("narcon", "connard", "narcon"),
        ("drannoc", "connard", "drannoc"),
        ("konnard", "connard", "konnard"),
        ("l'encule", "enculé", "encule"),
        ("espèce denculé", "enculé", "denculé"),
        ("s'alope", "salope", "s'alope"),
        ("sa1ope", "salope", "sa1ope"),
        ("saIope", "salope", "saIope"),
        ("pvt€", "pute", "pvt€"),
        ("p|_|te", "pute", "p|_|te"),
        ("tepu", "pute", "tepu"),
        ("fils de p u t e", "fils de pute", "fils de p u t e"),
        ("filsdepute", "fils de pute", "filsdepute"),
        ("FILS-DE-PUTES", "fils de pute", "FILS-DE-PUTES"),
        ("é́n̈culé va", "enculé", "é́n̈culé"),
        ("le code 1488 ici", "1488", "1488"),
    ],
)
def test_disguised_terms_are_found_as_they_are_written(
    words: WordGuard, text: str, rule: str, found: str
) -> None:
    best = next(finding for finding in words.read(text) if finding.rule == rule)
    assert best.found == found
    assert text[best.start : best.end] == found


@pytest.mark.parametrize(
    "text",
    [
        "une analyse de la conculcation",
        "réputé, disputé, député",
        "j'ai pu te voir",
        "j'ai pas pu.te vexe pas",
        "un cône bleu et des cônes",
        "la salle est salée, il l'a salé",
        "c.o.n.s.e.i.l c-o-n-s-e-i-l c o n s e i l",
        "considérer, connaître, concombre",
        "Jean Conard est arrivé",
        "on a joué con de mime hier",
        "il y a 14880 euros et 214 882 voix",
        "la route B173, le A4 et le 8173",
        "это сон",
        "le gri-gri du salon",
    ],
)
def test_look_alikes_are_left_alone(words: WordGuard, text: str) -> None:
    assert rules_met(words, text) == []


@pytest.mark.parametrize(
    "text",
    [
        "Il suce. Moi aussi, des bonbons",
        "cf. le message de Dan, p. 3 de la note",
        "l'autoroute, la N19. A demain",
        "la salle. Bâtard de chien !",
        "la sallle bâtard",
        "elle flottéée dans sa robe",
        "ta gueule de bois est passée ?",
        "du petit-nègre",
        "le pe-de-nonne est une pâtisserie",
        "une tête-de-nègreee au chocolat",
        "elle fllotte, elle flotezz",
        "le colis a pute être livré",
        "je vais te tuer ton ordinateur",
    ],
)
def test_the_shipped_rules_know_these_traps(shipped: WordGuard, text: str) -> None:
    assert rules_met(shipped, text) == []


@pytest.mark.parametrize(
    "text",
    ["le Z a encore parlé", "Vive le Z !", "avec le Ζ hier soir", "LE Z EST LÀ", "du coup le Z, il dit quoi"],
)
def test_a_name_is_met(words: WordGuard, text: str) -> None:
    assert rules_met(words, text) == ["the Z"]


@pytest.mark.parametrize(
    "text",
    [
        "Zoé voit un zèbre",
        "la lettre Z",
        "le Z de Zoé",
        "de A à Z",
        "les axes X, Y et Z",
        "le z minuscule",
        "le Z est la dernière lettre",
        "le Z-index",
        "la marine recrute",
    ],
)
def test_a_letter_or_a_word_is_no_name(words: WordGuard, text: str) -> None:
    assert rules_met(words, text) == []


def test_a_name_that_is_also_a_word_needs_its_capital(words: WordGuard) -> None:
    assert rules_met(words, "Marine a dit non") == ["Marine"]


def test_the_strongest_action_comes_first(words: WordGuard) -> None:
    found = words.read("con, fils de pute")
    assert found[0].action is Verdict.QUARANTINE
    assert {finding.rule for finding in found} == {"con", "pute", "fils de pute"}


def test_patterns_read_the_text_as_written_and_folded(words: WordGuard) -> None:
    assert words.read("Achetez du bitcoin")[0].found == "Achetez du bitcoin"
    hidden = words.read("vite, Асhеtеz du b\u200bitcoin")[0]
    assert (hidden.rule, hidden.found) == ("coins", "Асhеtеz du b\u200bitcoin")


def test_a_rule_holds_in_its_channels_only() -> None:
    rules = read_rules(
        '[[terms]]\ntext = "spoiler"\naction = "flag"\nscope = ["cinéma"]\n'
        '[[patterns]]\nre2 = "^!bet"\naction = "flag"\nscope = ["jeux"]\n',
        "scoped",
    )
    guard = WordGuard(rules)
    assert [finding.rule for finding in guard.read("spoiler", "cinéma")] == ["spoiler"]
    assert guard.read("spoiler", "général") == []
    assert guard.read("!bet 3", "cinéma") == []
    assert len(guard.read("!bet 3", "jeux")) == 1


def test_an_allowed_word_is_let_through() -> None:
    rule = '[[terms]]\ntext = "scunthorpe"\naction = "flag"\n[allow]\nwords = ["Scunthorpe United"]\n'
    guard = WordGuard(read_rules(rule, "allow"))
    assert guard.read("vive Scunthorpe United !") == []
    assert [finding.rule for finding in guard.read("vive Scunthorpe")] == ["scunthorpe"]


@given(st.text(max_size=300))
@settings(max_examples=150, deadline=None)
def test_evidence_is_always_a_piece_of_the_text(words: WordGuard, text: str) -> None:
    for finding in words.read(text):
        assert 0 <= finding.start < finding.end <= len(text)
        assert finding.found == text[finding.start : finding.end]


@given(
    st.sampled_from(["connard", "salope", "fils de pute"]),
    st.text(alphabet="\u200b\u00ad\u0301\u0336\ufe0f", min_size=1, max_size=3),
    st.text(alphabet="bdfghjkmpqvwxz ,.!", max_size=12),
)
@settings(max_examples=100, deadline=None)
def test_invisible_signs_hide_nothing(words: WordGuard, term: str, hidden: str, around: str) -> None:
    assert term in rules_met(words, f"{around} {hidden.join(term)} {around}")


@pytest.mark.parametrize(
    "piece",
    [
        "a",
        "p u ",
        "@a",
        "c*",
        "|_|",
        "www.",
        "<a:",
        "\u0301",
        "co n na rd ",
        "*a*b",
        "cone ",
        "c0nn",
        "(",
        "!",
    ],
)
def test_no_input_is_slow(words: WordGuard, piece: str) -> None:
    text = (piece * LONGEST)[:LONGEST]
    words.read(text)
    start = time.thread_time()
    words.read(text)
    assert time.thread_time() - start < 0.05  # five times the goal: the machine may be busy
