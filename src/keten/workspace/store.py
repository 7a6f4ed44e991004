"""The store: records judgements, and gives them back; a line once written stays as it is."""

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from copy import copy
from dataclasses import asdict, replace
from datetime import datetime
from pathlib import Path
from types import TracebackType
from typing import Any, Final, Self

import sqlalchemy as sa

from keten.errors import ConflictError
from keten.model import OWN, Content, Judgement, Ruling
from keten.workspace import rules
from keten.workspace.accounts import Accounts
from keten.workspace.batches import (
    UNDO,
    Batch,
    OpenBatch,
    Opening,
    check_all,
    insert_batch,
    insert_undo,
    read_batches,
    unknown_batch,
)
from keten.workspace.engine import open_engine, reading, writing
from keten.workspace.lines import (
    Line,
    Reader,
    as_json,
    in_parts,
    insert_line,
    make_line,
    on_pairs_of,
    read_chain,
    read_lines,
    read_ruling,
    seen_by,
)
from keten.workspace.links import Links
from keten.workspace.people import Person
from keten.workspace.plain import PlainFiles
from keten.workspace.proposals import Proposals
from keten.workspace.schema import batch, judgement
from keten.workspace.sessions import Sessions
from keten.workspace.trail import Trail

DEFINITION: Final = "definition"


def open_store(home: Path, address: str = "") -> "Store":
    """Open the workspace in `home`, or at `address`, making or upgrading it first where it has to be."""
    return Store(home, address)


