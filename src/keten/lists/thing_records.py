"""Records of things: stores previewed initiatives or figures as one batch, all of it or nothing."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from keten.lists.columns import mapping_of
from keten.lists.held import COLUMNS, IMPORT, UNLISTED, find_mapping_line, list_batches, list_key
from keten.lists.records import Imported, visibility_of
from keten.lists.things import ThingPreview
from keten.lists.vocabulary import INDICATORS
from keten.model import INITIATIVE
from keten.workspace import Line, Reader, Store

KINDS = {INDICATORS: "indicator"}  # what a line of each kind of list is; initiatives are the others


def import_things(
    store: Store,
    preview: ThingPreview,
    name: str,
    reason: str,
    author: str,
    made_at: datetime,
    *,
    visibility: str = "",
    is_whole: bool = False,
    reader: Reader = None,
) -> Imported:
    """Store the rows of a preview that are new or changed; `is_whole`: what it does not hold leaves.

    `visibility` (editors, everybody, me) holds for a new list; a list keeps what it has.
    Raises: WorkspaceError when a line cannot be stored, and then nothing is.
    """
    batches = list_batches(store, preview.slug, reader)
    kept = str(batches[-1].detail.get("visibility", "")) if batches else ""
    chosen, (is_private, shared_with) = visibility_of(kept or visibility)
    who: dict[str, Any] = {"is_private": is_private, "shared_with": shared_with}
    kind = KINDS.get(preview.kind, INITIATIVE)
    lines = [
        Line(kind, row.subject, row.object, dict(row.value), supersedes=row.earlier, **who)
        for row in preview.rows
        if row.status in {"added", "changed"}
    ]
    removed = [
        Line(UNLISTED, line.subject, line.object, {"row": line.subject}, supersedes=line.number, **who)
        for line in (preview.missing if is_whole else ())
    ]  # fmt: skip
    if not lines and not removed:
        return Imported(None)
    seen_by = reader if reader is not None else author
    lines += [*removed, *_remember(store, preview, seen_by, who)]
    added, changed = preview.count("added"), preview.count("changed")
    detail = {
        "list": preview.slug, "kind": preview.kind, "name": name, "file": preview.file,
        "sheet": preview.sheet, "visibility": chosen, "added": added, "changed": changed,
        "unchanged": preview.count("unchanged"), "removed": len(removed),
    }  # fmt: skip
    batch = store.record_many(
        lines, reason, author, made_at, kind=IMPORT, title=name, detail=detail,
        is_private=is_private, shared_with=shared_with,
    )  # fmt: skip
    return Imported(batch, added, changed, len(removed))


def _remember(
    store: Store, preview: ThingPreview, reader: Reader, who: dict[str, Any]
) -> Sequence[Line]:
    mapping = mapping_of(preview.layout)
    earlier = find_mapping_line(store, preview.slug, preview.layout.signature, reader)
    if earlier is not None and earlier.value == mapping:
        return ()
    line = Line(
        COLUMNS, list_key(preview.slug), f"columns:{preview.layout.signature}", mapping,
        supersedes=earlier.number if earlier else None, **who,
    )  # fmt: skip
    return (line,)
