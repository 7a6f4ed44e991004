"""What a list holds now: its lines in the workspace by row, and the mappings that were remembered."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from anyascii import anyascii

from keten.errors import UsageError
from keten.model import OWN, Judgement
from keten.workspace import Batch, Reader, Store

LISTED: Final = "listed"  # a row that is a source record: subject is that record
OWN_ROW: Final = "own-organisation"  # a row that is none: subject is its own key
UNLISTED: Final = "unlisted"  # takes the place of either: the row is something else by now, or gone
COLUMNS: Final = "list-columns"  # what the headings of a sheet were taken for
IMPORT: Final = "list-import"  # the kind of the batches
SAME, DIFFERENT = "same", "different"
_LONGEST_NAME: Final = 120


@dataclass(frozen=True, slots=True)
class Held:
    """A row that a list holds: its line of the workspace and the record that it was taken for."""

    key: str
    line: Judgement
    source_key: str  # empty where it is nobody of the evidence

    @property
    def value(self) -> Mapping[str, Any]:
        """What was recorded of the row."""
        return self.line.value if isinstance(self.line.value, dict) else {}


def slug_of(name: str) -> str:
    """Give the name of a list as addresses write it.

    Raises: UsageError when nothing is left of it.
    """
    plain = re.sub(r"[^a-z0-9]+", "-", anyascii(name[:_LONGEST_NAME]).lower()).strip("-")[:60]
    if not plain.strip("-"):
        raise UsageError(f"'{name[:60]}' cannot be the name of a list.", "Use letters or digits.")
    return plain.strip("-")


def list_key(slug: str) -> str:
    """Give what lines of the workspace call a list."""
    return f"list:{slug}"


def read_held(store: Store | None, slug: str, reader: Reader = None) -> dict[str, Held]:
    """Give the rows that a list holds, by their own keys."""
    if store is None:
        return {}
    found: dict[str, Held] = {}
    for line in store.judgements_on([list_key(slug)], reader=reader):
        if line.object != list_key(slug) or line.kind not in {LISTED, OWN_ROW}:
            continue
        value = line.value if isinstance(line.value, dict) else {}
        key = line.subject if line.kind == OWN_ROW else str(value.get("row", ""))
        if key.startswith(f"{OWN}:"):
            found[key] = Held(key, line, line.subject if line.kind == LISTED else "")
    return found


def read_rulings(store: Store | None, reader: Reader = None) -> dict[str, dict[str, str]]:
    """Give what people chose for rows: own key to source key to same or different."""
    found: dict[str, dict[str, str]] = {}
    if store is None:
        return found
    for verdict in (SAME, DIFFERENT):
        for line in store.judgements(verdict, only_in_force=True, reader=reader):
            for own, other in ((line.subject, line.object), (line.object, line.subject)):
                if own.startswith(f"{OWN}:"):
                    found.setdefault(own, {})[other] = verdict
    return found


def read_mapping(
    store: Store | None, slug: str, signature: str, reader: Reader = None
) -> Mapping[str, str]:
    """Give what these headings were taken for before: in this list, else in the one read last."""
    if store is None:
        return {}
    lines = [
        line
        for line in store.judgements(COLUMNS, only_in_force=True, reader=reader)
        if line.object == f"columns:{signature}" and isinstance(line.value, dict)
    ]
    lines.sort(key=lambda line: (line.subject == list_key(slug), line.number))
    return dict(lines[-1].value) if lines else {}


def find_mapping_line(
    store: Store, slug: str, signature: str, reader: Reader = None
) -> Judgement | None:
    """Give the line that remembers the mapping of these headings in a list, or None."""
    lines: Sequence[Judgement] = store.judgements_on([list_key(slug)], reader=reader)
    asked = f"columns:{signature}"
    found = [line for line in lines if line.kind == COLUMNS and line.object == asked]
    return found[-1] if found else None


def list_batches(store: Store | None, slug: str = "", reader: Reader = None) -> list[Batch]:
    """Give the imports of a list, or of all, oldest first."""
    found = store.batches(IMPORT, reader=reader) if store else []
    return [
        batch
        for batch in found
        if isinstance(batch.detail, dict) and slug in {"", batch.detail.get("list")}
    ]


def is_undone(store: Store, batch: Batch, reader: Reader = None) -> bool:
    """Say whether an import was undone, and that undoing holds."""
    undone, is_gone = batch.undone_by, False
    while undone is not None:
        is_gone = not is_gone
        undone = store.batch(undone, reader=reader).undone_by
    return is_gone


def find_mark(store: Store | None, slug: str, reader: Reader = None) -> int:
    """Give a number that grows whenever something was read into a list, or taken back from it."""
    found = list_batches(store, slug, reader)
    return max((max(batch.number, batch.undone_by or 0) for batch in found), default=0)