class Store:
    """The workspace of one installation; threads may share it.

    `reader` names who reads: private lines are given to their author only.
    """

    def __init__(self, home: Path, address: str = "") -> None:
        self._engine, self.path = open_engine(home, address)
        self._signer: Person | None = None
        self._owner: Person | None = None
        self.accounts = Accounts(self._engine, self.path)
        self.links = Links(self._engine, self.path)
        self.sessions = Sessions(self._engine, self.path)
        self.files = PlainFiles(self._engine, self.path)
        self.proposals = Proposals(self._engine, self.path)
        self.trail = Trail(self._engine, self.path)

    def signed_by(self, person: Person) -> "Store":
        """Give the same store as `person` writes in it: each line bears their account."""
        store = copy(self)
        store._signer = person  # noqa: SLF001 - a copy of our own
        return store

    def as_owner(self) -> "Store":
        """Give the same store for whoever owns the machine: who may change what any role shares."""
        store = copy(self)
        store._owner = Person(0, "", "administrator", "")  # noqa: SLF001 - a copy of our own
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
        shared_with: str | None = None,
    ) -> Judgement:
        """Add a line and give it back with its number.

        A ruling supersedes by itself the ruling that held for its pair. `value` is any JSON value.
        A private line is its author's, and may be shared with a role (`shared_with`).
        Raises: WorkspaceError when the line is not complete, or cannot be stored; ConflictError when
        what it supersedes was superseded meanwhile.
        """
        asked = Line(kind, subject, object, value, "", supersedes, is_private, shared_with)
        line = make_line(asked, reason.strip(), self._author(author), made_at)
        if kind == rules.WITHDRAWN:
            raise rules.refusal("A withdrawal names the line it undoes.", "Withdraw that line.")
        with self._writing() as connection:
            return self._add(connection, line)

    def withdraw(self, number: int, reason: str, author: str, made_at: datetime) -> Judgement:
        """Undo a line by a later one that names it; to withdraw a withdrawal restores the line.

        Raises: WorkspaceError when there is no such line, or a later one took its place.
        """
        reason, author = reason.strip(), self._author(author)
        with self._writing() as connection:
            found = read_lines(connection, judgement.c.number == number)
            if not found:
                raise rules.unknown(number)
            later = replace(
                found[0],
                kind=rules.WITHDRAWN,
                reason=reason,
                author=author,
                made_at=made_at,
                supersedes=number,
                value=None,
                batch=None,
            )
            rules.check_line(later)
            return self._add(connection, later)

    def record_many(
        self,
        lines: Iterable[Line],
        reason: str,
        author: str,
        made_at: datetime,
        *,
        kind: str,
        title: str,
        detail: Any = None,
        is_private: bool = False,
        shared_with: str | None = None,
    ) -> Batch:
        """Record lines as one batch, in one transaction: all of them or none.

        `kind`, `title` and `detail` (any JSON value) say what the batch is; of a private one no
        visitor learns that it exists, and all its lines are private.
        Raises: WorkspaceError as `record` does, for whichever line.
        """
        opening = Opening(
            kind,
            title,
            detail,
            reason.strip(),
            self._author(author),
            made_at,
            is_private,
            shared_with,
        )
        with self._writing() as connection:
            number = insert_batch(
                connection, opening, lines, self._signer, self._sees(opening.author)
            )
            return self._batch(connection, number, opening.author)

    @contextmanager
    def open_batch(
        self,
        kind: str,
        title: str,
        reason: str,
        author: str,
        made_at: datetime,
        *,
        detail: Any = None,
        is_private: bool = False,
        shared_with: str | None = None,
    ) -> Iterator[OpenBatch]:
        """Give a batch to fill; `record_many` stores it when the block ends without an error."""
        filling = OpenBatch()
        yield filling
        filling.done = self.record_many(
            filling.lines, reason, author, made_at, kind=kind, title=title, detail=detail,
            is_private=is_private, shared_with=shared_with,
        )  # fmt: skip

    def undo_batch(self, number: int, reason: str, author: str, made_at: datetime) -> Batch:
        """Take back every line of a batch that still holds; to undo that batch restores them.

        What took the place of a line meanwhile stands.
        Raises: WorkspaceError when there is no such batch; ConflictError when none of it holds.
        """
        author = self._author(author)
        with self._writing() as connection:
            before = self._batch(connection, number, author)
            opening = Opening(
                UNDO, before.title, {"batch": number}, reason.strip(), author, made_at,
                before.is_private, before.shared_with, number,
            )  # fmt: skip
            undone = insert_undo(connection, number, opening, self._signer, self._sees(author))
            return self._batch(connection, undone, author)

    def batches(self, kind: str | None = None, *, reader: Reader = None) -> list[Batch]:
        """Give the batches, or those of one kind, oldest first."""
        which = () if kind is None else (batch.c.kind == kind,)
        with self._reading() as connection:
            return read_batches(connection, reader, *which)

    def batch(self, number: int, *, reader: Reader = None) -> Batch:
        """Give one batch.

        Raises: WorkspaceError when there is none of this number that `reader` may see.
        """
        with self._reading() as connection:
            return self._batch(connection, number, reader)

    def judgements_of(
        self, number: int, *, only_in_force: bool = False, reader: Reader = None
    ) -> list[Judgement]:
        """Give the lines of a batch, oldest first."""
        with self._reading() as connection:
            found = read_lines(connection, judgement.c.batch == number, seen_by(reader))
            if not only_in_force:
                return found
            chain = read_chain(connection, [line.number for line in found])
        held = rules.holding(chain.values())
        return [line for line in found if line.number in held and line.kind != rules.WITHDRAWN]

    def judgements(
        self, kind: str | None = None, *, only_in_force: bool = False, reader: Reader = None
    ) -> list[Judgement]:
        """Give every line, or every line of one kind, oldest first."""
        which = (
            ()
            if kind is None
            else (on_pairs_of(kind) if only_in_force else judgement.c.kind == kind,)
        )
        with self._reading() as connection:
            found = read_lines(connection, seen_by(reader), *which)
        found = rules.in_force(found) if only_in_force else found
        return [line for line in found if kind is None or line.kind == kind]

    def judgements_on(
        self, keys: Iterable[str], *, only_in_force: bool = True, reader: Reader = None
    ) -> list[Judgement]:
        """Give what was said of any of these source keys, oldest first."""
        wanted = sorted(set(keys))
        found: dict[int, Judgement] = {}
        with self._reading() as connection:
            for part in in_parts(wanted):
                touches = judgement.c.subject.in_(part) | judgement.c.object.in_(part)
                some = read_lines(connection, touches, seen_by(reader))
                found.update((line.number, line) for line in some)
        lines = [found[number] for number in sorted(found)]
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
        *,
        seen: int | None = None,
    ) -> tuple[Content, bool]:
        """Keep a definition, in the place of an earlier one; says whether anything was new.

        A definition that says what the one that holds says is not kept twice. `seen` is the number of
        the definition that its writer started from, 0 where there was none.
        Raises: WorkspaceError when it cannot be stored; ConflictError when another holds by now.
        """
        earlier = self.content(kind, name)
        holds = earlier.number if earlier else 0
        if seen is not None and seen != holds:
            raise _meanwhile(kind, name, holds)
        if earlier is not None and as_json(earlier.value) == as_json(value):
            return earlier, False
        asked = Line(kind, f"{kind}:{name}", DEFINITION, dict(value), "", holds or None)
        line = make_line(asked, reason.strip(), self._author(author), made_at)
        with self._writing() as connection:
            if not holds:
                on_pair = (judgement.c.subject == line.subject) & (judgement.c.object == DEFINITION)
                public = read_lines(connection, on_pair, seen_by(None))
                there = [each.number for each in rules.in_force(public)]
                if there:  # somebody else was first
                    raise _meanwhile(kind, name, there[-1])
            line = self._add(connection, line)
        return Content(kind, name, line.value, line.number, line.author, line.made_at), True

    def numbered(self, numbers: Iterable[int], *, reader: Reader = None) -> tuple[Judgement, ...]:
        """Give these lines, oldest first; those that are unknown or private are left out."""
        found: list[Judgement] = []
        with self._reading() as connection:
            for part in in_parts(sorted(set(numbers))):
                found += read_lines(connection, judgement.c.number.in_(part), seen_by(reader))
        return tuple(found)

    def history(self, number: int, *, reader: Reader = None) -> list[Judgement]:
        """Give a line with all that it superseded and all that superseded it, oldest first.

        Raises: WorkspaceError when there is no such line.
        """
        with self._reading() as connection:
            chain = read_chain(connection, [number])
        seen = {line.number: line for line in self.numbered(chain, reader=reader)}
        if number not in seen:
            raise rules.unknown(number)
        return [seen[each] for each in sorted(seen)]

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
        """Give the public rulings that hold, as a build takes them in, oldest first.

        Those on a row of somebody's own list are of that list; no build knows its rows.
        """
        found = [
            line
            for kind in rules.VERDICTS
            for line in self.judgements(kind, only_in_force=True)
            if not any(key.startswith(f"{OWN}:") for key in (line.subject, line.object))
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
            last = connection.execute(
                sa.select(judgement.c.number, judgement.c.made_at, judgement.c.reason)
                .order_by(judgement.c.number.desc())
                .limit(1)
            ).first()
        # Not its number alone: where a copy was put back, another line may have the same.
        said = hashlib.sha256(str(last).encode()).hexdigest()[:12] if last else ""
        return f"{last.number if last else 0}.{said}.{self.accounts.state()}"

    def _add(self, connection: sa.Connection, line: Judgement) -> Judgement:
        if line.supersedes is not None:
            check_all(connection, [line], self._sees(line.author))
        elif line.kind in rules.VERDICTS:
            earlier = read_ruling(connection, line)
            line = replace(line, supersedes=earlier.number if earlier else None)
        return insert_line(connection, line, self._signer)

    def _batch(self, connection: sa.Connection, number: int, reader: Reader) -> Batch:
        who = self._signer or self._owner or reader
        found = read_batches(connection, who, batch.c.number == number)
        if not found:
            raise unknown_batch(number)
        return found[0]

    def _author(self, given: str) -> str:
        # Whoever is signed in writes in their own name, whatever the form said.
        return self._signer.name if self._signer else given.strip()

    def _sees(self, author: str) -> Reader:
        """Give as whom a writer reads what they take the place of."""
        return self._signer or self._owner or author

    def _writing(self) -> AbstractContextManager[sa.Connection]:
        return writing(self._engine, self.path)

    def _reading(self) -> AbstractContextManager[sa.Connection]:
        return reading(self._engine, self.path)


def _meanwhile(kind: str, name: str, later: int) -> ConflictError:
    return ConflictError(
        f"Somebody else kept '{kind}:{name}' meanwhile.",
        "Read what they kept, and change that.",
        later=later,
    )
