"""Relations: who belongs with whom without being one."""

from __future__ import annotations

import duckdb
import pytest

from keten.evidence.resolve import resolve
from tests.evidence.made import Seat, fill, typed_tables


def relations(con: duckdb.DuckDBPyConnection) -> list[tuple[str, ...]]:
    return con.execute(
        "select source_key, kind, other_key, how from organisation_relation order by all"
    ).fetchall()


def test_what_the_registry_relates_stands_from_both_sides_once() -> None:
    con = typed_tables([Seat("he-1", "1")])
    fill(con, "ror", [
        {"record_id": at, "ror_id": key, "name": f"Institute {key}", "country": "NL"}
        for at, key in enumerate(("0a", "0b"), 5)
    ])  # fmt: skip
    fill(con, "ror_relation", [
        {"record_id": 5, "ror_id": "0a", "kind": "child", "other_ror_id": "0b"},
        {"record_id": 6, "ror_id": "0b", "kind": "parent", "other_ror_id": "0a"},
        {"record_id": 5, "ror_id": "0a", "kind": "predecessor", "other_ror_id": "0zz"},
    ])  # fmt: skip
    resolve(con, [])
    assert relations(con) == [
        ("ror:0a", "child", "ror:0b", "register"),
        ("ror:0b", "parent", "ror:0a", "register"),
    ], "a record that is not there is not named"


@pytest.mark.parametrize(
    ("later", "kind"), [("he-9", "successor"), ("he-1", "related")]  # begins in 2024, or in 2016
)  # fmt: skip
def test_one_legal_entity_under_two_names_is_a_succession_or_kin(later: str, kind: str) -> None:
    con = typed_tables([Seat("h2020-1", "1", name="Old Yard"), Seat(later, "2", name="New Wharf")])
    con.execute("update participation set vat_number = 'NL001935549B01'")
    con.execute("update project set start_date = '2024-01-01' where project_id = 'he-9'")
    con.execute("update project set start_date = '2016-01-01' where project_id <> 'he-9'")
    resolve(con, [])
    assert ("h2020:1", kind, "he:2", "register") in relations(con) or (
        "he:2", kind, "h2020:1", "register"
    ) in relations(con)  # fmt: skip
    same = con.execute("select count(distinct organisation_id) from same_as").fetchall()
    assert same == [(2,)], "a relation is no identity"


def test_the_only_two_at_a_website_and_postcode_belong_together() -> None:
    con = typed_tables([Seat("h2020-1", "1", name="Old Yard"), Seat("he-9", "2", name="New Wharf")])
    con.execute(
        "update participation set website = 'https://www.yard.example/en', postcode = '9203 AB'"
    )
    con.execute("update project set start_date = '2024-01-01' where project_id = 'he-9'")
    con.execute("update project set start_date = '2016-01-01' where project_id <> 'he-9'")
    resolve(con, [])
    assert relations(con) == [
        ("h2020:1", "successor", "he:2", "address"),
        ("he:2", "predecessor", "h2020:1", "address"),
    ]
    records = con.execute("select distinct record_id from organisation_relation").fetchall()
    assert (
        records
        == con.execute(
            "select record_id from source_organisation where source_key = 'he:2'"
        ).fetchall()
    )
