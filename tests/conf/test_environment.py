"""Settings are read once; a wrong one is a line that names it."""

from datetime import datetime
from pathlib import Path

import pytest
from tests.conftest import PARIS

from tractage.conf.database import database_settings
from tractage.conf.environment import VARIABLES, parse_moment, read_environment
from tractage.conf.secret import secret_key
from tractage.domain.errors import InputError


def test_nothing_set_is_a_site_for_this_machine() -> None:
    found = read_environment({})
    assert found.hosts == ("127.0.0.1", "localhost", "[::1]")
    assert (found.debug, found.https, found.language, found.as_of) == (False, False, "fr", None)


def test_an_https_address_secures_the_cookies() -> None:
    assert read_environment({"TRACTAGE_SITE_URL": "https://exemple.test"}).https is True


@pytest.mark.parametrize(
    ("name", "value", "expected"),
    [
        ("TRACTAGE_DEBUG", "peut-être", "1 or 0"),
        ("TRACTAGE_HOSTS", "https://exemple.test", "host names"),
        ("TRACTAGE_SITE_URL", "exemple.test", "https://example.org"),
        ("TRACTAGE_LANGUAGE", "de", "fr or en"),
        ("TRACTAGE_LOG_LEVEL", "LOUD", "DEBUG or INFO"),
        ("TRACTAGE_AS_OF", "hier", "2024-06-20"),
        ("TRACTAGE_SECRET_KEY", "court", "40 characters"),
    ],
)
def test_a_wrong_value_names_variable_found_and_allowed(name: str, value: str, expected: str) -> None:
    with pytest.raises(InputError) as raised:
        read_environment({name: value})
    assert str(raised.value).startswith(f"{name}: found ")
    assert expected in str(raised.value)
    assert (value in str(raised.value)) is (name != "TRACTAGE_SECRET_KEY")


def test_a_misspelt_variable_is_refused() -> None:
    with pytest.raises(InputError, match="TRACTAGE_HOST: unknown variable"):
        read_environment({"TRACTAGE_HOST": "exemple.test"})


def test_each_variable_is_documented() -> None:
    page = (Path(__file__).parents[2] / "docs/operator/settings.md").read_text()
    assert not [name for name in VARIABLES if f"`{name}`" not in page]


def test_a_day_is_its_noon_in_paris() -> None:
    assert parse_moment("2024-06-20") == datetime(2024, 6, 20, 12, tzinfo=PARIS)
    assert parse_moment("2027-04-17T10:00") == datetime(2027, 4, 17, 10, tzinfo=PARIS)


def test_sqlite_writes_at_once_and_postgresql_by_its_address(tmp_path: Path) -> None:
    local = database_settings(None, tmp_path)
    assert local["OPTIONS"]["transaction_mode"] == "IMMEDIATE"
    assert "journal_mode=WAL" in local["OPTIONS"]["init_command"]
    remote = database_settings("postgresql://lulu:a%40b@db.test:5433/hq?sslmode=require", tmp_path)
    assert (remote["USER"], remote["PASSWORD"], remote["HOST"], remote["PORT"], remote["NAME"]) == (
        "lulu", "a@b", "db.test", "5433", "hq",
    )  # fmt: skip
    assert remote["OPTIONS"] == {"sslmode": "require"}


@pytest.mark.parametrize("url", ["mysql://a/b", "postgresql://host", "sqlite://", "tractage.db"])
def test_another_database_is_refused_without_its_password(url: str, tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"TRACTAGE_DATABASE_URL: found .+, expected sqlite:///"):
        database_settings(url, tmp_path)


def test_the_key_is_made_once_and_kept_from_others(tmp_path: Path) -> None:
    first = secret_key(None, tmp_path)
    assert secret_key(None, tmp_path) == first
    assert len(first) >= 50
    assert (tmp_path / "secret.key").stat().st_mode & 0o077 == 0
    assert [file.name for file in tmp_path.iterdir()] == ["secret.key"]
    assert secret_key("given", tmp_path) == "given"
