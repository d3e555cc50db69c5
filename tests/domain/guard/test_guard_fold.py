"""Folding: every way of writing a Latin letter becomes that letter."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tractage.domain.guard.fold import FOREIGN, SYMBOL, fold, fold_with_origins


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Ça va, là-bas ?", "ca va, la-bas ?"),
        ("𝐜𝐨𝐧 ⓒⓞⓝ ｃｏｎ 🅒🅞🅝 🄲🄾🄽 🇨🇴🇳 ⒞⒪⒩", "con con con con con con con"),
        ("сalоре", "calope"),  # Cyrillic es, o, er, ie
        ("ѕаlоре", "salope"),
        ("ᴛᴇsт ɐuuoɔ", "test auuoc"),
        ("c\u200bo\u0301n\u034fn\ufe0f\u00ad", "conn"),
        ("Œuvre, cœur, æquo", "oeuvre, coeur, aequo"),
        ("« l’eau »", '" l\'eau "'),
        ("a\u00a0b\u202fc\td\n", "a b c d "),
        ("漢字 😀", f"{FOREIGN}{FOREIGN} {SYMBOL}"),
        ("\ud800x", "x"),
    ],
)
def test_folds(text: str, folded: str) -> None:
    assert fold(text) == folded


@given(st.text())
def test_folding_gives_ascii_and_is_idempotent(text: str) -> None:
    folded = fold(text)
    assert folded.isascii()
    assert fold(folded).replace("\x01", "").replace("\x02", "") == folded.replace("\x01", "").replace(
        "\x02", ""
    )


@given(st.text())
def test_origins_name_the_character_that_each_piece_comes_from(text: str) -> None:
    folded, origins = fold_with_origins(text)
    assert folded == fold(text)
    assert origins == sorted(origins)
    for piece, origin in zip(folded, origins, strict=True):
        assert piece in fold(text[origin])


@given(st.text(), st.text())
def test_folding_works_character_by_character(one: str, other: str) -> None:
    assert fold(one + other) == fold(one) + fold(other)
