"""The audit trail: who said what, when and why, the latest first; the lines of a batch are one entry."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, Final

import sqlalchemy as sa

from keten.workspace.batches import Batch, read_batches
from keten.workspace.engine import reading
from keten.workspace.lines import (
    Reader,
    author_of,
    on_pairs_of,
    read_chain,
    seen_by,
)
from keten.workspace.rules import holding
from keten.workspace.schema import account, batch, judgement

PAGE: Final = 50


@dataclass(frozen=True, slots=True)
class Entry:
    """Something that was said: a line, or the lines of a batch; `number` is that of its last line."""

    number: int
    kind: str
    subject: str
    object: str
    reason: str
    author: str
    made_at: datetime
    supersedes: int | None
    is_private: bool
    holds: bool  # of a batch: any of its lines does
    lines: int = 1
    batch: Batch | None = None


@dataclass(frozen=True, slots=True)
class Asked:
    """Which entries are asked for; empty: all."""

    person: str = ""
    kind: str = ""
    subject: str = ""  # a record, a chain: whatever lines name first or second
    batch: int | None = None


@dataclass(frozen=True, slots=True)
class TrailPage:
    """A page of the trail, how many entries there are, and which kinds of line."""

    entries: tuple[Entry, ...]
    total: int
    kinds: tuple[str, ...]
    people: tuple[str, ...]


class Trail:
    """Reads the audit trail of one workspace."""

    def __init__(self, engine: sa.Engine, path: Path | str) -> None:
        self._engine, self._path = engine, path

    def read(
        self,
        asked: Asked,
        page: int = 1,
        *,
        reader: Reader = None,
        all_of_it: bool = False,
        without: Collection[str] = (),
    ) -> TrailPage:
        """Give a page of what `reader` may see; `without` the pairs that lines of these kinds are on.

        `all_of_it` is for the command line, on its owner's own machine.
        """
        seen: list[Any] = [] if all_of_it else [seen_by(reader)]
        seen += [sa.not_(on_pairs_of(kind)) for kind in without]
        with reading(self._engine, self._path) as connection:
            which = [*seen, *_conditions(asked)]
            rows, total = _read_places(connection, which, asked, page)
            batches = _read_batches(connection, rows, reader, all_of_it)
            chain = read_chain(connection, [row.last for row in rows])
            entries = tuple(_entry(row, chain, batches) for row in rows)
            kinds = _distinct(connection, judgement.c.kind, seen)
            people = _distinct(connection, author_of(judgement), seen)
        return TrailPage(entries, total, kinds, people)


def _conditions(asked: Asked) -> "list[sa.ColumnElement[bool]]":
    which: list[sa.ColumnElement[bool]] = []
    if asked.person:
        which.append(author_of(judgement) == asked.person)
    if asked.kind:
        which.append(judgement.c.kind == asked.kind)
    if asked.subject:
        which.append((judgement.c.subject == asked.subject) | (judgement.c.object == asked.subject))
    if asked.batch is not None:
        which.append(judgement.c.batch == asked.batch)
    return which


def _read_places(
    connection: sa.Connection, which: "list[Any]", asked: Asked, page: int
) -> "tuple[list[Any], int]":
    """Give the rows of a page: the last line of each entry, and how many it has; and how many entries."""
    one = sa.case((judgement.c.batch.is_not(None), -judgement.c.batch), else_=judgement.c.number)
    place = judgement.c.number if asked.batch is not None else one
    grouped = (
        sa.select(
            sa.func.max(judgement.c.number).label("last"),
            sa.func.count().label("lines"),
            sa.func.max(judgement.c.batch).label("batch"),
        )
        .select_from(judgement)
        .outerjoin(account, judgement.c.account == account.c.number)
        .where(*which)
        .group_by(place)
    )
    total = connection.execute(sa.select(sa.func.count()).select_from(grouped.subquery())).scalar()
    ordered = grouped.order_by(sa.desc("last")).limit(PAGE).offset((page - 1) * PAGE)
    return list(connection.execute(ordered)), total or 0


def _read_batches(
    connection: sa.Connection, rows: "list[Any]", reader: Reader, all_of_it: bool
) -> dict[int, tuple[Batch, bool]]:
    """Give the batches of these rows, and whether any line of each still holds."""
    numbers = sorted({row.batch for row in rows if row.batch is not None})
    found = read_batches(connection, reader, batch.c.number.in_(numbers), all_of_them=all_of_it)
    return {each.number: (each, each.undone_by is None) for each in found}


def _entry(row: Any, chain: dict[int, Any], batches: dict[int, tuple[Batch, bool]]) -> Entry:
    line = chain[row.last]
    of, stands = batches.get(row.batch, (None, True))
    is_many = of is not None and row.lines > 1
    return Entry(
        line.number, line.kind, "" if is_many else line.subject, "" if is_many else line.object,
        line.reason, line.author, line.made_at, line.supersedes, line.is_private,
        stands if is_many else line.number in holding(chain.values()), row.lines, of,
    )  # fmt: skip


def _distinct(connection: sa.Connection, column: Any, seen: "list[Any]") -> tuple[str, ...]:
    question = (
        sa.select(column)
        .select_from(judgement)
        .outerjoin(account, judgement.c.account == account.c.number)
        .where(*seen)
        .distinct()
        .order_by(column)
    )
    return tuple(connection.execute(question).scalars())
