"""The publisher's rows in the tracer's own database, as plain text beside their file and line."""

from __future__ import annotations

import csv
import json
import shutil
import zipfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa

from scripts.tracing.glued import count_objects
from scripts.tracing.lists import count_lines
from scripts.tracing.sheets import count_rows, is_sheet

# The tables that figures are about, and the columns of each that count.
TABLES = {
    "organization": ("projectID", "organisationID", "name", "role", "country", "ecContribution",
                     "netEcContribution"),
    "project": ("id", "startDate", "totalCost", "ecMaxContribution", "title", "objective"),
    "euroSciVoc": ("projectID", "euroSciVocCode"),
    "topics": ("projectID", "topic", "title"),
}  # fmt: skip
# Sources whose files are no plain tables, or hold letters that were lost before they were published.
LISTS = frozenset({"fp7", "ror", "kvk", "structural_funds"})
_AMOUNT = "try_cast(replace(nullif(trim({0}), ''), ',', '.') as decimal(18,2))"


class Unreadable(Exception):  # noqa: N818
    """The data folder does not hold what the pages say was read."""


class Raw:
    """Source rows, reached by file number and line."""

    def __init__(self, data: Path, scratch: Path, files: list[dict[str, Any]]) -> None:
        self.con = duckdb.connect(str(scratch / "raw.duckdb"), config={"threads": 2})
        self.con.execute("set memory_limit = '1500MB'")
        self.files = {int(file["file_no"]): file for file in files}
        self.rows_in: dict[int, int] = {}
        self.named: dict[str, str] = {}
        self.scratch = scratch
        for stem, columns in TABLES.items():
            wanted = ", ".join(f'"{column}" varchar' for column in columns)
            self.con.execute(
                f"create table {stem}(file_no int, line bigint, rel varchar, {wanted})"
            )
        for number, file in sorted(self.files.items()):
            self._take(data, number, file)
        self._shape()

    def keys(self) -> list[str]:
        """Give the key of every organisation that has a row."""
        return self._column("select distinct key from org order by 1")

    def name(self, named: Mapping[str, str]) -> None:
        """Say which organisation each row belongs to."""
        self.named = dict(named)
        own = self.keys()
        table = pa.table({"key": own, "ident": [named.get(key) for key in own]})
        self.con.register("named", table)
        self.con.execute(
            "update org set ident = coalesce(n.ident, 'pic:' || org.pic) from named n "
            "where n.key = org.key"
        )
        self.con.unregister("named")

    def leave_out(self, lost: set[tuple[int, int]]) -> None:
        """Take out the rows that the pages themselves list as lost."""
        self.con.execute("create or replace table lost(file_no int, line bigint)")
        if lost:
            self.con.executemany("insert into lost values (?, ?)", [[*place] for place in lost])
        for table in ("org", "proj", "fld", "top"):
            self.con.execute(
                f"delete from {table} using lost "
                f"where {table}.file_no = lost.file_no and {table}.line = lost.line"
            )

    def organisations(self) -> list[str]:
        """Give all organisations, those with most rows first."""
        return self._column("select ident from org group by 1 order by count(*) desc, 1")

    def nameless(self) -> list[str]:
        """Give the organisations that no row names."""
        return self._column("select ident from org group by 1 having count(name) = 0 order by 1")

    def names(self) -> list[str]:
        """Give every name once."""
        return self._column("select distinct name from org where name is not null order by 1")

    def projects(self) -> list[str]:
        """Give every project."""
        return self._column("select distinct project from proj order by 1")

    def regions(self) -> list[str]:
        """Give the regions of the classification that lie under some file read, and countries."""
        codes = set(self._column("select distinct country from org where country is not null"))
        for file in self.files.values():
            if str(file["name"]).endswith(".geojson") and "nuts" in str(file["name"]).lower():
                for feature in file.get("features", ()):
                    code = feature.get("properties", {}).get("NUTS_ID")
                    codes |= {code} if code else set()
        return sorted(code for code in codes if code and code.isalnum())

    def _column(self, sql: str) -> list[str]:
        return [row[0] for row in self.con.execute(sql).fetchall()]

    def _take(self, data: Path, number: int, file: dict[str, Any]) -> None:
        path = self._unpacked(data, number, file)
        stem = Path(str(file["name"])).name.split(".")[0].split("_")[0]
        if path.suffix == ".geojson":
            file["features"] = json.loads(path.read_text("utf-8"))["features"]
            self.rows_in[number] = len(file["features"])
        elif is_sheet(str(file["name"])):
            self.rows_in[number] = count_rows(path, str(file["name"]))
        elif file["source"] in LISTS:
            self.rows_in[number] = count_lines(path, str(file["source"]))
        elif file["source"] == "calls":
            self.rows_in[number] = count_objects(path)
        elif file["source"] == "cordis" and stem in TABLES:
            self._read(path, number, str(file["release"]), stem)
        else:
            with path.open(encoding="utf-8-sig", newline="") as text:
                dialect = _delimiter(text.readline())
                rows = csv.reader(text, delimiter=dialect)
                self.rows_in[number] = sum(1 for row in rows if any(cell.strip() for cell in row))

    def _read(self, path: Path, number: int, release: str, stem: str) -> None:
        with path.open("rb") as file:
            heading = file.readline().decode("utf-8-sig")
            lines = sum(1 for line in file if line.strip())
        delimiter = _delimiter(heading)
        source = (
            f"read_csv('{path}', delim='{delimiter}', quote='\"', escape='\"', all_varchar=true, "
            f"header=true, max_line_size=8000000, store_rejects=true, rejects_table='torn_{number}', "
            f"rejects_scan='scan_{number}')"
        )
        wanted = ", ".join(f'"{column}"' for column in TABLES[stem])
        self.con.execute(
            f"create temp table come as select row_number() over () as place, {wanted} from {source}"
        )
        # Rows that the plain reader refuses still have their line: the others stand between them.
        torn = self.con.execute(f"select count(distinct line) from torn_{number}").fetchone()
        read = self._count("come")
        self.rows_in[number] = read + (torn[0] if torn else 0)
        if self.rows_in[number] != lines:
            raise Unreadable(
                f"{path.name} has {lines} lines of data and {self.rows_in[number]} rows; the tracer "
                "knows rows by their line."
            )
        self.con.execute(
            f"""
            insert into {stem}
            with whole as (
                select n as line, row_number() over (order by n) as place
                from range(2, {lines} + 2) as lines(n)
                where n not in (select line from torn_{number})
            )
            select {number}, whole.line, '{release}', {wanted} from come join whole using (place)
            """
        )
        self.con.execute("drop table come")

    def _count(self, table: str) -> int:
        row = self.con.execute(f"select count(*) from {table}").fetchone()
        return int(row[0]) if row else 0

    def _unpacked(self, data: Path, number: int, file: dict[str, Any]) -> Path:
        path = data / str(file["path"])
        if path.is_dir():
            path = path / str(file["name"])
        if not path.is_file():
            raise Unreadable(f"{file['path']} is not in {data}; name the folder with --data.")
        if path.suffix != ".zip":
            return path
        target = self.scratch / f"{number}-{Path(str(file['name'])).name}"
        with (
            zipfile.ZipFile(path) as archive,
            archive.open(str(file["name"])) as member,
            target.open("wb") as copy,
        ):
            shutil.copyfileobj(member, copy)
        return target

    def _shape(self) -> None:
        """Give the columns short names and amounts; blank is nothing."""
        text = "nullif(\"{0}\", '')"
        self.con.execute(
            f"""
            create table org as
            select file_no, line, rel, rel || '-' || trim("projectID") as project,
                   trim("organisationID") as pic, rel || ':' || trim("organisationID") as key,
                   null::varchar as ident, {text.format("name")} as name,
                   case lower({text.format("role")}) when 'associatedpartner' then 'associated_partner'
                        when 'thirdparty' then 'third_party'
                        when 'internationalpartner' then 'international_partner'
                        else lower({text.format("role")}) end as role,
                   {text.format("country")} as country,
                   {_AMOUNT.format('"ecContribution"')} as eur,
                   {_AMOUNT.format('"netEcContribution"')} as net
            from organization order by file_no, line;
            create table proj as
            select file_no, line, rel || '-' || trim(id) as project,
                   try_cast(left({text.format("startDate")}, 10) as date) as start,
                   {_AMOUNT.format('"totalCost"')} as cost,
                   {_AMOUNT.format('"ecMaxContribution"')} as most,
                   {text.format("title")} as title, {text.format("objective")} as objective
            from project order by file_no, line;
            create table fld as
            select file_no, line, rel || '-' || trim("projectID") as project, "euroSciVocCode" as code
            from "euroSciVoc" order by file_no, line;
            create table top as
            select file_no, line, rel || '-' || trim("projectID") as project,
                   {text.format("topic")} as topic, {text.format("title")} as title
            from topics order by file_no, line;
            drop table organization; drop table project; drop table "euroSciVoc"; drop table topics;
            """
        )


def _delimiter(heading: str) -> str:
    return max(";,\t|", key=heading.count)
