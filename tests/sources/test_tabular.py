"""Delimited text as it comes: every dialect reads back equal, and no damage loses the account."""

import csv
import io
import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from keten.errors import SourceError
from keten.model import Severity
from keten.sources.tabular import Sheet, read_sheet

NUMBER = re.compile(rb"[0-9]{3,12}")


def columns(sheet: Sheet) -> list[list[str | None]]:
    """The rows that could be read, as lists."""
    return [list(row) for row in zip(*(c.to_pylist() for c in sheet.columns.values()), strict=True)]


def lost(sheet: Sheet) -> int:
    return sum(issue.severity == Severity.ROW_LOST for issue in sheet.issues)


def codes(sheet: Sheet) -> list[str]:
    return [issue.code for issue in sheet.issues]


def adds_up(sheet: Sheet) -> bool:
    found = len(sheet.found.line)
    read = {len(column) for column in sheet.columns.values()} | {len(sheet.rows)}
    places = sheet.found.line.to_pylist()
    return (
        read == {found - lost(sheet)}
        and len(sheet.found.text) == found
        and places == sorted(set(places))
    )


@pytest.mark.parametrize("bar", [b";", b",", b"\t", b"|"])
@pytest.mark.parametrize("end", [b"\n", b"\r\n", b"\r"])
@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf", b"sep=X\n"])
def test_a_plain_table_in_any_clothes(bar: bytes, end: bytes, mark: bytes) -> None:
    lines = [b'"id"Xname', b'101X"a ""b"" X c"', b"102X", b'"103"Xd']
    mark = mark if end == b"\n" else mark.replace(b"sep=X\n", b"")
    data = mark + end.join(lines).replace(b"X", bar)
    data = data.replace(b"sep=X", b"sep=" + bar)
    sheet = read_sheet(data, "t.csv")
    inner = f'a "b" {bar.decode()} c'
    assert columns(sheet) == [["101", inner], ["102", None], ["103", "d"]]
    assert sheet.found.delimiter == bar.decode()
    assert sheet.issues == ()
    assert adds_up(sheet)


def test_line_ends_may_be_mixed_and_stand_in_quotes() -> None:
    sheet = read_sheet(b'id;t\r\n101;"a\r\nb\nc"\n\n102;d\r\n\r\n', "t.csv")
    assert columns(sheet) == [["101", "a\r\nb\nc"], ["102", "d"]]
    assert sheet.found.line.to_pylist() == [2, 6]
    assert sheet.found.text.to_pylist() == ['101;"a\r\nb\nc"', "102;d"]


def test_only_a_heading_is_a_table_without_rows() -> None:
    sheet = read_sheet(b'"a";"b"', "t.csv")
    assert columns(sheet) == []
    assert len(sheet.found.line) == 0
    assert sheet.issues == ()


@pytest.mark.parametrize(
    ("data", "word"),
    [
        (b"", "empty"),
        (b"\r\n\r\n", "empty"),
        (b"\xef\xbb\xbf", "empty"),
        (b"<!DOCTYPE html><html><body>503</body></html>", "web page"),
        (b'"id;name\n101;b', "heading"),
    ],
)
def test_what_is_no_table_stops_with_a_next_step(data: bytes, word: str) -> None:
    with pytest.raises(SourceError) as caught:
        read_sheet(data, "t.csv")
    assert word in caught.value.what
    assert caught.value.next_step


def test_windows_1252_is_read_with_one_note() -> None:
    sheet = read_sheet("id;n\n101;Café €\n102;x\n103;Zoë\n".encode("cp1252"), "t.csv")
    assert columns(sheet) == [["101", "Café €"], ["102", "x"], ["103", "Zoë"]]
    assert sheet.found.encoding == "cp1252"
    assert codes(sheet) == ["encoding"]
    assert "2 rows" in sheet.issues[0].message.en


