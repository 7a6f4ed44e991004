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


def open_engine(home: Path) -> sa.Engine:
    """Open `<home>/workspace.sqlite`, made or upgraded first where it has to be.

    Raises: WorkspaceError when the file is damaged, out of reach, or of a newer version.
    """
    path = home / "workspace.sqlite"
    engine = _connect(path)
    try:
        with told_plainly(path):
            home.mkdir(parents=True, exist_ok=True)
            if _revision(engine) != REVISION:
                _upgrade(engine, home / "workspace.lock")
    except BaseException:
        engine.dispose()
        raise
    return engine


@contextmanager
def told_plainly(path: Path) -> Iterator[None]:
    """Turn what the database or the file system says into a WorkspaceError with a next step."""
    try:
        yield
    except sa.exc.DBAPIError as error:
        reason = str(error.orig)
        raise WorkspaceError(f"The workspace {path} refused: {reason}.", _advice(reason)) from error
    except OSError as error:
        raise WorkspaceError(
            f"The workspace {path} cannot be opened: {error.strerror}.",
            "Check that the folder exists, is yours to write in, and that the disk has room.",
        ) from error


@contextmanager
def writing(engine: sa.Engine, path: Path) -> Iterator[sa.Connection]:
    """Give a connection in a transaction that waits for its turn to write."""
    with (
        told_plainly(path),
        engine.connect().execution_options(writes=True) as connection,
        connection.begin(),
    ):
        yield connection


@contextmanager
def reading(engine: sa.Engine, path: Path) -> Iterator[sa.Connection]:
    """Give a connection to read with."""
    with told_plainly(path), engine.connect() as connection:
        yield connection


def _advice(reason: str) -> str:
    if "locked" in reason:
        return "Another process is writing to it for long: try again when it has ended."
    if "not a database" in reason or "malformed" in reason:
        return "The file is damaged: put back a copy of it; keten never makes it anew over yours."
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


def _revision(engine: sa.Engine) -> str | None:
    with engine.connect() as connection:
        if not sa.inspect(connection).has_table("alembic_version"):
            return None
        found: str | None = connection.execute(
            sa.text("select version_num from alembic_version order by version_num desc")
        ).scalar()
    return found


def _upgrade(engine: sa.Engine, lock: Path) -> None:
    with lock.open("w") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
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
        _write_ahead(engine)
        with engine.connect().execution_options(writes=True) as connection, connection.begin():
            config.attributes["connection"] = connection
            command.upgrade(config, "head")


def _write_ahead(engine: sa.Engine) -> None:
    # Kept in the file, so once is enough; done under the lock, as it does not wait for its turn.
    raw = engine.raw_connection()
    try:
        raw.cursor().execute("pragma journal_mode=wal")
    finally:
        raw.close()
