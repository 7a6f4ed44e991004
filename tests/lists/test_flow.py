"""The way of a list: previewed, chosen, stored as one, read again, changed, undone, given back."""

from __future__ import annotations

import io
import random
import string
from dataclasses import replace

import duckdb
import pytest
from openpyxl import load_workbook

from keten.errors import NotFoundError, UsageError
from keten.lists.added import added_to_preview
from keten.lists.answers import show_list, show_lists
from keten.lists.give_back import give_back, write_list
from keten.lists.preview import NOBODY, Asked, preview
from keten.lists.read import read_book
from keten.lists.records import Imported, import_list, undo_import
from keten.lists.usable import find_usable
from keten.lists.views import Preview
from keten.workspace import Store
from tests.lists.conftest import HOME, NOW
from tests.lists.made import text, workbook

Names = list[tuple[str, str, str]]
ASKED = Asked("members", home=HOME, evidence="one")


def sheet(names: Names, **changed: str) -> bytes:
    """Four organisations of the region, one of nowhere, one row without a name, and a total."""
    lines: list[list[object]] = [["Members 2026"], [], ["Organisation", "City", "Fte"]]
    lines += [
        [changed.get(f"name{n}", name), city, n] for n, (_, name, city) in enumerate(names[:4])
    ]
    lines += [["Nobody Knows This One", "Elsewhere", 5], [names[0][1], names[0][2], 0]]
    lines += [[None, "Elsewhere", 9], ["Total", None, 99]]
    return workbook({"Blad1": lines})


def look(
    con: duckdb.DuckDBPyConnection, store: Store | None, content: bytes, asked: Asked = ASKED
) -> Preview:
    return preview(con, store, read_book(content, "members.xlsx"), asked, reader="A")


def keep(store: Store, found: Preview, **more: object) -> Imported:
    return import_list(store, found, "Members", "Read.", "A", NOW, **more)  # type: ignore[arg-type]


def test_a_preview_says_of_each_row_what_becomes_of_it(
    con: duckdb.DuckDBPyConnection, names: Names
) -> None:
    found = look(con, None, sheet(names))
    status = [row.status for row in found.rows]
    assert status[4:] == ["new", "duplicate", "wrong"]
    assert set(status[:4]) <= {"matched", "ambiguous"}
    for row, (_, name, _) in zip(found.rows[:4], names, strict=False):
        assert name.lower() in [each.name.lower() for each in row.candidates]
    assert found.rows[5].like == found.rows[0].row.line == 4
    assert [row.why for row in found.passed] == ["total"]


def test_the_same_sheet_again_changes_nothing_and_one_undo_takes_all_back(
    con: duckdb.DuckDBPyConnection, store: Store, names: Names
) -> None:
    first = keep(store, look(con, store, sheet(names)))
    assert first.batch is not None
    assert first.added == 5
    again = look(con, store, sheet(names))
    assert (again.count_changes("unchanged"), again.missing) == (5, 0)
    assert keep(store, again).batch is None
    assert show_lists(store) == ()  # nobody but editors is told
    assert [head.rows for head in show_lists(store, "A")] == [5]
    undo_import(store, first.batch.number, "No.", "A", NOW)
    assert show_lists(store, "A") == ()
    assert show_list(con, store, "members", "A").rows == ()
    assert keep(store, look(con, store, sheet(names))).added == 5


def test_a_changed_row_is_a_new_line_in_the_place_of_the_old(
    con: duckdb.DuckDBPyConnection, store: Store, names: Names
) -> None:
    keep(store, look(con, store, sheet(names)))
    lines = sheet(names)
    book = load_workbook(io.BytesIO(lines))
    book["Blad1"]["C8"] = 77
    into = io.BytesIO()
    book.save(into)
    changed = look(con, store, into.getvalue())
    assert [row.change for row in changed.rows[:5]] == ["unchanged"] * 4 + ["changed"]
    done = keep(store, changed)
    assert (done.added, done.changed) == (0, 1)
    rows = show_list(con, store, "members", "A").rows
    assert [row.value["cells"]["Fte"] for row in rows] == [0, 1, 2, 3, 77]
    assert done.batch is not None
    undo_import(store, done.batch.number, "No.", "A", NOW)
    rows = show_list(con, store, "members", "A").rows
    assert [row.value["cells"]["Fte"] for row in rows] == [0, 1, 2, 3, 5]


