"""Verification: since when each entry that people keep is known to be right, and which may be behind."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Final

from keten.atlas.corrections import CORRECTION
from keten.atlas.named import OWN_ROW, Named, read_named, text_of, values_of
from keten.atlas.parties import OUTSIDE, PLACED
from keten.errors import UsageError
from keten.model import Judgement
from keten.workspace import VERIFIED, Batch, Line, last_verified

if TYPE_CHECKING:
    import duckdb

    from keten.workspace import Reader, Store

LISTED: Final = "listed"  # a row of a list that is a record of a source
MEMBER: Final = "member"
# What goes out of date: rows of lists, memberships, people's own organisations, corrections.
KINDS: Final = (LISTED, OWN_ROW, PLACED, MEMBER, CORRECTION)
MOST_AT_ONCE: Final = 5_000


@dataclass(frozen=True, slots=True)
class Verified:
    """An entry, who it is about, what it is part of, and when it was last known to be right."""

    line: Judgement
    about: Named
    part_of: str  # list:..., chain:.../stage, technology:..., field:...
    last: datetime


def list_unverified(
    con: duckdb.DuckDBPyConnection,
    store: Store | None,
    reader: Reader,
    before: date,
    *,
    part_of: str = "",
    start: int = 0,
    limit: int | None = None,
) -> tuple[tuple[Verified, ...], int]:
    """Give entries not looked at after `before`, the longest ago first, and how many there are.

    `part_of` asks for those of one list or chain alone.
    """
    if store is None:
        return (), 0
    lines = [line for line in _read_entries(store, reader, part_of) if _is_entry(line)]
    last = last_verified(store, lines, reader=reader)
    old = [line for line in lines if last[line.number].date() <= before]
    old.sort(key=lambda line: (last[line.number], line.number))
    shown = old[start:] if limit is None else old[start : start + limit]
    named = read_named(con, store, (line.subject for line in shown), reader)
    return tuple(
        Verified(
            line,
            named.get(line.subject) or Named(line.subject, _name_of(line)),
            part_of_line(line),
            last[line.number],
        )
        for line in shown
    ), len(old)


def verify_all(
    store: Store,
    numbers: Sequence[int],
    reason: str,
    author: str,
    made_at: datetime,
    reader: Reader,
) -> tuple[Batch, ...]:
    """Record that these entries are still right, what is private apart from what is public.

    Raises: UsageError when one no longer holds, or is not for `reader` to see.
    """
    wanted = sorted(set(numbers))
    if not 0 < len(wanted) <= MOST_AT_ONCE:
        raise UsageError(f"{len(wanted)} entries were chosen.", f"Choose 1 to {MOST_AT_ONCE}.")
    lines = store.numbered(wanted, reader=reader)
    holding = {
        line.number for line in store.judgements_on([line.subject for line in lines], reader=reader)
    }
    if len(lines) < len(wanted) or any(line.number not in holding for line in lines):
        raise UsageError("One of these no longer holds.", "Look at the list again.")
    done = []
    for who in sorted({(line.is_private, line.shared_with or "") for line in lines}):
        some = [line for line in lines if (line.is_private, line.shared_with or "") == who]
        verified = [
            Line(
                VERIFIED, line.subject, line.object, {"line": line.number},
                is_private=line.is_private, shared_with=line.shared_with,
            )
            for line in some
        ]  # fmt: skip
        done.append(
            store.record_many(
                verified, reason, author, made_at, kind=VERIFIED, title=reason,
                is_private=who[0], shared_with=who[1] or None,
            )
        )  # fmt: skip
    return tuple(done)


def last_of(
    store: Store | None, lines: Iterable[Judgement], reader: Reader
) -> Mapping[int, datetime]:
    """Give of these lines when each was last known to be right, by number."""
    return last_verified(store, lines, reader=reader) if store is not None else {}


def part_of_line(line: Judgement) -> str:
    """Give what an entry is part of: a list, a stage of a chain, a technology."""
    stage = text_of(values_of(line), "stage") if line.kind == PLACED else ""
    return f"{line.object}/{stage}" if stage else line.object


def _read_entries(store: Store, reader: Reader, part_of: str) -> list[Judgement]:
    if part_of:
        lines = store.judgements_on([part_of], reader=reader)
        return [line for line in lines if line.kind in KINDS and line.object == part_of]
    return [
        line for kind in KINDS for line in store.judgements(kind, only_in_force=True, reader=reader)
    ]


def _is_entry(line: Judgement) -> bool:
    return not (line.kind == PLACED and text_of(values_of(line), "stage") == OUTSIDE)


def _name_of(line: Judgement) -> str:
    return text_of(values_of(line), "name") or line.subject
