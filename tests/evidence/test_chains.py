"""How likely it is that a project is about a chain: by its words, and without a text by its like."""

from __future__ import annotations

import duckdb
import pytest

from keten.evidence.chains.features import FEATURES
from keten.evidence.chains.model import read_model
from keten.evidence.classify import classify
from keten.model import Chain, ChainStage, Text

TEXT = Text("x", "x")
CHAIN = Chain(
    "c", TEXT, TEXT, ("QN11",), TEXT, (ChainStage("s", TEXT, TEXT),), ("pea protein*", "lupin*"),
    fields=("/27",), near_words=("beans",), near_fields=("/27",),
)  # fmt: skip
FILLER = (
    "The farmers of the region keep their land and sell what they grow to the towns around. " * 4
)


@pytest.fixture(scope="module")
def told() -> dict[str, tuple[float, str, str]]:
    projects = [
        (
            "made",
            "New pea proteins",
            f"We develop pea protein from lupins and pea proteins. {FILLER}",
        ),
        ("named", "Life in towns", f"{FILLER} One of ten dishes held lupin."),
        ("field", "Roads", FILLER),
        ("field-2", "Canals", FILLER),
        ("mute", None, None),
        ("none", "Stars", FILLER),
    ]
    con = duckdb.connect()
    con.execute(
        "create table project(project_id varchar, record_id bigint, title varchar, objective varchar);"
        "create table project_topic(project_id varchar, record_id bigint, topic varchar, title varchar);"
        "create table project_field(project_id varchar, record_id bigint, code varchar, title varchar)"
    )
    con.executemany("insert into project values (?, 1, ?, ?)", projects)
    con.executemany(
        "insert into project_field values (?, 3, '/27/1', 'f')", [["field"], ["field-2"], ["mute"]]
    )
    classify(con, [CHAIN])
    rows = con.execute("select project_id, probability, tier, basis from chain_project").fetchall()
    return {project: (probability, tier, basis) for project, probability, tier, basis in rows}


def test_what_makes_it_is_likelier_than_what_names_it_than_what_is_near_it(
    told: dict[str, tuple[float, str, str]],
) -> None:
    assert set(told) == {"made", "named", "field", "field-2", "mute"}  # all that was met, no more
    assert told["made"][0] > 0.95 > told["named"][0] > told["field"][0] > 0
    assert (told["made"][1], told["field"][1]) == ("sure", "perhaps")


def test_a_project_without_text_counts_as_those_with_the_same_codes(
    told: dict[str, tuple[float, str, str]],
) -> None:
    assert told["mute"][2] == "topic"
    assert {told[each][2] for each in ("made", "field")} == {"text"}
    assert told["mute"][0] == pytest.approx(told["field"][0], abs=0.05)


def test_without_a_text_nothing_is_sure() -> None:
    con = duckdb.connect()
    con.execute(
        "create table project as select unnest(['a', 'b', 'c']) as project_id, 1::bigint as record_id, "
        "unnest(['New pea proteins of lupin', 'Lupins and pea proteins', null]) as title, "
        "'Pea protein, lupins and pea proteins' as objective;"
        "update project set objective = null where title is null;"
        "create table project_topic as select unnest(['a', 'b', 'c']) as project_id, "
        "2::bigint as record_id, 't' as topic, 'Lupins' as title;"
        "create table project_field(project_id varchar, record_id bigint, code varchar, title varchar)"
    )
    classify(con, [CHAIN])
    rows = con.execute("select probability, tier from chain_project order by project_id").fetchall()
    assert [tier for _, tier in rows] == ["sure", "sure", "likely"]
    assert rows[2][0] > read_model().given


def test_the_shipped_weights_are_of_these_features() -> None:
    model = read_model()
    assert len(model.weights) == len(FEATURES) + 1
    assert 0 < model.given < model.sure < 1
    assert [model.tier(each) for each in (0, model.given, model.sure)] == [
        "perhaps", "likely", "sure",
    ]  # fmt: skip


def test_the_order_of_chains_changes_nothing() -> None:
    con = duckdb.connect()
    con.execute(
        "create table project as select 'p' as project_id, 1::bigint as record_id, 'Lupins' as title, "
        "null::varchar as objective;"
        "create table project_topic(project_id varchar, record_id bigint, topic varchar, title varchar);"
        "create table project_field(project_id varchar, record_id bigint, code varchar, title varchar)"
    )
    other = Chain("d", TEXT, TEXT, ("QN11",), TEXT, CHAIN.stages, ("lupin*", "roads"))
    found = []
    for chains in ([CHAIN, other], [other, CHAIN]):
        classify(con, chains)
        found.append(con.execute("select * from chain_project").fetchall())
    assert found[0] == found[1]
    assert [row[0] for row in found[0]] == ["c", "d"]
