"""What an organisation is about: three voices apart, figures that lead back, and words since the build."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import duckdb
import pytest

from keten.atlas.portrait import show_portrait
from keten.atlas.portrait_method import METHODS, explain
from keten.atlas.portrait_records import say_of_organisation
from keten.errors import ConflictError, NotFoundError, UsageError
from keten.evidence.technologies import write_organisations
from keten.model import About, Scope, Taxonomy, Text
from keten.workspace import Store, open_store
from tests.evidence.technologies.made import ENTRIES

NOW = datetime(2026, 1, 2, tzinfo=UTC)
TEXT = Text("x", "x")
TAXONOMY = Taxonomy(
    "technologies", "1", "technology", TEXT, TEXT, "s", "", "2024-01-19", "", False, ENTRIES
)


@pytest.fixture
def con() -> Iterator[duckdb.DuckDBPyConnection]:
    """One organisation of two records: a project that develops optics, one of which nothing is known."""
    made = duckdb.connect()
    made.execute(
        """
        create table technology(technology varchar, label_en varchar, label_nl varchar);
        insert into technology values ('optics', 'Optics', 'Optica'), ('ai-data', 'AI', 'AI');
        create table organisation(organisation_id varchar, anchor_key varchar);
        insert into organisation values ('pic:1', 'he:1');
        create table organisation_alias(alias varchar, organisation_id varchar);
        insert into organisation_alias values ('pic:1', 'pic:1'), ('he:1', 'pic:1'), ('ror:1', 'pic:1');
        create table involvement(record_id bigint, project_id varchar, organisation_id varchar,
            programme varchar, start_date date, year smallint, contribution_eur decimal(18,2));
        insert into involvement values
            (11, 'he-1', 'pic:1', 'he', '2025-01-01', 2025, 100),
            (12, 'he-2', 'pic:1', 'he', '2025-01-01', 2025, 300),
            (13, 'h2020-3', 'pic:1', 'h2020', '2015-01-01', 2015, 900);
        create table project(project_id varchar, record_id bigint, programme varchar, start_date date);
        insert into project values ('he-1', 1, 'he', '2025-01-01'), ('he-2', 2, 'he', '2025-01-01'),
            ('h2020-3', 3, 'h2020', '2015-01-01');
        create table project_judged(project_id varchar, basis varchar);
        insert into project_judged values ('he-1', 'text'), ('he-2', 'text'), ('h2020-3', 'unknown');
        create table project_technology(project_id varchar, technology varchar, relation varchar,
            probability double, tier varchar, basis varchar);
        insert into project_technology values ('he-1', 'optics', 'develops', 0.8, 'likely', 'text');
        create table technology_word(project_id varchar, technology varchar, record_id bigint);
        insert into technology_word values ('he-1', 'optics', 1);
        create table caveat(release varchar, caveat varchar);
        """
    )
    write_organisations(made, TAXONOMY)
    yield made
    made.close()


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return open_store(tmp_path)


def say(con: duckdb.DuckDBPyConnection, store: Store, label: str, **more: int | None) -> int:
    return say_of_organisation(
        con, store, "pic:1", "optics", label, "They make lenses", "editor", NOW, **more
    ).number


def test_each_figure_is_found_again_with_its_rows(con: duckdb.DuckDBPyConnection) -> None:
    (row,) = show_portrait(con, None, "pic:1").rows
    assert row.share.value == pytest.approx(0.2)
    assert (row.weight.value, row.basis, row.last_year) == (row.share.value, "projects", 2025)
    for figure in (row.share, row.weight):
        again = explain(con, None, figure.measure, figure.scope)
        assert again.figure.value == figure.value
        assert again.record_ids == (1, 11, 12)  # the word that spoke, and both that were weighed
    judged = show_portrait(con, None, "pic:1").judged
    assert judged.value == 2
    assert judged.coverage is not None
    assert judged.coverage.of == 3
    assert explain(con, None, "organisation_judged", judged.scope).figure == judged


def test_an_editor_beats_the_projects_at_once_and_after_the_build(
    con: duckdb.DuckDBPyConnection, store: Store
) -> None:
    number = say(con, store, "none", seen=0)
    view = show_portrait(con, store, "pic:1")
    assert view.rows == ()
    (denied,) = view.denied
    assert (denied.weight.value, denied.is_later) == (0, True)
    assert denied.share.value == pytest.approx(0.2)  # what the projects say stays to be seen
    why = explain(con, store, "organisation_about", denied.weight.scope)
    assert (why.figure.value, why.judgements) == (0, (number,))
    said = About(number, "he:1", "technologies", "optics", "none", "editor", "w", "2026-01-02")
    write_organisations(con, TAXONOMY, [said])
    (denied,) = show_portrait(con, store, "pic:1").denied
    assert (denied.weight.value, denied.is_later) == (0, False)


def test_a_later_word_takes_the_place_of_an_earlier_one(
    con: duckdb.DuckDBPyConnection, store: Store
) -> None:
    say(con, store, "none")
    with pytest.raises(ConflictError):
        say(con, store, "develops", seen=0)
    number = say(con, store, "develops")
    (row,) = show_portrait(con, store, "pic:1").rows
    assert (row.weight.value, row.basis) == (1, "editor")
    assert row.said is not None
    store.withdraw(number, "not sure", "editor", NOW)
    (row,) = show_portrait(con, store, "pic:1").denied


def test_a_list_puts_it_under_a_technology_and_a_private_one_does_not(
    con: duckdb.DuckDBPyConnection, store: Store
) -> None:
    store.record("member", "ror:1", "technology:ai-data", "a list", "e", NOW)
    store.record("member", "ror:1", "technology:quantum", "a list", "e", NOW, is_private=True)
    rows = {row.technology: row for row in show_portrait(con, store, "pic:1").rows}
    assert set(rows) == {"optics", "ai-data"}
    listed = rows["ai-data"]
    assert (listed.weight.value, listed.basis, listed.is_later) == (0.5, "list", True)
    assert (listed.share.value, listed.projects.value) == (None, 0)


def test_what_is_not_there_is_refused_in_words(
    con: duckdb.DuckDBPyConnection, store: Store
) -> None:
    with pytest.raises(UsageError):
        say(con, store, "likes")
    with pytest.raises(UsageError):
        say_of_organisation(con, store, "pic:1", "optics", "develops", " ", "e", NOW)
    with pytest.raises(NotFoundError):
        say_of_organisation(con, store, "pic:1", "alchemy", "develops", "why", "e", NOW)
    with pytest.raises(NotFoundError):
        say_of_organisation(con, store, "pic:9", "optics", "develops", "why", "e", NOW)
    with pytest.raises(UsageError):
        explain(con, store, "organisation_about", Scope.of(organisation="pic:1"))
    assert set(METHODS) == {"organisation_about", "organisation_share", "organisation_judged"}
