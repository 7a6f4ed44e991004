"""The migrations make what the schema says, once, however many open the store at the same time."""

import io
import sqlite3
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
