"""Export: the published tables as files, in full order, with a data dictionary beside them.

Beside the tables stand `datapackage.json` (Frictionless: for machines) and `dictionary.csv` (for
people). In CSV an empty cell is a missing value and `""` an empty text, so that reading a file back
changes nothing; the variant for spreadsheets also makes text harmless that would run as a formula.
"""

from __future__ import annotations

import csv
import hashlib
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import pyarrow as pa

from keten.errors import UsageError
from keten.evidence.copy import copy_rows
from keten.evidence.dictionary import TABLES, Column, Table, find_table
from keten.evidence.figures.rows import read_rows

if TYPE_CHECKING:
    import duckdb

FORMATS: Final[Mapping[str, str]] = {
    "csv": "text/csv",
    "parquet": "application/vnd.apache.parquet",
    "jsonl": "application/jsonl",
}
_BOM: Final = b"\xef\xbb\xbf"  # by which a spreadsheet knows that the text is UTF-8
# A cell that begins so is taken for a formula by spreadsheets.
_FORMULA: Final = "^[=+\\-@\\t\\r]"
_BLOCK: Final = 1 << 20

Progress = Callable[[str, int, int], None]


@dataclass(frozen=True, slots=True)
class Exported:
    """One file that was written."""

    table: str
    path: Path
    rows: int
    size_bytes: int
    sha256: str


def export(
    con: duckdb.DuckDBPyConnection,
    into: Path,
    kind: str = "csv",
    tables: Sequence[str] = (),
    *,
    for_excel: bool = False,
    about: Mapping[str, str] | None = None,
    progress: Progress = lambda _table, _done, _total: None,
) -> tuple[Exported, ...]:
    """Write tables to files; all but the very large ones when none is named.

    `about` says which evidence this is (number, built_at, fingerprint) and goes into the package. A
    file that stands there is whole. Raises: NotFoundError for an unknown table; UsageError for an
    unknown format or a folder that cannot be written to.
    """
    if kind not in FORMATS:
        raise UsageError(f"'{kind}' is no format.", f"Formats: {', '.join(FORMATS)}.")
    if for_excel and kind != "csv":
        raise UsageError("Only CSV has a variant for spreadsheets.", "Choose the format csv.")
    wanted = [find_table(name) for name in dict.fromkeys(tables)] or [
        table for table in TABLES.values() if not table.is_large
    ]
    written = []
    try:
        into.mkdir(parents=True, exist_ok=True)
        for done, table in enumerate(wanted):
            progress(table.name, done, len(wanted))
            written.append(_write_table(con, table, into, kind, for_excel))
        _write_package(con, into, kind, written, dict(about or {}))
        _write_dictionary(con, into / "dictionary.csv", wanted)
    except OSError as error:
        raise UsageError(
            f"{into} cannot be written to: {error.strerror or error}",
            "Name a folder that is yours to write in, on a disk with room.",
        ) from error
    progress("", len(wanted), len(wanted))
    return tuple(written)


def read_table(con: duckdb.DuckDBPyConnection, name: str) -> pa.Table:
    """Give a published table in memory, in the order in which it is kept.

    Raises: NotFoundError.
    """
    table = find_table(name)
    columns = ", ".join(_quote(column.name) for column in table.columns)
    found: pa.Table = con.sql(f"select {columns} from {_quote(table.name)}").to_arrow_table()
    return found


def _write_table(
    con: duckdb.DuckDBPyConnection, table: Table, into: Path, kind: str, for_excel: bool
) -> Exported:
    path = into / f"{table.name}.{kind}"
    unfinished = into / f"{path.name}.part"
    columns = ", ".join(_select(column, kind, for_excel) for column in table.columns)
    # All columns make a full order even where a table has no key.
    query = f"select {columns} from {_quote(table.name)} order by all"
    rows = copy_rows(con, query, unfinished, "csv;" if for_excel else kind)
    if for_excel:
        _put_before(unfinished, _BOM)
    unfinished.replace(path)
    return Exported(table.name, path, rows, path.stat().st_size, _hash(path))


