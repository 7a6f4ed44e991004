"""What participants tell is shown on pages of its own, and changes nothing that is counted."""

import shutil
from datetime import UTC, datetime
from pathlib import Path

import duckdb
from starlette.testclient import TestClient

from keten.atlas.measures import write_measures
from keten.atlas.taxonomies import in_force, list_taxonomies
from keten.atlas.technology_answers import list_technologies, show_technology
from keten.atlas.technology_measures import write_technology_measures
from keten.diagnosis.background import write_background
from keten.diagnosis.measures import write_measures as write_presence
from keten.evidence import latest
from keten.evidence.classify import classify
from keten.evidence.technologies import write_organisations
from keten.pipeline.build import STAGES
from keten.workspace import open_store
from tests.web.site import Site

# Stages that count: what they write must be the same whatever participants tell.
COUNTING = (
    "link",
    "classify",
    "technologies",
    "portray",
    "survey",
    "measure",
    "diagnose",
    "backtest",
)


def test_no_measure_is_moved_by_what_participants_tell(site: Site, tmp_path: Path) -> None:
    """Every table that is counted is the same byte for byte without that table, and with it spoilt."""
    spoilt = (
        "insert into inferred_technology select project_id, technology, 0.99, 9 "
        "from project, technology"
    )
    found = [
        count_all(site, tmp_path / name, change)
        for name, change in (("without", "drop table inferred_technology"), ("spoilt", spoilt))
    ]
    assert found[0] == found[1]
    assert found[0]["technology_region"]
    assert found[0]["organisation_technology"]


def count_all(site: Site, place: Path, change: str) -> dict[str, object]:
    """Make all measures anew in a copy of the evidence in which what participants tell was changed."""
    place.mkdir()
    evidence = latest(site.home, threads=1)
    shutil.copy(evidence.folder / "evidence.duckdb", place)
    evidence.close()
    with open_store(site.home) as store:
        held = in_force(list_taxonomies(store), datetime(2026, 1, 1, tzinfo=UTC).date())
    taxonomy = next(each for each in held if each.scheme == "technologies")
    with duckdb.connect(str(place / "evidence.duckdb"), config={"threads": 1}) as con:
        con.execute(change)
        classify(con, ())
        write_organisations(con, taxonomy)
        write_technology_measures(con)
        write_measures(con)
        write_presence(con, ())
        write_background(con)
        tables = {
            table: con.execute(f"from {table} order by all").fetchall()
            for stage in STAGES
            if stage.name in COUNTING
            for table in stage.writes
        }
        answers = {"list": list_technologies(con), "one": show_technology(con, "optics", "QN")}
    return tables | answers


def test_a_project_of_which_nothing_is_known_shows_who_speaks_for_it(
    site: Site, visitor: TestClient
) -> None:
    evidence = latest(site.home, threads=1)
    row = evidence.cursor().execute(
        "select project_id, technology from inferred_technology order by probability desc, 1, 2 limit 1"
    )  # fmt: skip
    found = row.fetchone()
    evidence.close()
    assert found is not None
    project, technology = found
    shown = visitor.get(f"/en/projects/{project}").text
    assert "Judged by who takes part; it enters no count." in shown
    listed = visitor.get(f"/en/technologies/{technology}/inferred").text
    assert f"/projects/{project}" in listed
    assert f"/projects/{project}" not in visitor.get(f"/en/technologies/{technology}/projects").text
    assert visitor.get(f"/en/technologies/{technology}/inferred?country=XX").status_code == 400
