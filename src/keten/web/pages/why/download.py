"""Writes all source rows of a figure, a batch at a time, so that the largest figure fits in memory."""

import csv
import io
import json
from collections.abc import Callable, Iterator
from itertools import islice

import duckdb

from keten.atlas.views import RecordView
from keten.atlas.why import read_records
from keten.model import Scope

_BATCH = 2_000
_HEAD = ("record_id", "source", "release", "delivery", "file", "line")


Rows = Callable[[], Iterator[int]]


def write_csv(con: duckdb.DuckDBPyConnection, rows: Rows) -> Iterator[str]:
    """Give the rows as CSV: where each stands, then its cells under the headings of all their files."""
    headings = _headings(con, rows)
    yield _line([*_HEAD, *headings])
    for record in _records(con, rows):
        cells = dict(record.cells)
        yield _line([*_place(record).values(), *(cells.get(heading, "") for heading in headings)])


def write_json(
    con: duckdb.DuckDBPyConnection, measure: str, scope: Scope, rows: Rows
) -> Iterator[str]:
    """Give the rows as one JSON document."""
    head = {"measure": measure, "scope": scope.as_dict()}
    yield json.dumps(head, ensure_ascii=False)[:-1] + ', "rows": ['
    for number, record in enumerate(_records(con, rows)):
        row = {
            **_place(record),
            "cells": dict(record.cells),
            "text": record.text,
        }
        yield (",\n" if number else "\n") + json.dumps(row, ensure_ascii=False)
    yield "\n]}\n"


def write_places(rows: Rows) -> Iterator[str]:
    """Give number, file and line of every row as CSV; the page of the source names the files."""
    yield "record_id,file_no,line\r\n"
    wanted = rows()
    while batch := list(islice(wanted, 20 * _BATCH)):
        yield "".join(f"{n},{n >> 32},{n & 0xFFFFFFFF}\r\n" for n in batch)


def _records(con: duckdb.DuckDBPyConnection, rows: Rows) -> Iterator[RecordView]:
    wanted = rows()
    while batch := list(islice(wanted, _BATCH)):
        yield from read_records(con, batch)


def _place(record: RecordView) -> dict[str, object]:
    found = (
        record.record_id, record.source, record.release, record.path, record.file_name, record.line,
    )  # fmt: skip
    return dict(zip(_HEAD, found, strict=True))


def _headings(con: duckdb.DuckDBPyConnection, rows: Rows) -> list[str]:
    """Give the headings of the files that the rows come from, each once, in the order of the files."""
    # One row of each file is enough to know its headings; the file's number leads a record's.
    first = {number >> 32: number for number in rows()}
    found: dict[str, None] = {}
    for record in read_records(con, [first[file_no] for file_no in sorted(first)]):
        found.update(dict.fromkeys(name for name, _ in record.cells))
    return list(found)


def _line(cells: list[object]) -> str:
    buffer = io.StringIO()
    csv.writer(buffer, lineterminator="\r\n").writerow(cells)
    return buffer.getvalue()
