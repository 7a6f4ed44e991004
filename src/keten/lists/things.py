"""Things: what becomes of the rows of a list that is not one of organisations; nothing is stored."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from keten.errors import UsageError
from keten.lists.columns import Layout, find_layout, fold
from keten.lists.preview import Asked, choose_sheet, lay_out
from keten.lists.read import Book, Grid, Line, Value, address
from keten.lists.rows import ERROR_CELL, is_error, read_lines, told_cells
from keten.lists.values import is_empty, write_text
from keten.lists.views import PassedRow, Problem
from keten.lists.vocabulary import INDICATORS, INITIATIVES, ORGANISATIONS, VOCABULARIES
from keten.model import Judgement, Text
from keten.workspace import Reader, Store

THING_STATUSES: Final = ("added", "changed", "unchanged", "joined", "wrong")


@dataclass(frozen=True, slots=True)
class Difference:
    """What a row changes: under which heading, what stood there, and what it says."""

    heading: Text
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class ThingRow:
    """A row and what becomes of it; `joined`: it adds to an earlier row, or says the same."""

    line: int
    name: str
    status: str
    subject: str = ""
    object: str = ""
    value: Mapping[str, Any] = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()
    notes: tuple[Text, ...] = ()
    differences: tuple[Difference, ...] = ()
    like: int | None = None
    earlier: int | None = None

    @property
    def key(self) -> str:
        """What a given-back sheet calls the row."""
        return self.subject if self.status != "wrong" else ""


@dataclass(frozen=True, slots=True)
class ThingPreview:
    """What becomes of a sheet of initiatives or figures; `missing` lines of the list it does not hold."""

    kind: str
    slug: str
    file: str
    sheet: str
    sheets: tuple[str, ...]
    layout: Layout
    rows: tuple[ThingRow, ...]
    passed: tuple[PassedRow, ...]
    missing: tuple[Judgement, ...] = ()

    def count(self, status: str) -> int:
        """Give how many rows have this status."""
        return sum(row.status == status for row in self.rows)

    @property
    def problems(self) -> tuple[Problem, ...]:
        """Every cell that something is wrong with, in the order of the sheet."""
        return tuple(problem for row in self.rows for problem in row.problems)


@dataclass(frozen=True, slots=True)
class CellRow:
    """A row as the sheet has it: cells by field with their places, and those kept as they stand."""

    line: int
    cells: Mapping[str, tuple[Value, str, str]]  # value, address, heading
    places: Mapping[str, tuple[str, str]]  # where a field stands, also where its cell is empty
    kept: Mapping[str, Value]
    given_key: str
    problems: tuple[Problem, ...]

    def value(self, name: str) -> Value:
        """Give a cell, None where it says nothing."""
        return self.cells[name][0] if name in self.cells else None

    def text(self, name: str) -> str:
        """Give a cell as words."""
        return " ".join(write_text(self.value(name)).split())

    def wrong(self, name: str, en: str, nl: str) -> Problem:
        """Give what is wrong with a cell."""
        empty = (None, *self.places.get(name, (str(self.line), "")))
        value, where, heading = self.cells.get(name, empty)
        return Problem(where, heading, write_text(value)[:200], Text(en, nl))


def recognise(grid: Grid) -> str:
    """Say what a sheet is a list of: organisations, unless its headings say initiatives or figures."""
    found = {
        name: {
            column.field: fold(column.heading)
            for column in find_layout(grid, vocabulary=each).columns
            if column.how == "heading"
        }
        for name, each in VOCABULARIES.items()
    }
    figures, things, parties = (found[name] for name in (INDICATORS, INITIATIVES, ORGANISATIONS))
    is_of_parties = any(
        name in parties for name in ("kvk_number", "city", "postcode", "pic", "name")
    )
    place = "region" in figures or "chain" in figures
    if "indicator" in figures and place and not is_of_parties:
        return INDICATORS
    told = VOCABULARIES[INITIATIVES].telling & things.keys()
    is_named = "initiati" in things.get("name", "")
    is_of_parties = any(name in parties for name in ("kvk_number", "city", "postcode", "pic"))
    if (is_named and len(told) >= 1 and not is_of_parties) or (
        len(told) >= 3 and "element" in told
    ):
        return INITIATIVES
    return ORGANISATIONS


def read_cells(
    book: Book, asked: Asked, kind: str, store: Store | None, reader: Reader
) -> tuple[Grid, Layout, list[CellRow], list[PassedRow]]:
    """Give the rows of a sheet by the fields of its kind of list.

    Raises: UsageError when there is no such sheet, a column that is needed is missing, or it is empty.
    """
    vocabulary = VOCABULARIES[kind]
    grid = choose_sheet(book, asked.sheet, vocabulary)
    layout = lay_out(grid, store, asked, reader, vocabulary)
    fields = {column.field for column in layout.columns}
    for name in vocabulary.needed:
        if name not in fields:
            label = vocabulary.label_of(name)
            raise UsageError(
                f"No column is taken for: {label.en}.",
                f"Say which one is: with --column 'HEADING={name}', or below the sheet on its page.",
            )
    lines, passed = read_lines(grid, layout)
    if not lines:
        raise UsageError("The sheet holds no rows below its heading.", "Choose another sheet.")
    return grid, layout, [_read(line, at, layout, vocabulary.names) for at, line in lines], passed


def _read(line: Line, at: int, layout: Layout, known: frozenset[str]) -> CellRow:
    cells: dict[str, tuple[Value, str, str]] = {}
    kept: dict[str, Value] = {}
    problems: list[Problem] = []
    for column, cell in told_cells(line, layout):
        where = address(at, column.place)
        if is_error(cell):
            problems.append(Problem(where, column.heading, write_text(cell), ERROR_CELL))
        elif column.field == "extra":
            kept[column.heading] = cell
        elif column.field in known and column.field != "skip" and not is_empty(cell):
            cells[column.field] = (cell, where, column.heading)
    key = line[layout.key_at] if layout.key_at is not None and layout.key_at < len(line) else None
    places = {
        column.field: (address(at, column.place), column.heading) for column in layout.columns
    }
    return CellRow(at + 1, cells, places, kept, write_text(key), tuple(problems))


def is_there(layout: Layout, name: str) -> bool:
    """Say whether the sheet has a column for a field: one that is empty takes away, one absent does not."""
    return layout.place_of(name) is not None


def list_names(rows: Sequence[CellRow], name: str) -> list[str]:
    """Give what a column says, each once, in order."""
    return list(dict.fromkeys(text for row in rows if (text := row.text(name))))