def _select(column: Column, kind: str, for_excel: bool) -> str:
    name = _quote(column.name)
    if kind == "csv" and column.type.endswith("[]"):
        return f"to_json({name})::varchar as {name}"
    if for_excel and column.type == "VARCHAR":
        harmless = f"regexp_matches({name}, '{_FORMULA}')"
        return f"case when {harmless} then '''' || {name} else {name} end as {name}"
    return name


def _write_package(
    con: duckdb.DuckDBPyConnection,
    into: Path,
    kind: str,
    written: Sequence[Exported],
    about: dict[str, str],
) -> None:
    sources = {row["source"]: row for row in read_rows(con, "select * from source")}
    caveats = read_rows(con, "select * from caveat order by source, caveat, release")
    package = {
        "name": "keten-evidence",
        "title": "Regional innovation ecosystems: the evidence",
        "keten": about,
        "licenses": [_licence(row) for _, row in sorted(sources.items())],
        "resources": [_resource(one, kind, sources, caveats) for one in written],
    }
    text = json.dumps(package, ensure_ascii=False, indent=2) + "\n"
    unfinished = into / "datapackage.json.part"
    unfinished.write_text(text, encoding="utf-8")
    unfinished.replace(into / "datapackage.json")


def _resource(
    one: Exported,
    kind: str,
    sources: Mapping[str, Mapping[str, Any]],
    caveats: Sequence[Mapping[str, Any]],
) -> dict[str, Any]:
    table = TABLES[one.table]
    return {
        "name": table.name,
        "path": one.path.name,
        "format": kind,
        "mediatype": FORMATS[kind],
        "encoding": "utf-8",
        "bytes": one.size_bytes,
        "hash": f"sha256:{one.sha256}",
        "rows": one.rows,
        "description": table.about.en,
        "description_nl": table.about.nl,
        "sources": [
            {"title": sources[name]["title_en"], "path": sources[name]["address"]}
            for name in table.sources
            if name in sources
        ],
        "licenses": [_licence(sources[name]) for name in table.sources if name in sources],
        "attribution": [sources[name]["attribution"] for name in table.sources if name in sources],
        "caveats": [
            {
                "name": row["caveat"],
                "release": row["release"],
                "description": row["text_en"],
                "description_nl": row["text_nl"],
            }
            for row in caveats
            if row["source"] in table.sources
        ],
        "schema": {
            "fields": [_field(column) for column in table.columns],
            "missingValues": [""],
            **({"primaryKey": list(table.key)} if table.key else {}),
        },
    }


def _licence(row: Mapping[str, Any]) -> dict[str, str]:
    return {"title": row["licence"], "path": row["licence_address"]}


def _field(column: Column) -> dict[str, str]:
    found = {
        "name": column.name,
        "type": _frictionless_type(column.type),
        "description": column.about.en,
        "description_nl": column.about.nl,
    }
    return found | ({"unit": column.unit} if column.unit else {})


def _frictionless_type(kind: str) -> str:
    if kind.endswith("[]"):
        return "array"
    head = kind.split("(", maxsplit=1)[0]
    return {
        "VARCHAR": "string",
        "BOOLEAN": "boolean",
        "DATE": "date",
        "TIMESTAMP": "datetime",
        "DOUBLE": "number",
        "DECIMAL": "number",
    }.get(head, "integer")


def _write_dictionary(con: duckdb.DuckDBPyConnection, path: Path, tables: Sequence[Table]) -> None:
    sources = {row["source"]: row for row in read_rows(con, "select * from source")}
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(
            ["table", "column", "type", "unit", "english", "dutch", "source", "licence"]
        )
        for table in tables:
            named = [sources[name] for name in table.sources if name in sources]
            origin = "; ".join(row["attribution"] for row in named)
            licence = "; ".join(row["licence"] for row in named)
            writer.writerow(
                [table.name, "", "", "", table.about.en, table.about.nl, origin, licence]
            )
            for column in table.columns:
                kind, about = (column.type, column.unit), column.about
                writer.writerow([table.name, column.name, *kind, about.en, about.nl, "", ""])


def _put_before(path: Path, head: bytes) -> None:
    """Write bytes before those of a file, block by block."""
    whole = path.with_name(f"{path.name}.whole")
    with path.open("rb") as old, whole.open("wb") as new:
        new.write(head)
        while block := old.read(_BLOCK):
            new.write(block)
    whole.replace(path)


def _hash(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _quote(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'
