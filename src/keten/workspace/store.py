"""The store: records judgements, and gives them back; a line once written stays as it is."""

import hashlib
import json
from collections.abc import Iterable, Mapping
from contextlib import AbstractContextManager
from copy import copy
from dataclasses import asdict, replace
from datetime import datetime
from pathlib import Path
from types import TracebackType
from typing import Any, Final, Self

import sqlalchemy as sa

from keten.model import Content, Judgement, Ruling
from keten.workspace import rules
from keten.workspace.accounts import Accounts
from keten.workspace.engine import open_engine, reading, writing
from keten.workspace.links import Links
from keten.workspace.people import ERASED, Person
from keten.workspace.schema import account, judgement
from keten.workspace.sessions import Sessions

DEFINITION: Final = "definition"
_CHUNK: Final = 400  # keys in one question: databases limit how many


def open_store(home: Path) -> "Store":
    """Open the workspace in `home`, making or upgrading it first where it has to be."""
    return Store(home)


class Store:
    """The workspace of one installation; threads may share it.

    `reader` names who reads: private lines are given to their author only.
    """

    def __init__(self, home: Path) -> None:
        self.path = home / "workspace.sqlite"
        self._engine = open_engine(home)
        self._signer: Person | None = None
        self.accounts = Accounts(self._engine, self.path)
        self.links = Links(self._engine, self.path)
        self.sessions = Sessions(self._engine, self.path)

    def signed_by(self, person: Person) -> "Store":
        """Give the same store as `person` writes in it: each line bears their account."""
        store = copy(self)
        store._signer = person  # noqa: SLF001 - a copy of our own
        return store

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the file."""
        self._engine.dispose()

    def record(
        self,
        kind: str,
        subject: str,
        object: str,  # noqa: A002 - as the model names it
        reason: str,
        author: str,
        made_at: datetime,
        *,
        value: Any = None,
        supersedes: int | None = None,
        is_private: bool = False,
    ) -> Judgement:
        """Add a line and give it back with its number.

        A ruling supersedes by itself the ruling that held for its pair. `value` is any JSON value.
        Raises: WorkspaceError when the line is not complete, or cannot be stored.
        """
        reason, author = reason.strip(), self._author(author)
        line = Judgement(0, kind, subject, object, reason, author, made_at, supersedes, is_private)
        rules.check_line(line)
        if kind == rules.WITHDRAWN:
            raise rules.refusal("A withdrawal names the line it undoes.", "Withdraw that line.")
        with self._writing() as connection:
            if supersedes is not None:
                rules.check_superseding(_chain(connection, supersedes), supersedes, line)
            elif kind in rules.VERDICTS:
                earlier = _ruling_in_force(connection, line)
                line = replace(line, supersedes=earlier.number if earlier else None)
            return _insert(connection, line, value, self._signer)

    def withdraw(self, number: int, reason: str, author: str, made_at: datetime) -> Judgement:
        """Undo a line by a later one that names it; to withdraw a withdrawal restores the line.

        Raises: WorkspaceError when there is no such line, or a later one took its place.
        """
        reason, author = reason.strip(), self._author(author)
        with self._writing() as connection:
            chain = _chain(connection, number)
            line = next((line for line in chain if line.number == number), None)
            if line is None:
                raise rules.unknown(number)
            later = replace(
                line,
                kind=rules.WITHDRAWN,
                reason=reason,
                author=author,
                made_at=made_at,
                supersedes=number,
            )
            rules.check_line(later)
            rules.check_superseding(chain, number, later)
            return _insert(connection, later, None, self._signer)

    def judgements(
        self, kind: str | None = None, *, only_in_force: bool = False, reader: str | None = None
    ) -> list[Judgement]:
        """Give every line, or every line of one kind, oldest first."""
        which = (
            () if kind is None else (_about(kind) if only_in_force else judgement.c.kind == kind,)
        )
        with self._reading() as connection:
            found = _visible(_lines(connection, *which), reader)
        found = rules.in_force(found) if only_in_force else found
        return [line for line in found if kind is None or line.kind == kind]

    def judgements_on(
        self, keys: Iterable[str], *, only_in_force: bool = True, reader: str | None = None
    ) -> list[Judgement]:
        """Give what was said of any of these source keys, oldest first."""
        wanted = sorted(set(keys))
        found: dict[int, Judgement] = {}
        with self._reading() as connection:
            for start in range(0, len(wanted), _CHUNK):
                part = wanted[start : start + _CHUNK]
                touches = judgement.c.subject.in_(part) | judgement.c.object.in_(part)
                found.update((line.number, line) for line in _lines(connection, touches))
        lines = _visible([found[number] for number in sorted(found)], reader)
        return rules.in_force(lines) if only_in_force else lines

    def contents(self, kind: str) -> tuple[Content, ...]:
        """Give the definitions of a kind that hold, by name."""
        found = [
            Content(line.kind, line.subject.removeprefix(f"{kind}:"), line.value, line.number,
                    line.author, line.made_at)
            for line in self.judgements(kind, only_in_force=True)
            if line.object == DEFINITION and not line.is_private
        ]  # fmt: skip
        return tuple(sorted(found, key=lambda content: content.name))

    def content(self, kind: str, name: str) -> Content | None:
        """Give one definition, or None."""
        return next((found for found in self.contents(kind) if found.name == name), None)

    def define(
        self,
        kind: str,
        name: str,
        value: Mapping[str, Any],
        reason: str,
        author: str,
        made_at: datetime,
    ) -> tuple[Content, bool]:
        """Keep a definition, in the place of an earlier one; says whether anything was new.

        A definition that says what the one that holds says is not kept twice.
        Raises: WorkspaceError when it cannot be stored.
        """
        earlier = self.content(kind, name)
        if earlier is not None and _as_json(earlier.value) == _as_json(value):
            return earlier, False
        line = self.record(
            kind, f"{kind}:{name}", DEFINITION, reason, author, made_at, value=dict(value),
            supersedes=earlier.number if earlier else None,
        )  # fmt: skip
        return Content(kind, name, line.value, line.number, line.author, line.made_at), True

    def numbered(
        self, numbers: Iterable[int], *, reader: str | None = None
    ) -> tuple[Judgement, ...]:
        """Give these lines, oldest first; those that are unknown or private are left out."""
        wanted = sorted(set(numbers))
        found: list[Judgement] = []
        with self._reading() as connection:
            for start in range(0, len(wanted), _CHUNK):
                part = wanted[start : start + _CHUNK]
                found += _lines(connection, judgement.c.number.in_(part))
        return tuple(_visible(found, reader))

    def history(self, number: int, *, reader: str | None = None) -> list[Judgement]:
        """Give a line with all that it superseded and all that superseded it, oldest first.

        Raises: WorkspaceError when there is no such line.
        """
        with self._reading() as connection:
            chain = _visible(_chain(connection, number), reader)
        if not chain:
            raise rules.unknown(number)
        return chain

    def value(self, number: int) -> Any:
        """Give the value that was recorded with a line, None where there is none.

        Raises: WorkspaceError when there is no such line.
        """
        with self._reading() as connection:
            row = connection.execute(
                sa.select(judgement.c.value).where(judgement.c.number == number)
            ).one_or_none()
        if row is None:
            raise rules.unknown(number)
        return None if row[0] is None else json.loads(row[0])

    def rulings(self) -> tuple[Ruling, ...]:
        """Give the public rulings that hold, as a build takes them in, oldest first."""
        found = [
            line for kind in rules.VERDICTS for line in self.judgements(kind, only_in_force=True)
        ]
        return tuple(
            Ruling(
                line.number,
                line.kind,
                line.subject,
                line.object,
                line.author,
                line.reason,
                line.made_at.date().isoformat(),
            )
            for line in sorted(found, key=lambda line: line.number)
        )

    def fingerprint(self) -> str:
        """Give a hash of the public rulings that hold: it changes when and only when they do."""
        rows = [asdict(ruling) for ruling in self.rulings()]
        text = json.dumps(rows, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
        return hashlib.sha256(text.encode()).hexdigest()

    def state(self) -> str:
        """Give a text that changes whenever a line was added, or the name of somebody changed."""
        with self._reading() as connection:
            last = connection.execute(sa.select(sa.func.max(judgement.c.number))).scalar()
        return f"{last or 0}.{self.accounts.state()}"

    def _author(self, given: str) -> str:
        # Whoever is signed in writes in their own name, whatever the form said.
        return self._signer.name if self._signer else given.strip()

    def _writing(self) -> AbstractContextManager[sa.Connection]:
        return writing(self._engine, self.path)

    def _reading(self) -> AbstractContextManager[sa.Connection]:
        return reading(self._engine, self.path)


def _lines(connection: sa.Connection, *which: sa.ColumnElement[bool]) -> list[Judgement]:
    """Give lines, each with the name that its account has today."""
    own = [column for column in judgement.c if column.name not in {"account", "author"}]
    signed = judgement.c.account.is_not(None)
    author = sa.case((signed, sa.func.coalesce(account.c.name, ERASED)), else_=judgement.c.author)
    question = (
        sa.select(*own, author.label("author"))
        .outerjoin_from(judgement, account, judgement.c.account == account.c.number)
        .where(*which)
        .order_by(judgement.c.number)
    )
    return [
        Judgement(**{**row, "value": None if row["value"] is None else json.loads(row["value"])})
        for row in connection.execute(question).mappings()
    ]


def _about(kind: str) -> sa.ColumnElement[bool]:
    """Give the lines on every pair that a line of this kind is on: all that can take its place."""
    one, other = judgement.c.subject, judgement.c.object
    pairs = sa.union(
        sa.select(one, other).where(judgement.c.kind == kind),
        sa.select(other, one).where(judgement.c.kind == kind),
    )
    return sa.tuple_(one, other).in_(pairs)


def _visible(lines: Iterable[Judgement], reader: str | None) -> list[Judgement]:
    return [line for line in lines if not line.is_private or line.author == reader]


def _chain(connection: sa.Connection, number: int) -> list[Judgement]:
    found: dict[int, Judgement] = {}
    ahead = {number}
    seen: set[int] = set()
    while ahead:
        seen |= ahead
        near = judgement.c.number.in_(ahead) | judgement.c.supersedes.in_(ahead)
        found.update((line.number, line) for line in _lines(connection, near))
        named = {line.supersedes for line in found.values() if line.supersedes is not None}
        ahead = (found.keys() | named) - seen
    return [found[key] for key in sorted(found)] if number in found else []


def _ruling_in_force(connection: sa.Connection, line: Judgement) -> Judgement | None:
    pair = rules.pair_of(line)
    on_pair = judgement.c.subject.in_(pair) & judgement.c.object.in_(pair)
    for earlier in reversed(rules.in_force(_lines(connection, on_pair))):
        is_alike = earlier.is_private == line.is_private and (
            not line.is_private or earlier.author == line.author
        )
        if earlier.kind in rules.VERDICTS and is_alike:
            return earlier
    return None


def _insert(
    connection: sa.Connection, line: Judgement, value: Any, signer: Person | None
) -> Judgement:
    row = {field: content for field, content in asdict(line).items() if field != "number"}
    row |= {"value": _as_json(value), "account": signer.account if signer else None}
    if signer:
        row["author"] = ""  # the name stands with the account alone, so that it can be erased
    made = connection.execute(judgement.insert().values(**row))
    (number,) = made.inserted_primary_key or (0,)
    return _lines(connection, judgement.c.number == number)[0]


def _as_json(value: Any) -> str | None:
    if value is None:
        return None
    try:
        return json.dumps(value, ensure_ascii=False, sort_keys=True, allow_nan=False)
    except (TypeError, ValueError) as error:
        raise rules.refusal(
            f"The value cannot be written as JSON: {error}.", "Give plain numbers, texts and lists."
        ) from error
