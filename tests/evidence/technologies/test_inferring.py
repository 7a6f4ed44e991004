"""A project of which nothing is known is told by its participants, by how much of one thing each does."""

import duckdb
import pytest

from keten.evidence.technologies import list_witnesses, write_inferred
from keten.evidence.technologies.inferring import LEAST, hear_participants


@pytest.fixture
def con() -> duckdb.DuckDBPyConnection:
    """A maker of lasers, a university that does everything; `a` to `z` are judged by their text."""
    made = duckdb.connect()
    made.execute(
        """
        create table technology(technology varchar);
        insert into technology values ('optics'), ('ai-data');
        create table project_judged(project_id varchar, basis varchar);
        insert into project_judged select 'read' || n, 'text' from range(40) t(n);
        insert into project_judged values
            ('by-maker', 'unknown'), ('by-university', 'unknown'), ('by-both', 'unknown'),
            ('by-nobody', 'unknown'), ('by-topic', 'topic');
        create table project_technology(project_id varchar, technology varchar, relation varchar,
            probability double);
        insert into project_technology select 'read' || n, 'optics', 'develops', 0.9 from range(8) t(n);
        insert into project_technology select 'read' || n, 'ai-data', 'applies', 0.9
            from range(20, 28) t(n);
        insert into project_technology values
            ('read9', 'optics', 'none', 0.9), ('by-topic', 'optics', 'develops', 0.9);
        create table involvement(project_id varchar, organisation_id varchar);
        insert into involvement select 'read' || n, 'pic:maker' from range(5) t(n);
        insert into involvement select 'read' || n, 'pic:university' from range(40) t(n);
        insert into involvement values
            ('by-maker', 'pic:maker'), ('by-maker', 'pic:maker'), ('by-university', 'pic:university'),
            ('by-both', 'pic:maker'), ('by-both', 'pic:university'), ('by-nobody', 'pic:new'),
            ('by-topic', 'pic:maker');
        """
    )
    return made


def test_who_does_one_thing_says_much_and_who_does_all_says_little(
    con: duckdb.DuckDBPyConnection,
) -> None:
    write_inferred(con)
    rows = con.execute("from inferred_technology order by project_id").fetchall()
    assert [(row[0], row[1], row[3]) for row in rows] == [
        ("by-both", "optics", 2),
        ("by-maker", "optics", 1),
    ]
    both, maker = (row[2] for row in rows)
    assert LEAST < both <= maker < 1
    found = list_witnesses(con, ["by-both"], ["optics"])["by-both", "optics"]
    assert [each.organisation_id for each in found] == ["pic:maker", "pic:university"]
    assert (found[0].projects, found[0].about) == (5, pytest.approx(4.5))
    # The university does as all do: it has no say at all.
    assert found[0].say == pytest.approx(1)


def test_what_is_known_of_a_project_itself_is_hidden(con: duckdb.DuckDBPyConnection) -> None:
    """Its own label must not speak through its participants."""
    before = hear_participants(con, ["read0"])
    con.execute("update project_technology set probability = 0.1 where project_id = 'read0'")
    after = hear_participants(con, ["read0"])
    (optics,) = (row for row in before if row[1] == "optics")
    (other,) = (row for row in after if row[1] == "optics")
    # Without it the maker has four other projects, all of optics, whatever is said of this one; only what
    # is common moves a little.
    assert optics[3] == pytest.approx(other[3], abs=0.15)
    assert optics[3] > 1
    assert list_witnesses(con, ["read0"], ["optics"])["read0", "optics"][0].projects == 4


def test_an_editors_no_is_obeyed_and_topics_say_nothing(con: duckdb.DuckDBPyConnection) -> None:
    con.execute("update project_technology set relation = 'none' where technology = 'optics'")
    write_inferred(con)
    assert not con.execute("from inferred_technology where technology = 'optics'").fetchall()
