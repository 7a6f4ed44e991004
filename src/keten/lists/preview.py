"""Preview: holds a sheet against the evidence and against its list, row by row; stores nothing."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, Final

from keten.errors import UsageError
from keten.evidence.resolve.lookup import Found, Row, look_up
from keten.lists.columns import Layout, find_layout
from keten.lists.fields import IDENTIFIERS
from keten.lists.held import DIFFERENT, SAME, Held, read_held, read_mapping, read_rulings
from keten.lists.keys import find_doubles, give_keys
from keten.lists.read import Book, Grid
from keten.lists.rows import read_rows
from keten.lists.values import write_text
from keten.lists.views import Preview, PreviewRow, SheetRow, is_stored

if TYPE_CHECKING:
    import duckdb

    from keten.workspace import Reader, Store

Tell = Callable[[str, float], None]
NOBODY: Final = "none"  # the choice that a row is none of the candidates
_AT_ONCE: Final = 20_000
_ASKED: Final = (
    "name", "short_name", "country", "street", "postcode", "city", "website", *IDENTIFIERS,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Asked:
    """What somebody asks of a sheet: which list it is, which of its sheets, columns and choices."""

    slug: str
    sheet: str = ""
    mapping: Mapping[str, str] = field(default_factory=dict)
    choices: Mapping[str, str] = field(default_factory=dict)  # own key to source key, or none
    home: str = "NL"


def preview(
    con: duckdb.DuckDBPyConnection,
    store: Store | None,
    book: Book,
    asked: Asked,
    *,
    reader: Reader = None,
    tell: Tell = lambda _what, _share: None,
) -> Preview:
    """Say of each row what would become of it.

    Raises: UsageError when there is no such sheet, or no column names organisations.
    """
    grid = choose_sheet(book, asked.sheet)
    layout = lay_out(grid, store, asked, reader)
    rows, passed = read_rows(grid, layout)
    _check(layout, rows)
    tell("rows", 1.0)
    held = read_held(store, asked.slug, reader)
    rulings = read_rulings(store, reader)
    keys = give_keys(asked.slug, rows, held)
    doubles = find_doubles(rows)
    made: list[PreviewRow | None] = [None] * len(rows)
    waiting: list[int] = []
    for at, (row, key) in enumerate(zip(rows, keys, strict=True)):
        before = held.get(key)
        if at in doubles:
            made[at] = PreviewRow(row, key, "duplicate", like=rows[doubles[at]].line)
        elif not row.text("name") and not any(row.text(name) for name in IDENTIFIERS):
            made[at] = PreviewRow(row, key, "wrong")
        elif (
            before is not None
            and before.source_key
            and key not in asked.choices
            and _is_same(row, before)
        ):
            made[at] = _keep(row, key, before)
        else:
            waiting.append(at)
    found = _look_up(con, [rows[at] for at in waiting], asked.home, tell)
    for at, each in zip(waiting, found, strict=True):
        key = keys[at]
        decided = decide(rows[at], key, each, rulings.get(key, {}), asked.choices.get(key, ""))
        made[at] = _compare(decided, held.get(key))
    done = tuple(row for row in made if row is not None)
    stored = {row.key for row in done if is_stored(row)}
    return Preview(
        asked.slug, book.name, grid.name, tuple(each.name for each in book.grids), layout, done,
        tuple(passed), len(held.keys() - stored), chosen_by_person=dict(asked.choices),
    )  # fmt: skip


def choose_sheet(book: Book, name: str) -> Grid:
    """Give the sheet asked for; without a name the one that holds most rows of a list.

    Raises: UsageError when there is no such sheet.
    """
    if name:
        for grid in book.grids:
            if grid.name == name:
                return grid
        there = ", ".join(grid.name for grid in book.grids)
        raise UsageError(f"{book.name} has no sheet '{name[:80]}'.", f"Its sheets are: {there}.")

    def weigh(grid: Grid) -> tuple[bool, bool, int]:
        layout = find_layout(grid)
        named = layout.place_of("name") is not None
        return named, not grid.is_hidden, len(grid.lines) if layout.columns else 0

    return max(book.grids, key=weigh)


def lay_out(grid: Grid, store: Store | None, asked: Asked, reader: Reader = None) -> Layout:
    """Say what the columns hold: as proposed, as remembered of these headings, as asked for now."""
    proposed = find_layout(grid)
    remembered = read_mapping(store, asked.slug, proposed.signature, reader)
    layout = find_layout(grid, remembered, "remembered") if remembered else proposed
    if asked.mapping:
        before = {column.place: column for column in layout.columns}
        chosen = find_layout(grid, asked.mapping)
        columns = tuple(
            column if column.how == "chosen" and column.field != before[column.place].field
            else before[column.place]
            for column in chosen.columns
        )  # fmt: skip
        layout = replace(chosen, columns=columns)
    return layout


def _check(layout: Layout, rows: Sequence[SheetRow]) -> None:
    fields = [column.field for column in layout.columns]
    if not any(name in fields for name in ("name", *IDENTIFIERS)):
        raise UsageError(
            "No column is taken for the name of an organisation.",
            "Say which one is: with --column 'HEADING=name', or below the sheet on its page.",
        )
    if not rows:
        raise UsageError("The sheet holds no rows below its heading.", "Choose another sheet.")


def _look_up(
    con: duckdb.DuckDBPyConnection, rows: Sequence[SheetRow], home: str, tell: Tell
) -> list[Found]:
    asked = [Row(**{name: row.text(name) for name in _ASKED}) for row in rows]
    found: list[Found] = []
    for start in range(0, len(asked), _AT_ONCE):
        tell("match", start / len(asked))
        found += look_up(con, asked[start : start + _AT_ONCE], home)
    tell("match", 1.0)
    return found


def decide(
    row: SheetRow, key: str, found: Found, rulings: Mapping[str, str], choice: str = ""
) -> PreviewRow:
    """Give what became of a row, by what a person chose now or before, else by what was found."""
    candidates = found.candidates
    if choice == NOBODY:
        return PreviewRow(row, key, "new", candidates, way="person")
    same = choice or next(
        (each for each, verdict in sorted(rulings.items()) if verdict == SAME), ""
    )
    if same:
        return PreviewRow(row, key, "matched", candidates, same, "person", 1.0)
    left = tuple(each for each in candidates if rulings.get(each.source_key) != DIFFERENT)
    if len(left) < len(candidates) and not left:
        return PreviewRow(row, key, "new", candidates, way="person")
    if found.status == "matched" and left and left[0] == candidates[0]:
        first = left[0]
        return PreviewRow(row, key, "matched", left, first.source_key, first.way, first.probability)
    return PreviewRow(row, key, "new" if found.status == "new" else "ambiguous", left)


def row_value(row: SheetRow) -> dict[str, Any]:
    """Give what a row says as a line of the workspace keeps it."""
    return {**row.fields, "cells": dict(row.cells)}


_ASIDE: Final = frozenset({"row", "at", "probability", "way", "status", "candidates"})


def _said(held: Held) -> dict[str, Any]:
    return {name: value for name, value in held.value.items() if name not in _ASIDE}


def _is_same(row: SheetRow, held: Held) -> bool:
    """Compare as a person would: the number 7 of a workbook is the 7 of delimited text."""
    return _as_read(row_value(row)) == _as_read(_said(held))


def _as_read(said: Mapping[str, Any]) -> dict[str, object]:
    cells = said.get("cells", {})
    return {
        **{name: write_text(value) for name, value in said.items() if name != "cells"},
        "cells": {heading: write_text(cell) for heading, cell in cells.items()},
    }


def _keep(row: SheetRow, key: str, held: Held) -> PreviewRow:
    chance = held.value.get("probability")
    way = str(held.value.get("way", ""))
    return PreviewRow(
        row, key, "matched", (), held.source_key, way, chance, "unchanged", None, held.line.number
    )


def _compare(made: PreviewRow, before: Held | None) -> PreviewRow:
    if before is None:
        return made
    is_same = (
        _is_same(made.row, before)
        and made.chosen == before.source_key
        and (made.status == str(before.value.get("status", "matched")))
    )
    return replace(
        made,
        change="unchanged" if is_same else "changed",
        earlier=before.line.number,
        moved_from=before.source_key if before.source_key != made.chosen else "",
        was_nobody=not before.source_key,
    )
