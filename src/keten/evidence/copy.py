"""Copy: writes the rows of a query to a file; leaves what is written, and why, to who asks."""

from pathlib import Path
from typing import Final

import duckdb

FORMS: Final = {
    "csv": "format csv, header, nullstr ''",
    "csv;": "format csv, header, nullstr '', delimiter ';'",
    "parquet": "format parquet, compression zstd",
    "jsonl": "format json",
}


def copy_rows(con: duckdb.DuckDBPyConnection, query: str, path: Path, form: str) -> int:
    """Write the rows of a query to a file in one of `FORMS`; gives how many there were.

    Raises: OSError when the file cannot be written.
    """
    target = str(path).replace("'", "''")
    try:
        ((rows,),) = con.execute(f"copy ({query}) to '{target}' ({FORMS[form]})").fetchall()
    except duckdb.IOException as error:
        raise OSError(str(error)) from error
    return int(rows)
