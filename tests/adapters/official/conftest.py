"""Folders of official files, made for a test."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from tests.adapters.official.invented_files import Rows, sheet_rows, source, write_every_file, write_workbook

from tractage.adapters.official.sources import Source
from tractage.domain.elections.seats import all_seats


@pytest.fixture
def workbook(tmp_path: Path) -> Callable[..., Source]:
    """Write a workbook of three seats in `tmp_path` and return its layout; `edit` changes its rows first."""

    def write(
        election: str = "legislatives-2024", number: int = 1, edit: Callable[[Rows], None] = list
    ) -> Source:
        one = replace(source(election, number), seats=3)
        rows = sheet_rows(one, all_seats()[:3])
        edit(rows)
        write_workbook(tmp_path / one.file, one.sheet, rows)
        return one

    return write


@pytest.fixture(scope="session")
def invented(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with every official file, full of invented candidates."""
    folder = tmp_path_factory.mktemp("invented")
    write_every_file(folder)
    return folder
