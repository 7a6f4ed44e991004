"""Lines of the store as the database holds them: reading those that somebody may see, adding new ones."""

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

import sqlalchemy as sa

from keten.model import Judgement
from keten.workspace import rules
from keten.workspace.people import ERASED, ROLES, Person, allows
from keten.workspace.schema import account, judgement

CHUNK: Final = 2_000  # keys in one question: databases limit how many
_DEEPEST: Final = 40

# Who reads: nobody in particular, somebody signed in, or a name given on the command line.
Reader = Person | str | None


@dataclass(frozen=True, slots=True)
class Line:
    """A line that is to be recorded, among others; without a reason it takes that of all."""

    kind: str
    subject: str
    object: str
    value: Any = None
    reason: str = ""
    supersedes: int | None = None
    is_private: bool = False
    shared_with: str | None = None


def author_of(table: "sa.Table") -> "sa.ColumnElement[str]":
    """Give who wrote a row of `table`, joined to `account`: under the name of that account today."""
    signed = table.c.account.is_not(None)
    return sa.case((signed, sa.func.coalesce(account.c.name, ERASED)), else_=table.c.author)


def seen_by(reader: Reader, table: "sa.Table" = judgement) -> "sa.ColumnElement[bool]":
    """Give which rows of `table`, joined to `account`, this reader may see: what is public, and theirs.

    Who is signed in sees also what is shared with their role.
    """
    is_public = sa.not_(table.c.is_private)
    if reader is None:
        return is_public
    if isinstance(reader, str):
        return is_public | (author_of(table) == reader)
    roles = [role for role in ROLES if allows(reader.role, role)]
    return is_public | (table.c.account == reader.account) | table.c.shared_with.in_(roles)


def read_lines(
    connection: sa.Connection, *which: "sa.ColumnElement[bool]", order: Any = None
) -> list[Judgement]:
    """Give lines, each with the name that its account has today, oldest first."""
    own = [column for column in judgement.c if column.name not in {"account", "author"}]
    question = (
        sa.select(*own, author_of(judgement).label("author"))
        .outerjoin_from(judgement, account, judgement.c.account == account.c.number)
        .where(*which)
        .order_by(judgement.c.number if order is None else order)
    )
    return [
        Judgement(**{**row, "value": None if row["value"] is None else json.loads(row["value"])})
        for row in connection.execute(question).mappings()
    ]


def read_chain(connection: sa.Connection, numbers: Iterable[int]) -> dict[int, Judgement]:
    """Give these lines with all that they superseded and all that superseded them."""
    found: dict[int, Judgement] = {}
    ahead = set(numbers)
    seen: set[int] = set()
    while ahead:
        seen |= ahead
        for part in in_parts(sorted(ahead)):
            near = judgement.c.number.in_(part) | judgement.c.supersedes.in_(part)
            found.update((line.number, line) for line in read_lines(connection, near))
        named = {line.supersedes for line in found.values() if line.supersedes is not None}
        ahead = (found.keys() | named) - seen
    return found


def on_pairs_of(kind: str) -> "sa.ColumnElement[bool]":
    """Give the lines on every pair that a line of this kind is on: all that can take its place."""
    one, other = judgement.c.subject, judgement.c.object
    pairs = sa.union(
        sa.select(one, other).where(judgement.c.kind == kind),
        sa.select(other, one).where(judgement.c.kind == kind),
    )
    return sa.tuple_(one, other).in_(pairs)


def read_ruling(connection: sa.Connection, line: Judgement) -> Judgement | None:
    """Give the ruling in force that a ruling on the same pair takes the place of."""
    pair = rules.pair_of(line)
    on_pair = judgement.c.subject.in_(pair) & judgement.c.object.in_(pair)
    for earlier in reversed(rules.in_force(read_lines(connection, on_pair))):
        is_alike = earlier.is_private == line.is_private and (
            not line.is_private or earlier.author == line.author
        )
        if earlier.kind in rules.VERDICTS and is_alike:
            return earlier
    return None


def row_of(line: Judgement, signer: Person | None) -> dict[str, Any]:
    """Give a line as it is stored, without a number."""
    return {
        "kind": line.kind,
        "subject": line.subject,
        "object": line.object,
        "value": as_json(line.value),
        "reason": line.reason,
        # The name stands with the account alone, so that it can be erased.
        "author": "" if signer else line.author,
        "account": signer.account if signer else None,
        "made_at": line.made_at,
        "supersedes": line.supersedes,
        "is_private": line.is_private,
        "shared_with": line.shared_with,
        "batch": line.batch,
    }


def insert_line(connection: sa.Connection, line: Judgement, signer: Person | None) -> Judgement:
    """Add a line and give it back with its number."""
    made = connection.execute(judgement.insert().values(**row_of(line, signer)))
    (number,) = made.inserted_primary_key or (0,)
    return read_lines(connection, judgement.c.number == number)[0]


def insert_rows(connection: sa.Connection, rows: Sequence[dict[str, Any]]) -> None:
    """Add rows in their order."""
    if rows:
        connection.execute(judgement.insert().inline(), list(rows))


def make_line(line: Line, reason: str, author: str, made_at: datetime) -> Judgement:
    """Give a line that was asked for as it would be recorded, unless it cannot be."""
    made = Judgement(
        0, line.kind, line.subject, line.object, line.reason.strip() or reason, author, made_at,
        line.supersedes, line.is_private, line.value, line.shared_with,
    )  # fmt: skip
    rules.check_line(made)
    return made


def in_parts(wanted: Sequence[Any]) -> Iterator[Sequence[Any]]:
    """Give keys in portions that one question may name."""
    for start in range(0, len(wanted), CHUNK):
        yield wanted[start : start + CHUNK]


def as_json(value: Any) -> str | None:
    """Give a value as it is stored, unless JSON in UTF-8 cannot hold it."""
    if value is None:
        return None
    try:
        if _depth(value) > _DEEPEST:
            raise ValueError("it is nested too deep")
        text = json.dumps(value, ensure_ascii=False, sort_keys=True, allow_nan=False)
        text.encode()
    except (TypeError, ValueError, RecursionError) as error:
        raise rules.refusal(
            f"The value cannot be written as JSON: {error}.", "Give plain numbers, texts and lists."
        ) from error
    return text


def _depth(value: Any) -> int:
    deepest, ahead = 0, [(value, 1)]
    while ahead and deepest <= _DEEPEST:
        each, depth = ahead.pop()
        deepest = max(deepest, depth)
        if isinstance(each, dict):
            ahead += [(item, depth + 1) for item in each.values()]
        elif isinstance(each, (list, tuple)):
            ahead += [(item, depth + 1) for item in each]
    return deepest
