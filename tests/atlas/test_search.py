"""Search finds what was meant: by whole words, beginnings, slips of the pen, in any letters."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator

import duckdb
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from keten.atlas.search import search, suggest
from keten.evidence.index import write_index
from tests.evidence.made import Seat, make_evidence

NAMES = (
    "Stichting Wageningen Research",
    "Rijksuniversiteit Groningen",
    "Technische Universiteit Delft",
    "Łódzki Instytut Technologiczny",
    "Ørsted Wind Power",
    "Philips Electronics Nederland",
    "Noordelijke Ontwikkelingsmaatschappij",
    "AT&T",
    "3M Belgium",
)


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Iterator[sqlite3.Connection]:
    seats = [
        Seat(f"he-{project}", str(number), name=name, city="Assen")
        for number, name in enumerate(NAMES, 1)
        for project in range(1, 2 + number % 3)
    ]
    con: duckdb.DuckDBPyConnection = make_evidence(seats)
    con.execute(
        """
        update project set acronym = 'HYPERGRID' where project_id = 'he-1';
        create table region(code varchar, level integer, country varchar, name varchar,
            name_latin varchar);
        insert into region values ('NL', 0, 'NL', 'Nederland', 'Nederland'),
            ('NL11', 2, 'NL', 'Groningen', 'Groningen'), ('EL30', 2, 'EL', 'Αττική', 'Attiki');
        create table municipality(name varchar, province varchar, nuts3 varchar);
        """
    )
    path = tmp_path_factory.mktemp("index") / "index.sqlite"
    write_index(con, path)
    connection = sqlite3.connect(path)
    yield connection
    connection.close()


def titles(index: sqlite3.Connection, query: str, kind: str | None = None) -> list[str]:
    return [hit.title for hit in search(index, query, kind=kind).hits]


@pytest.mark.parametrize("name", NAMES)
def test_a_name_as_it_stands_comes_first(index: sqlite3.Connection, name: str) -> None:
    assert titles(index, name, "organisation")[0] == name


@pytest.mark.parametrize(
    ("query", "name"),
    [
        ("wageningen", "Stichting Wageningen Research"),
        ("WAGENINGEN research", "Stichting Wageningen Research"),
        ("research wageningen", "Stichting Wageningen Research"),
        ("wagen", "Stichting Wageningen Research"),
        ("lodz instytut", "Łódzki Instytut Technologiczny"),
        ("Łódzki", "Łódzki Instytut Technologiczny"),
        ("orsted", "Ørsted Wind Power"),
        ("waginingen", "Stichting Wageningen Research"),
        ("gronigen universiteit", "Rijksuniversiteit Groningen"),
        ("phillips elektronics", "Philips Electronics Nederland"),
        ("wageningne", "Stichting Wageningen Research"),
        ("pic:1", "Stichting Wageningen Research"),
        ("at&t", "AT&T"),
        ("3m", "3M Belgium"),
    ],
)
def test_it_finds_what_was_meant(index: sqlite3.Connection, query: str, name: str) -> None:
    assert name in titles(index, query)[:3]


def test_a_correction_is_named(index: sqlite3.Connection) -> None:
    assert search(index, "waginingen").corrected == "wageningen"
    assert search(index, "wageningen").corrected is None
    assert search(index, "wagen").corrected is None


def test_a_place_and_a_project_are_found(index: sqlite3.Connection) -> None:
    assert [hit.identifier for hit in search(index, "attiki").hits] == ["EL30"]
    assert [hit.identifier for hit in search(index, "Αττική").hits] == ["EL30"]
    assert [hit.identifier for hit in search(index, "hypergrid").hits] == ["he-1"]


def test_kinds_are_kept_apart(index: sqlite3.Connection) -> None:
    assert titles(index, "groningen", "place") == ["Groningen"]
    assert titles(index, "groningen", "organisation") == ["Rijksuniversiteit Groningen"]
    assert titles(index, "groningen", "project") == []


def test_pages_follow_one_another_without_gap_or_overlap(index: sqlite3.Connection) -> None:
    whole = search(index, "about", limit=100)
    parts = [search(index, "about", limit=2, offset=at) for at in range(0, len(whole.hits), 2)]
    assert [hit for part in parts for hit in part.hits] == list(whole.hits)
    assert [part.has_more for part in parts] == [True] * (len(parts) - 1) + [False]


@pytest.mark.parametrize("query", ["", "   ", "!!!", "\0", '"', "***", "日"])
def test_nothing_asked_gives_nothing_or_little_but_no_error(
    index: sqlite3.Connection, query: str
) -> None:
    search(index, query)
    assert isinstance(suggest(index, query), tuple)


@settings(deadline=None, max_examples=200)
@given(st.text(max_size=40))
def test_any_text_can_be_asked(index: sqlite3.Connection, query: str) -> None:
    found = search(index, query)
    assert found == search(index, query), "the same question has the same answer"
    assert found.query == query


@settings(deadline=None, max_examples=100)
@given(
    st.lists(
        st.sampled_from(['"', "*", "AND", "OR", "NOT", "NEAR(", ")", "title:", "^", "-", "wag"]),
        max_size=8,
    ).map(" ".join)
)
def test_the_language_of_the_index_cannot_be_spoken(index: sqlite3.Connection, query: str) -> None:
    search(index, query)


@settings(deadline=None, max_examples=150)
@given(st.data())
def test_one_slip_in_a_long_word_is_forgiven(
    index: sqlite3.Connection, data: st.DataObject
) -> None:
    word = data.draw(st.sampled_from(["wageningen", "universiteit", "technologiczny", "nederland"]))
    place = data.draw(st.integers(1, len(word) - 2))
    slip = data.draw(st.sampled_from(["drop", "double", "swap", "change"]))
    match slip:
        case "drop":
            written = word[:place] + word[place + 1 :]
        case "double":
            written = word[:place] + word[place] + word[place:]
        case "swap":
            written = word[:place] + word[place + 1] + word[place] + word[place + 2 :]
        case _:
            letter = data.draw(st.sampled_from("aeioxz"))
            written = word[:place] + letter + word[place + 1 :]
    expected = set(titles(index, word))
    assert expected & set(titles(index, written)), written


def test_what_somebody_is_typing_is_suggested(index: sqlite3.Connection) -> None:
    for typed in ("ph", "phi", "philips el"):
        assert "Philips Electronics Nederland" in [hit.title for hit in suggest(index, typed)]
