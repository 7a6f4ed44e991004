"""Batches: many lines recorded as one, all of them or none, and undone as one."""

import json
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any, Final

import sqlalchemy as sa

from keten.errors import ConflictError, WorkspaceError
from keten.model import Judgement
from keten.workspace import rules
from keten.workspace.lines import (
    Line,
    Reader,
    as_json,
    author_of,
    in_parts,
    insert_rows,
    make_line,
    read_chain,
    read_lines,
    read_ruling,
    row_of,
    seen_by,
)
from keten.workspace.people import Person
from keten.workspace.schema import account, batch, judgement

UNDO: Final = "undo"
_LONGEST_TITLE: Final = 300


@dataclass(frozen=True, slots=True)
class Batch:
    """Lines that were recorded as one; `undone_by` is the batch that took them back, if one did."""

    number: int
    kind: str
    title: str
    detail: Any = field(hash=False)
    reason: str
    author: str
    made_at: datetime
    undoes: int | None
    is_private: bool
    shared_with: str | None
    lines: int
    undone_by: int | None = None


@dataclass(slots=True)
class OpenBatch:
    """A batch that is being filled; its lines are stored when it closes without an error."""

    lines: list[Line] = field(default_factory=list)
    done: Batch | None = None

    def record(
        self,
        kind: str,
        subject: str,
        object: str,  # noqa: A002 - as the model names it
        value: Any = None,
        *,
        reason: str = "",
        supersedes: int | None = None,
        is_private: bool = False,
        shared_with: str | None = None,
    ) -> None:
        """Add a line; without a reason it takes that of the batch."""
        self.lines.append(
            Line(kind, subject, object, value, reason, supersedes, is_private, shared_with)
        )

    @property
    def number(self) -> int:
        """The number of the batch once it is stored."""
        if self.done is None:
            raise WorkspaceError("This batch is not stored yet.", "Ask after it was closed.")
        return self.done.number


@dataclass(frozen=True, slots=True)
class Opening:
    """What a new batch says of itself."""

    kind: str
    title: str
    detail: Any
    reason: str
    author: str
    made_at: datetime
    is_private: bool = False
    shared_with: str | None = None
    undoes: int | None = None


def insert_batch(
    connection: sa.Connection,
    opening: Opening,
    lines: Iterable[Line],
    signer: Person | None,
    reader: Reader,
) -> int:
    """Add a batch with all its lines, in a transaction of the caller's, and give its number."""
    number = _insert_head(connection, opening, signer)
    made = [make_line(line, opening.reason, opening.author, opening.made_at) for line in lines]
    for line in made:
        if line.kind == rules.WITHDRAWN:
            raise rules.refusal("A withdrawal names the line it undoes.", "Withdraw that line.")
        if opening.is_private and not line.is_private:
            raise rules.refusal(
                "A public line cannot be part of a private batch.", "Record it apart."
            )
    insert_made(connection, made, signer, reader, number)
    return number


def insert_made(
    connection: sa.Connection,
    made: Iterable[Judgement],
    signer: Person | None,
    reader: Reader,
    number: int | None,
) -> None:
    """Add checked lines in their order; each must supersede what holds, and no other of them does."""
    lines = [replace(line, batch=number) for line in made]
    check_all(connection, lines, reader)
    waiting: list[dict[str, Any]] = []
    for line in lines:
        if line.kind not in rules.VERDICTS or line.supersedes is not None:
            waiting.append(row_of(line, signer))
            continue
        insert_rows(connection, waiting)
        waiting = []
        earlier = read_ruling(connection, line)
        insert_rows(
            connection,
            [row_of(replace(line, supersedes=earlier.number if earlier else None), signer)],
        )
    insert_rows(connection, waiting)


def check_all(connection: sa.Connection, lines: Iterable[Judgement], reader: Reader) -> None:
    """Raise WorkspaceError unless each line may supersede what it names."""
    later: dict[int, Judgement] = {}
    for line in lines:
        if line.supersedes is None:
            continue
        if line.supersedes in later:
            raise rules.refusal(
                f"Two lines of this batch supersede judgement {line.supersedes}.",
                "Let one of them do so.",
            )
        later[line.supersedes] = line
    if not later:
        return
    chain = read_chain(connection, later)
    hidden = find_hidden(connection, chain.values(), reader)
    beaten_by = rules.beating(chain.values())
    for number, line in later.items():
        rules.check_superseding(
            None if number in hidden else chain.get(number), number, beaten_by.get(number), line
        )


