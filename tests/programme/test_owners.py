"""An owner stays the record it was named by, whatever a later build merges or splits around it."""

from __future__ import annotations

import duckdb
import pytest

from keten.model import Ruling
from keten.programme.answers import prepare, show_programme
from keten.programme.draft import check_action
from keten.programme.owners import find_record, names_person, show_owners, split_identifier
from keten.programme.records import record_action
from keten.programme.views import Owner
from keten.workspace import Store
from tests.atlas.made import Project, Seat, make_atlas
from tests.programme.made import CHAIN, NOON, TODAY, typed

SEATS = (
    Seat("he-1", "1", name="Alpha"),
    Seat("h2020-1", "1", name="Alpha"),
    Seat("he-1", "2", name="Beta"),
)


def make(*rulings: Ruling, seats: tuple[Seat, ...] = SEATS) -> duckdb.DuckDBPyConnection:
    projects = [Project(name) for name in sorted({seat.project for seat in seats})]
    return make_atlas(seats, projects, rulings)


def ruling(verdict: str, left: str, right: str) -> Ruling:
    return Ruling(1, verdict, left, right, "a reader", "seen", "2026-11-21")


@pytest.mark.parametrize(
    ("text", "split"),
    [
        ("pic:1", ("", "pic:1")),
        (" Alpha BV (pic:1) ", ("Alpha BV", "pic:1")),
        ("Alpha (Groningen)", ("Alpha (Groningen)", "")),
        ("Alpha (Groningen) (he:1)", ("Alpha (Groningen)", "he:1")),
        ("", ("", "")),
    ],
)
def test_a_name_and_its_number_are_told_apart(text: str, split: tuple[str, str]) -> None:
    assert split_identifier(text) == split


def test_an_identifier_becomes_the_record_behind_it() -> None:
    con = make()
    assert find_record(con, "pic:1") == ("he:1", "Alpha")
    assert find_record(con, "h2020:1") == ("h2020:1", "Alpha")
    assert find_record(con, "pic:404") is None
    assert find_record(None, "pic:1") is None


def test_an_owner_survives_merging_splitting_and_loss(store: Store) -> None:
    before = make()
    drafted, problems = check_action(
        typed(owner="h2020:1"), (), prepare(before, store, CHAIN, TODAY)
    )
    assert problems == ()
    record_action(store, CHAIN, drafted, "me", NOON)

    def owner(con: duckdb.DuckDBPyConnection | None) -> tuple[str, str | None, bool, bool]:
        (view,) = show_programme(con, store, CHAIN, TODAY).actions
        found = view.owner
        current = found.current.organisation_id if found.current else None
        return found.owner.record, current, found.is_lost, found.is_moved

    assert owner(before) == ("h2020:1", "pic:1", False, False)
    split = make(ruling("different", "he:1", "h2020:1"))
    assert owner(split) == ("h2020:1", "h2020:1", False, False)
    merged = make(ruling("same", "he:2", "h2020:1"), ruling("different", "he:1", "h2020:1"))
    assert owner(merged) == ("h2020:1", "pic:2", False, True)
    gone = make(seats=SEATS[2:])
    assert owner(gone) == ("h2020:1", None, True, False)
    assert owner(None) == ("h2020:1", None, False, False), "no evidence is no news of a record"


def test_free_names_are_left_alone() -> None:
    owner = Owner("Provincie Groningen")
    assert show_owners(make(), [owner])[owner].current is None
    assert not show_owners(make(), [owner])[owner].is_lost


@pytest.mark.parametrize(
    "words", ["NOM", "3M Nederland", "MS Amlin", "De Heerlijkheid BV", "Mr. B"]
)
def test_what_reads_as_a_person(words: str) -> None:
    assert names_person(words) == (words == "Mr. B")
