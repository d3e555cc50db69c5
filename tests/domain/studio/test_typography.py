import pytest
from hypothesis import given
from hypothesis import strategies as st

from tractage.domain.studio.typography import french, grouped, ordinal, percent, plain, raised

N = "\u202f"


@pytest.mark.parametrize(
    ("given_text", "set_text"),
    [
        ("Pas là ?", f"Pas là{N}?"),
        ("Pas là?", f"Pas là{N}?"),
        ("« Bonjour »", f"«{N}Bonjour{N}»"),
        ("45 103 votes", f"45{N}103 votes"),
        ("75 voix, 20 h, 74,5 %", f"75{N}voix, 20{N}h, 74,5{N}%"),
        ("Source : ici", "Source\u00a0: ici"),
        ("d'écart...", "d’écart…"),
        ("n° 12", f"nº{N}12"),
        ("https://exemple.fr/?a=1", "https://exemple.fr/?a=1"),
    ],
)
def test_signs_and_spaces(given_text: str, set_text: str) -> None:
    assert french(given_text) == set_text


@given(st.text(alphabet="aé '\u202f\u00a0«»!?;:.1209€%|-", max_size=40))
def test_twice_changes_nothing(text: str) -> None:
    assert french(french(text)) == french(text)


def test_ordinals_are_raised_letters_of_the_same_font() -> None:
    assert raised("3e et 1re") == '3<span class="sup">e</span> et 1<span class="sup">re</span>'
    assert raised("3ᵉ") == raised("3e")
    assert plain("3e|1re") == "3ᵉ 1ʳᵉ"


def test_compound_words_are_not_cut_unless_too_long() -> None:
    assert raised("Saint-Barthélemy") == "Saint-\u2060Barthélemy"
    assert raised("Alpes-de-Haute-Provence") == "Alpes-de-Haute-Provence"


def test_fields_are_escaped() -> None:
    assert "<script>" not in raised("<script>alert(1)</script>")


def test_numbers() -> None:
    assert grouped(66951) == f"66{N}951"
    assert percent(0.745) == f"74,5{N}%"
    assert (ordinal(1), ordinal(1, feminine=False), ordinal(6)) == ("1re", "1er", "6e")
