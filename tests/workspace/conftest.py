"""Where the tests of the workspace keep theirs: in a file, and once more on a real PostgreSQL."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import count
from pathlib import Path
from typing import ClassVar

import pytest

from keten.workspace import Store, open_store
from keten.workspace.schema import metadata
from tests.workspace.server import NoServerError, load_driver, run_server

_NUMBERS = count()
_READY = "keten_ready"


class Server:
    """A server of the tests' own, and its databases."""

    def __init__(self, address: str) -> None:
        self._address, self._psycopg = address, load_driver()
        self._run("postgres", f"create database {_READY}")
        open_store(Path(), address.format(_READY)).close()

    def new(self) -> str:
        """Make an empty workspace and give its address."""
        name = f"keten_{next(_NUMBERS)}"
        self._run("postgres", f"create database {name} template {_READY}")
        return self._address.format(name)

    def emptied(self, name: str) -> str:
        """Give an empty workspace that other tests had before: making one takes long."""
        if name not in self._made:
            self._made[name] = self.new()
        tables = ", ".join(table.name for table in metadata.sorted_tables)
        with self._psycopg.connect(self._made[name], autocommit=True) as connection:
            # As a replica it does not ask the triggers, which refuse this.
            connection.execute("set session_replication_role = replica")
            connection.execute(f"truncate {tables} restart identity")
        return self._made[name]

    _made: ClassVar[dict[str, str]] = {}

    def _run(self, database: str, sql: str) -> None:
        address = self._address.format(database)
        with self._psycopg.connect(address, autocommit=True) as connection:
            connection.execute(sql)


@pytest.fixture(scope="session")
def server() -> Iterator[Server]:
    """A real PostgreSQL; the test is skipped, and says why, where none can be started."""
    try:
        load_driver()
        running = run_server()
        address = running.__enter__()
    except NoServerError as why:
        pytest.skip(f"PostgreSQL: {why}, so that the workspace was tested on SQLite only")
    try:
        yield Server(address)
    finally:
        running.__exit__(None, None, None)


@pytest.fixture(params=["sqlite", "postgresql"])
def address(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The address of an empty workspace: a file that is not there yet, or a database of a server."""
    if request.param == "sqlite":
        return str(tmp_path / "workspace.sqlite")
    return str(request.getfixturevalue("server").emptied("one"))


@pytest.fixture
def other_address(address: str, request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """Another one of the same kind."""
    if address.startswith("postgresql"):
        return str(request.getfixturevalue("server").emptied("other"))
    return str(tmp_path / "other" / "workspace.sqlite")


@pytest.fixture
def store(address: str, tmp_path: Path) -> Iterator[Store]:
    with open_store(tmp_path, address) as opened:
        yield opened
