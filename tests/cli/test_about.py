"""What a project is about at the command line: shown, said better, and taken back; and finding by it."""

from __future__ import annotations

from pathlib import Path

import duckdb

from keten.evidence import latest
from tests.cli.conftest import Keten, read_json


def con_of(home: Path) -> duckdb.DuckDBPyConnection:
    return latest(home).cursor()


def test_what_a_project_is_about_is_shown_said_and_taken_back(keten: Keten, home: Path) -> None:
    assert keten("load", "--examples").exit_code == 0
    assert keten("build").exit_code == 0
    row = (
        latest(home)
        .cursor()
        .execute(
            "select project_id, technology from project_technology "
            "where relation in ('develops', 'applies') order by all limit 1"
        )
        .fetchone()
    )
    assert row is not None
    project, technology = row
    printed = keten("about", project)
    assert technology in printed.stdout
    unsaid = keten("about", project, technology, "--no")
    assert unsaid.exit_code == 2
    assert "--who" in unsaid.stderr
    said = ("--why", "Named in passing", "--who", "A reader")
    assert keten("about", project, "alchemy", "--yes", *said).exit_code == 3
    assert keten("about", "he-0", technology, "--yes", *said).exit_code == 3
    line = read_json(keten("about", project, technology, "--no", *said, "--json"))
    assert line["answer"]["judgement"]["value"] == {"label": "none"}
    found = read_json(keten("about", project, "--json"))["answer"]["about"]["rows"]
    own = next(each for each in found if each["name"]["technology"] == technology)
    assert own["said"]["label"] == "none"
    assert not own["said"]["in_build"]
    assert "since the last build" in keten("about", project).stdout
    number = line["answer"]["judgement"]["number"]
    keten("rule", "withdraw", number, "--why", "Read again", "--who", "A reader")
    assert "since the last build" not in keten("about", project).stdout
    # An organisation is shown and said in the same way, and the line stays on its record.
    row = (
        con_of(home)
        .execute(
            "select organisation_id, technology from organisation_technology where projects > 0 "
            "order by all limit 1"
        )
        .fetchone()
    )
    assert row is not None
    party, technology = row
    assert technology in keten("about", party).stdout
    line = read_json(keten("about", party, technology, "--no", *said, "--json"))
    assert line["answer"]["judgement"]["value"] == {"label": "none"}
    assert "since the last build" in keten("about", party).stdout
    portrait = read_json(keten("about", party, "--json"))["answer"]["portrait"]
    (denied,) = portrait["denied"]
    assert (denied["technology"], denied["weight"]["value"]) == (technology, 0)
    # Of a value chain a project is about it or not, and the build obeys.
    other = con_of(home).execute(
        "select min(project_id), any_value(c.chain) "
        "from project, (select min(chain) as chain from chain) c "
        "where project_id not in (select project_id from chain_project where chain = c.chain)"
    ).fetchone()  # fmt: skip
    assert other
    chain = ("about", other[0], f"chain:{other[1]}")
    assert keten(*chain, "--applies", *said).exit_code == 2
    assert keten("about", party, chain[2], "--yes", *said).exit_code == 2
    assert keten("about", other[0], "chain:alchemy", "--yes", *said).exit_code == 3
    assert keten(*chain, "--yes", *said).exit_code == 0
    (waiting,) = read_json(keten("about", other[0], "--json"))["answer"]["about"]["subjects_later"]
    assert (waiting["label"], waiting["in_build"]) == ("about", False)
    assert keten("build").exit_code == 0
    rows = read_json(keten("about", other[0], "--json"))["answer"]["about"]["subjects"]
    (row,) = [each for each in rows if each["subject"]["name"] == other[1]]
    assert (row["label"], row["basis"], row["chance"]["value"]) == ("about", "editor", 100)
    assert chain[2] in keten("about", other[0]).stdout
    assert "since the last build" not in keten("about", party).stdout
    (denied,) = read_json(keten("about", party, "--json"))["answer"]["portrait"]["denied"]
    assert denied["basis"] == "editor"
    # And what is found can be narrowed to a technology.
    con = latest(home).cursor()
    row = con.execute(
        "select t.technology, p.title from project_technology t join project p using (project_id) "
        "where t.relation in ('develops', 'applies') and p.title is not null order by all limit 1"
    ).fetchone()
    assert row is not None
    technology, title = row
    asked = ("find", "--kind", "project", title.split()[0], "--limit", "400", "--json")
    every = {hit["identifier"] for hit in read_json(keten(*asked))["answer"]["search"]["hits"]}
    narrowed = read_json(keten(*asked, "--technology", technology))["answer"]
    some = {hit["identifier"] for hit in narrowed["search"]["hits"]}
    assert some
    assert some <= every
    assert narrowed["asked"] == {"technology": technology}
    assert keten(*asked, "--technology", "alchemy").exit_code == 3
