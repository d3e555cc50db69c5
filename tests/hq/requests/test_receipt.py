"""The receipt: what was handed over and when, in words that can be searched, and no sum of money."""

import io
import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.hq.requests.conftest import CONTACT, ask_for, clean_picture

from tractage.domain.studio.letter import Line, letter_pdf, width, wrapped
from tractage.hq.requests import services
from tractage.hq.requests.receipt import receipt_pdf


def words_of(data: bytes) -> str:
    """The text that a reader finds in the PDF."""
    with pikepdf.open(io.BytesIO(data)) as pdf:
        drawn = b"\n".join(page.Contents.read_bytes() for page in pdf.pages)
    shown = re.findall(rb"\(((?:\\.|[^\\)])*)\) Tj", drawn)
    return " ".join(re.sub(rb"\\(.)", rb"\1", one).decode("cp1252") for one in shown)


@pytest.mark.django_db
def test_the_receipt_lists_what_was_handed_over_and_no_sum(
    campaign: Any, quiet_day: None, alice: Any, bob: Any, settings: Any, tmp_path: Path
) -> None:
    settings.TRACTAGE = replace(settings.TRACTAGE, data_dir=tmp_path)
    request, _token = ask_for(campaign)
    services.triage_request(alice, request, "open")
    services.take_request(bob, request, services.Point.values)
    services.deliver(bob, request, "Affiche (A4) « où voter »", file=clean_picture())
    data = receipt_pdf(request)
    said = words_of(data).replace("\u00a0", " ")
    assert request.candidate in said
    assert "1. 1 mars 2027 : Affiche (A4) « où voter » (image/png)" in said
    assert "L52-8" in said
    assert "1 personne a pris" in said
    assert not re.search(r"\d\s*(?:€|euros?)", said)
    assert "Bob" not in said
    assert CONTACT not in said
    assert data == receipt_pdf(request)


def test_a_long_letter_goes_on_to_other_pages() -> None:
    data = letter_pdf("Essai", [Line(f"Ligne {number}", 12) for number in range(120)])
    with pikepdf.open(io.BytesIO(data)) as pdf:
        assert len(pdf.pages) > 1
        assert str(pdf.Root.Lang) == "fr"
    assert "Ligne 119" in words_of(data)


@given(st.text(st.characters(codec="cp1252", exclude_categories=["Cc"]), max_size=400))
def test_no_row_is_wider_than_the_paper_and_no_letter_is_lost(text: str) -> None:
    rows = wrapped(text, 10.5, 480)
    assert all(width(row, 10.5) <= 480 or len(row) == 1 for row in rows)
    assert "".join(rows).replace(" ", "") == text.replace(" ", "")
