"""Opens spreadsheets apart from how the product reads them: rows counted, cells reached by line."""

from __future__ import annotations

import re
from functools import lru_cache
from pathlib import Path
from typing import Any

import openpyxl

_NAMED = re.compile(r"(?P<file>.+\.xlsx) \[(?P<sheet>.+)\]")
_HEADS = 4  # a heading names at least so many columns; titles and notes above it fewer


def is_sheet(name: str) -> bool:
    """Say whether a file of the pages is a sheet of a workbook."""
    return _NAMED.fullmatch(name) is not None


def count_rows(path: Path, name: str) -> int:
    """Count the rows below the heading that hold anything."""
    grid = read_grid(path, name)
    head = find_head(grid)
    return sum(any(cell not in (None, "") for cell in row) for row in grid[head + 1 :])


def find_head(grid: tuple[tuple[Any, ...], ...]) -> int:
    """Give the place of the heading."""
    return next(
        place
        for place, row in enumerate(grid)
        if sum(cell not in (None, "") for cell in row) >= _HEADS
    )


@lru_cache(maxsize=8)
def read_grid(path: Path, name: str) -> tuple[tuple[Any, ...], ...]:
    """Give all cells of a sheet, row by row; the first row of the file is the first here."""
    named = _NAMED.fullmatch(name)
    assert named is not None, name
    book = openpyxl.load_workbook(path, data_only=True)
    return tuple(book[named["sheet"]].values)
