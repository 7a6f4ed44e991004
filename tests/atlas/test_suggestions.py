"""What visitors propose, what editors make of it, and the log of conversations: kept, undone, private."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import duckdb
import pytest

from keten.atlas.conversation_records import Draft, finish, record_note
from keten.atlas.conversations import (
    find_silent,
    list_conversations,
    list_follow_ups,
    list_of_organisation,
)
from keten.atlas.corrections import read_corrections
from keten.atlas.named import Named, find_named, keys_of
from keten.atlas.proposal import Proposal, clean, clean_lines, clean_website
from keten.atlas.suggestion_records import LIST_KEY, Chosen, accept, decline, open_again
from keten.atlas.suggestions import (
    EDITORS,
    are_taken,
    count_open,
    find_sent,
    find_suggestion,
    list_suggestions,
    send,
    take,
)
from keten.atlas.verification import list_unverified, verify_all
from keten.errors import ConflictError, UsageError
from keten.workspace import Store, open_store

NOON = datetime(2026, 11, 21, 12, tzinfo=UTC)
DAY = timedelta(days=1)
STAGES = {"milk": frozenset({"farm"})}
WHY = "I work there"
Con = duckdb.DuckDBPyConnection


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with open_store(tmp_path) as opened:
        yield opened.as_owner()


@pytest.fixture
def two(con: Con) -> tuple[Named, Named]:
    """Two organisations of the evidence."""
    rows = con.execute(
        "select anchor_key from organisation where name is not null order by anchor_key limit 2"
    ).fetchall()
    one, other = (find_named(con, None, key) for (key,) in rows)
    assert one is not None
    assert other is not None
    return one, other


def propose(store: Store, proposal: Proposal) -> str:
    send(store, proposal, NOON, stages=STAGES)
    return list_suggestions(store, EDITORS, state="open")[-1].key


def agree(con: Con, store: Store, key: str, chosen: Chosen | None = None) -> None:
    found = find_suggestion(store, key, EDITORS)
    accept(con, store, found, "thank you", "Bo", NOON + DAY, chosen=chosen, reader=EDITORS)


def test_nothing_is_taken_until_somebody_says_so(store: Store) -> None:
    assert not are_taken(None)
    assert not are_taken(store)
    take(store, True, "let them", "Bo", NOON)
    assert are_taken(store)
    take(store, False, "enough", "Bo", NOON + DAY)
    assert not are_taken(store)
    assert [line.value["open"] for line in store.judgements("setting")] == [True, False]


def test_an_organisation_that_was_missing_becomes_a_row_of_a_list(con: Con, store: Store) -> None:
    key = propose(store, Proposal("organisation", WHY, name="=Kaas & Co", city="Gouda"))
    assert count_open(store) == 1
    agree(con, store, key)
    (line,) = store.judgements("own-organisation", only_in_force=True)
    assert (line.subject, line.object, line.value["name"]) == (f"own:{key}", LIST_KEY, "=Kaas & Co")
    (named,) = [find_named(con, store, line.subject)]
    assert named == Named(line.subject, "=Kaas & Co", "", "Gouda")
    assert count_open(store) == 0
    answered = find_suggestion(store, key, EDITORS)
    assert answered.state == "accepted"
    with pytest.raises(ConflictError):
        agree(con, store, key)
    open_again(store, answered, "too soon", "An", NOON + 2 * DAY)
    assert store.judgements("own-organisation", only_in_force=True) == []
    assert find_suggestion(store, key, EDITORS).state == "open"


def test_each_kind_of_correction_becomes_the_line_that_the_house_knows(
    con: Con, store: Store, two: tuple[Named, Named]
) -> None:
    one, other = two
    for proposal in (
        Proposal("correction", WHY, field="name", about=one.key, says="New name"),
        Proposal("correction", WHY, field="name", about=one.key, says="Newer name"),
        Proposal("correction", WHY, field="closed", about=one.key),
        Proposal("correction", WHY, field="merged", about=one.key, other_name="somebody"),
        Proposal("correction", WHY, field="same", about=one.key, other=other.key),
        Proposal("membership", WHY, about=other.key, chain="milk", stage="farm"),
    ):
        key = propose(store, proposal)
        if proposal.field == "merged":
            with pytest.raises(UsageError, match="which organisation"):
                agree(con, store, key)
        agree(con, store, key, Chosen(other=other.key))
    said = read_corrections(con, store, store.judgements_on(keys_of(con, one)))
    assert [(one.field, one.says, one.other and one.other.key) for one in said] == [
        ("name", "Newer name", None), ("closed", "", None), ("merged", "", other.key),
    ]  # fmt: skip
    (ruling,) = store.judgements("same", only_in_force=True)
    assert {ruling.subject, ruling.object} == {one.key, other.key}
    (placed,) = store.judgements("party-stage", only_in_force=True)
    assert (placed.subject, placed.object, placed.value) == (
        other.key, "chain:milk", {"stage": "farm"},
    )  # fmt: skip
    twice = propose(store, Proposal("correction", WHY, field="same", about=one.key, other=one.key))
    with pytest.raises(UsageError, match="one organisation here already"):
        agree(con, store, twice)
    assert count_open(store) == 1  # nothing of it was stored


def test_who_sent_it_reads_why_it_was_declined(store: Store) -> None:
    token = send(store, Proposal("organisation", WHY, name="Kaas"), NOON, email="a@b.nl")
    assert find_sent(store, token)[0].state == "open"
    found = list_suggestions(store, EDITORS)[0]
    with pytest.raises(UsageError, match="without a reason"):
        decline(store, found, " ", "Bo", NOON)
    decline(store, found, "it is here already", "Bo", NOON)
    sent, has_email = find_sent(store, token)
    assert sent.answer is not None
    assert (sent.state, sent.answer.reason, has_email) == ("declined", "it is here already", True)
    assert store.judgements() == []
    open_again(store, list_suggestions(store, EDITORS)[0], "it is not", "Bo", NOON)
    assert find_sent(store, token)[0].state == "open"


def test_what_is_incomplete_or_hostile_is_not_kept_as_it_is(store: Store) -> None:
    for proposal in (
        Proposal("organisation", WHY), Proposal("organisation", "", name="x"),
        Proposal("nothing", WHY, name="x"), Proposal("correction", WHY, name="x", field="age"),
        Proposal("correction", WHY, name="x", field="name"),
        Proposal("correction", WHY, name="x", field="same"),
        Proposal("membership", WHY, name="x", chain="milk", stage="moon"),
    ):  # fmt: skip
        with pytest.raises(UsageError):
            send(store, proposal, NOON, stages=STAGES)
    assert clean(" a\u202eb\0c\ud800\n d ", 5) == "ab c"
    assert clean_lines("a \n\u2066b\n", 99) == "a\nb"
    assert clean_website("example.org/a") == "https://example.org/a"
    for bad in ("javascript:alert(1)", "https://", "http://a b", "data:x", "http://[", ""):
        assert clean_website(bad) == ""


def test_the_log_says_what_is_due_and_who_was_not_spoken_to(
    con: Con, store: Store, two: tuple[Named, Named]
) -> None:
    one, other = two
    owned = Named("own:0123456789ab", "Kaas")
    record_note(store, one, Draft("visit", date(2026, 11, 2), "Went well", "Send the call",
                                  date(2026, 12, 1), 3), "Bo", NOON)  # fmt: skip
    record_note(store, one, Draft("need", date(2026, 11, 3), "Seeks a lab"), "Bo", NOON)
    record_note(store, other, Draft("call", date(2025, 6, 1), "No news", "Call"), "Bo", NOON)
    record_note(store, owned, Draft("note", date(2026, 11, 3), "Read of them"), "Bo", NOON)
    assert store.judgements() == []
    assert list_conversations(con, store, None) == ()
    found = list_conversations(con, store, EDITORS)
    assert [one.way for one in found] == ["note", "need", "visit", "call"]
    assert [one.text for one in list_conversations(con, store, EDITORS, words="LAB seeks")] == [
        "Seeks a lab"
    ]
    assert [each.text for each in list_of_organisation(con, store, one, EDITORS)] == [
        "Seeks a lab", "Went well",
    ]  # fmt: skip
    waiting = list_follow_ups(found)
    assert [each.text for each in waiting] == ["Went well", "No news"]
    assert [each.text for each in list_follow_ups(found, owner=4)] == ["No news"]
    silent = find_silent(found, [one, other, owned], date(2025, 11, 21))
    assert [(row.about.who, row.last) for row in silent] == [
        (owned.who, None), (other.who, date(2025, 6, 1)),
    ]  # fmt: skip
    done = finish(store, waiting[0], "sent", "Bo", NOON)
    assert list_follow_ups(list_conversations(con, store, EDITORS)) == (
        list_conversations(con, store, EDITORS)[3],
    )
    with pytest.raises(ConflictError):
        finish(store, list_conversations(con, store, EDITORS)[2], "sent", "Bo", NOON)
    store.withdraw(done.number, "not sent", "Bo", NOON)
    assert len(list_follow_ups(list_conversations(con, store, EDITORS))) == 2


def test_what_was_not_looked_at_for_long_is_listed_and_verified_at_once(
    con: Con, store: Store, two: tuple[Named, Named]
) -> None:
    one, other = two
    old = store.record("listed", one.key, "list:a", "x", "Bo", NOON - 400 * DAY, value={"row": "r"})
    placed = store.record("party-stage", other.key, "chain:milk", "x", "Bo", NOON - 500 * DAY,
                          value={"stage": "farm"}, is_private=True, shared_with="editor")  # fmt: skip
    store.record("party-stage", one.key, "chain:milk", "x", "Bo", NOON - 500 * DAY,
                 value={"stage": "none"})  # fmt: skip
    store.record("listed", other.key, "list:a", "x", "Bo", NOON, value={"row": "s"})
    before = (NOON - 365 * DAY).date()
    rows, total = list_unverified(con, store, EDITORS, before)
    assert [(row.part_of, row.about.name) for row in rows] == [
        ("chain:milk/farm", other.name), ("list:a", one.name),
    ]  # fmt: skip
    assert total == 2
    assert list_unverified(con, store, None, before)[1] == 1
    assert list_unverified(con, store, EDITORS, before, part_of="list:a")[1] == 1
    verify_all(store, [old.number, placed.number], "looked again", "Bo", NOON, EDITORS)
    assert list_unverified(con, store, EDITORS, before)[1] == 0
    assert [line.is_private for line in store.judgements("verified", reader=EDITORS)] == [
        False, True,
    ]  # fmt: skip
    for numbers in ([], [9_999], [placed.number]):
        with pytest.raises(UsageError):
            verify_all(store, numbers, "looked again", "Bo", NOON, None)
