"""The migrations make what the schema says, once, however many open the store at the same time."""

import sqlite3
from pathlib import Path

import pytest
import sqlalchemy as sa
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
