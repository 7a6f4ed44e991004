"""Takes tables over from the evidence that is in force while the next is being built."""

from collections.abc import Sequence
from pathlib import Path

import duckdb


def take_over(
    con: duckdb.DuckDBPyConnection, path: Path | None, tables: Sequence[str], sql: str
) -> None:
    """Run `sql`, which may read `earlier.<table>`, where an evidence with these tables can be read."""
    if path is None or not path.is_file():
        return
    quoted = str(path).replace("'", "''")
    try:
        con.execute(f"attach '{quoted}' as earlier (read_only)")
    except duckdb.Error:
        return  # what cannot be opened says nothing
    try:
        ((known,),) = con.execute(
            "select count(*) from duckdb_tables() "
            "where database_name = 'earlier' and table_name in (select unnest($tables))",
            {"tables": list(tables)},
        ).fetchall()
        if known == len(tables):
            con.execute(sql)
    except duckdb.Error:
        return  # tables of another layout, or torn ones
    finally:
        con.execute("detach earlier")
