"""An ordered export of an evidence, as hashes: equal hashes, equal bytes, whatever wrote them."""

from __future__ import annotations

import hashlib
import sqlite3
import tempfile
from contextlib import closing
from pathlib import Path

import duckdb


def hash_tables(folder: Path) -> dict[str, str]:
    """Give the hash of each table of a published evidence, its rows in full order, and its index."""
    hashes: dict[str, str] = {}
    path = str(folder / "evidence.duckdb")
    with (
        closing(duckdb.connect(path, read_only=True, config={"threads": 2})) as con,
        tempfile.TemporaryDirectory() as scratch,
    ):
        con.execute("set memory_limit = '1GB'")
        con.execute(f"set temp_directory = '{scratch}'")
        names = con.execute("select table_name from duckdb_tables() order by 1").fetchall()
        for (name,) in names:
            target = Path(scratch) / "table.csv"
            con.execute(f"copy (select * from \"{name}\" order by all) to '{target}' (header)")
            with target.open("rb") as file:
                hashes[name] = hashlib.file_digest(file, "sha256").hexdigest()
    with closing(sqlite3.connect(folder / "index.sqlite")) as index:
        digest = hashlib.sha256()
        for line in index.iterdump():
            digest.update(line.encode())
        hashes["index.sqlite"] = digest.hexdigest()
    return hashes


def differing(one: dict[str, str], other: dict[str, str]) -> list[str]:
    """Name the tables that are not the same in both."""
    return sorted(name for name in one.keys() | other.keys() if one.get(name) != other.get(name))
