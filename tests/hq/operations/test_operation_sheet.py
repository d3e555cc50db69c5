"""The briefing sheet: printed once a change, on as many pages as it needs."""

import io
from collections.abc import Callable
from typing import Any

import pikepdf
import pytest

from tractage.hq.operations.models import Operation
from tractage.hq.operations.sheet import sheet_of

DO = ["Une phrase à vous, pas la nôtre", "Passer l’œuvre à trois personnes"]
DONT = ["Répondre aux provocations", "Publier dix fois le même fichier"]


def pages_of(pdf: bytes) -> int:
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        for page in opened.pages:
            assert [float(side) for side in page.mediabox] == [0, 0, 595.276, 841.89]
        return len(opened.pages)


def test_the_sheet_is_printed_once_and_again_when_it_says_something_else(
    make_operation: Callable[..., Operation], make_work: Callable[..., Any]
) -> None:
    operation = make_operation(do=DO, dont=DONT, steps=["Relire", "Répondre"], works=[make_work()])
    first = sheet_of(operation)
    assert pages_of(first) == 1
    operation.refresh_from_db()
    key = operation.sheet_key
    assert sheet_of(operation) == first
    assert operation.sheet_key == key
    operation.steps.first().delete()
    assert sheet_of(operation) != first
    assert operation.sheet_key != key


def test_a_long_checklist_takes_more_pages_and_hostile_words_stay_words(
    make_operation: Callable[..., Operation],
) -> None:
    steps = tuple(f"Ligne {number} <b>&amp; « {{{{ c }}}} »" for number in range(40))
    operation = make_operation(title="<script>{{ 7*7 }}</script>", goal="Deux\nlignes", steps=steps)
    pdf = sheet_of(operation)
    assert pages_of(pdf) >= 2


def test_the_words_of_the_sheet_can_be_searched(make_operation: Callable[..., Operation]) -> None:
    pdf = sheet_of(make_operation(goal="Écart : 75 voix (moins)", steps=("Œuvrer — relire",)))
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        (page,) = opened.pages
        shown = [
            bytes(operands[0]).decode("cp1252")
            for operands, operator in pikepdf.parse_content_stream(page)
            if str(operator) == "Tj"
        ]
        modes = [
            int(operands[0])
            for operands, operator in pikepdf.parse_content_stream(page)
            if str(operator) == "Tr"
        ]
    text = " ".join(" ".join(shown).split())
    for words in ("La soirée des 75 voix", "Écart : 75 voix (moins)", "Œuvrer — relire", "art. L49", "1/1"):
        assert words in text
    assert modes == [3], "nothing of it is drawn"


def test_the_sheet_gives_the_hours_of_each_zone(make_operation: Callable[..., Operation]) -> None:
    pdf = sheet_of(make_operation(zones=["FR", "MQ", "RE"]))
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        words = b" ".join(
            bytes(operands[0])
            for operands, operator in pikepdf.parse_content_stream(opened.pages[0])
            if str(operator) == "Tj"
        ).decode("cp1252")
    # 19 h in Paris on Wednesday 10 March is 14 h in Martinique and 22 h in Réunion.
    assert "Martinique : mercredi 14 h 00 – mercredi 17 h 00." in words
    assert "La Réunion : mercredi 22 h 00 – jeudi 1 h 00." in words
    assert "Métropole :" not in words


def test_a_lost_file_is_printed_again(make_operation: Callable[..., Operation]) -> None:
    operation = make_operation()
    first = sheet_of(operation)
    operation.refresh_from_db()
    operation.sheet.storage.delete(operation.sheet.name)
    assert sheet_of(operation) == first


@pytest.mark.django_db(transaction=True)
def test_planning_prints_the_sheet_in_the_background(make_operation: Callable[..., Operation]) -> None:
    operation = make_operation()
    operation.refresh_from_db()
    assert operation.sheet_key
    assert operation.sheet.storage.exists(operation.sheet.name)
