"""Opens the database file and brings it to the present form, safe for two processes at once."""

import fcntl
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

import sqlalchemy as sa
from sqlalchemy import event

from keten.errors import WorkspaceError
from keten.workspace.schema import REVISION

MIGRATIONS: Final = Path(__file__).parent / "migrations"
WAIT_S: Final = 30.0  # how long a writer waits for another one
_TURN: Final = 0x6B6574656E  # what writers on a server wait for: a number of our own


def open_engine(home: Path, address: str = "") -> "tuple[sa.Engine, Path | str]":
    """Open `<home>/workspace.sqlite`, or what `address` names, made or upgraded first where it has to be.

    `address` is another file, or `postgresql://...`. Gives also what to call it in words.
    Raises: WorkspaceError when it is damaged, out of reach, or of a newer version.
    """
    named = place_of(home, address)
    path = named if isinstance(named, Path) else None
    engine = _connect_server(address) if path is None else _connect(path)
    try:
        with told_plainly(named):
            if path is not None:
                path.parent.mkdir(parents=True, exist_ok=True)
            if _revision(engine) != REVISION:
                _upgrade(engine, path and path.with_name("workspace.lock"))
    except BaseException:
        engine.dispose()
        raise
    return engine, named


def place_of(home: Path, address: str = "") -> Path | str:
    """Give the file of a workspace, or the address of its server without the password."""
    if is_server_address(address):
        return _without_password(address)
    return Path(address) if address else home / "workspace.sqlite"


def is_server_address(address: str) -> bool:
    """Say whether the address of a workspace is that of a PostgreSQL server, not of a file."""
    return address.startswith(("postgresql:", "postgres:"))


@contextmanager
def told_plainly(path: Path | str) -> Iterator[None]:
    """Turn what the database or the file system says into a WorkspaceError with a next step."""
    try:
        yield
    except sa.exc.DBAPIError as error:
        reason = " ".join(str(error.orig).split())
        raise WorkspaceError(f"The workspace {path} refused: {reason}.", _advice(reason)) from error
    except OSError as error:
        raise WorkspaceError(
            f"The workspace {path} cannot be opened: {error.strerror}.",
            "Check that the folder exists, is yours to write in, and that the disk has room.",
        ) from error


@contextmanager
def writing(engine: sa.Engine, path: Path | str) -> Iterator[sa.Connection]:
    """Give a connection in a transaction that waits for its turn to write."""
    with (
        told_plainly(path),
        engine.connect().execution_options(writes=True) as connection,
        connection.begin(),
    ):
        yield connection


@contextmanager
def reading(engine: sa.Engine, path: Path | str) -> Iterator[sa.Connection]:
    """Give a connection to read with; all that is read with it is of one moment."""
    with told_plainly(path), engine.connect() as connection:
        if connection.dialect.name == "postgresql":  # what SQLite does by itself
            connection.execution_options(isolation_level="REPEATABLE READ")
        yield connection


def _advice(reason: str) -> str:
    if "locked" in reason:
        return "Another process is writing to it for long: try again when it has ended."
    if "not a database" in reason or "malformed" in reason:
        return "The file is damaged: put back a copy of it; keten never makes it anew over yours."
    if "connection" in reason or "authentication" in reason or "does not exist" in reason:
        return "Check the address in KETEN_WORKSPACE, and that the server runs and lets you in."
    if "full" in reason:
        return "Make room on the disk and try again; nothing was stored."
    if "readonly" in reason or "unable to open" in reason:
        return "Check that the file and its folder are yours to write in."
    return "Nothing was stored. Check the file, or name another home with KETEN_HOME."


def _connect(path: Path) -> sa.Engine:
    engine = sa.create_engine(f"sqlite:///{path}", connect_args={"timeout": WAIT_S})

    @event.listens_for(engine, "connect")
    def prepare(connection: sqlite3.Connection, _record: Any) -> None:
        # Python's driver would begin transactions by rules of its own; see `begin`.
        connection.isolation_level = None
        # What is erased is overwritten in the file, too.
        for pragma in ("synchronous=full", "foreign_keys=on", "secure_delete=on"):
            connection.execute(f"pragma {pragma}")

    @event.listens_for(engine, "begin")
    def begin(connection: sa.Connection) -> None:
        # A writer takes its turn before it reads, so that what it read still holds when it writes.
        writes = connection.get_execution_options().get("writes", False)
        connection.exec_driver_sql("begin immediate" if writes else "begin")

    return engine


def _connect_server(address: str) -> sa.Engine:
    try:
        url = sa.make_url(address).set(drivername="postgresql+psycopg")
        # A server that was started anew is met again without an error.
        engine = sa.create_engine(url, pool_pre_ping=True)
    except ModuleNotFoundError as error:
        raise WorkspaceError(
            "A workspace on PostgreSQL needs the package psycopg, which is not installed.",
            "Install it: pip install 'keten[postgresql]'",
        ) from error
    except (sa.exc.ArgumentError, ValueError) as error:
        raise WorkspaceError(
            "The address of the workspace is no address of a PostgreSQL server.",
            "Write it as postgresql://name@server/database.",
        ) from error

    @event.listens_for(engine, "begin")
    def begin(connection: sa.Connection) -> None:
        # One writer at a time, as with a file: what it read still holds when it writes, and lines are
        # numbered in the order in which they become visible.
        if connection.get_execution_options().get("writes", False):
            connection.exec_driver_sql(f"select pg_advisory_xact_lock({_TURN})")

    return engine


def _without_password(address: str) -> str:
    try:
        return sa.make_url(address).render_as_string(hide_password=True)
    except (sa.exc.ArgumentError, ValueError):
        return "on PostgreSQL"


def _revision(engine: sa.Engine) -> str | None:
    with engine.connect() as connection:
        if not sa.inspect(connection).has_table("alembic_version"):
            return None
        found: str | None = connection.execute(
            sa.text("select version_num from alembic_version order by version_num desc")
        ).scalar()
    return found


def _upgrade(engine: sa.Engine, lock: Path | None) -> None:
    with _alone(lock):
        found = _revision(engine)  # another process may have done it while we waited
        if found == REVISION:
            return
        # Loaded only here: most openings need no upgrade, and alembic is slow to load.
        from alembic import command
        from alembic.config import Config
        from alembic.script import ScriptDirectory

        config = Config()
        config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
        known = {step.revision for step in ScriptDirectory.from_config(config).walk_revisions()}
        if found is not None and found not in known:
            raise WorkspaceError(
                f"The workspace was written by a newer version of keten (form {found}).",
                "Install that version again; this one knows forms up to " + REVISION + ".",
            )
        if lock is not None:
            _write_ahead(engine)
        # On a server the turn to write is the lock: whoever comes second finds all done, step by step.
        with engine.connect().execution_options(writes=True) as connection, connection.begin():
            config.attributes["connection"] = connection
            command.upgrade(config, "head")


@contextmanager
def _alone(lock: Path | None) -> Iterator[None]:
    if lock is None:
        yield
        return
    with lock.open("w") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        yield


def _write_ahead(engine: sa.Engine) -> None:
    # Kept in the file, so once is enough; done under the lock, as it does not wait for its turn.
    raw = engine.raw_connection()
    try:
        raw.cursor().execute("pragma journal_mode=wal")
    finally:
        raw.close()
