"""Export: complete, ordered, described; read back it is what it was."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import duckdb
import pytest

from keten.atlas.export import export, read_table
from keten.errors import NotFoundError, UsageError
from keten.evidence.dictionary import LEFT_OUT, TABLES, find_table, is_internal

# Geography comes through its own reader, which this small evidence does without.
MADE = [
    name
    for name in TABLES
    if name not in {"municipality", "corop", "province", "postcode_nl", "place_nl"}
]
# Of these the small evidence holds only the columns that the atlas reads.
THIN = {"region"}


def test_the_dictionary_tells_of_all_there_is(con: duckdb.DuckDBPyConnection) -> None:
    names = {row[0] for row in con.execute("select table_name from duckdb_tables()").fetchall()}
    assert {name for name in names if not is_internal(name)} == set(MADE)
    for name in set(MADE) - THIN:
        columns = con.execute(f"describe {name}").fetchall()
        found = [(column, kind) for column, kind, *_ in columns if column not in LEFT_OUT]
        assert found == [(column.name, column.type) for column in find_table(name).columns]


def test_every_amount_has_its_unit() -> None:
    for table in TABLES.values():
        assert table.about.en != table.about.nl
        for column in table.columns:
            assert column.about.en
            assert column.about.nl
            assert column.name.endswith("_eur") == (column.unit == "EUR")


@pytest.mark.parametrize("kind", ["csv", "parquet", "jsonl"])
def test_an_export_read_back_is_what_it_was(
    con: duckdb.DuckDBPyConnection, tmp_path: Path, kind: str
) -> None:
    tables = [name for name in MADE if name != "file"]
    written = export(con, tmp_path, kind, tables)
    assert [one.table for one in written] == tables
    for one in written:
        columns = {column.name: column.type for column in find_table(one.table).columns}
        reader = {
            "csv": f"read_csv('{one.path}', header=true, columns={columns}, nullstr='', "
            "allow_quoted_nulls=false, delim=',')",
            "parquet": f"read_parquet('{one.path}')",
            "jsonl": f"read_json('{one.path}', format='newline_delimited', columns={columns})",
        }[kind]
        names = ", ".join(f'"{name}"' for name in columns)
        ours = con.execute(f"select {names} from {one.table} order by all").fetchall()
        assert con.execute(f"select {names} from {reader}").fetchall() == ours
        assert one.rows == len(ours)


@pytest.mark.parametrize("kind", ["csv", "parquet", "jsonl"])
def test_twice_gives_the_same_bytes(
    con: duckdb.DuckDBPyConnection, tmp_path: Path, kind: str
) -> None:
    one, two = (export(con, tmp_path / name, kind, MADE) for name in "ab")
    assert [file.sha256 for file in one] == [file.sha256 for file in two]
    packages = [(tmp_path / name / "datapackage.json").read_bytes() for name in "ab"]
    assert packages[0] == packages[1]


def test_a_package_says_what_lies_there(con: duckdb.DuckDBPyConnection, tmp_path: Path) -> None:
    export(con, tmp_path, "csv", ["project", "involvement", "file"], about={"number": "7"})
    package = json.loads((tmp_path / "datapackage.json").read_text("utf-8"))
    assert package["keten"] == {"number": "7"}
    project, involvement, file = package["resources"]
    assert (project["name"], project["rows"], project["schema"]["primaryKey"]) == (
        "project", 6, ["project_id"],
    )  # fmt: skip
    cost = next(f for f in project["schema"]["fields"] if f["name"] == "total_cost_eur")
    assert (cost["type"], cost["unit"]) == ("number", "EUR")
    assert [caveat["name"] for caveat in involvement["caveats"]][:2] == [
        "eurofusion-absent",
        "h2020-reconstructed",
    ]
    assert involvement["licenses"][0]["title"] == "CC BY 4.0"
    assert next(f for f in file["schema"]["fields"] if f["name"] == "header")["type"] == "array"
    with (tmp_path / "file.csv").open(encoding="utf-8", newline="") as lines:
        assert json.loads(next(csv.DictReader(lines))["header"])[0] == "projectID"
    with (tmp_path / "dictionary.csv").open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines))
    assert rows[0]["table"] == "project"
    assert rows[0]["licence"] == "CC BY 4.0"
    assert {row["unit"] for row in rows if row["column"] == "contribution_eur"} == {"EUR"}


def test_only_the_variant_for_spreadsheets_touches_text(
    con: duckdb.DuckDBPyConnection, tmp_path: Path
) -> None:
    export(con, tmp_path / "plain", "csv", ["organisation"])
    export(con, tmp_path / "excel", "csv", ["organisation"], for_excel=True)
    plain = (tmp_path / "plain" / "organisation.csv").read_bytes()
    excel = (tmp_path / "excel" / "organisation.csv").read_bytes()
    assert b",=Delta," in plain
    assert b"'=Delta" in excel
    assert excel.startswith(b"\xef\xbb\xbforganisation_id;name;")
    assert b"\n=" not in excel.replace(b";", b"\n")


def test_all_but_the_largest_come_unasked(con: duckdb.DuckDBPyConnection) -> None:
    assert [table.name for table in TABLES.values() if table.is_large] == ["record"]
    assert read_table(con, "organisation").num_rows == 6
    assert read_table(con, "organisation").schema.names[0] == "organisation_id"


def test_what_cannot_be_written_says_so(con: duckdb.DuckDBPyConnection, tmp_path: Path) -> None:
    with pytest.raises(NotFoundError, match="'people'"):
        export(con, tmp_path, "csv", ["people"])
    with pytest.raises(UsageError, match="'xls'"):
        export(con, tmp_path, "xls", ["project"])
    with pytest.raises(UsageError, match="spreadsheets"):
        export(con, tmp_path, "parquet", ["project"], for_excel=True)
    (tmp_path / "taken").write_text("a file")
    with pytest.raises(UsageError, match="cannot be written"):
        export(con, tmp_path / "taken", "csv", ["project"])
    (tmp_path / "project.csv.part").mkdir()
    with pytest.raises(UsageError, match="cannot be written"):
        export(con, tmp_path, "csv", ["project"])
    assert not (tmp_path / "project.csv").exists()
