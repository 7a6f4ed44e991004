"""Answers: the lists that people keep, and one list with the organisations of today behind its rows."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from typing import TYPE_CHECKING

from keten.errors import NotFoundError
from keten.lists.held import LISTED, OWN_ROW, Held, is_undone, list_batches, read_held
from keten.lists.indicators import INDICATOR
from keten.lists.usable import find_usable
from keten.lists.views import NOTHING, ImportView, ListedRow, ListHead, ListView, Usable
from keten.lists.vocabulary import INDICATORS, ORGANISATIONS
from keten.model import INITIATIVE, Judgement
from keten.workspace import Batch, Store

if TYPE_CHECKING:
    import duckdb

    from keten.workspace import Reader


def show_lists(store: Store | None, reader: Reader = None) -> tuple[ListHead, ...]:
    """Give every list of which an import holds, by name."""
    if store is None:
        return ()
    by_list: dict[str, list[Batch]] = defaultdict(list)
    for batch in list_batches(store, reader=reader):
        by_list[str(batch.detail["list"])].append(batch)
    sizes: dict[str, int] = defaultdict(int)
    for kind in (LISTED, OWN_ROW, INITIATIVE, INDICATOR):
        for line in store.judgements(kind, only_in_force=True, reader=reader):
            sizes[_home_of(line)] += 1
    heads = [
        head
        for slug, batches in by_list.items()
        if (head := _head(store, slug, batches, sizes[slug], reader)) is not None
    ]
    return tuple(sorted(heads, key=lambda head: (head.name.casefold(), head.slug)))


def show_list(
    con: duckdb.DuckDBPyConnection, store: Store | None, slug: str, reader: Reader = None
) -> ListView:
    """Give a list with its rows, in the order of the sheet, and its imports.

    Raises: NotFoundError when there never was such a list.
    """
    batches = list_batches(store, slug, reader)
    if store is None or not batches:
        raise NotFoundError(
            f"There is no list '{slug[:80]}'.", "See which lists there are with: keten lists"
        )
    held = read_held(store, slug, reader)
    known = find_usable(con, (row.source_key for row in held.values()))
    rows = sorted(
        (_row(row, known.get(row.source_key)) for row in held.values()),
        key=lambda row: (row.at, row.key),
    )
    head = _head(store, slug, batches, len(rows), reader) or _make_head(slug, batches[-1], 0, 0)
    things = _read_things(store, head, reader)
    imports = tuple(
        ImportView(
            batch.number, str(batch.detail.get("file", "")), batch.lines, batch.author,
            batch.made_at, batch.undone_by if is_undone(store, batch, reader) else None,
        )
        for batch in reversed(batches)
    )  # fmt: skip
    if head.kind != ORGANISATIONS:
        head = replace(head, rows=len(things))
    return ListView(head, _headings(batches), tuple(rows), imports, things)


def _home_of(line: Judgement) -> str:
    """Give the list that a line is of, or nothing."""
    if line.kind == INDICATOR:
        return line.object.removeprefix(f"{INDICATOR}:").partition("/")[0]
    return line.object.removeprefix("list:") if line.object.startswith("list:") else ""


def _read_things(store: Store, head: ListHead, reader: Reader) -> tuple[Judgement, ...]:
    """Give the lines of a list of initiatives or figures, in the order of the sheet."""
    if head.kind == ORGANISATIONS:
        return ()
    kind = INDICATOR if head.kind == INDICATORS else INITIATIVE
    found = store.judgements(kind, only_in_force=True, reader=reader)

    def order(line: Judgement) -> tuple[int, int]:
        at = line.value.get("at") if isinstance(line.value, dict) else 0
        return (at if isinstance(at, int) else 0), line.number

    return tuple(sorted((line for line in found if _home_of(line) == head.slug), key=order))


def _row(held: Held, known: tuple[str, str, Usable] | None) -> ListedRow:
    value = held.value
    organisation_id, name, usable = known or ("", "", NOTHING)
    return ListedRow(
        key=held.key,
        number=held.line.number,
        name=str(value.get("name", "")) or name,
        status=str(value.get("status", "matched" if held.source_key else "new")),
        source_key=held.source_key,
        organisation_id=organisation_id,
        organisation_name=name,
        probability=value.get("probability"),
        way=str(value.get("way", "")),
        at=int(value.get("at", 0)),
        value=value,
        usable=usable,
    )


def _head(
    store: Store, slug: str, batches: list[Batch], rows: int, reader: Reader
) -> ListHead | None:
    standing = [batch for batch in batches if not is_undone(store, batch, reader)]
    return _make_head(slug, standing[-1], rows, len(standing)) if standing else None


def _make_head(slug: str, batch: Batch, rows: int, imports: int) -> ListHead:
    detail = batch.detail
    return ListHead(
        slug, str(detail.get("name", slug)), rows, str(detail.get("visibility", "")), imports,
        batch.number, str(detail.get("file", "")), batch.made_at, batch.author,
        str(detail.get("kind", ORGANISATIONS)),
    )  # fmt: skip


def _headings(batches: list[Batch]) -> tuple[str, ...]:
    """Give every heading, in the order of the sheet that was read last."""
    found: dict[str, None] = {}
    for batch in reversed(batches):
        found.update(dict.fromkeys(map(str, batch.detail.get("headings", ()))))
    return tuple(found)
