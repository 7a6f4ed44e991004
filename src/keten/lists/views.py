"""Views: what a sheet turns out to hold, what became of its rows, and the lists that people keep."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final

from keten.evidence.resolve.lookup import Candidate
from keten.lists.columns import Layout
from keten.model import Judgement, Text

STATUSES: Final = ("matched", "ambiguous", "new", "wrong", "duplicate")
CHANGES: Final = ("added", "changed", "unchanged")
VISIBILITIES: Final = ("editors", "everybody", "me")


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong with a cell (or with a row, then without heading), and where it stands."""

    address: str
    heading: str
    text: str
    what: Text


@dataclass(frozen=True, slots=True)
class SheetRow:
    """A row of a sheet: its place, what its cells mean, the cells that are kept as they stand."""

    line: int  # counted from 1, as a spreadsheet shows it
    fields: Mapping[str, str | int | float]
    cells: Mapping[str, Any]
    problems: tuple[Problem, ...] = ()
    given_key: str = ""  # where the sheet was given back before

    def text(self, name: str) -> str:
        """Give a field as words, empty where the row does not say it."""
        return str(self.fields.get(name, ""))


@dataclass(frozen=True, slots=True)
class PassedRow:
    """A row that is none of the list: a total, a heading printed again."""

    line: int
    why: str  # total | heading | section
    text: str


@dataclass(frozen=True, slots=True)
class PreviewRow:
    """What would become of a row; `chosen` is the source record that it is taken for."""

    row: SheetRow
    key: str  # empty where it is not kept
    status: str
    candidates: tuple[Candidate, ...] = ()
    chosen: str = ""
    way: str = ""  # identifier | match | person | kept
    probability: float | None = None
    change: str = "added"
    like: int | None = None  # the row that it says the same as
    earlier: int | None = None  # the line of the workspace that holds now
    held_key: str = ""  # the record that the list takes it for until now

    @property
    def moved_from(self) -> str:
        """The record that the list took it for until now, where it is another from now on."""
        return self.held_key if self.held_key != self.chosen else ""

    @property
    def was_nobody(self) -> bool:
        """Say whether the list holds it, as nobody of the evidence."""
        return self.earlier is not None and not self.held_key


@dataclass(frozen=True, slots=True)
class Preview:
    """A sheet held against the evidence and against what the list holds; nothing is stored."""

    slug: str
    file: str
    sheet: str
    sheets: tuple[str, ...]
    layout: Layout
    rows: tuple[PreviewRow, ...]
    passed: tuple[PassedRow, ...] = ()
    missing: int = 0  # rows of the list that this sheet does not hold
    chosen_by_person: Mapping[str, str] = field(default_factory=dict)
    evidence: str = ""  # the fingerprint of what it was held against

    def count(self, status: str) -> int:
        """Give how many rows have a status."""
        return sum(row.status == status for row in self.rows)

    def count_changes(self, change: str) -> int:
        """Give how many rows would be added, changed or left as they are."""
        return sum(row.change == change and is_stored(row) for row in self.rows)

    @property
    def problems(self) -> tuple[Problem, ...]:
        """Every cell that something is wrong with, in the order of the sheet."""
        return tuple(problem for row in self.rows for problem in row.row.problems)


def is_stored(row: PreviewRow) -> bool:
    """Say whether a row would be part of the list."""
    return row.status in {"matched", "ambiguous", "new"}


@dataclass(frozen=True, slots=True)
class Usable:
    """What an organisation can be used for: shown on the map, in networks, in specialisation."""

    on_map: bool = False
    in_network: bool = False
    in_specialisation: bool = False


NOTHING: Final = Usable()


@dataclass(frozen=True, slots=True)
class ListedRow:
    """A row of a list as it holds now, and the organisation of today that it is."""

    key: str
    number: int  # the line of the workspace
    name: str
    status: str  # matched | ambiguous | new
    source_key: str
    organisation_id: str
    organisation_name: str
    probability: float | None
    way: str
    at: int
    value: Mapping[str, Any]
    usable: Usable = NOTHING


@dataclass(frozen=True, slots=True)
class ListHead:
    """A list: its name, its size, and the import that came last."""

    slug: str
    name: str
    rows: int
    visibility: str
    imports: int
    last_import: int  # the batch
    last_file: str
    last_at: datetime
    author: str
    kind: str = "organisations"


@dataclass(frozen=True, slots=True)
class ImportView:
    """One import of a list, and whether it was undone."""

    number: int
    file: str
    lines: int
    author: str
    made_at: datetime
    undone_by: int | None


@dataclass(frozen=True, slots=True)
class ListView:
    """A list with its rows and its imports."""

    head: ListHead
    headings: tuple[str, ...]
    rows: tuple[ListedRow, ...]
    imports: tuple[ImportView, ...]
    things: tuple[Judgement, ...] = ()  # lines of a list of initiatives or figures, as in the sheet
