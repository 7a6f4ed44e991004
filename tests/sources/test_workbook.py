"""Workbooks: headings below titles, cells that are empty, columns and sheets that nobody expected."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import openpyxl
import pytest

from keten.errors import SourceError
from keten.model import Severity, Text
from keten.sources.workbook import FILE_STRIDE, SheetLayout, read_workbook, tidy, write_row

LAYOUT = SheetLayout("Data", ("Code", "The value"), ignored={"Remark": "no use"})


def write(path: Path, sheets: dict[str, Sequence[Sequence[object]]]) -> Path:
    """Writes a workbook as a publisher's program would."""
    book = openpyxl.Workbook()
    assert book.active is not None
    book.remove(book.active)
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(list(row))
    book.save(path)
    return path


def test_rows_below_the_heading_are_found_with_their_lines(tmp_path: Path) -> None:
    rows = [("A title",), (), ("Code", "The\nvalue ", "Remark"), ("a", 1.5, "x"), (), ("b", None)]
    path = write(tmp_path / "some.xlsx", {"Data": rows})
    (sheet,) = read_workbook(path, (LAYOUT,), {})
    assert sheet.found.header == ("Code", "The value", "Remark")
    assert sheet.found.line.to_pylist() == [4, 6]
    assert sheet.found.text.to_pylist() == ["a;1.5;x", "b;;"]
    assert [row.values["The value"] for row in sheet.rows] == [1.5, None]
    assert [row.record_id for row in sheet.rows] == [4, 6]
    assert sheet.issues == []


def test_a_second_sheet_is_a_second_file(tmp_path: Path) -> None:
    rows = [("Code", "The value"), ("a", 1)]
    path = write(tmp_path / "some.xlsx", {"Data": rows, "More": rows})
    _, more = read_workbook(path, (LAYOUT, SheetLayout("More", ("Code", "The value"))), {})
    assert more.rows[0].record_id == FILE_STRIDE + 2
    assert more.found.name == "some.xlsx [More]"


def test_what_nobody_expected_becomes_an_issue(tmp_path: Path) -> None:
    rows = [("Code", "The value", "Mood", None), ("a", 1, "good", "stray")]
    path = write(tmp_path / "some.xlsx", {"Data": rows, "Other": rows, "Notes": rows})
    (sheet,) = read_workbook(path, (LAYOUT,), {"Notes": "words"})
    assert {(issue.code, issue.column) for issue in sheet.issues} == {
        ("no-heading", ""),
        ("new-column", "Mood"),
        ("new-sheet", "Other"),
    }


def test_a_lost_row_says_what_stood_there(tmp_path: Path) -> None:
    path = write(tmp_path / "some.xlsx", {"Data": [("Code", "The value"), ("a", "much")]})
    (sheet,) = read_workbook(path, (LAYOUT,), {})
    sheet.lose(sheet.rows[0], "odd", Text("Odd.", "Vreemd."), "The value")
    (issue,) = sheet.issues
    assert (issue.severity, issue.line, issue.value) == (Severity.ROW_LOST, 2, "much")


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "is empty"),
        (b"<!doctype html><p>Gone", "web page"),
        (b"PK\x03\x04 and no more", "unfinished"),
        (b"plain words", "not a zip"),
    ],
)
def test_what_is_no_workbook_is_refused_in_words(
    tmp_path: Path, content: bytes, words: str
) -> None:
    path = tmp_path / "some.xlsx"
    path.write_bytes(content)
    with pytest.raises(SourceError, match=words):
        read_workbook(path, (LAYOUT,), {})


def test_a_missing_sheet_or_heading_is_refused(tmp_path: Path) -> None:
    path = write(tmp_path / "some.xlsx", {"Data": [("Code", "Amount"), ("a", 1)]})
    with pytest.raises(SourceError, match="no heading with Code, The value"):
        read_workbook(path, (LAYOUT,), {})
    with pytest.raises(SourceError, match="no sheet 'Else'"):
        read_workbook(path, (SheetLayout("Else", ("Code",)),), {})


def test_cells_are_written_as_a_person_would_read_them() -> None:
    assert write_row([1.0, 2.25, None, "a;b", 'say "so"']) == '1;2.25;;"a;b";"say ""so"""'
    assert tidy(" two\xa0words\n") == "two words"
