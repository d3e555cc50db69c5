"""The promises of the house, held against the tree."""

import re
import tomllib
from collections import Counter
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
SOURCE = ROOT / "src/tractage"
CODE = sorted(SOURCE.rglob("*.py"))

SOCIAL = re.compile(
    r"(?:api|graph|oauth|upload)\.(?:x|twitter|facebook|instagram|tiktok|threads)\.(?:com|net)|"
    r"com\.atproto\.repo\.createRecord|/api/v1/statuses|graph\.facebook|open\.tiktokapis|"
    r"import (?:tweepy|atproto|mastodon|instagrapi|facebook|telethon)",
    re.IGNORECASE,
)
CREDENTIAL = re.compile(
    r"(?:twitter|tiktok|instagram|facebook|bluesky|mastodon)_?(?:token|password|secret|key)", re.IGNORECASE
)
FORBIDDEN_NAMES = {"utils", "util", "helpers", "helper", "manager", "misc", "common"}


def test_there_is_code_to_look_at() -> None:
    assert len(CODE) > 50


@pytest.mark.parametrize("path", CODE, ids=lambda path: str(path.relative_to(SOURCE)))
def test_no_code_posts_to_a_social_network(path: Path) -> None:
    text = path.read_text()
    assert not SOCIAL.search(text), f"{path} reaches a posting API"
    assert not CREDENTIAL.search(text), f"{path} holds a personal account's credential"


def test_the_patterns_of_posting_code_are_found() -> None:
    assert SOCIAL.search('client.post("https://api.x.com/2/tweets")')
    assert CREDENTIAL.search("instagram_password = models.CharField()")


def test_no_room_without_a_name() -> None:
    assert not [path for path in CODE if path.stem in FORBIDDEN_NAMES]


def test_files_stay_small() -> None:
    long = {
        path: n
        for path in CODE
        if "migrations" not in path.parts and (n := len(path.read_text().splitlines())) > 350
    }
    assert not long


def test_no_two_test_files_share_a_name() -> None:
    """Collected together, the second would be taken for the first, and the whole suite stops there."""
    names = Counter(path.name for path in (ROOT / "tests").rglob("test_*.py"))
    assert [name for name, number in names.items() if number > 1] == []


def test_no_path_of_a_machine_and_no_index_host() -> None:
    found = re.compile(
        r"(?:^|[\s\"'(=])/(?:work|root|home|farm)/|--(?:extra-)?index-url|files\.pythonhosted|registry\.npmjs"
    )
    kinds = {".py", ".md", ".toml", ".txt", ".html", ".css", ".js", ".json", ".yml", ""}
    bad = [
        path.relative_to(ROOT)
        for folder in ("src", "docs", "requirements", "scripts", "benchmarks", ".ci")
        for path in (ROOT / folder).rglob("*")
        if path.is_file()
        and path.suffix in kinds
        and "__pycache__" not in path.parts
        and found.search(path.read_text())
    ]
    assert not bad


def test_every_pinned_package_has_a_hash() -> None:
    for name in ("base", "all"):
        text = (ROOT / f"requirements/{name}.txt").read_text()
        pins = re.split(r"\n(?=\S)", text.strip())
        assert len(pins) > 20
        assert all("--hash=sha256:" in pin for pin in pins)


def test_base_pins_are_those_of_all() -> None:
    def pins(name: str) -> set[str]:
        return set(re.findall(r"^(\S+==\S+)", (ROOT / f"requirements/{name}.txt").read_text(), re.MULTILINE))

    assert pins("base") <= pins("all")


def test_version_is_the_same_everywhere() -> None:
    from tractage import __version__

    assert tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["version"] == __version__