def test_one_foreign_byte_does_not_spoil_the_other_rows() -> None:
    data = "id;n\n101;Café\n102;x\n".encode() + b"103;Zo\xeb\n" + "104;Łódź".encode()
    sheet = read_sheet(data, "t.csv")
    assert [row[1] for row in columns(sheet)] == ["Café", "x", "Zoë", "Łódź"]
    assert sheet.found.encoding == "utf-8"
    assert [(i.code, i.line) for i in sheet.issues] == [("encoding", 4)]


def test_utf_16_as_spreadsheets_save_it() -> None:
    sheet = read_sheet("id\tn\r\n101\tŁódź\r\n".encode("utf-16"), "t.txt")
    assert columns(sheet) == [["101", "Łódź"]]


def test_nul_bytes_are_taken_out_and_told_per_row() -> None:
    sheet = read_sheet(b"id;n\n101;a\0b\0\n102;c\n103;\0\n", "t.csv")
    assert columns(sheet) == [["101", "ab"], ["102", "c"], ["103", None]]
    assert [(i.code, i.line) for i in sheet.issues] == [("nul-bytes", 2), ("nul-bytes", 4)]


@pytest.mark.parametrize("bad", [b"102;x;y", b"102", b"102;x;", b'102;"x;";y'])
def test_too_few_or_too_many_columns_lose_that_row_only(bad: bytes) -> None:
    sheet = read_sheet(b"id;n\n101;a\n" + bad + b"\n103;c\n", "t.csv", first_field=NUMBER)
    assert columns(sheet) == [["101", "a"], ["103", "c"]]
    assert [(i.code, i.line, i.value) for i in sheet.issues] == [("column-count", 3, bad.decode())]
    assert adds_up(sheet)


@pytest.mark.parametrize(
    "bad",
    [
        b'"102";"never closed;"x"',
        b'"102";"never closed',
        b'"102;"b";"x"',
        b'"102"";"b";"x"',
        b'"102";"b" c;"x"',
        b'"102";b"";"x";"',
    ],
)
def test_an_unbalanced_quote_loses_that_row_only(bad: bytes) -> None:
    rest = [f'"{number}";"a;\nb";"x"'.encode() for number in range(103, 200)]
    data = b"\n".join([b'"id";"n";"m"', b'"101";"a";"b"', bad, *rest])
    sheet = read_sheet(data, "t.csv", first_field=NUMBER)
    numbers = [row[0] for row in columns(sheet)]
    assert numbers == ["101", *map(str, range(103, 200))]
    assert lost(sheet) == 1
    assert sheet.issues[0].line == 3
    assert adds_up(sheet)


def test_an_unbalanced_quote_in_a_sparingly_quoted_file() -> None:
    rest = [f'{number},"a, b",x'.encode() for number in range(103, 120)]
    data = b"\n".join([b"id,n,m", b'101,"a",b', b'102,"never,c', *rest, b"120,d,e"])
    sheet = read_sheet(data, "t.csv", first_field=NUMBER)
    assert [row[0] for row in columns(sheet)] == ["101", *map(str, range(103, 121))]
    assert lost(sheet) == 1


def test_a_damaged_row_with_line_breaks_is_one_row() -> None:
    data = b'id;n\n101;a\n102;"b\nmore\nc" d\n103;e\n'
    sheet = read_sheet(data, "t.csv", first_field=NUMBER)
    assert [row[0] for row in columns(sheet)] == ["101", "103"]
    assert sheet.found.line.to_pylist() == [2, 3, 6]
    assert sheet.found.text.to_pylist()[1] == '102;"b\nmore\nc" d'


def test_a_damaged_end_of_file() -> None:
    sheet = read_sheet(b'id;n\n101;a\n102;"b', "t.csv", first_field=NUMBER)
    assert columns(sheet) == [["101", "a"]]
    assert lost(sheet) == 1
    assert adds_up(sheet)


