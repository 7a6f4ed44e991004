"""The Python face: what somebody in a notebook gets, and what it says when it cannot."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import duckdb
import pytest

import keten
from keten.atlas.answers import measure, show_organisation
from keten.errors import EvidenceError, NotFoundError, UsageError
from keten.evidence import store
from keten.evidence.index import write_index
from keten.model import Scope


@pytest.fixture(scope="module")
def home(con: duckdb.DuckDBPyConnection, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home folder in which the small evidence is published."""
    folder = tmp_path_factory.mktemp("home")
    root = folder / "evidence"
    with store.build_lock(root):
        building = store.start_building(root)
        con.execute(f"attach '{building}/evidence.duckdb' as published")
        con.execute("copy from database memory to published")
        con.execute("detach published")
        con.execute("create temp table municipality(name varchar, province varchar, nuts3 varchar)")
        write_index(con, building / "index.sqlite")
        con.execute("drop table temp.municipality")
        now = datetime(2026, 11, 1, tzinfo=UTC)
        store.publish(root, store.Manifest(1, now, "fingerprint", "", True))
    return folder


@pytest.fixture
def ecosystem(home: Path) -> Iterator[keten.Ecosystem]:
    with keten.open(home) as opened:
        yield opened


def test_it_says_what_it_is(ecosystem: keten.Ecosystem) -> None:
    assert repr(ecosystem) == "<keten evidence 1, built 2026-11-01, invented>"
    assert "involvement" in ecosystem.tables
    assert "contribution_eur" in ecosystem.measures
    assert ecosystem.describe("project")["total_cost_eur"] == "Total cost in euro."


def test_tables_come_as_arrow_and_as_frames(ecosystem: keten.Ecosystem) -> None:
    table = ecosystem.table("involvement")
    frame = ecosystem.pandas("involvement")
    assert table.num_rows == len(frame) == 13
    assert str(frame["contribution_eur"].sum()) == "1469.27"
    assert frame["year"].isna().sum() == 1
    with pytest.raises(NotFoundError):
        ecosystem.table("people")


def test_answers_are_those_of_the_atlas(
    ecosystem: keten.Ecosystem, con: duckdb.DuckDBPyConnection
) -> None:
    for identifier in ("pic:100", "h2020:100", "100", 100):
        assert ecosystem.organisation(identifier) == show_organisation(con, "pic:100")
    assert ecosystem.measure("projects", region="NL") == measure(
        con, "projects", Scope.of(region="NL")
    )
    assert ecosystem.measure("projects", sme=True).value == 3
    assert ecosystem.region("NL11+NL12").codes == ("NL11", "NL12")
    assert ecosystem.region("NL113").codes == ("NL112",)
    assert ecosystem.region().participations.value == 13
    assert ecosystem.project("he-1").title == "About he-1"
    assert len(ecosystem.partners(100)) == 4
    assert len(ecosystem.organisations(region="NL", limit=2)) == 2
    assert len(ecosystem.projects(year=2022)) == 1
    assert [row.region.code for row in ecosystem.regions()] == ["NL", "DE", "US"]
    assert ecosystem.map("NL11") is not None
    assert [hit.identifier for hit in ecosystem.find("epsilon").hits] == ["pic:500"]
    assert ecosystem.sources()[0].card.licence == "CC BY 4.0"
    assert len(ecosystem.issues(issue_code="column-count")) == 2


def test_a_figure_leads_to_its_rows(ecosystem: keten.Ecosystem) -> None:
    figure = ecosystem.organisation(200).contribution_eur
    assert ecosystem.why(figure).figure == figure
    assert ecosystem.why("contribution_eur", organisation="pic:200").figure == figure
    assert len(ecosystem.record_ids(figure)) == 3
    assert ecosystem.record_ids("contribution_eur", organisation="pic:200") == ecosystem.record_ids(
        figure
    )


def test_what_is_asked_wrongly_says_what_to_do(ecosystem: keten.Ecosystem, tmp_path: Path) -> None:
    with pytest.raises(UsageError):
        ecosystem.measure("projects", weather="fine")
    with pytest.raises(NotFoundError):
        ecosystem.organisation("pic:7")
    with pytest.raises(EvidenceError) as nothing:
        keten.open(tmp_path)
    assert "keten build" in nothing.value.next_step
