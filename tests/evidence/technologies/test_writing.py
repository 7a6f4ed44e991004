"""What a build keeps: labels with their tier and basis, and each word with the row it stands in."""

import duckdb
import pytest

from keten.evidence.technologies import classify_technologies
from keten.model import About, Taxonomy, Text
from tests.evidence.technologies.made import ENTRIES, LASER, SHIPS

TEXT = Text("x", "x")
TAXONOMY = Taxonomy(
    "technologies", "1", "technology", TEXT, TEXT, "s", "", "2024-01-19", "", False, ENTRIES
)


@pytest.fixture
def con() -> duckdb.DuckDBPyConnection:
    made = duckdb.connect()
    made.execute(
        "create table project(project_id varchar, record_id bigint, title varchar, objective varchar);"
        "create table project_topic(project_id varchar, record_id bigint, topic varchar, title varchar);"
        "create table project_field(project_id varchar, record_id bigint, code varchar, title varchar);"
        "create table project_programme_part(project_id varchar, record_id bigint, code varchar)"
    )
    made.executemany(
        "insert into project values (?, ?, ?, ?)",
        [
            ("p-laser", 1, "A photonic laser", LASER),
            ("p-ships", 2, "Trade", SHIPS),
            ("p-bare", 3, None, None),
        ],
    )
    made.execute("insert into project_topic values ('p-bare', 9, 'ICT-1', 'Photonic laser chips')")
    made.execute(
        "insert into project_field values ('p-bare', 8, '/23/43/251/745', 'laser physics')"
    )
    return made


def labels(con: duckdb.DuckDBPyConnection) -> dict[tuple[str, str], tuple[str, str]]:
    rows = con.execute(
        "select project_id, technology, relation, basis from project_technology"
    ).fetchall()
    return {
        (project, technology): (relation, basis) for project, technology, relation, basis in rows
    }


def test_labels_and_words_lead_to_rows(con: duckdb.DuckDBPyConnection) -> None:
    classify_technologies(con, TAXONOMY)
    assert labels(con)["p-laser", "optics"] == ("develops", "text")
    assert ("p-ships", "optics") not in labels(con)
    words = con.execute(
        "select term, record_id, starts, ends from technology_word "
        "where project_id = 'p-laser' and place = 'objective' order by starts"
    ).fetchall()
    assert {(LASER[start:end].lower(), record) for _, record, start, end in words} == {
        ("laser", 1), ("photonic", 1),
    }  # fmt: skip


def test_what_has_no_text_says_so_and_names_the_row_of_its_topic(
    con: duckdb.DuckDBPyConnection, monkeypatch: pytest.MonkeyPatch
) -> None:
    classify_technologies(con, TAXONOMY)
    assert ("p-bare", "optics") not in labels(con)  # too little, by a topic alone
    monkeypatch.setattr("keten.evidence.technologies.writing.LEAST_BY_TOPIC", 0.01)
    classify_technologies(con, TAXONOMY)
    assert labels(con)["p-bare", "optics"][1] == "topic"
    records = con.execute(
        "select distinct record_id, place from technology_word where project_id = 'p-bare'"
    ).fetchall()
    assert records == [(9, "topic")]


def test_what_an_editor_said_is_kept_with_its_line(con: duckdb.DuckDBPyConnection) -> None:
    said = [
        About(4, "p-laser", "technologies", "optics", "none", "e", "why", "2026-01-01"),
        About(5, "p-ships", "other", "optics", "develops", "e", "why", "2026-01-01"),
    ]
    classify_technologies(con, TAXONOMY, said)
    assert labels(con)["p-laser", "optics"] == ("none", "editor")
    assert ("p-ships", "optics") not in labels(con)
    assert con.execute(
        "select ruling from project_technology where basis = 'editor'"
    ).fetchall() == [(4,)]


def test_without_a_taxonomy_the_tables_are_empty(con: duckdb.DuckDBPyConnection) -> None:
    classify_technologies(con, None)
    assert con.execute("select count(*) from project_technology").fetchone() == (0,)