def test_inch_marks_and_wrongly_doubled_quotes_are_kept_with_a_note() -> None:
    sheet = read_sheet(b'id;n\n101;5" pipe\n102;b\n"103";""so""\n', "t.csv", first_field=NUMBER)
    assert columns(sheet) == [["101", '5" pipe'], ["102", "b"], ["103", '"so"']]
    assert codes(sheet) == ["loose-quote", "loose-quote"]


def test_a_row_longer_than_any_row_is_lost_alone() -> None:
    giant = b'102;"' + b"x" * 5000 + b'"'
    data = b"id;n\n101;a\n" + giant + b"\n103;c\n"
    sheet = read_sheet(data, "t.csv", first_field=NUMBER, max_row_bytes=4000)
    assert columns(sheet) == [["101", "a"], ["103", "c"]]
    assert codes(sheet) == ["row-too-long"]
    assert len(sheet.issues[0].value) == 200
    assert adds_up(sheet)


def test_a_heading_named_twice_is_read_once() -> None:
    sheet = read_sheet(b"id;n;n;\n101;a;b;\n", "t.csv")
    assert dict(zip(sheet.columns, columns(sheet)[0], strict=True)) == {"id": "101", "n": "a"}
    assert codes(sheet) == ["repeated-column"]


def test_a_loose_carriage_return_is_part_of_its_value() -> None:
    sheet = read_sheet(b"id;n\n101;a\rb\n102;c\n", "t.csv", first_field=NUMBER)
    assert columns(sheet) == [["101", "a\rb"], ["102", "c"]]
    assert sheet.issues == ()


