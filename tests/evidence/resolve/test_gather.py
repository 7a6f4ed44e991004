"""Gathering: one row for each organisation that a source knows, and never a person."""

from __future__ import annotations

from typing import Any

import duckdb
import pytest

from keten.evidence.resolve.gather import gather
from keten.evidence.resolve.keys import key_beneficiary, key_recipient
from tests.evidence.made import Seat, fill, typed_tables


@pytest.fixture
def con() -> duckdb.DuckDBPyConnection:
    return typed_tables([Seat("he-1", "1", name="Seaweed Works", city="Sneek")])


def gathered(con: duckdb.DuckDBPyConnection, source: str) -> list[dict[str, Any]]:
    """Gather, and give the rows of a source by its key."""
    gather(con)
    found = con.execute(
        "select * from source_organisation where programme = $source order by source_key",
        {"source": source},
    )
    names = [column[0] for column in found.description or ()]
    return [dict(zip(names, row, strict=True)) for row in found.fetchall()]


def fp7(record: int, key: str, name: str | None, **more: object) -> dict[str, object]:
    pic = key.removeprefix("fp7:") if key.startswith("fp7:") else None
    return {
        "record_id": record, "source_key": key, "pic": pic, "name": name, "is_person": name is None,
        "country": "NL", "city": None, "website": None, "stated_on": None, **more,
    }  # fmt: skip


def test_the_table_of_2018_speaks_and_the_network_fills_its_gaps(
    con: duckdb.DuckDBPyConnection,
) -> None:
    fill(con, "fp7_organisation", [
        fp7(5, "fp7:9", "SEAWEED WORKS", website="http://sea.example"),
        fp7(6, "fp7:9", "SEAWEED WORKS BV"),
        fp7(7, "fp7:9", "Seaweed Works B.V.", stated_on="2018-01-24", city="Sneek"),
    ])  # fmt: skip
    fill(con, "fp7_participation", [
        {"record_id": 8, "project_rcn": "1", "source_key": "fp7:9", "programme": "fp7"},
        {"record_id": 9, "project_rcn": "2", "source_key": "fp7:9", "programme": "fp7"},
    ])  # fmt: skip
    (row,) = gathered(con, "fp7")
    assert (row["name"], row["city"], row["website"]) == (
        "Seaweed Works B.V.", "Sneek", "http://sea.example"
    )  # fmt: skip
    assert row["other_names"] == ["SEAWEED WORKS", "SEAWEED WORKS BV"]
    assert (row["pic"], row["participations"], row["record_id"]) == ("9", 2, 7)


def test_no_person_is_gathered(con: duckdb.DuckDBPyConnection) -> None:
    fill(con, "fp7_organisation", [
        fp7(5, "fp7:8", None), fp7(6, "fp7:7", None), fp7(7, "fp7:7", "A Person's Name"),
    ])  # fmt: skip
    fill(con, "sponsor", [
        {"record_id": 8, "name": None, "kvk_number": "02", "is_person": True},
        {"record_id": 9, "name": "Firm", "kvk_number": None, "is_person": False},
    ])  # fmt: skip
    fill(con, "subsidy", [
        {"record_id": 10, "recipient": None, "recipient_kind": "withheld", "amount_eur": "5.00"},
    ])  # fmt: skip
    fill(con, "structural_project", [
        {"record_id": 11, "beneficiary": None, "is_person": True, "is_current": True},
    ])  # fmt: skip
    gather(con)
    keys = con.execute("select source_key from source_organisation").fetchall()
    assert keys == [("he:1",)], "one that any row takes for a person is left out whole"


def test_all_names_of_a_registry_are_kept_and_abbreviations_are_told_apart(
    con: duckdb.DuckDBPyConnection,
) -> None:
    fill(con, "ror", [{"record_id": 3, "ror_id": "0a", "name": "Sea Institute", "country": "GR",
                       "website": "https://sea.example", "city": "Athina"}])  # fmt: skip
    fill(con, "ror_name", [
        {"record_id": 3, "ror_id": "0a", "name": name, "kind": kind}
        for name, kind in (("Sea Institute", "name"), ("Zee-instituut", "label"), ("SI", "acronym"))
    ])  # fmt: skip
    (row,) = gathered(con, "ror")
    assert row["other_names"] == ["SI", "Zee-instituut"]
    assert (row["acronyms"], row["short_name"], row["country"]) == (["SI"], "SI", "EL")


def test_who_is_known_by_name_alone_has_one_row_however_capitals_fall(
    con: duckdb.DuckDBPyConnection,
) -> None:
    fill(con, "subsidy", [
        {"record_id": at, "recipient": name, "recipient_kind": "organisation", "amount_eur": amount}
        for at, (name, amount) in enumerate((("STG Wier", "10.00"), ("Stg WIER", "2.50")), 20)
    ])  # fmt: skip
    (row,) = gathered(con, "rijk")
    assert row["source_key"] == key_recipient("stg wier")
    assert (row["name"], row["other_names"]) == ("STG Wier", ["Stg WIER"])
    assert (row["country"], row["participations"], float(row["money_eur"])) == ("NL", 2, 12.5)


def test_a_project_in_two_editions_of_a_list_counts_once(con: duckdb.DuckDBPyConnection) -> None:
    fill(con, "structural_project", [
        {"record_id": at, "beneficiary": "Wier BV", "is_person": False, "is_current": current,
         "eu_contribution_eur": "7.00", "city": "Project Town", "website": "http://project.example"}
        for at, current in ((30, False), (31, True))
    ])  # fmt: skip
    (row,) = gathered(con, "structural")
    assert row["source_key"] == key_beneficiary("Wier BV")
    assert (row["participations"], float(row["money_eur"]), row["record_id"]) == (1, 7.0, 31)
    assert (row["city"], row["website"]) == (None, None), "they are the project's"


def test_a_country_by_its_name_becomes_the_code_that_others_write(
    con: duckdb.DuckDBPyConnection,
) -> None:
    fill(con, "innovation_fund", [
        {"record_id": 40, "source_key": "innovation-fund:9", "pic": "9", "name": "Gust AB",
         "pic_name": "GUST AKTIEBOLAG", "is_person": False, "country": "Greece",
         "contribution_eur": "3.00"},
    ])  # fmt: skip
    (row,) = gathered(con, "innovation-fund")
    assert (row["country"], row["other_names"], row["pic"]) == ("EL", ["GUST AKTIEBOLAG"], "9")


def test_the_same_rows_in_another_order_give_the_same_table() -> None:
    seats = [
        Seat("he-1", "1", name="Old", updated_at="2021-01-01"),
        Seat("he-2", "1", name="New", updated_at="2023-01-01"),
        Seat("h2020-1", "1", name="Older", updated_at="2020-01-01"),
    ]
    tables = []
    for rows in (seats, seats[::-1]):
        con = typed_tables(rows)
        gather(con)
        tables.append(con.execute(
            "select source_key, name, other_names, participations from source_organisation"
        ).fetchall())  # fmt: skip
    assert tables[0] == tables[1]
