"""Copies of a workspace in a file: made and put back while others read and write in it."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from urllib.parse import quote

import sqlalchemy as sa

from keten.errors import WorkspaceError
from keten.workspace.engine import WAIT_S, open_engine, told_plainly
from keten.workspace.rules import refusal


@dataclass(frozen=True, slots=True)
class Copied:
    """A copy that was made."""

    path: Path
    lines: int
    accounts: int


@dataclass(frozen=True, slots=True)
class Restored:
    """What was put back, and where that lies now which it took the place of."""

    lines: int
    accounts: int
    aside: Path | None


def backup(path: Path | str, target: Path) -> Copied:
    """Copy the workspace to `target`, as one moment has it, however many write in it meanwhile.

    The copy holds everything: names, hashes of passwords, what is private.
    Raises: WorkspaceError when it lies on a server, is not there, or `target` is.
    """
    source = _file(path, "pg_dump --format=custom --file=FILE")
    if not source.is_file():
        raise refusal(f"There is no workspace {source} yet.", "Nothing is there to copy.")
    if target.exists():
        raise refusal(f"'{target}' is there already.", "Name another file.")
    part = target.with_name(f".{target.name}.part")
    with told(target):
        target.parent.mkdir(parents=True, exist_ok=True)
        part.unlink(missing_ok=True)
        part.touch(mode=0o600)
        with _open(source) as here:
            _copy(here, part)
        found = _look(part)
        part.replace(target)
    return Copied(target, found.lines, found.accounts)


def restore(path: Path | str, source: Path, now: datetime) -> Restored:
    """Put the copy `source` in the place of the workspace, which is kept aside; in one transaction.

    Who was erased since stays so, and everybody signs in again.
    Raises: WorkspaceError when `source` is no workspace, or is damaged; nothing changes then.
    """
    target = _file(path, "pg_restore --clean --if-exists FILE")
    with told(source):
        found = _look(source)
        target.parent.mkdir(parents=True, exist_ok=True)
        fresh = target.with_name(f".{target.name}.fresh")
        _clear(fresh)
        try:
            fresh.touch(mode=0o600)
            with _open(source) as copied:
                _copy(copied, fresh)
            open_engine(target.parent, str(fresh))[0].dispose()  # brought to the present form
            aside = _put(fresh, target, now)
        finally:
            _clear(fresh)
    return Restored(found.lines, found.accounts, aside)


def _put(fresh: Path, target: Path, now: datetime) -> Path | None:
    if not target.exists():
        _forget(fresh, None, now)
        fresh.replace(target)
        return None
    aside = target.with_name(f"{target.stem}-{now:%Y%m%d-%H%M%S}{target.suffix}")
    if aside.exists():
        raise refusal(f"'{aside}' is there already.", "Try again in a second.")
    try:
        _look(target)
        open_engine(target.parent, str(target))[0].dispose()
    except WorkspaceError:  # what stands there is damaged: nobody can be working in it
        for end in ("", "-wal", "-shm"):
            with suppress(FileNotFoundError):
                target.with_name(target.name + end).rename(aside.with_name(aside.name + end))
        _forget(fresh, None, now)
        fresh.replace(target)
        return aside
    with _open(target) as here:
        here.execute("attach ? as fresh", (str(fresh),))
        here.execute("begin immediate")
        try:
            aside.touch(mode=0o600)
            # By another connection, as one that writes cannot be copied from; under the lock of this
            # one, so that nothing is written after it that it lacks.
            with _open(target) as beside:
                _copy(beside, aside)
            _exchange(here)
            _forget_in(here, aside, now)
            here.execute("commit")
        except BaseException:
            here.execute("rollback")
            aside.unlink(missing_ok=True)
            raise
    return aside


def _exchange(here: sqlite3.Connection) -> None:
    """Give every table the rows of the copy; the triggers that refuse it are put back as they were."""
    triggers = here.execute(
        "select name, sql from main.sqlite_master where type = 'trigger' order by name"
    ).fetchall()
    tables = [
        name
        for (name,) in here.execute(
            "select name from main.sqlite_master where type = 'table' "
            "and (name not like 'sqlite_%' or name = 'sqlite_sequence') order by name"
        )
    ]
    here.execute("pragma defer_foreign_keys = on")
    for name, _ in triggers:
        here.execute(f'drop trigger main."{name}"')
    for name in tables:
        columns = ", ".join(
            f'"{row[1]}"' for row in here.execute(f'pragma main.table_info("{name}")').fetchall()
        )
        here.execute(f'delete from main."{name}"')
        here.execute(f'insert into main."{name}" ({columns}) select {columns} from fresh."{name}"')
    for _, sql in triggers:
        here.execute(sql)


def _forget(path: Path, aside: Path | None, now: datetime) -> None:
    with _open(path) as here:
        here.execute("begin immediate")
        _forget_in(here, aside, now)
        here.execute("commit")


def _forget_in(here: sqlite3.Connection, aside: Path | None, now: datetime) -> None:
    """End what was going on, and forget again who was forgotten since the copy was made."""
    moment = f"{now:%Y-%m-%d %H:%M:%S.%f}"
    for table in ("session", "link"):
        here.execute(f"update {table} set ended_at = ? where ended_at is null", (moment,))
    if aside is None:
        return
    with _open(aside) as before:
        erased = before.execute(
            "select erased_at, number, made_at from account where erased_at is not null"
        ).fetchall()
        has_senders = before.execute(
            "select 1 from sqlite_master where type = 'table' and name = 'sender'"
        ).fetchone()
        senders = before.execute(
            "select erased_at, number, made_at from sender where erased_at is not null"
            if has_senders else "select null, null, null limit 0"
        ).fetchall()  # fmt: skip
    here.executemany(
        "update sender set email = null, erased_at = ? where number = ? and made_at = ?", senders
    )
    for erased_at, number, made_at in erased:
        changed = here.execute(
            "update account set name = null, name_key = null, sign_in = null, "
            "password_hash = null, erased_at = ? "
            "where number = ? and made_at = ? and erased_at is null",
            (erased_at, number, made_at),
        )
        if changed.rowcount:
            here.execute(
                "insert into account_event (account, kind, by, happened_at, detail) "
                "values (?, 'erased', null, ?, 'a copy was put back')",
                (number, moment),
            )


def _look(path: Path) -> Copied:
    """Say what a file holds.

    Raises: WorkspaceError unless it is a whole workspace.
    """
    if not path.is_file():
        raise refusal(f"There is no file '{path}'.", "Name a copy that was made before.")
    wrong = refusal(
        f"'{path}' is no workspace of keten, or is damaged.",
        "Name a file that `keten workspace backup` made.",
    )
    try:
        with _open(path, reads=True) as here:
            names = {row[0] for row in here.execute("select name from sqlite_master")}
            is_whole = here.execute("pragma integrity_check").fetchone()[0] == "ok"
            if not is_whole or not {"judgement", "alembic_version"} <= names:
                raise wrong
            counts = [
                here.execute(f"select count(*) from {table}").fetchone()[0] if table in names else 0
                for table in ("judgement", "account")
            ]
    except sqlite3.DatabaseError as error:
        raise wrong from error
    return Copied(path, *counts)


def _copy(here: sqlite3.Connection, target: Path) -> None:
    with closing(sqlite3.connect(target)) as there:
        here.backup(there)
        there.execute("pragma journal_mode = delete")  # one file, that can be carried about


@contextmanager
def _open(path: Path, *, reads: bool = False) -> Iterator[sqlite3.Connection]:
    address = f"file:{quote(str(path.absolute()))}?mode={'ro' if reads else 'rw'}"
    with closing(sqlite3.connect(address, WAIT_S, uri=True, isolation_level=None)) as connection:
        connection.execute("pragma secure_delete = on")
        connection.execute("pragma foreign_keys = on")
        yield connection


@contextmanager
def told(path: Path) -> Iterator[None]:
    """Turn what the database says into a WorkspaceError with a next step."""
    with told_plainly(path):
        try:
            yield
        except sqlite3.Error as error:
            raise sa.exc.DBAPIError("", {}, error) from error


def _file(path: Path | str, command: str) -> Path:
    if isinstance(path, Path):
        return path
    raise refusal(
        f"The workspace lies on a server ({path}), whose own programs copy it best.",
        f"Use: {command} DATABASE; both work while keten serves.",
    )


def _clear(path: Path) -> None:
    for end in ("", "-wal", "-shm", "-journal"):
        path.with_name(path.name + end).unlink(missing_ok=True)
