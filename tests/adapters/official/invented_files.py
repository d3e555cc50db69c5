"""Official workbooks small enough to be made in a test; every candidate in them is invented."""

import zipfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

from tractage.adapters.official.sources import Source, sources
from tractage.adapters.official.workbook import letters
from tractage.domain.elections.seats import Seat, all_seats

NAMES = ("ALPHA", "BÊTA", "GAMMA")
FIRST_NAMES = ("Alice", "Bob", "Chloé")

Rows = list[list[Any]]


def write_workbook(path: Path, sheet: str, rows: Sequence[Sequence[Any]]) -> None:
    """Write one sheet as the smallest workbook that a reader accepts."""
    lines = []
    for number, row in enumerate(rows, start=1):
        cells = "".join(
            _cell(f"{letters(column)}{number}", value)
            for column, value in enumerate(row)
            if value not in ("", None)
        )
        lines.append(f'<row r="{number}">{cells}</row>')
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    packages = "http://schemas.openxmlformats.org/package/2006"
    parts = {
        "[Content_Types].xml": f'<Types xmlns="{packages}/content-types"/>',
        "_rels/.rels": f'<Relationships xmlns="{packages}/relationships">'
        f'<Relationship Id="r1" Type="{office}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook xmlns="{main}" xmlns:r="{office}"><sheets>'
        f'<sheet name="{escape(sheet)}" sheetId="1" r:id="r1"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{packages}/relationships">'
        f'<Relationship Id="r1" Type="{office}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>',
        "xl/worksheets/sheet1.xml": f'<worksheet xmlns="{main}">'
        f"<sheetData>{''.join(lines)}</sheetData></worksheet>",
    }
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in parts.items():
            archive.writestr(name, '<?xml version="1.0" encoding="UTF-8"?>' + text)


def _cell(place: str, value: Any) -> str:
    if isinstance(value, int | float):
        return f'<c r="{place}"><v>{value}</v></c>'
    return f'<c r="{place}" t="inlineStr"><is><t>{escape(value)}</t></is></c>'


def source(election: str, number: int = 1) -> Source:
    """The layout of one official file."""
    return next(one for one in sources() if (one.election, one.round) == (election, number))


def sheet_rows(one: Source, seats: Sequence[Seat]) -> Rows:
    """Titles and one line per seat, in the layout of an official file, with invented candidates.

    In round 1 nobody is elected; in round 2 the first of two is.
    """
    rows: Rows = [[] for _ in range(one.header - 1)]
    rows.append(_titles(one))
    for seat in seats:
        rows.append(_line(one, seat))
    return rows


def _titles(one: Source) -> list[Any]:
    layout = one.layout
    titles = list(layout.fixed.values())
    if layout.candidates:
        return titles + [entry.column for entry in layout.candidates]
    return titles + _block_titles(one)


def _block_titles(one: Source) -> list[str]:
    layout = one.layout
    fields = dict.fromkeys(layout.blocks.values())
    padding = [f"%{place}" for place in range(layout.stride - 1 - len(fields))]
    return [layout.start, *fields, *padding]


def _line(one: Source, seat: Seat) -> list[Any]:
    department = seat.department.lstrip("0") if one.election.startswith("legislatives") else seat.department
    letters_of = {"099": "ZZ", "977": "ZX"}
    fixed: dict[str, Any] = {
        "department": letters_of.get(seat.department, department),
        "number": f"{seat.number:02d}",
        "registered": "1000",
        "voters": 600,
        "valid": 590.0,
    }
    line: list[Any] = [fixed[field] for field in one.layout.fixed]
    if one.layout.candidates:
        votes = [590 - 10 * (len(one.layout.candidates) - 1), *[10] * (len(one.layout.candidates) - 1)]
        return line + votes
    for number, votes in enumerate((300, 200, 90) if one.round == 1 else (310, 280)):
        line += _block(one, number, votes)
    return line


def _block(one: Source, number: int, votes: int) -> list[Any]:
    elected = "élu" if number == 0 and one.round == 2 else ""
    values = {
        "name": NAMES[number],
        "first_name": FIRST_NAMES[number],
        "sex": ("F", "M", "F")[number],
        "nuance": ("AAA", "BBB", "CCC")[number],
        "votes": votes,
        "elected": elected,
    }
    by_title = {title: values[field] for field, title in one.layout.blocks.items()}
    cells = [number + 1, *(by_title.get(title, "") for title in _block_titles(one)[1:])]
    return cells + [""] * (one.layout.stride - len(cells))


def write_every_file(folder: Path) -> None:
    """Write every official file into `folder`; seats without a second round are won in the first."""
    for one in sources():
        seats = all_seats()[-one.seats :] if one.round == 2 else all_seats()
        rows = sheet_rows(one, seats)
        if one.election.startswith("legislatives") and one.round == 1:
            _elect_at_once(one, rows, len(all_seats()) - source(one.election, 2).seats)
        write_workbook(folder / one.file, one.sheet, rows)


def _elect_at_once(one: Source, rows: Rows, seats: int) -> None:
    column = rows[one.header - 1].index(one.layout.blocks["elected"])
    for line in rows[one.header : one.header + seats]:
        line[column] = "Elu"
