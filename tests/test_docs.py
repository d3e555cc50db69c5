"""Documents that must say what the code says."""

import re
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PAGES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])


def test_command_reference_is_the_command() -> None:
    from tractage.cli.reference import reference

    assert (ROOT / "docs/user/commands.md").read_text() == reference(), (
        "rerun: python -m tractage.cli.reference > docs/user/commands.md"
    )


def test_architecture_names_places_that_exist() -> None:
    table = (ROOT / "ARCHITECTURE.md").read_text().split("## I want to change", 1)[1].split("\n## ", 1)[0]
    places = [
        place for row in table.splitlines() if row.startswith("| ") for place in re.findall(r"`([^`]+)`", row)
    ]
    assert len(places) > 20
    missing = [place for place in places if "/" in place and not (ROOT / place).exists()]
    assert not missing


def test_every_room_is_in_the_architecture() -> None:
    text = (ROOT / "ARCHITECTURE.md").read_text()
    rooms = [
        path.name for path in (ROOT / "src/tractage/domain").iterdir() if (path / "__init__.py").exists()
    ]
    apps = [path.name for path in (ROOT / "src/tractage/hq").iterdir() if (path / "__init__.py").exists()]
    assert rooms
    assert apps
    assert not [name for name in rooms + apps if name not in text]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_links_lead_somewhere(page: Path) -> None:
    targets = re.findall(r"\]\((?!https?:|mailto:|#)([^)#]+)", page.read_text())
    assert not [target for target in targets if not (page.parent / target).exists()]


def test_every_dependency_has_a_reason() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    wanted = [
        *project["dependencies"],
        *(item for extra in project["optional-dependencies"].values() for item in extra),
    ]
    names = {re.split(r"[\[<>=~ ]", item)[0] for item in wanted} - {"tractage"}
    text = (ROOT / "docs/developer/dependencies.md").read_text()
    assert not sorted(name for name in names if not re.search(rf"[| ,]{re.escape(name)}[ ,|]", text))


def test_every_method_page_is_listed() -> None:
    index = (ROOT / "docs/methods/README.md").read_text()
    pages = [page.name for page in (ROOT / "docs/methods").glob("*.md") if page.name != "README.md"]
    assert not [page for page in pages if f"({page})" not in index]
