"""The campaign's one file: read, refused in one line, replayed on another day."""

from datetime import date
from pathlib import Path

import pytest

from tractage.domain.errors import InputError
from tractage.hq.campaigns.campaign_file import read_campaign_file, replayed, shipped_campaign

SHIPPED = shipped_campaign().read_text(encoding="utf-8")


def write(folder: Path, *changes: tuple[str, str]) -> Path:
    text = SHIPPED
    for old, new in changes:
        assert old in text
        text = text.replace(old, new)
    file = folder / "campagne.toml"
    file.write_text(text, encoding="utf-8")
    return file


def test_the_shipped_campaign_is_that_of_2027() -> None:
    facts = read_campaign_file(shipped_campaign())
    assert (facts.election, facts.results, facts.bloc) == (
        "presidentielle-2027",
        "legislatives-2024",
        "gauche",
    )
    assert len(facts.charter) == 7


def test_another_bloc_is_another_line(tmp_path: Path) -> None:
    assert read_campaign_file(write(tmp_path, ('bloc = "gauche"', 'bloc = "droite"'))).bloc == "droite"


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('name = "Les Mains libres"\n', "", "name: found nothing, expected a text"),
        ("within = 2000", "within = -1", "seats.within: found -1, expected a whole number above 0"),
        (
            'method = "observed"',
            'method = "devinée"',
            "seats.method: found 'devinée', expected observed or expected",
        ),
        ('bloc = "gauche"', 'bloc = "bleus"', "unknown bloc 'bleus'"),
        ('"presidentielle-2027"', '"presidentielle-1848"', "presidentielle-1848"),
        (
            'results = "legislatives-2024"',
            'results = "legislatives-1999"',
            "unknown election 'legislatives-1999'",
        ),
        ('ai_policy = "none"', 'ia = "none"', "ia: found 'ia', expected one of ai_policy"),
        ("euros = 14.4", 'euros = "14,4"', "costs[1].euros: found '14,4', expected an amount in euros"),
        ('date = 2026-11-01\nlabel = "Petit', 'date = "hier"\nlabel = "Petit', "costs[2].date: found 'hier'"),
        ('version = "2027.1"', "version = 1", "charter.version: found 1, expected a text"),
        ('slug = "2027"', 'slug = "A B"', "slug: found 'A B'"),
        ("[seats]", "[seats", "not a TOML file"),
    ],
)
def test_what_is_wrong_is_one_line(tmp_path: Path, old: str, new: str, said: str) -> None:
    file = write(tmp_path, (old, new))
    with pytest.raises(InputError) as raised:
        read_campaign_file(file)
    assert str(raised.value).startswith(str(file))
    assert said in str(raised.value)
    assert "\n" not in str(raised.value)


def test_a_colour_of_the_kit_is_a_colour(tmp_path: Path) -> None:
    file = tmp_path / "campagne.toml"
    file.write_text(SHIPPED + '\n[kit]\ncanari = "jaune"\n', encoding="utf-8")
    with pytest.raises(InputError, match=r"kit\.canari: found 'jaune'"):
        read_campaign_file(file)


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"rien\.toml: cannot be read"):
        read_campaign_file(tmp_path / "rien.toml")


@pytest.mark.parametrize(
    ("day", "election", "results", "method"),
    [
        (date(2024, 6, 20), "legislatives-2024", "legislatives-2022", "expected"),
        (date(2024, 7, 7), "legislatives-2024", "legislatives-2022", "expected"),
        (date(2022, 6, 1), "legislatives-2022", "legislatives-2017", "expected"),
        (date(2026, 12, 1), "presidentielle-2027", "legislatives-2024", "observed"),
    ],
)
def test_a_replay_knows_only_what_was_known(day: date, election: str, results: str, method: str) -> None:
    facts = replayed(read_campaign_file(shipped_campaign()), day)
    assert (facts.election, facts.results, facts.method) == (election, results, method)


def test_a_day_after_every_known_election_is_refused() -> None:
    with pytest.raises(InputError, match="no election on or after"):
        replayed(read_campaign_file(shipped_campaign()), date(2040, 1, 1))
