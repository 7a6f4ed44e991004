"""What an organisation is about: projects by money and time, lists and editors, each told apart."""

from typing import Any

import duckdb
import pytest

from keten.evidence.technologies import write_organisations
from keten.model import About, Member, Taxonomy, Text
from tests.evidence.technologies.made import ENTRIES

TEXT = Text("x", "x")
TAXONOMY = Taxonomy(
    "technologies", "1", "technology", TEXT, TEXT, "s", "", "2024-01-19", "", False, ENTRIES
)


@pytest.fixture
def con() -> duckdb.DuckDBPyConnection:
    """Three projects of one organisation, one of another; the second half as old and paid three times."""
    made = duckdb.connect()
    made.execute(
        """
        create table involvement(record_id bigint, project_id varchar, organisation_id varchar,
            start_date date, year smallint, contribution_eur decimal(18,2));
        insert into involvement values
            (1, 'p-new', 'pic:1', '2025-01-01', 2025, 100),
            (2, 'p-old', 'pic:1', '2020-01-01', 2020, 300),
            (3, 'p-vague', 'pic:1', '2025-01-01', 2025, 900),
            (4, 'p-new', 'pic:2', '2025-01-01', 2025, null);
        create table organisation_alias(alias varchar, organisation_id varchar);
        insert into organisation_alias values ('he:1', 'pic:1'), ('ror:1', 'pic:1'), ('he:2', 'pic:2');
        create table project_judged(project_id varchar, basis varchar);
        insert into project_judged values ('p-new', 'text'), ('p-old', 'text'), ('p-vague', 'unknown');
        create table project_technology(project_id varchar, technology varchar, relation varchar,
            probability double, basis varchar);
        insert into project_technology values
            ('p-new', 'optics', 'develops', 0.8, 'text'), ('p-old', 'ai-data', 'applies', 1.0, 'text');
        """
    )
    return made


def about(key: str, label: str, number: int) -> About:
    return About(number, key, "technologies", "optics", label, "editor", "why", "2026-01-01")


def read(con: duckdb.DuckDBPyConnection, organisation: str = "pic:1") -> dict[str, dict[str, Any]]:
    answer = con.execute(
        "select * from organisation_technology where organisation_id = ?", [organisation]
    )
    names = [column[0] for column in answer.description or ()]
    rows = [dict(zip(names, row, strict=True)) for row in answer.fetchall()]
    return {row["technology"]: row for row in rows}


def test_projects_count_by_chance_money_and_time(con: duckdb.DuckDBPyConnection) -> None:
    write_organisations(con, TAXONOMY)
    found = read(con)
    # 100 of now, and 300 of five years before, which count half: 100 + 150; the vague one not at all.
    assert found["optics"]["share_projects"] == pytest.approx(0.8 * 100 / 250, abs=1e-3)
    assert found["ai-data"]["share_projects"] == pytest.approx(150 / 250, abs=1e-3)
    optics = found["optics"]
    assert optics["weight"] == optics["share_projects"]
    assert (optics["projects"], optics["develops"], optics["projects_of"]) == (1, 1, 2)
    assert (optics["contribution_eur"], optics["contribution_of_eur"]) == (100, 400)
    assert (optics["last_year"], optics["basis"]) == (2025, "projects")
    assert read(con, "pic:2")["optics"]["share_projects"] == pytest.approx(0.8)


def test_lists_and_editors_stand_beside_what_projects_say(con: duckdb.DuckDBPyConnection) -> None:
    members = [
        Member(7, "he:2", "technologies", "ai-data"),
        Member(8, "he:404", "technologies", "optics"),
        Member(9, "he:2", "missions", "ai-data"),
    ]
    write_organisations(con, TAXONOMY, [about("he:1", "none", 3)], members)
    said, listed = read(con)["optics"], read(con, "pic:2")["ai-data"]
    assert (said["weight"], said["basis"], said["said"], said["ruling"]) == (0, "editor", "none", 3)
    assert said["share_projects"] > 0
    assert (listed["weight"], listed["basis"]) == (0.5, "list")
    assert (listed["listed"], listed["listing"], listed["share_projects"]) == (1, 7, None)
    assert con.execute("select count(*) from organisation_technology").fetchone() == (4,)


def test_the_later_word_on_whatever_record_holds(con: duckdb.DuckDBPyConnection) -> None:
    """Two records that became one organisation: what was said of either is said of it."""
    write_organisations(con, TAXONOMY, [about("ror:1", "develops", 5), about("he:1", "none", 4)])
    assert (read(con)["optics"]["said"], read(con)["optics"]["weight"]) == ("develops", 1)


def test_without_a_taxonomy_there_is_nothing(con: duckdb.DuckDBPyConnection) -> None:
    con.execute("delete from project_judged")
    write_organisations(con, None, [about("he:1", "develops", 5)])
    assert read(con) == {}
