"""Records: stores a previewed sheet as one batch, all of it or nothing, and takes it back as one."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from keten.errors import NotFoundError, UsageError
from keten.lists.columns import mapping_of
from keten.lists.held import (
    COLUMNS,
    DIFFERENT,
    IMPORT,
    LISTED,
    OWN_ROW,
    SAME,
    UNLISTED,
    find_mapping_line,
    is_undone,
    list_batches,
    list_key,
    read_held,
)
from keten.lists.members import find_members, write_members
from keten.lists.preview import NOBODY, row_value
from keten.lists.views import VISIBILITIES, Preview, PreviewRow, is_stored
from keten.workspace import Batch, Line, Reader, Store, read_terms

_VISIBLE: Final[dict[str, tuple[bool, str | None]]] = {
    "editors": (True, "editor"),
    "everybody": (False, None),
    "me": (True, None),
}


@dataclass(frozen=True, slots=True)
class Imported:
    """What an import wrote; `batch` None where the list said all of it already."""

    batch: Batch | None
    added: int = 0
    changed: int = 0
    removed: int = 0


def import_list(
    store: Store,
    preview: Preview,
    name: str,
    reason: str,
    author: str,
    made_at: datetime,
    *,
    visibility: str = "",
    is_whole: bool = False,
    reader: Reader = None,
) -> Imported:
    """Store the rows of a preview as one batch; rows that say what the list says already are not.

    `visibility` (editors, everybody, me) holds for a new list; a list keeps what it has. `is_whole`:
    rows that the sheet does not hold leave the list.
    Raises: WorkspaceError when a line cannot be stored, and then nothing is.
    """
    batches = list_batches(store, preview.slug, reader)
    kept = str(batches[-1].detail.get("visibility", "")) if batches else ""
    chosen, (is_private, shared_with) = visibility_of(kept or visibility)
    who = {"is_private": is_private, "shared_with": shared_with}
    seen_by = reader if reader is not None else author
    lines: list[Line] = []
    for row in preview.rows:
        if is_stored(row) and row.change != "unchanged":
            lines += _write_row(preview, row, who)
    lines += _write_choices(preview, who)
    removed = _write_removals(store, preview, seen_by, who) if is_whole else []
    members, _ = find_members(preview, read_terms(store, made_at.date()))
    lines += write_members(store, members, seen_by, is_private=is_private, shared_with=shared_with)
    lines += removed
    if not lines:
        return Imported(None)
    lines += _remember(store, preview, seen_by, who)
    changes = [row.change for row in preview.rows if is_stored(row)]
    detail = {
        "list": preview.slug, "name": name, "file": preview.file, "sheet": preview.sheet,
        "evidence": preview.evidence, "visibility": chosen, "headings": _kept_headings(preview),
        "added": changes.count("added"), "changed": changes.count("changed"),
        "unchanged": changes.count("unchanged"), "removed": len(removed),
    }  # fmt: skip
    batch = store.record_many(
        lines, reason, author, made_at, kind=IMPORT, title=name, detail=detail,
        is_private=is_private, shared_with=shared_with,
    )  # fmt: skip
    return Imported(batch, changes.count("added"), changes.count("changed"), len(removed))


def visibility_of(asked: str) -> tuple[str, tuple[bool, str | None]]:
    """Give who sees a list, editors where nothing is said, and how its lines are private.

    Raises: UsageError when it says nothing of who may see a list.
    """
    chosen = asked or "editors"
    if chosen not in VISIBILITIES:
        raise UsageError(
            f"'{chosen}' says nothing of who may see a list.", f"Choose: {', '.join(VISIBILITIES)}."
        )
    return chosen, _VISIBLE[chosen]


def undo_import(store: Store, number: int, reason: str, author: str, made_at: datetime) -> Batch:
    """Take back an import as one; to undo that batch brings it back."""
    return store.undo_batch(number, reason, author, made_at)


def last_import(store: Store, slug: str, reader: Reader = None) -> Batch:
    """Give the import of a list that came last and was not undone.

    Raises: NotFoundError when there is none.
    """
    standing = [
        batch for batch in list_batches(store, slug, reader) if not is_undone(store, batch, reader)
    ]
    if not standing:
        raise NotFoundError(
            f"No import of a list '{slug}' holds.", "See which lists there are with: keten lists"
        )
    return standing[-1]


def _write_row(preview: Preview, row: PreviewRow, who: dict[str, Any]) -> Iterator[Line]:
    value = {**row_value(row.row), "row": row.key, "at": row.row.line, "status": row.status}
    home = list_key(preview.slug)
    has_moved = row.earlier is not None and row.moved_from != ""
    became = row.was_nobody and row.status == "matched"
    if has_moved:
        yield Line(UNLISTED, row.moved_from, home, {"row": row.key}, supersedes=row.earlier, **who)
    elif became:
        yield Line(UNLISTED, row.key, home, {"row": row.key}, supersedes=row.earlier, **who)
    earlier = None if has_moved or became else row.earlier
    if row.status == "matched":
        value |= {"probability": row.probability, "way": row.way}
        yield Line(LISTED, row.chosen, home, value, supersedes=earlier, **who)
    else:
        if row.status == "ambiguous":
            value["candidates"] = [
                {"source_key": each.source_key, "probability": round(each.probability, 4)}
                for each in row.candidates
            ]
        yield Line(OWN_ROW, row.key, home, value, supersedes=earlier, **who)


def _write_choices(preview: Preview, who: dict[str, Any]) -> Iterator[Line]:
    """Give what a person chose as rulings between the row and the records."""
    for row in preview.rows:
        choice = preview.chosen_by_person.get(row.key, "")
        if not choice or not is_stored(row):
            continue
        if choice == NOBODY:
            for key in sorted({each.source_key for each in row.candidates} | {row.held_key} - {""}):
                yield Line(DIFFERENT, row.key, key, **who)
        else:
            yield Line(SAME, row.key, choice, **who)


def _write_removals(
    store: Store, preview: Preview, reader: Reader, who: dict[str, Any]
) -> list[Line]:
    there = {row.key for row in preview.rows}
    return [
        Line(UNLISTED, held.line.subject, held.line.object, {"row": key},
             supersedes=held.line.number, **who)
        for key, held in sorted(read_held(store, preview.slug, reader).items())
        if key not in there
    ]  # fmt: skip


def _remember(
    store: Store, preview: Preview, reader: Reader, who: dict[str, Any]
) -> Iterator[Line]:
    mapping = mapping_of(preview.layout)
    earlier = find_mapping_line(store, preview.slug, preview.layout.signature, reader)
    if earlier is None or earlier.value != mapping:
        yield Line(
            COLUMNS, list_key(preview.slug), f"columns:{preview.layout.signature}", mapping,
            supersedes=earlier.number if earlier else None, **who,
        )  # fmt: skip


def _kept_headings(preview: Preview) -> list[str]:
    kept = {heading for row in preview.rows for heading in row.row.cells}
    return [column.heading for column in preview.layout.columns if column.heading in kept]
