"""Open an official workbook and know the place of every cell, so that a fault can be named."""

import io
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tractage.adapters.official.sources import Source
from tractage.domain.errors import InputError

OLE = b"\xd0\xcf\x11\xe0"
OLE_SECTOR = 512


@dataclass(frozen=True, slots=True)
class Sheet:
    """The lines of one sheet under its line of titles.

    `lines` holds the cells below the titles; the first of them is line `header + 1` of the sheet.
    """

    file: str
    name: str
    header: int
    titles: tuple[str, ...]
    lines: list[list[Any]]

    def column(self, title: str) -> int:
        """Position of the first column titled `title`, from 0.

        Raises:
            InputError: there is none.
        """
        if title in self.titles:
            return self.titles.index(title)
        shown = ", ".join(repr(known) for known in self.titles[:6] if known)
        raise InputError(
            f"{self.file}, sheet {self.name!r}, row {self.header}: the column {title!r} is missing"
            f" (found {shown or 'no title'}, …)"
        )

    def fault(self, line: int, column: int, found: object, expected: str) -> InputError:
        """The error that names a cell: `line` counts from 0 below the titles, `column` from 0."""
        title = self.titles[column] if column < len(self.titles) else ""
        named = f"column {letters(column)} ({title!r})" if title else f"column {letters(column)}"
        where = f"{self.file}, sheet {self.name!r}, row {self.header + 1 + line}, {named}"
        shown = "an empty cell" if found in ("", None) else repr(found)
        return InputError(f"{where}: found {shown}, expected {expected}")


def letters(column: int) -> str:
    """The spreadsheet's name of a column counted from 0: A, B, … Z, AA."""
    name = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        name = chr(ord("A") + rest) + name
    return name


def read_sheet(raw: Path, source: Source) -> Sheet:
    """The sheet of `source` in the folder `raw`.

    Raises:
        InputError: the file is missing, is no workbook or is damaged, or the sheet is missing.
    """
    path = raw / source.file
    if not path.is_file():
        raise InputError(f"{path}: the file is missing (official results of {source.election})")
    rows = _rows(path, source)
    if len(rows) < source.header:
        where = f"{path.name}, sheet {source.sheet!r}"
        raise InputError(f"{where}: found {len(rows)} rows, expected titles in row {source.header}")
    titles = tuple(str(cell).strip() for cell in rows[source.header - 1])
    lines = rows[source.header :]
    while lines and not any(cell not in ("", None) for cell in lines[-1]):
        lines.pop()
    return Sheet(path.name, source.sheet, source.header, titles, lines)


def _rows(path: Path, source: Source) -> list[list[Any]]:
    import python_calamine as calamine

    content = path.read_bytes()
    if content.startswith(OLE) and len(content) % OLE_SECTOR:
        raise _damaged(path, content, f"expected whole sectors of {OLE_SECTOR} bytes")
    try:
        book = calamine.CalamineWorkbook.from_filelike(io.BytesIO(content))
        names = book.sheet_names
        if source.sheet in names:
            return list(book.get_sheet_by_name(source.sheet).to_python(skip_empty_area=False))
    except KeyboardInterrupt:
        raise
    # On some damage the reader panics, and its panic is no Exception.
    except BaseException as error:
        raise _damaged(path, content, str(error)) from error
    found = ", ".join(repr(name) for name in names)
    raise InputError(f"{path.name}: the sheet {source.sheet!r} is missing; found {found or 'no sheet'}")


def _damaged(path: Path, content: bytes, reason: str) -> InputError:
    found = f"found {len(content)} bytes that are no whole workbook"
    return InputError(f"{path.name}: truncated or damaged: {found} ({' '.join(reason.split())})")
