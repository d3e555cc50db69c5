"""Mentions of a poll."""

from datetime import date

import pytest

from tractage.domain.law.citation import Citation, missing_mentions

WHOLE = Citation("Institut Modèle", "Le Journal", 1_004, date(2027, 3, 1), date(2027, 3, 3), 2.8)


@pytest.mark.parametrize(
    ("change", "name"),
    [
        ({"institute": " "}, "institute"),
        ({"sponsor": ""}, "sponsor"),
        ({"sample": 0}, "sample"),
        ({"first_day": None}, "dates"),
        ({"last_day": date(2027, 2, 1)}, "dates"),
        ({"margin": None}, "margin"),
    ],
)
def test_a_poll_without_its_mentions_is_named(change: dict[str, object], name: str) -> None:
    assert missing_mentions(WHOLE) == ()
    assert missing_mentions(WHOLE._replace(**change)) == (name,)


def test_an_empty_citation_lacks_everything() -> None:
    assert missing_mentions(Citation()) == ("institute", "sponsor", "sample", "dates", "margin")
