"""Resolving whole: from the tables of the sources to the tables of organisations."""

from __future__ import annotations

import duckdb
import pytest

from keten.evidence.figures import measure
from keten.evidence.resolve import resolve
from keten.model import Ruling, Scope
from tests.evidence.made import Seat, fill, make_evidence, ruling, typed_tables


def seats_of(source_keys: list[str]) -> list[Seat]:
    """Every key takes part in two projects of its programme, so that nobody is lost on the way."""
    return [
        Seat(f"{key.split(':')[0]}-{project}", key.split(":")[1], f"{place + project}.25", key)
        for place, key in enumerate(source_keys)
        for project in (1, 2)
    ]


def read(con: duckdb.DuckDBPyConnection, sql: str) -> dict[str, str]:
    return dict(con.execute(sql).fetchall())


def identities(con: duckdb.DuckDBPyConnection) -> dict[str, str]:
    return read(con, "select source_key, organisation_id from same_as")


def test_one_pic_in_both_programmes_is_one_organisation() -> None:
    con = make_evidence(seats_of(["he:1", "h2020:1", "he:2"]))
    assert identities(con) == {"he:1": "pic:1", "h2020:1": "pic:1", "he:2": "pic:2"}


def test_a_ruling_on_records_that_are_gone_is_an_issue() -> None:
    issues = resolve(typed_tables(seats_of(["he:1"])), [ruling(7, "same", "he:1", "he:99")])
    assert [(issue.code, issue.value) for issue in issues] == [("ruling-without-record", "he:99")]
    assert "7" in issues[0].message.en


def test_a_split_is_an_issue_that_names_both() -> None:
    con = typed_tables(seats_of(["he:1", "h2020:1"]))
    issues = resolve(con, [ruling(1, "different", "he:1", "h2020:1")])
    split = [issue for issue in issues if issue.code == "organisation-split"]
    assert [issue.value for issue in split] == ["h2020:1, pic:1"]


@pytest.mark.parametrize(
    ("rulings", "reasons"),
    [
        ([], {"he:1": ("same-pic", None), "h2020:1": ("same-pic", None), "he:2": ("alone", None)}),
        (
            [ruling(4, "same", "he:1", "he:2")],
            {"he:1": ("ruling", 4), "h2020:1": ("same-pic", None), "he:2": ("ruling", 4)},
        ),
    ],
)
def test_the_reason_stands_beside_the_link(
    rulings: list[Ruling], reasons: dict[str, tuple[str, int | None]]
) -> None:
    con = typed_tables(seats_of(["he:1", "h2020:1", "he:2"]))
    resolve(con, rulings)
    rows = con.execute("select source_key, rule, ruling from same_as").fetchall()
    assert {key: (rule, number) for key, rule, number in rows} == reasons


def test_the_newest_row_speaks_and_older_ones_fill_its_gaps() -> None:
    seats = [
        Seat("he-1", "1", name="Old Name", city="Sneek", updated_at="2021-01-01"),
        Seat("he-2", "1", name="New Name", city="Joure", updated_at="2023-01-01"),
        Seat("h2020-1", "1", name="Older Name", updated_at="2024-01-01"),
    ]
    con = make_evidence(seats)
    row = con.execute("select name, city from organisation join place using (place_id)").fetchall()
    assert row == [("New Name", "Joure")], "Horizon Europe speaks before Horizon 2020"


def test_a_nameless_organisation_is_an_organisation() -> None:
    con = make_evidence([Seat("h2020-1", "1", "50.00", name=None)])
    assert con.execute("select name, source_organisations from organisation").fetchall() == [
        (None, 1)
    ]
    assert con.execute("select sum(contribution_eur) from involvement").fetchone() == (50,)


@pytest.mark.parametrize("verdict", ["same", "different"])
def test_sums_before_and_after_resolution_are_equal(verdict: str) -> None:
    con = make_evidence(
        seats_of(["he:1", "h2020:1", "he:2", "h2020:3"]),
        [ruling(1, verdict, "he:1", "h2020:1"), ruling(2, "same", "he:2", "h2020:3")],
    )
    whole = con.execute("select count(*), sum(contribution_eur) from participation").fetchone()
    assert (
        con.execute("select count(*), sum(contribution_eur) from involvement").fetchone() == whole
    )
    per_organisation = con.execute(
        """select sum(n), sum(eur) from (select count(*) as n, sum(contribution_eur) as eur
           from involvement join organisation using (organisation_id) group by organisation_id)"""
    ).fetchone()
    assert per_organisation == whole


def test_organisations_of_registers_and_lists_are_organisations_too() -> None:
    con = typed_tables(seats_of(["he:1"]))
    fill(con, "ror", [{"record_id": 1, "ror_id": "0a", "name": "Institute", "country": "GB",
                       "types": ["facility"], "status": "active"}])  # fmt: skip
    fill(con, "sponsor", [{"record_id": 2, "name": "Firm B.V.", "kvk_number": "01",
                           "is_person": False}])  # fmt: skip
    resolve(con, [])
    rows = con.execute(
        "select organisation_id, kind, country, place_id, ror_id, pic, kvk_number "
        "from organisation order by 1"
    ).fetchall()
    assert rows == [
        ("kvk:01", "company", "NL", None, None, None, "01"),
        ("pic:1", None, "NL", 1, None, "1", None),
        ("ror:0a", "knowledge", "UK", None, "0a", None, None),
    ]


def test_one_name_in_one_country_is_one_organisation_across_registers() -> None:
    name = "Noordelijk Instituut voor Zoutwaterlandbouw"
    con = typed_tables([Seat("he-1", "1", name=name.upper())])
    fill(con, "ror", [{"record_id": 1, "ror_id": "0a", "name": name, "country": "NL",
                       "city": "Drachten", "types": ["facility"], "status": "active"}])  # fmt: skip
    resolve(con, [])
    assert identities(con) == {"he:1": "ror:0a", "ror:0a": "ror:0a"}
    assert read(con, "select alias, organisation_id from organisation_alias")["pic:1"] == "ror:0a"
    rows = con.execute("select left_key, right_key, verdict from organisation_match").fetchall()
    assert rows == [("he:1", "ror:0a", "linked")]
    weights = con.execute("select weight from same_as where rule = 'match'").fetchall()
    assert all(0.85 < weight <= 1 for (weight,) in weights)


def test_a_ruling_undoes_a_match_and_its_withdrawal_brings_it_back() -> None:
    name = "Noordelijk Instituut voor Zoutwaterlandbouw"
    con = typed_tables([Seat("he-1", "1", name=name)])
    fill(con, "sponsor", [{"record_id": 2, "name": name, "kvk_number": "01", "is_person": False}])
    resolve(con, [])
    joined = identities(con)
    assert set(joined.values()) == {"pic:1"}
    resolve(con, [ruling(1, "different", "he:1", "kvk:01")])
    assert identities(con) == {"he:1": "pic:1", "kvk:01": "kvk:01"}
    resolve(con, [])
    assert identities(con) == joined


def test_a_figure_of_a_former_identifier_is_that_of_the_organisation_of_today() -> None:
    con = make_evidence(seats_of(["he:1", "h2020:2"]), [ruling(1, "same", "he:1", "h2020:2")])
    for name in ("participations", "contribution_eur", "partners"):
        today, former = (
            measure(con, name, Scope.of(organisation=identifier)).value
            for identifier in ("pic:1", "pic:2")
        )
        assert former == today is not None
    assert measure(con, "participations", Scope.of(organisation="pic:99")).value == 0