def test_what_a_person_chose_holds_the_next_time(
    con: duckdb.DuckDBPyConnection, store: Store, names: Names
) -> None:
    found = look(con, store, sheet(names))
    one, other = found.rows[4].key, found.rows[0].key
    asked = replace(ASKED, choices={one: names[5][0], other: NOBODY})
    chosen = look(con, store, sheet(names), asked)
    assert (chosen.rows[4].status, chosen.rows[4].chosen) == ("matched", names[5][0])
    assert chosen.rows[0].status == "new"
    keep(store, chosen)
    again = look(con, store, sheet(names))
    assert again.count_changes("unchanged") == 5
    assert (again.rows[4].chosen, again.rows[0].status) == (names[5][0], "new")


def test_a_choice_after_the_import_moves_the_row(
    con: duckdb.DuckDBPyConnection, store: Store, names: Names
) -> None:
    keep(store, look(con, store, sheet(names)))
    key = look(con, store, sheet(names)).rows[4].key
    chosen = look(con, store, sheet(names), replace(ASKED, choices={key: names[5][0]}))
    assert chosen.rows[4].change == "changed"
    keep(store, chosen)
    back = look(con, store, sheet(names), replace(ASKED, choices={key: NOBODY}))
    keep(store, back)
    rows = {row.key: row for row in show_list(con, store, "members", "A").rows}
    assert (len(rows), rows[key].status, rows[key].source_key) == (5, "new", "")


def test_rows_leave_only_where_the_sheet_is_said_to_be_whole(
    con: duckdb.DuckDBPyConnection, store: Store, names: Names
) -> None:
    keep(store, look(con, store, sheet(names)))
    short = text([["Organisation", "City", "Fte"], [names[0][1], names[0][2], 0]])
    found = preview(con, store, read_book(short, "x.csv"), ASKED, reader="A")
    assert found.missing == 4
    keep(store, found)
    assert len(show_list(con, store, "members", "A").rows) == 5
    assert keep(store, found, is_whole=True).removed == 4
    assert len(show_list(con, store, "members", "A").rows) == 1


def test_a_mapping_is_remembered_for_the_same_headings(
    con: duckdb.DuckDBPyConnection, store: Store, names: Names
) -> None:
    chosen = look(con, store, sheet(names), replace(ASKED, mapping={"fte": "note"}))
    assert [column.how for column in chosen.layout.columns] == ["heading", "heading", "chosen"]
    keep(store, chosen)
    again = look(con, store, sheet(names))
    assert [column.field for column in again.layout.columns] == ["name", "city", "note"]
    elsewhere = look(con, store, sheet(names), Asked("others", home=HOME))
    assert elsewhere.layout.columns[2].how == "remembered"


def test_a_sheet_given_back_comes_home_unchanged(
    con: duckdb.DuckDBPyConnection, store: Store, names: Names
) -> None:
    content = sheet(names)
    found = look(con, store, content)
    keep(store, found)
    known = find_usable(con, (row.chosen for row in found.rows))
    back, ending = give_back(
        content, read_book(content, "m.xlsx"), found, added_to_preview(found, known, "nl"), "nl"
    )
    assert ending == ".xlsx"
    page = load_workbook(io.BytesIO(back))["Blad1"]
    assert [cell.value for cell in page[3]][3:6] == ["keten row", "keten organisatie", "keten naam"]
    assert page["D8"].value == found.rows[4].key
    again = look(con, store, back)
    assert (again.count_changes("unchanged"), again.missing) == (5, 0)
    assert keep(store, again).batch is None
    # A second time: the columns are written over, not added once more.
    twice, _ = give_back(
        back, read_book(back, "m.xlsx"), again, added_to_preview(again, known, "en"), "en"
    )
    assert load_workbook(io.BytesIO(twice))["Blad1"].max_column == page.max_column
    # So does the list as it stands, whatever the order of its rows.
    listed = write_list(show_list(con, store, "members", "A"), "en")
    third = look(con, store, listed)
    assert (third.count_changes("unchanged"), third.missing) == (5, 0)