def test_blocks_follow_one_another(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("keten.sources.tabular._BLOCK_BYTES", 64)
    rows = [[str(number), f"text; {number}\n" * (number % 9)] for number in range(100, 400)]
    damaged = write([["id", "n"], *rows], ";", "\n", csv.QUOTE_ALL).replace(b'"250";', b'"250;')
    sheet = read_sheet(damaged, "t.csv", first_field=NUMBER)
    assert columns(sheet) == [[a, b or None] for a, b in rows if a != "250"]
    assert adds_up(sheet)


# --- properties -------------------------------------------------------------------------------


def write(rows: list[list[str]], bar: str, end: str, quoting: int) -> bytes:
    out = io.StringIO()
    writer = csv.writer(out, delimiter=bar, lineterminator=end, quoting=quoting)  # type: ignore[arg-type]
    writer.writerows(rows)
    return out.getvalue().encode()


# csv.writer in Python 3.11 leaves a carriage return unquoted, so that nobody can read it back;
# NUL bytes are taken out by design.
TEXT = st.text(
    st.one_of(
        st.sampled_from(list('"";,\t|\n 1a€Ł\ufeff')),
        st.characters(exclude_categories=("Cs",), exclude_characters="\r\0"),
    ),
    max_size=12,
)


@st.composite
def tables(draw: st.DrawFn) -> list[list[str]]:
    width = draw(st.integers(2, 5))
    rows = st.lists(st.lists(TEXT, min_size=width, max_size=width), max_size=8)
    return [[f"c{at}" for at in range(width)], *draw(rows)]


@settings(max_examples=400, deadline=None)
@given(
    tables(),
    st.sampled_from(";,\t|"),
    st.sampled_from(["\n", "\r\n"]),
    st.sampled_from([csv.QUOTE_ALL, csv.QUOTE_MINIMAL, csv.QUOTE_NONNUMERIC]),
    st.booleans(),
)
def test_any_table_reads_back_equal(
    rows: list[list[str]], bar: str, end: str, quoting: int, has_mark: bool
) -> None:
    data = write(rows, bar, end, quoting)
    sheet = read_sheet(b"\xef\xbb\xbf" * has_mark + data, "t.csv")
    assert list(sheet.columns) == rows[0]
    assert columns(sheet) == [[value or None for value in row] for row in rows[1:]]
    assert sheet.issues == ()
    assert adds_up(sheet)


@settings(max_examples=600, deadline=None)
@given(
    tables(),
    st.sampled_from([csv.QUOTE_ALL, csv.QUOTE_MINIMAL]),
    st.booleans(),
    st.lists(
        st.tuples(
            st.integers(0, 2000),
            st.sampled_from([b'"', b";", b"\n", b"\r", b"\0", b"\xff", b"", b'""', b"\xc3"]),
            st.integers(0, 6),
        ),
        min_size=1,
        max_size=6,
    ),
)
def test_no_damage_loses_the_account(
    rows: list[list[str]], quoting: int, is_strict: bool, damage: list[tuple[int, bytes, int]]
) -> None:
    head = b";".join(name.encode() for name in rows[0]) + b"\n"
    data = write(rows[1:], ";", "\n", quoting)
    for place, put, cut in damage:
        at = place % (len(data) + 1)
        data = data[:at] + put + data[at + cut :]
    first = re.compile(rb"[^ ]*") if is_strict else None
    sheet = read_sheet(head + data, "t.csv", first_field=first)
    assert adds_up(sheet)


@settings(max_examples=200, deadline=None)
@given(st.integers(0, 99), st.integers(0, 60), st.sampled_from([b'"', b'""', b"\n", b""]))
def test_one_damage_loses_few_rows(row: int, place: int, put: bytes) -> None:
    lines = [f'"{100 + at}";"name; of {at}";"x\ny";"NL"'.encode() for at in range(100)]
    at = place % len(lines[row])
    lines[row] = lines[row][:at] + put + lines[row][at + 1 :]
    data = b"\n".join([b'"id";"name";"more";"country"', *lines])
    sheet = read_sheet(data, "t.csv", first_field=NUMBER)
    assert adds_up(sheet)
    others = {str(number) for number in range(100, 200)} - {str(100 + row), str(101 + row)}
    assert others <= {number for number, *_ in columns(sheet)}


# --- real files -------------------------------------------------------------------------------


@pytest.mark.real_data
@pytest.mark.parametrize(
    ("name", "rows", "notes"),
    [
        ("cordis-HORIZONprojects-csv/legalBasis.csv", 20_512, 0),
        ("cordis-HORIZONprojects-csv/topics.csv", 15_341, 2),
        ("cordis-h2020projects-csv/topics.csv", 35_389, 1),
    ],
)
def test_the_publishers_own_files(data_dir: Path, name: str, rows: int, notes: int) -> None:
    path = data_dir / "cordis-publisher-csv" / name
    sheet = read_sheet(path.read_bytes(), name, first_field=NUMBER)
    assert len(sheet.rows) == len(sheet.found.line) == rows
    assert codes(sheet) == ["loose-quote"] * notes


@pytest.mark.real_data
def test_genuine_rows_of_2023(data_dir: Path) -> None:
    folder = data_dir / "cordis-h2020-genuine-rows-2023"
    organisations = folder / "h2020_organizations_latest_2023-06-12.csv"
    sheet = read_sheet(organisations.read_bytes(), organisations.name, first_field=NUMBER)
    assert (len(sheet.rows), sheet.issues) == (2_722, ())
    names = [f"c{at}" for at in range(20)]
    projects = folder / "h2020_projects_latest_noheader.csv"
    sheet = read_sheet(projects.read_bytes(), projects.name, header=names, first_field=NUMBER)
    assert (len(sheet.rows), sheet.issues) == (78, ())
    assert sheet.columns["c0"][0].as_py() == "719161"


@pytest.mark.real_data
def test_a_dump_with_bare_quotes_loses_four_rows_in_sight(data_dir: Path) -> None:
    path = data_dir / "cordis-h2020-orgs-2017" / "stacked_dump.csv"
    sheet = read_sheet(path.read_bytes(), path.name)
    assert (len(sheet.found.line), lost(sheet)) == (16_592, 4)
    assert adds_up(sheet)
