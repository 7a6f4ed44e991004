"""What short Dutch texts are about: words inside words, chances, and the rows and words behind them."""

from __future__ import annotations

from collections.abc import Iterator

import duckdb
import pytest

from keten.evidence.technologies.dutch import count_dutch
from keten.evidence.technologies.dutch_writing import classify_dutch, judge_dutch, read_dutch_model
from keten.evidence.technologies.signals import AT, Document, count_signals
from keten.model import Clue, MapsTo, Taxonomy, TaxonomyEntry, Text

TEXT = Text("x", "x")


def entry(name: str, *clues: Clue) -> TaxonomyEntry:
    return TaxonomyEntry(name, TEXT, TEXT, maps_to=MapsTo(clues))


LIGHT = entry(
    "light", Clue("word", "fotoni*", 1.0, "nl"), Clue("word", "laser*", 1.0, "nl"),
    Clue("word", "optica", 1.0, "nl"), Clue("word", "optic*", 1.0, "en"),
)  # fmt: skip
MOVES = entry(
    "moves", Clue("word", "robot*", 1.0, "nl"), Clue("word", "aandrijf*", 0.5, "nl"),
    Clue("word", "arm", 1.0, "nl"),
)  # fmt: skip
TAXONOMY = Taxonomy(
    "technologies", "1", "technology", TEXT, TEXT, "", "", "2026-01-01", "", False, (LIGHT, MOVES)
)


@pytest.mark.parametrize(
    ("text", "is_met"),
    [
        ("een nanofotonicacluster", True),
        ("hogevermogenlasers", True),
        ("vezeloptica", True),  # closes a word
        ("vakopticabouw", False),  # is no ending of it, and has no star
        ("biooptical", False),  # an English word is met as it stands
    ],
)  # fmt: skip
def test_a_dutch_word_is_met_inside_another(text: str, is_met: bool) -> None:
    counts = count_dutch((LIGHT,), [Document("a", text, None)]).counts
    assert bool(counts[0, 0, AT["title_names"]]) is is_met


def test_a_short_word_is_not_looked_for_inside_others() -> None:
    found = count_dutch((MOVES,), [Document("a", "warme charme en alarm", None)])
    assert not found.hits


def test_english_texts_are_counted_as_before() -> None:
    documents = [Document("a", "nanofotonica and optics", None)]
    assert len(count_signals((LIGHT,), documents).hits) == 1
    assert len(count_dutch((LIGHT,), documents).hits) == 2


def test_more_words_are_likelier_and_none_is_nought() -> None:
    documents = [
        Document("plain", "Robots voor de oogst", "We ontwikkelen een plukrobot."),
        Document("near", "Een nieuwe aandrijflijn", None),
        Document("none", "Een nieuwe brug", "Er komt een fietspad langs."),
    ]
    chance = judge_dutch((LIGHT, MOVES), documents, read_dutch_model()).chance
    assert chance[0, 1] > chance[1, 1] > 0
    assert chance[2].tolist() == [0, 0]
    assert chance[0, 0] == 0


@pytest.fixture
def con() -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect() as opened:
        opened.execute(
            "create table structural_project(record_id bigint, is_current boolean, is_person boolean, "
            "title varchar, summary varchar);"
            "create table subsidy(record_id bigint, scheme varchar, recipient varchar);"
            "insert into structural_project values (1, true, false, 'Melkrobots', 'Een robot.'), "
            "(2, false, false, 'Melkrobots', 'Een robot.'), (3, true, true, 'Robot', null), "
            "(4, true, false, 'Een plein', null), (5, true, false, null, null);"
            "insert into subsidy values (11, 'Innovatie', 'Robots BV'), (12, 'Innovatie', 'Robots BV'), "
            "(13, 'Fotonica', null)"
        )
        yield opened


def test_each_row_has_its_label_and_the_words_behind_it(con: duckdb.DuckDBPyConnection) -> None:
    classify_dutch(con, TAXONOMY)
    labels = con.execute("select source, record_id, technology from text_technology").fetchall()
    assert labels == [
        ("structural", 1, "moves"), ("subsidy", 11, "moves"), ("subsidy", 12, "moves"),
    ]  # fmt: skip
    words = con.execute(
        "select record_id, term, place, starts, ends from text_word order by all"
    ).fetchall()
    assert words[:2] == [(1, "robot*", "summary", 4, 9), (1, "robot*", "title", 0, 10)]
    assert words[2] == (11, "robot*", "recipient", 0, 6)
    assert [row[0] for row in words] == [1, 1, 11, 12]


def test_without_a_taxonomy_the_tables_are_empty(con: duckdb.DuckDBPyConnection) -> None:
    classify_dutch(con, None)
    assert con.execute("select count(*) from text_technology").fetchall() == [(0,)]
    assert con.execute("select count(*) from text_word").fetchall() == [(0,)]