def find_hidden(connection: sa.Connection, lines: Iterable[Judgement], reader: Reader) -> set[int]:
    """Give the numbers of those lines that `reader` may not see."""
    private = sorted(line.number for line in lines if line.is_private)
    seen: set[int] = set()
    for part in in_parts(private):
        seen.update(
            line.number
            for line in read_lines(connection, judgement.c.number.in_(part), seen_by(reader))
        )
    return set(private) - seen


def insert_undo(
    connection: sa.Connection,
    number: int,
    opening: Opening,
    signer: Person | None,
    reader: Reader,
) -> int:
    """Take back every line of a batch that holds; what took the place of one meanwhile stands.

    Raises: ConflictError when none of them holds any longer.
    """
    lines = read_lines(connection, judgement.c.batch == number)
    if find_hidden(connection, lines, reader):
        raise rules.refusal(
            f"Batch {number} holds lines that are private to somebody else.",
            "Only who wrote them can undo it.",
        )
    chain = read_chain(connection, [line.number for line in lines])
    beaten_by = rules.beating(chain.values())
    taken: set[int] = set()
    for line in reversed(lines):
        # What holds; and what would hold again once a later line of the same batch is taken back.
        if line.number not in beaten_by or beaten_by[line.number] in taken:
            taken.add(line.number)
    standing = [line for line in lines if line.number in taken]
    if not standing:
        raise ConflictError(
            f"Nothing of batch {number} holds any longer.", "It was undone or changed already."
        )
    undone = _insert_head(connection, opening, signer)
    withdrawals = [
        Judgement(
            0, rules.WITHDRAWN, line.subject, line.object, opening.reason, opening.author,
            opening.made_at, line.number, line.is_private, None, line.shared_with, undone,
        )
        for line in standing
    ]  # fmt: skip
    rules.check_line(withdrawals[0])
    insert_rows(connection, [row_of(line, signer) for line in withdrawals])
    return undone


def read_batches(
    connection: sa.Connection,
    reader: Reader,
    *which: "sa.ColumnElement[bool]",
    all_of_them: bool = False,
) -> list[Batch]:
    """Give batches that this reader may see, or all, oldest first."""
    seen = () if all_of_them else (seen_by(reader, batch),)
    # Of a public batch, too, some lines may be private: who may not see them does not count them.
    lines_seen = () if all_of_them else (seen_by(reader, judgement),)
    counted = (
        sa.select(sa.func.count())
        .select_from(judgement)
        .outerjoin(account, judgement.c.account == account.c.number)
        .where(judgement.c.batch == batch.c.number, *lines_seen)
        .correlate(batch)
        .scalar_subquery()
    )
    own = [column for column in batch.c if column.name not in {"account", "author"}]
    question = (
        sa.select(*own, author_of(batch).label("author"), counted.label("lines"))
        .outerjoin_from(batch, account, batch.c.account == account.c.number)
        .where(*seen, *which)
        .order_by(batch.c.number)
    )
    undone_by = _undone_by(connection)
    return [
        Batch(**{**row, "detail": None if row["detail"] is None else json.loads(row["detail"]),
                 "undone_by": undone_by.get(row["number"])})
        for row in connection.execute(question).mappings()
    ]  # fmt: skip


def unknown_batch(number: int) -> WorkspaceError:
    """Give the error for a number that no batch has."""
    error = WorkspaceError(
        f"There is no batch {number}.", "See which there are with: keten workspace history"
    )
    error.http_status = 404
    return error


def _undone_by(connection: sa.Connection) -> dict[int, int]:
    rows = connection.execute(
        sa.select(batch.c.number, batch.c.undoes)
        .where(batch.c.undoes.is_not(None))
        .order_by(batch.c.number.desc())
    )
    found: dict[int, int] = {}
    for number, undoes in rows:
        if number not in found:
            found.setdefault(undoes, number)
    return found


def _insert_head(connection: sa.Connection, opening: Opening, signer: Person | None) -> int:
    rules.check_line(
        Judgement(0, opening.kind, "batch", "", opening.reason, opening.author, opening.made_at,
                  None, opening.is_private, None, opening.shared_with)
    )  # fmt: skip
    title = opening.title.strip()
    rules.check_text("title", title, _LONGEST_TITLE)
    if not title:
        raise rules.refusal("A batch without title cannot be stored.", "Say what it is.")
    made = connection.execute(
        batch.insert().values(
            kind=opening.kind, title=title, detail=as_json(opening.detail), reason=opening.reason,
            author="" if signer else opening.author, account=signer.account if signer else None,
            made_at=opening.made_at, undoes=opening.undoes, is_private=opening.is_private,
            shared_with=opening.shared_with,
        )
    )  # fmt: skip
    (number,) = made.inserted_primary_key or (0,)
    return int(number)
