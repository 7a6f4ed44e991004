"""Reading: workbooks and text of any delimiter and encoding come out as the same cells."""

from __future__ import annotations

import io
import os
import zipfile
from datetime import date
from pathlib import Path

import pytest

from keten.errors import UsageError
from keten.lists.columns import find_layout
from keten.lists.read import address, read_book
from keten.lists.rows import read_rows
from tests.lists.made import open_document, text, workbook

LINES = [
    ["Naam", "Plaats", "Omzet"],
    ["Zuivel Één B.V.", "Súdwest", "1,5"],
    ["B; C, D", "x\ty", "2"],
]


@pytest.mark.parametrize("delimiter", [";", ",", "\t", "|"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_text_is_read_whatever_its_delimiter_and_encoding(delimiter: str, encoding: str) -> None:
    book = read_book(text(LINES, delimiter, encoding), "list.csv")
    assert [list(line) for line in book.grids[0].lines] == LINES
    assert book.delimiter == delimiter


def test_a_line_may_tell_the_delimiter() -> None:
    book = read_book(b"sep=,\r\na,b;c\r\n1,2\r\n", "x.csv")
    assert book.grids[0].lines == (("a", "b;c"), ("1", "2"))


def test_a_quote_that_is_never_closed_swallows_nothing() -> None:
    lines = ["name;city", '"Open;Here', *(f"Firm {n};Town" for n in range(200))]
    grid = read_book("\n".join(lines).encode(), "x.csv").grids[0]
    assert len(grid.lines) == 202
    assert grid.lines[1] == ("Open", "Here")


def test_a_workbook_keeps_kinds_and_spreads_what_was_merged_downwards() -> None:
    content = workbook(
        {
            "First": [
                ["Title"],
                ["name", "day", "n"],
                ["A", date(2024, 2, 3), 7.0],
                [None, None, 1.5],
            ],
            "Second": [["x"], ["y"]],
        },
        [("First", "A3:A4"), ("First", "A1:C1")],
    )
    first, second = read_book(content, "x.xlsx").grids
    assert first.lines[2:] == (("A", date(2024, 2, 3), 7), ("A", None, 1.5))
    assert second.lines == (("x",), ("y",))


def test_cells_have_addresses() -> None:
    assert (address(0, 0), address(41, 27)) == ("A1", "AB42")


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\n\n",
        b"PK\x03\x04damaged",
        b"\xd0\xcf\x11\xe0damaged",
        b"<!doctype html><p>x",
        b"%PDF-1.7",
    ],
)
def test_what_is_no_list_is_said_to_be_none(content: bytes) -> None:
    with pytest.raises(UsageError) as error:
        read_book(content, "x")
    assert error.value.next_step


def test_what_unfolds_too_far_is_refused() -> None:
    into = io.BytesIO()
    with zipfile.ZipFile(into, "w", zipfile.ZIP_DEFLATED) as package:
        for number in range(6):
            package.writestr(f"xl/{number}.xml", b"\0" * 100_000_000)
    with pytest.raises(UsageError, match="unfolds"):
        read_book(into.getvalue(), "bomb.xlsx")


def test_signs_that_no_cell_can_hold_are_left_out() -> None:
    grid = read_book(b"name;x\nA\x00B\x01C;  \n", "x.csv").grids[0]
    assert grid.lines[1] == ("ABC", None)


def test_a_sheet_of_open_document_is_read() -> None:
    grid = read_book(open_document([["Naam", "n"], ["Ä BV", 1.5], ["B", 2]]), "x.ods").grids[0]
    assert (grid.name, grid.lines) == ("Blad1", (("Naam", "n"), ("Ä BV", 1.5), ("B", 2)))


@pytest.mark.real_data
def test_old_workbooks_of_publishers_are_lists_too() -> None:
    found = sorted(Path(os.environ["KETEN_DATA"]).glob("nl-structural-funds/**/*.xls"))
    assert found
    for path in found:
        grid = read_book(path.read_bytes(), path.name).grids[0]
        layout = find_layout(grid)
        rows, _ = read_rows(grid, layout)
        named = sum(bool(row.text("name")) for row in rows)
        assert named > 0.95 * len(rows) > 50, path.name
        assert layout.place_of("kvk_number") is None
