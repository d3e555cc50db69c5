"""Errors keep their values apart, for faces that speak other languages."""

from tractage.domain.errors import InputError
from tractage.domain.worded import Worded

FRENCH = {"%(file)s: about %(rows)s rows, %(share)s": "%(file)s : environ %(rows)s lignes, %(share)s"}


def test_an_error_is_one_english_line_and_can_be_another() -> None:
    error = InputError("%(file)s: about %(rows)s rows, %(share)s", file="a%d.csv", rows=12345, share=0.5)
    assert str(error) == "a%d.csv: about 12,345 rows, 0.5"
    said = error.worded.in_words(FRENCH.__getitem__, lambda value: f"{value}".replace(".", ","))
    assert said == "a%d.csv : environ 12345 lignes, 0,5"


def test_a_plain_message_stays_as_it_is() -> None:
    assert str(InputError("100 % of it")) == "100 % of it"
    assert str(Worded("50 %", {})) == "50 %"
