"""No overflow, overlap, missing glyph or hidden text, whatever the seat: measured boxes, not eyes."""

import pytest
from tests.domain.studio.longest import longest_row

from tractage.domain.elections import blocs, results
from tractage.domain.elections.seats import Territory, seat
from tractage.domain.studio.check import check_work
from tractage.domain.studio.formats import find_format
from tractage.domain.studio.kits import kit_names, load_kit
from tractage.domain.studio.rows import KIT, kit_rows
from tractage.domain.studio.template import load_template, template_names

ELECTION = "legislatives-2024"
Row = dict[str, str]


@pytest.fixture(scope="module")
def rows() -> dict[str, list[Row]]:
    return kit_rows(results.load_results(ELECTION), blocs.pack(ELECTION), "gauche")


def _hardest(name: str, lines: list[Row]) -> list[Row]:
    """The rows with the longest value of each field, and two from overseas and abroad."""
    found = {
        max(lines, key=lambda row, field=field: len(row.get(field, "")))["id"]  # type: ignore[misc]
        for field in load_template(name).fields
    }
    abroad = [row["id"] for row in lines if seat(row["id"]).territory is not Territory.METROPOLE]
    found |= {abroad[0], abroad[-1], "975-01", "977-01"}
    return [row for row in lines if row["id"] in found]


def _refused(name: str, row: Row, kit: str, *, ink: bool = False, paper: bool = True) -> list[str]:
    template, found = load_template(name), []
    for fmt in map(find_format, template.formats):
        if fmt.print and not paper:
            continue
        found += check_work(template, row, fmt, load_kit(kit), where=row.get("id", "longest"), ink=ink)
    return [str(one) for one in found if one.refused]


@pytest.mark.parametrize("name", KIT)
def test_the_longest_names_and_the_farthest_seats(name: str, rows: dict[str, list[Row]]) -> None:
    hardest = _hardest(name, rows[name])
    assert [said for row in hardest for said in _refused(name, row, "atelier", paper=False)] == []


@pytest.mark.parametrize("name", template_names())
def test_every_field_may_be_as_long_as_declared(name: str) -> None:
    assert _refused(name, longest_row(load_template(name)), "atelier", paper=False) == []


@pytest.mark.long
@pytest.mark.parametrize("name", KIT)
def test_every_seat_in_every_format(name: str, rows: dict[str, list[Row]]) -> None:
    assert [said for row in rows[name] for said in _refused(name, row, "atelier")] == []


@pytest.mark.long
@pytest.mark.parametrize("name", template_names())
@pytest.mark.parametrize("kit", kit_names())
def test_every_field_at_its_longest_is_seen_on_paper_too(name: str, kit: str) -> None:
    assert _refused(name, longest_row(load_template(name)), kit, ink=True) == []
