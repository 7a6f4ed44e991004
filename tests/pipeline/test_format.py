"""The layout of evidence has a number: who changes the one must raise the other."""

import hashlib
import sqlite3
from datetime import UTC, datetime
from pathlib import Path

from keten.evidence import latest
from keten.evidence.store import FORMAT
from keten.pipeline import build
from keten.sources.invented import write_region

# The number in `evidence/store.py`, and the layout that it stands for.
LAYOUTS = {7: "ea008cfd1f29619d"}


def test_a_changed_layout_has_a_number_of_its_own(tmp_path: Path) -> None:
    write_region(tmp_path / "data", organisations=60, seed=1)
    now = datetime(2026, 1, 1, tzinfo=UTC)
    build(tmp_path / "data", tmp_path, rulings=(), rulings_fingerprint="none", now=now)
    evidence = latest(tmp_path)
    tables = (
        evidence.cursor()
        .execute(
            "select table_name, column_name, data_type from duckdb_columns() "
            "where not internal order by all"
        )
        .fetchall()
    )
    with sqlite3.connect(evidence.folder / "index.sqlite") as index:
        words = index.execute("select name, sql from sqlite_master order by name").fetchall()
    layout = hashlib.sha256(repr((tables, words)).encode()).hexdigest()[:16]
    assert LAYOUTS.get(FORMAT) == layout, (
        "The tables or the index changed: raise FORMAT in evidence/store.py, so that older "
        f"evidence is refused in words, and write here {{{FORMAT + 1}: {layout!r}}}."
    )
