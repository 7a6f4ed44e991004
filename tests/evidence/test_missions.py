"""Which projects are about a mission: by words, by the programme alone, and by an editor's word."""

from __future__ import annotations

import duckdb
import pytest

from keten.evidence.missions import LEAST, classify_missions, read_mission_model
from keten.model import About, Clue, MapsTo, Taxonomy, TaxonomyEntry, Text

TEXT = Text("x", "x")
HEALTH = TaxonomyEntry(
    "health", TEXT, TEXT,
    maps_to=MapsTo(
        (Clue("word", "patient*"), Clue("word", "cancer"), Clue("word", "drug*", 0.5),
         Clue("topic", "HLTH-"), Clue("part", "HORIZON.2.1")),
        ("patient waiting",),
    ),
)  # fmt: skip
UNMAPPED = TaxonomyEntry("security", TEXT, TEXT)
MISSIONS = Taxonomy(
    "missions", "1", "mission", TEXT, TEXT, "s", "", "2019-01-01", "", False, (HEALTH, UNMAPPED)
)
FILLER = (
    "The people of the region keep their land and sell what they make to the towns around. " * 4
)
PROJECTS = [
    ("made", "Cancer in patients", f"We treat cancer of patients and test drugs. {FILLER}"),
    ("named", "Life in towns", f"{FILLER} Bridges are of use to all, patients too."),
    ("cut", "Patient waiting at stations", FILLER),
    ("means", "Drugs and crime", FILLER),
    ("topic", None, None),
    ("none", "Stars", FILLER),
]


def tell(*abouts: About) -> dict[str, tuple[float, str, str, int | None]]:
    con = duckdb.connect()
    con.execute(
        "create table project(project_id varchar, record_id bigint, title varchar, objective varchar);"
        "create table project_topic(project_id varchar, record_id bigint, topic varchar, title varchar);"
        "create table project_field(project_id varchar, record_id bigint, code varchar);"
        "create table project_programme_part(project_id varchar, record_id bigint, code varchar);"
        "insert into project_topic values ('topic', 2, 'HLTH-2021', 'x'), ('made', 2, 'HLTH-2021', 'x');"
        "insert into project_programme_part values ('topic', 3, 'HORIZON.2.1.3')"
    )
    con.executemany("insert into project values (?, 1, ?, ?)", PROJECTS)
    classify_missions(con, MISSIONS, abouts)
    rows = con.execute(
        "select project_id, probability, tier, basis, ruling from mission_project "
        "where mission = 'health'"
    ).fetchall()
    # An entry that nothing maps to is not told at all.
    assert con.execute("select mission from mission").fetchall() == [("health",)]
    words = con.execute("select distinct term from mission_word order by 1").fetchall()
    assert ("patient*",) in words
    kept = con.execute("select count(*) from mission_ruling").fetchone()
    assert kept == (len(abouts),)
    return {project: rest for project, *rest in rows}  # type: ignore[misc]


def test_what_names_it_counts_by_where_and_how_often() -> None:
    told = tell()
    assert told["made"][0] > read_mission_model().given
    assert set(told) >= {"made"}
    assert {"cut", "means", "none"}.isdisjoint(told)  # a means alone puts nothing in
    assert all(chance >= LEAST for chance, *_ in told.values())
    assert told.get("named", (0.0,))[0] < told["made"][0]


def test_without_a_text_a_project_counts_as_its_like_and_is_never_sure() -> None:
    told = tell()
    chance, tier, basis, _ = told["topic"]
    assert basis == "topic"
    assert tier != "sure"
    assert 0 < chance <= told["made"][0]


@pytest.mark.parametrize(("project", "label"), [("made", "none"), ("none", "about")])
def test_an_editor_goes_before_the_model(project: str, label: str) -> None:
    said = About(7, project, "mission", "health", label, "somebody", "read", "2026-11-01")
    told = tell(said)
    if label == "none":
        assert project not in told
    else:
        assert tuple(told[project]) == (1.0, "sure", "editor", 7)
    others = {name: row for name, row in told.items() if name != project}
    assert others == {name: row for name, row in tell().items() if name != project}