def test_a_name_mended_in_a_sheet_given_back_is_the_same_row(
    con: duckdb.DuckDBPyConnection, store: Store, names: Names
) -> None:
    keep(store, look(con, store, sheet(names)))
    book = load_workbook(io.BytesIO(write_list(show_list(con, store, "members", "A"), "en")))
    book.worksheets[0]["A6"] = "Another Name Altogether"
    into = io.BytesIO()
    book.save(into)
    found = look(con, store, into.getvalue())
    assert (found.count_changes("changed"), found.missing) == (1, 0)


@pytest.mark.parametrize("field", ["pic", "vat_number"])
def test_an_identifier_decides(con: duckdb.DuckDBPyConnection, field: str) -> None:
    key, number = con.execute(
        f"select min(source_key), {field} from source_organisation where {field} is not null "
        "group by 2 having count(distinct pic) = 1 order by 2 limit 1"
    ).fetchall()[0]
    content = text([["Naam", "Nummer"], ["Quite another name", number]])
    asked = replace(ASKED, mapping={"nummer": field})
    (row,) = preview(con, None, read_book(content, "x.csv"), asked).rows
    assert (row.status, row.way, row.probability) == ("matched", "identifier", 1.0), row
    assert row.row.fields[field] == number
    assert key[:2] == row.chosen[:2]


@pytest.mark.parametrize("hostile", ["=1+1", "+31 6", "-A1", "@SUM(A1)", "=cmd|' /C calc'!A0"])
def test_nothing_given_back_runs(
    con: duckdb.DuckDBPyConnection, store: Store, hostile: str
) -> None:
    lines = [["Naam", "Plaats"], [hostile, hostile], ["Firma B", "Haren"]]
    for content in (workbook({"Blad": lines}), text(lines)):
        book = read_book(content, "x")
        found = preview(con, None, book, replace(ASKED, mapping={"naam": "name"}))
        back, ending = give_back(content, book, found, added_to_preview(found, {}, "en"), "en")
        if ending == ".xlsx":
            cells = [
                cell for line in load_workbook(io.BytesIO(back)).worksheets[0] for cell in line
            ]
            assert not [cell for cell in cells if cell.data_type == "f"]
        else:
            assert f"'{hostile}" in back.decode()
            assert read_book(back, "x").grids[0].lines[1][0] == hostile


def test_ten_thousand_hostile_rows_lose_nothing(
    con: duckdb.DuckDBPyConnection, store: Store
) -> None:
    dice = random.Random(5)
    signs = string.printable + "éß字🙂\u202e\u0000\ufeff'\"<>&;,=+-@\\"

    def cell() -> str:
        return "".join(dice.choice(signs) for _ in range(dice.randrange(1, 30)))

    lines: list[list[object]] = [["Naam", "Plaats", "KvK", "Overig"]]
    lines += [[f"{n} {cell()}", cell(), cell(), cell()] for n in range(10_000)]
    found = preview(
        con, None, read_book(text(lines), "x.csv"), replace(ASKED, mapping={"naam": "name"})
    )
    assert len(found.rows) + len(found.passed) == 10_000
    done = keep(store, found)
    assert done.added == sum(found.count(status) for status in ("matched", "ambiguous", "new"))
    assert len(show_list(con, store, "members", "A").rows) == done.added
    again = preview(con, store, read_book(text(lines), "x.csv"), ASKED, reader="A")
    assert again.count_changes("unchanged") == done.added
    assert keep(store, again).batch is None


def test_what_is_asked_wrongly_is_told(
    con: duckdb.DuckDBPyConnection, store: Store, names: Names
) -> None:
    with pytest.raises(UsageError, match="no sheet"):
        look(con, store, sheet(names), replace(ASKED, sheet="Blad9"))
    with pytest.raises(UsageError, match="name of an organisation"):
        look(con, store, sheet(names), replace(ASKED, mapping={"organisation": "skip"}))
    with pytest.raises(NotFoundError):
        show_list(con, store, "nothing")
    with pytest.raises(UsageError, match="who may see"):
        keep(store, look(con, store, sheet(names)), visibility="all")
