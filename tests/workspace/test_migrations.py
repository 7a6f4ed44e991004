"""The migrations make what the schema says, once, however many open the store at the same time."""

import io
import sqlite3
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
import sqlalchemy as sa
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory

from keten.errors import WorkspaceError
from keten.workspace import open_store
from keten.workspace.engine import MIGRATIONS
from keten.workspace.schema import REVISION, metadata
from tests.workspace.conftest import Server


def test_the_schema_names_the_newest_migration() -> None:
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    assert ScriptDirectory.from_config(config).get_heads() == [REVISION]


def test_the_migrations_make_what_the_schema_says(tmp_path: Path) -> None:
    open_store(tmp_path).close()
    engine = sa.create_engine(f"sqlite:///{tmp_path / 'workspace.sqlite'}")
    with engine.connect() as connection:
        assert compare_metadata(MigrationContext.configure(connection), metadata) == []
        assert connection.exec_driver_sql("pragma journal_mode").scalar() == "wal"


def test_on_a_server_they_make_the_same(server: Server) -> None:
    address = server.new()
    with open_store(Path(), address) as store, store._engine.connect() as connection:
        assert compare_metadata(MigrationContext.configure(connection), metadata) == []


def test_two_processes_may_make_it_on_a_server_at_once(server: Server) -> None:
    address = server.new()
    with open_store(Path(), address) as store, store._engine.begin() as connection:
        connection.execute(sa.text("drop schema public cascade"))
        connection.execute(sa.text("create schema public"))
    with ThreadPoolExecutor(4) as pool:
        stores = list(pool.map(lambda _: open_store(Path(), address), range(4)))
    assert [store.judgements() for store in stores] == [[]] * 4
    for store in stores:
        store.close()


def test_a_server_that_is_not_there_is_told_without_its_password(tmp_path: Path) -> None:
    with pytest.raises(WorkspaceError) as refused:
        open_store(Path(), f"postgresql://keten:very-secret@/keten?host={tmp_path}")
    assert "very-secret" not in f"{refused.value.what} {refused.value.next_step}"
    assert "KETEN_WORKSPACE" in refused.value.next_step
    with pytest.raises(WorkspaceError, match="no address"):
        open_store(Path(), "postgresql://server:port/half")


def test_a_store_of_a_newer_version_is_refused(tmp_path: Path) -> None:
    open_store(tmp_path).close()
    with sqlite3.connect(tmp_path / "workspace.sqlite") as direct:
        direct.execute("update alembic_version set version_num = '9999'")
    with pytest.raises(WorkspaceError, match="newer version"):
        open_store(tmp_path)


def test_opening_twice_changes_nothing(tmp_path: Path) -> None:
    open_store(tmp_path).close()
    before = (tmp_path / "workspace.sqlite").read_bytes()
    open_store(tmp_path).close()
    assert (tmp_path / "workspace.sqlite").read_bytes() == before


def test_the_steps_can_be_written_out_for_postgresql() -> None:
    written = io.StringIO()
    config = Config(output_buffer=written)
    config.set_main_option("script_location", str(MIGRATIONS))
    config.set_main_option("dialect", "postgresql")
    command.upgrade(config, "head", sql=True)
    sql = written.getvalue()
    for name in metadata.tables:
        assert f"CREATE TABLE {name} (" in sql
    assert "add column account bigint references account (number)" in sql
    for table in ("judgement", "account_event"):
        assert f"before update or delete on {table}" in sql
        assert f"before truncate on {table}" in sql


def test_a_store_of_the_first_form_keeps_every_line(tmp_path: Path) -> None:
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    engine = sa.create_engine(f"sqlite:///{tmp_path / 'workspace.sqlite'}")
    with engine.connect() as connection, connection.begin():
        config.attributes["connection"] = connection
        command.upgrade(config, "0001")
        connection.exec_driver_sql(
            "insert into judgement values (1, 'note', 'a', 'b', '{\"x\": 1}', 'why', 'an analyst',"
            " '2026-01-01 00:00:00', null, 0)"
        )
    engine.dispose()
    with open_store(tmp_path) as store:
        (line,) = store.judgements()
        assert (line.author, line.value) == ("an analyst", {"x": 1})
        assert store.accounts.all() == []
