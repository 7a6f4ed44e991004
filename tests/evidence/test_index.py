"""The index of words: what stands in it, and that it is the same whichever way it was made."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import duckdb
import pytest
from hypothesis import given
from hypothesis import strategies as st

from keten.evidence.index import fold, grams, send_index, words, write_index
from tests.evidence.made import Seat, make_evidence

SEATS = [
    Seat("he-1", "1", name="Stichting Wageningen Research", city="Wageningen"),
    Seat("he-1", "2", name="Łódź & Ørsted GmbH", city="Łódź"),
    Seat("he-2", "1", name="Stichting Wageningen Research", city="Wageningen"),
    Seat("h2020-1", "3", name=None, city=None),
]


def with_regions(seats: list[Seat]) -> duckdb.DuckDBPyConnection:
    con = make_evidence(seats)
    con.execute(
        """
        create table region(code varchar, level integer, country varchar, name varchar,
            name_latin varchar);
        insert into region values ('NL', 0, 'NL', 'Nederland', 'Nederland'),
            ('NL11', 2, 'NL', 'Groningen', 'Groningen'), ('EL30', 2, 'EL', 'Αττική', 'Attiki');
        create table municipality(name varchar, province varchar, nuts3 varchar);
        insert into municipality values ('Assen', 'Drenthe', 'NL131'), ('Nowhere', null, null);
        """
    )
    return con


@pytest.fixture
def index(tmp_path: Path) -> sqlite3.Connection:
    write_index(with_regions(SEATS), tmp_path / "index.sqlite")
    return sqlite3.connect(tmp_path / "index.sqlite")


def test_it_holds_named_organisations_projects_and_places(index: sqlite3.Connection) -> None:
    rows = index.execute("select kind, identifier, title from entry order by 1, 2").fetchall()
    assert rows == [
        ("organisation", "pic:1", "Stichting Wageningen Research"),
        ("organisation", "pic:2", "Łódź & Ørsted GmbH"),
        ("place", "EL30", "Attiki"),
        ("place", "NL", "Nederland"),
        ("place", "NL11", "Groningen"),
        ("place", "NL131", "Assen"),
        ("project", "h2020-1", "About h2020-1"),
        ("project", "he-1", "About he-1"),
        ("project", "he-2", "About he-2"),
    ]


def test_the_vocabulary_has_every_word_but_numbers(index: sqlite3.Connection) -> None:
    vocabulary = {row[0]: row[1] for row in index.execute("select word, entries from word")}
    assert vocabulary["lodz"] == 1
    assert vocabulary["wageningen"] == 1
    assert vocabulary["about"] == 3
    assert "1" not in vocabulary
    assert "attiki" in vocabulary
    by_gram = (
        "select w.word from word_gram g join word w on w.number = g.rowid where g.word match ?"
    )
    for gram in ("^wa", "wag", "en$"):
        assert ("wageningen",) in index.execute(by_gram, [f'"{gram}"']).fetchall()


def test_the_same_evidence_gives_the_same_index(tmp_path: Path) -> None:
    for name in ("a", "b"):
        write_index(with_regions(SEATS), tmp_path / name)
    dumps = [list(sqlite3.connect(tmp_path / name).iterdump()) for name in ("a", "b")]
    assert dumps[0] == dumps[1]
    assert (tmp_path / "a").read_bytes() == (tmp_path / "b").read_bytes()


def test_another_process_writes_the_same_index(tmp_path: Path) -> None:
    con = with_regions(SEATS)
    write_index(con, tmp_path / "here")
    assert send_index(con, tmp_path / "at-once") is None
    sent = send_index(con, tmp_path / "elsewhere", many=1)
    assert sent is not None
    sent.finish()
    found = {name: (tmp_path / name).read_bytes() for name in ("here", "at-once", "elsewhere")}
    assert len(set(found.values())) == 1


@given(st.text())
def test_words_are_plain_letters_and_digits(text: str) -> None:
    for word in words(text):
        assert word.isascii()
        assert word.isalnum()
        assert word == word.lower()
        assert words(word) == [word]


@given(st.from_regex(r"[a-z0-9]{1,12}", fullmatch=True))
def test_a_word_has_as_many_places_for_triples_as_letters(word: str) -> None:
    assert 1 <= len(grams(word)) <= len(word)
    assert all(len(gram) == 3 for gram in grams(word))


def test_folding_knows_letters_that_are_no_accents() -> None:
    assert fold("Łódź Ørsted Straße Ελλάς") == "lodz orsted strasse ellas"
