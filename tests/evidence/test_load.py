"""Readings become tables: nothing is thrown away, and the rows of a file add up."""

from __future__ import annotations

from pathlib import Path

import duckdb
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from keten.errors import BuildError
from keten.evidence import load
from keten.model import Issue, Severity, Text
from tests.evidence.made import CARD, Seat, make_reading, typed_tables

SAID = Text("Something is odd.", "Er is iets vreemds.")


def loaded(*readings: object) -> tuple[duckdb.DuckDBPyConnection, list[object]]:
    con = duckdb.connect(config={"threads": 1})
    loader = load.Loader(con)
    loader.add_card(CARD)
    for reading in readings:
        delivery = load.Delivery(reading.package, "0" * 64, "folder/delivery.zip")
        loader.add(reading, delivery, CARD)
    issues = loader.finish()
    load.write_issues(con, "load", issues)
    load.gather_issues(con, ["load"])
    return con, issues


def test_a_record_s_number_is_its_file_and_its_line() -> None:
    con, _ = loaded(
        make_reading([(2, "he-1", "A"), (3, "he-1", "B")], found=2),
        make_reading([(2, "h2020-1", "C")], found=1, release="h2020"),
    )
    rows = con.execute("select record_id, file_no, line, text from record order by 1").fetchall()
    assert rows == [
        ((1 << 32) + 2, 1, 2, "row 2"),
        ((1 << 32) + 3, 1, 3, "row 3"),
        ((2 << 32) + 2, 2, 2, "row 2"),
    ]
    topics = con.execute("select record_id, topic from project_topic order by 1").fetchall()
    assert topics == [((1 << 32) + 2, "A"), ((1 << 32) + 3, "B"), ((2 << 32) + 2, "C")]
    files = con.execute("select file_no, release, rows_found, rows_typed, rows_lost from file")
    assert files.fetchall() == [(1, "he", 2, 2, 0), (2, "h2020", 1, 1, 0)]


def test_a_lost_row_is_kept_as_text_and_is_an_issue_at_its_place() -> None:
    con, _ = loaded(make_reading([(2, "he-1", "A")], found=2, lost=[3]))
    assert con.execute("select count(*) from record").fetchone() == (2,)
    rows = con.execute("select issue_no, stage, severity, file_no, line, record_id from issue")
    assert rows.fetchall() == [(1, "load", "row-lost", 1, 3, (1 << 32) + 3)]


@settings(deadline=None, max_examples=40)
@given(
    st.integers(0, 6),
    st.lists(st.integers(2, 9), max_size=8),
    st.lists(st.integers(2, 9), max_size=8, unique=True),
)
def test_a_file_adds_up_or_the_build_stops(found: int, typed: list[int], lost: list[int]) -> None:
    """Every row is typed or lost, none is both, and none is there that was not found."""
    reading = make_reading([(line, "he-1", "A") for line in typed], found=found, lost=lost)
    lines = list(range(2, 2 + found))
    if sorted({*typed, *lost}) == lines and not set(typed) & set(lost):
        con, _ = loaded(reading)
        counts = con.execute("select rows_found, rows_typed, rows_lost from file").fetchone()
        assert counts == (found, len(set(typed)), len(lost))
    else:
        with pytest.raises(BuildError, match="must add up"):
            loaded(reading)


def test_caveats_that_apply_are_written_with_their_release() -> None:
    con, _ = loaded(make_reading([], found=0))
    rows = con.execute("select caveat, source, release, text_en, text_nl from caveat").fetchall()
    assert rows == [("odd", "cordis", "he", "Odd.", "Vreemd.")]


def test_each_address_is_one_place_whatever_is_missing_in_it() -> None:
    seats = [
        Seat("he-1", "1", city="Drachten"),
        Seat("he-2", "1", city="Drachten"),
        Seat("he-1", "2", city=None),
        Seat("he-1", "3", city=None, country=None),
        Seat("he-2", "3", city=None, country=None),
    ]
    con = typed_tables(seats)
    assert con.execute("select count(*) from place").fetchone() == (3,)
    assert con.execute("select count(*), count(place_id) from participation").fetchone() == (5, 5)


def test_a_table_of_a_source_s_own_is_taken_as_it_comes() -> None:
    reading = make_reading([(2, "he-1", "A")], found=1)
    other = {"colour": reading.tables["project_topic"]}
    reading = type(reading)(
        reading.package, reading.files, other, {"colour": 0}, reading.issues, reading.caveats
    )
    con, _ = loaded(reading)
    assert con.execute("select record_id, topic from colour").fetchall() == [((1 << 32) + 2, "A")]


def test_issues_are_numbered_stage_by_stage_in_the_order_of_their_places() -> None:
    con = duckdb.connect()
    notes = [
        (Issue("b", Severity.NOTE, SAID, 0, 9), 1),
        (Issue("a", Severity.NOTE, SAID, 0, 3), 1),
        (Issue("z", Severity.NOTE, SAID), None),
    ]
    for stage in ("load", "resolve"):
        load.write_issues(con, stage, [(stage, issue, number) for issue, number in notes])
    load.gather_issues(con, ["load", "resolve"])
    rows = con.execute("select issue_no, stage, code, line from issue").fetchall()
    assert rows == [
        (1, "load", "z", None), (2, "load", "a", 3), (3, "load", "b", 9),
        (4, "resolve", "z", None), (5, "resolve", "a", 3), (6, "resolve", "b", 9),
    ]  # fmt: skip


def test_the_path_shown_is_that_of_the_delivery(tmp_path: Path) -> None:
    con, _ = loaded(make_reading([], found=0))
    assert con.execute("select path, name from file").fetchall() == [
        ("folder/delivery.zip", "topics.csv")
    ]
