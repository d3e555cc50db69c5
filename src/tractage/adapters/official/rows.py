"""Turn the lines of an official sheet into checked rounds, or name the cell at fault."""

from collections.abc import Iterator
from typing import Any, TypeVar

from tractage.adapters.official.sources import Layout, Source
from tractage.adapters.official.workbook import Sheet
from tractage.domain.elections.results import Candidacy, RoundResult
from tractage.domain.elections.seats import SeatCode, seat_code
from tractage.domain.errors import InputError

T = TypeVar("T")

SLACK = 2  # ballots
"""How far the sum of candidates may be from the valid votes: five official rows of 2024 differ by 1 or 2."""

SEXES = {"F": "F", "M": "M", "FEMININ": "F", "MASCULIN": "M"}
ELECTED = {"": False, "elu": True, "élu": True}


class RoundReader:
    """Reads the rounds of one sheet, line by line."""

    def __init__(self, sheet: Sheet, source: Source) -> None:
        self.sheet = sheet
        self.source = source
        layout = source.layout
        self._fixed = {field: sheet.column(title) for field, title in layout.fixed.items()}
        self._candidates = [(entry, sheet.column(entry.column)) for entry in layout.candidates]
        self._start = sheet.column(layout.start) if layout.stride else 0
        self._fields = {field: sheet.column(title) - self._start for field, title in layout.blocks.items()}
        self._check_blocks(layout)

    def read(self) -> dict[SeatCode, RoundResult]:
        """The round of every seat of the sheet.

        Raises:
            InputError: a cell, a seat or a sum is at fault; the message names its place.
        """
        rounds: dict[SeatCode, RoundResult] = {}
        line_of: dict[SeatCode, int] = {}
        for line in range(len(self.sheet.lines)):
            code = self._seat(line)
            if code in line_of:
                first = self.sheet.header + 1 + line_of[code]
                raise self._fault(line, "number", code, f"each seat once (it is already in row {first})")
            line_of[code] = line
            rounds[code] = self._round(line)
        if len(rounds) != self.source.seats:
            where = f"{self.sheet.file}, sheet {self.sheet.name!r}"
            raise InputError(f"{where}: found {len(rounds)} seats, expected {self.source.seats}")
        return rounds

    def _check_blocks(self, layout: Layout) -> None:
        """A lost column would shift every block after it: titles, where given, must repeat."""
        if not layout.stride:
            return
        titles = self.sheet.titles
        for field, title in layout.blocks.items():
            stem = title.removesuffix(" 1")
            first = self._start + self._fields[field]
            for column in range(first + layout.stride, len(titles), layout.stride):
                number = (column - first) // layout.stride + 1
                if titles[column] not in ("", title, f"{stem} {number}"):
                    raise self.sheet.fault(
                        -1, column, titles[column], f"the title {stem!r} of block {number}"
                    )

    def _seat(self, line: int) -> SeatCode:
        department = self._text(line, self._fixed["department"])
        number = self._text(line, self._fixed["number"])
        prefix, digits = number[:-2].lstrip("0"), number[-2:]
        if not digits.isdecimal() or (prefix and prefix != department.lstrip("0")):
            raise self._fault(line, "number", number, f"a seat of department {department!r}")
        try:
            return seat_code(department, int(digits))
        except InputError:
            where = f"a seat of the Assemblée (department {department!r})"
            raise self._fault(line, "number", number, where) from None

    def _round(self, line: int) -> RoundResult:
        counts = {field: self._count(line, self._fixed[field]) for field in ("registered", "voters", "valid")}
        for part, whole in (("voters", "registered"), ("valid", "voters")):
            if counts[part] > counts[whole]:
                title = self.source.layout.fixed[whole]
                raise self._fault(line, part, counts[part], f"at most {counts[whole]} ({title})")
        candidacies = tuple(self._candidacies(line, counts["registered"]))
        held = RoundResult(self.source.round, **counts, candidacies=candidacies)
        if not candidacies or abs(held.cast - held.valid) > SLACK:
            expected = f"the candidates' sum, {held.cast}, within {SLACK}"
            raise self._fault(line, "valid", held.valid, expected)
        return held

    def _candidacies(self, line: int, registered: int) -> Iterator[Candidacy]:
        for entry, column in self._candidates:
            votes = self._votes(line, column, registered)
            yield Candidacy(entry.name, entry.first_name, entry.sex, entry.name, votes, elected=False)
        if self.source.layout.stride:
            yield from self._blocks(line, registered)

    def _blocks(self, line: int, registered: int) -> Iterator[Candidacy]:
        width = len(self.sheet.lines[line])
        for start in range(self._start, width, self.source.layout.stride):
            column = {field: start + offset for field, offset in self._fields.items()}
            if not any(self._text(line, column[field]) for field in ("name", "nuance", "votes")):
                continue
            yield Candidacy(
                name=self._filled(line, column["name"]),
                first_name=self._text(line, column["first_name"]) if "first_name" in column else "",
                sex=self._choice(line, column["sex"], SEXES) if "sex" in column else "",
                nuance=self._filled(line, column["nuance"]),
                votes=self._votes(line, column["votes"], registered),
                elected=self._choice(line, column["elected"], ELECTED) if "elected" in column else False,
            )

    def _votes(self, line: int, column: int, registered: int) -> int:
        votes = self._count(line, column)
        if votes > registered:
            raise self.sheet.fault(line, column, votes, f"at most the {registered} registered")
        return votes

    def _count(self, line: int, column: int) -> int:
        found = self._cell(line, column)
        if isinstance(found, str) and found.strip().isascii() and found.strip().isdecimal():
            return int(found)
        if isinstance(found, int | float) and not isinstance(found, bool) and found >= 0 and found % 1 == 0:
            return int(found)
        raise self.sheet.fault(line, column, found, "a whole number, 0 or more")

    def _filled(self, line: int, column: int) -> str:
        text = self._text(line, column)
        if not text:
            raise self.sheet.fault(line, column, "", "a text")
        return text

    def _choice(self, line: int, column: int, known: dict[str, T]) -> T:
        text = self._text(line, column)
        for key in (text, text.lower()):
            if key in known:
                return known[key]
        raise self.sheet.fault(line, column, text, " or ".join(repr(key) for key in known))

    def _text(self, line: int, column: int) -> str:
        found = self._cell(line, column)
        if isinstance(found, float) and found % 1 == 0:
            return str(int(found))
        return " ".join(str(found).split())

    def _cell(self, line: int, column: int) -> Any:
        cells = self.sheet.lines[line]
        found = cells[column] if column < len(cells) else ""
        return "" if found is None else found

    def _fault(self, line: int, field: str, found: object, expected: str) -> InputError:
        return self.sheet.fault(line, self._fixed[field], found, expected)
