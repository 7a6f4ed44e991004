"""The database behind a store, past the product: all it holds as text, and what it refuses itself."""

from __future__ import annotations

import sqlite3

import sqlalchemy as sa

from keten.workspace import Store
from keten.workspace.schema import metadata


def dump(store: Store) -> str:
    """Give every row; of a file all that it holds."""
    if store._engine.dialect.name == "sqlite":
        store.close()
        with sqlite3.connect(store.path) as direct:
            direct.execute("vacuum")
            return "\n".join(direct.iterdump())
    with store._engine.connect() as connection:
        return "\n".join(
            str(row)
            for table in metadata.sorted_tables
            for row in connection.execute(table.select())
        )


def change(store: Store, sql: str) -> None:
    """Do what the product never does."""
    with store._engine.connect() as connection, connection.begin():
        connection.execute(sa.text(sql))
