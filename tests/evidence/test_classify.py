"""Which projects are about a chain: by its words, by words beside a field, by fields and topics."""

from __future__ import annotations

import duckdb
import pytest
from hypothesis import given
from hypothesis import strategies as st

from keten.evidence.classify import classify, make_terms
from keten.model import Chain, ChainStage, Text

TEXT = Text("x", "x")


def make_chain(**given: object) -> Chain:
    values: dict[str, object] = {
        "chain": "c", "label": TEXT, "description": TEXT, "regions": ("QN11",),
        "regions_label": TEXT, "stages": (ChainStage("s", TEXT, TEXT),), "words": (),
    }  # fmt: skip
    return Chain(**{**values, **given})  # type: ignore[arg-type]


def match(chain: Chain, title: str, field: str = "", topic: str = "") -> set[tuple[str, str]]:
    con = duckdb.connect()
    con.execute(
        "create table project(project_id varchar, record_id bigint, title varchar, objective varchar);"
        "create table project_topic(project_id varchar, record_id bigint, topic varchar, title varchar);"
        "create table project_field(project_id varchar, record_id bigint, code varchar, title varchar)"
    )
    con.execute("insert into project values ('p', 1, ?, null)", [title])
    con.execute("insert into project_topic values ('p', 2, ?, null)", [topic])
    con.execute("insert into project_field values ('p', 3, ?, 'f')", [field])
    classify(con, [chain])
    return set(con.execute("select way, term from chain_match").fetchall())


@pytest.mark.parametrize(
    ("word", "text", "is_met"),
    [
        ("pea protein*", "Pea proteins from the north", True),
        ("pea protein*", "Pea-protein isolates", True),
        ("pea protein*", "European protein", False),
        ("pea protein", "pea proteins", False),
        ("lidar", "solidarity", False),
        ("lupin*", "LUPINS and lupine", True),
        ("meat analogue*", "meat\nanalogues", True),
        ("meat analogue*", "meat\u00a0analogues", True),
        ("fibre sensor*", "fibre‑sensors", True),
    ],
)  # fmt: skip
def test_a_word_is_met_whole(word: str, text: str, is_met: bool) -> None:
    assert bool(match(make_chain(words=(word,)), text)) is is_met


def test_a_near_word_counts_beside_its_field_only() -> None:
    chain = make_chain(words=("x-ray",), near_words=("pulses",), near_fields=("/27",))
    assert match(chain, "Pulses of light", field="/23/1") == set()
    assert match(chain, "Pulses of the field", field="/27/81") == {("word", "pulses")}
    assert match(chain, "Pulses", field="/271") == set()


def test_what_a_word_is_not_is_cut_out_first() -> None:
    chain = make_chain(words=("protein*",), not_words=("protein folding",))
    assert match(chain, "Protein folding") == set()
    assert match(chain, "Protein folding and protein crops") == {("word", "protein*")}


def test_fields_count_with_all_below_and_topics_by_their_beginning() -> None:
    chain = make_chain(fields=("/27/81",), topics=("SFS-",))
    assert match(chain, "x", field="/27/81/5") == {("field", "/27/81/5")}
    assert match(chain, "x", field="/27/811") == set()
    assert match(chain, "x", topic="SFS-15-2014") == {("topic", "SFS-15-2014")}
    assert match(chain, "x", topic="LC-SFS-15") == set()


@given(st.text(max_size=60), st.sampled_from(["pea protein*", "lidar", "x-ray", "faba bean"]))
def test_both_engines_agree_on_what_is_met(text: str, word: str) -> None:
    """The engine sifts and we decide: it may never leave out what we would have found."""
    whole = f"{text} {word.rstrip('*')} {text}"
    (term,) = make_terms([word])
    lowered = duckdb.sql("select lower($t)", params={"t": whole}).fetchall()[0][0]
    sifted = duckdb.sql(
        "select regexp_matches(lower($t), $w)", params={"t": whole, "w": term.pattern.pattern}
    ).fetchall()[0][0]
    assert sifted or not term.is_in(lowered)
