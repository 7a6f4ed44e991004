"""Preview: holds a sheet against the evidence and against its list, row by row; stores nothing."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, Final

from keten.errors import UsageError
from keten.evidence.names import compare_name
from keten.evidence.resolve.lookup import Candidate, Found, Row, look_up
from keten.lists.columns import Layout, find_layout
from keten.lists.fields import IDENTIFIERS
from keten.lists.held import (
    DIFFERENT,
    SAME,
    Held,
    is_undone,
    list_batches,
    read_held,
    read_mapping,
    read_rulings,
)
from keten.lists.keys import find_doubles, give_keys
from keten.lists.read import Book, Grid
from keten.lists.rows import read_rows
from keten.lists.values import write_text
from keten.lists.views import Preview, PreviewRow, SheetRow, is_stored
from keten.lists.vocabulary import ORGANISATIONS, VOCABULARIES, Vocabulary

if TYPE_CHECKING:
    import duckdb

    from keten.workspace import Reader, Store

Tell = Callable[[str, float], None]
NOBODY: Final = "none"  # the choice that a row is none of the candidates
_AT_ONCE: Final = 20_000
_SURE: Final = 0.9
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
    evidence: str = ""  # its fingerprint: rows that were held against it before stay as they are


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
    doubles = find_doubles(rows)
    # Rows that are not kept claim nothing of what the list holds.
    kept = [at for at, row in enumerate(rows) if at not in doubles and _names_somebody(row)]
    given = give_keys(asked.slug, [rows[at] for at in kept], held)
    keys = dict(zip(kept, given, strict=True))
    is_settled = _is_settled(store, asked, reader)
    made: list[PreviewRow | None] = [None] * len(rows)
    waiting: list[int] = []
    for at, row in enumerate(rows):
        key = keys.get(at, "")
        before = held.get(key)
        if at in doubles:
            made[at] = PreviewRow(row, key, "duplicate", like=rows[doubles[at]].line)
        elif not key:
            made[at] = PreviewRow(row, key, "wrong")
        elif before is not None and _stays(row, before, is_settled=is_settled):
            made[at] = _keep(row, key, before)
        else:
            waiting.append(at)
    found = _look_up(con, [rows[at] for at in waiting], asked.home, tell)
    for at, each in zip(waiting, found, strict=True):
        key, before = keys[at], held.get(keys[at])
        decided = decide(rows[at], key, each, rulings.get(key, {}))
        if is_settled and before is not None and _is_same(rows[at], before):
            decided = replace(decided, status="ambiguous", chosen="", way="", probability=None)
        made[at] = _compare(decided, before)
    done = tuple(row for row in made if row is not None)
    stored = {row.key for row in done if is_stored(row)}
    previewed = Preview(
        asked.slug, book.name, grid.name, tuple(each.name for each in book.grids), layout, done,
        tuple(passed), len(held.keys() - stored), evidence=asked.evidence,
    )  # fmt: skip
    return choose(previewed, asked.choices)


def choose(previewed: Preview, choices: Mapping[str, str]) -> Preview:
    """Give a preview with what a person chose for some rows, by key: a source key, or none."""
    rows = []
    for row in previewed.rows:
        choice = choices.get(row.key, "")
        if not choice or not is_stored(row):
            rows.append(row)
            continue
        status, chosen, chance = ("new", "", None) if choice == NOBODY else ("matched", choice, 1.0)
        is_as_held = row.change == "unchanged" and (chosen, status) == (row.held_key, row.status)
        rows.append(
            replace(
                row, status=status, chosen=chosen, way="person", probability=chance,
                change="unchanged" if is_as_held else "added" if row.earlier is None else "changed",
            )
        )  # fmt: skip
    return replace(previewed, rows=tuple(rows), chosen_by_person=dict(choices))


def _is_settled(store: Store | None, asked: Asked, reader: Reader) -> bool:
    """Say whether the list was held against this very evidence when it was read before."""
    if store is None or not asked.evidence:
        return False
    return any(
        batch.detail.get("evidence") == asked.evidence and not is_undone(store, batch, reader)
        for batch in list_batches(store, asked.slug, reader)
    )


def _stays(row: SheetRow, held: Held, *, is_settled: bool) -> bool:
    """Say whether a row need not be looked up: it says what it said, and it is known who it is."""
    is_known = bool(held.source_key) or (is_settled and held.value.get("status") == "new")
    return is_known and _is_same(row, held)


def _names_somebody(row: SheetRow) -> bool:
    return any(row.text(name) for name in ("name", *IDENTIFIERS))


def choose_sheet(
    book: Book, name: str, vocabulary: Vocabulary = VOCABULARIES[ORGANISATIONS]
) -> Grid:
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
        layout = find_layout(grid, vocabulary=vocabulary)
        named = layout.place_of(vocabulary.needed[0]) is not None
        return named, not grid.is_hidden, len(grid.lines) if layout.columns else 0

    return max(book.grids, key=weigh)


def lay_out(
    grid: Grid,
    store: Store | None,
    asked: Asked,
    reader: Reader = None,
    vocabulary: Vocabulary = VOCABULARIES[ORGANISATIONS],
) -> Layout:
    """Say what the columns hold: as proposed, as remembered of these headings, as asked for now."""
    proposed = find_layout(grid, vocabulary=vocabulary)
    remembered = read_mapping(store, asked.slug, proposed.signature, reader)
    if not remembered.keys() or set(remembered.values()) - vocabulary.names:
        remembered = {}  # of a list of something else
    layout = find_layout(grid, remembered, "remembered", vocabulary) if remembered else proposed
    if asked.mapping:
        before = {column.place: column for column in layout.columns}
        chosen = find_layout(grid, asked.mapping, vocabulary=vocabulary)
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
    asked = [row_of(row) for row in rows]
    found: list[Found] = []
    for start in range(0, len(asked), _AT_ONCE):
        tell("match", start / len(asked))
        found += look_up(con, asked[start : start + _AT_ONCE], home)
    tell("match", 1.0)
    return found


def row_of(row: SheetRow) -> Row:
    """Give a row as the evidence is asked about it."""
    return Row(**{name: row.text(name) for name in _ASKED})


def decide(row: SheetRow, key: str, found: Found, rulings: Mapping[str, str]) -> PreviewRow:
    """Give what became of a row, by what a person ruled before, else by what was found."""
    candidates = found.candidates
    same = next((each for each, verdict in sorted(rulings.items()) if verdict == SAME), "")
    if same:
        return PreviewRow(row, key, "matched", candidates, same, "person", 1.0)
    left = tuple(each for each in candidates if rulings.get(each.source_key) != DIFFERENT)
    if len(left) < len(candidates) and not left:
        return PreviewRow(row, key, "new", candidates, way="person")
    first = left[0] if left else None
    is_sure = found.status == "matched" and left == candidates
    if first is not None and (is_sure or _is_its_own(row, left)):
        return PreviewRow(row, key, "matched", left, first.source_key, first.way, first.probability)
    return PreviewRow(row, key, "new" if found.status == "new" else "ambiguous", left)


def _is_its_own(row: SheetRow, candidates: Sequence[Candidate]) -> bool:
    """Say whether the first candidate alone bears the very name, and outweighs the others together.

    A row is one organisation at most: the odds of its candidates share one whole with those of none.
    """
    name = compare_name(row.text("name"))
    bearing = [each for each in candidates if compare_name(each.name) == name]
    if not name or bearing != [candidates[0]]:
        return False
    odds = [each.probability / max(1 - each.probability, 1e-9) for each in candidates]
    return odds[0] / (1 + sum(odds)) >= _SURE


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
    chance, way = held.value.get("probability"), str(held.value.get("way", ""))
    status = "matched" if held.source_key else "new"
    return PreviewRow(
        row, key, status, (), held.source_key, way, chance, "unchanged", None, held.line.number,
        held.source_key,
    )  # fmt: skip


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
        held_key=before.source_key,
    )
