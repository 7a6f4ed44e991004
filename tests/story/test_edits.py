"""Sentences that people wrote: they survive, show the numbers of now, and are marked when one changed."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from keten.errors import ConflictError, UsageError
from keten.model import Figure, Interval, Scope
from keten.story import Revision, keep_sentence, read_edits, record_sentence
from keten.story.document import Number, Quote, Sentence, list_sentences
from keten.story.edits import forget, revise
from keten.story.sentences import (
    find_fingerprint,
    is_same,
    pack_figure,
    read_edited,
    unpack_figure,
    write_editable,
)
from keten.workspace import Store, open_store
from tests.story import made

NOW = datetime(2026, 11, 21, 12, tzinfo=UTC)
PEN = made.pen()


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with open_store(tmp_path) as opened:
        yield opened


def edit(store: Store, sentence: Sentence, text: str | None, seen: int = 0, after: int = 0) -> int:
    return record_sentence(
        store, "photonics", sentence, text, PEN, reason="clearer", author="an editor",
        made_at=NOW + timedelta(minutes=after), seen=seen,
    ).number  # fmt: skip


def look(store: Store, *sentences: Sentence) -> Revision:
    edits = read_edits(store, "photonics", "en")
    return revise(made.document("en", *sentences), edits, PEN, forget)


def only(revision: Revision) -> Sentence:
    (found,) = list_sentences(revision.document)
    return found


def test_what_nobody_edited_is_generated(store: Store) -> None:
    assert only(look(store)) == made.sentence()
    assert only(look(store)).edit is None


def test_a_persons_sentence_stands_and_shows_the_numbers_of_now(store: Store) -> None:
    edit(store, made.sentence(), "We count {1} projects, about 1300, worth {2}.")
    found = only(look(store, made.sentence(count=1240)))
    assert PEN.write_line(found.pieces) == "We count 1,240 projects, about 1300, worth EUR 12.3 m."
    assert [type(piece) for piece in found.pieces] == [Quote, Number, Quote, Number, Quote]
    assert PEN.write_line(found.generated).startswith("In the East")


def test_a_sentence_is_marked_when_and_only_when_a_number_under_it_changed(store: Store) -> None:
    edit(store, made.sentence(), "We lead.")
    assert only(look(store)).edit.changes == ()
    (change,) = only(look(store, made.sentence(count=1240))).edit.changes
    assert (change.before.value, change.after.value) == (1234, 1240)
    (change,) = only(look(store, made.sentence(lq=1.63))).edit.changes
    assert (change.before.value, change.after.value) == (1.62, 1.63)
    (change,) = only(look(store, made.sentence(count=None))).edit.changes
    assert change.after.value is None


def test_keeping_a_marked_sentence_takes_the_mark_away(store: Store) -> None:
    edit(store, made.sentence(), "We lead with {1}.")
    changed = made.sentence(count=1240)
    marked = only(look(store, changed))
    text = write_editable(marked.pieces, [made.projects(), made.money(), made.quotient()], PEN)
    assert text == "We lead with {1}."
    keep_sentence(
        store, "photonics", marked, text, PEN, reason="still true", author="an editor", made_at=NOW
    )
    assert only(look(store, changed)).edit.changes == ()
    # And it is marked again should the number go back.
    assert only(look(store)).edit.changes


def test_taking_the_generated_sentence_can_be_undone(store: Store) -> None:
    first = edit(store, made.sentence(), "We lead.")
    second = edit(store, made.sentence(), None, seen=first, after=1)
    assert only(look(store)).pieces == made.sentence().pieces
    store.withdraw(second, "no, ours", "an editor", NOW + timedelta(minutes=2))
    assert PEN.write_line(only(look(store)).pieces) == "We lead."
    store.withdraw(first, "nor that", "an editor", NOW + timedelta(minutes=3))
    assert only(look(store)).edit is None


def test_a_sentence_can_be_left_out(store: Store) -> None:
    edit(store, made.sentence(), "  ")
    assert only(look(store)).pieces == ()
    assert only(look(store, made.sentence(count=1))).edit.changes == ()


def test_a_sentence_whose_place_is_gone_is_kept_and_shown(store: Store) -> None:
    edit(store, made.sentence(), "We lead.")
    other = Sentence("other.key", (Quote("x"),), (Quote("x"),))
    revision = look(store, other)
    (orphan,) = revision.orphans
    assert (orphan.key, orphan.edit.text) == ("proposition.size", "We lead.")
    assert not look(store).orphans


def test_a_number_that_the_sentence_no_longer_gives_is_counted_anew(store: Store) -> None:
    edit(store, made.sentence(), "It was {1}.")
    without = Sentence("proposition.size", (Quote("Nothing."),), (Quote("Nothing."),))
    edits = read_edits(store, "photonics", "en")
    document = made.document("en", without)

    def recount(measure: str, scope: Scope) -> Figure | None:
        now = {each.measure: each for each in (made.projects(1240), made.money(), made.quotient())}
        return now[measure] if scope == made.REGION else None

    found = only(revise(document, edits, PEN, recount))
    assert PEN.write_line(found.pieces) == "It was 1,240."
    assert [change.after.value for change in found.edit.changes] == [1240]
    # What cannot be counted any more is quoted as it was, and marked.
    lost = only(revise(document, edits, PEN, forget))
    assert PEN.write_line(lost.pieces) == "It was 1,234."
    assert all(change.after is None for change in lost.edit.changes)
    assert all(isinstance(piece, Quote) for piece in lost.pieces)


def test_two_people_do_not_overwrite_each_other(store: Store) -> None:
    first = edit(store, made.sentence(), "Mine.")
    with pytest.raises(ConflictError) as caught:
        edit(store, made.sentence(), "Yours.")
    assert caught.value.later == first
    second = edit(store, made.sentence(), "Yours, then.", seen=first)
    with pytest.raises(ConflictError, match="meanwhile"):
        edit(store, made.sentence(), "Mine again.", seen=first)
    assert second > first


def test_languages_and_chains_are_kept_apart(store: Store) -> None:
    edit(store, made.sentence(), "We lead.")
    assert read_edits(store, "photonics", "nl") == {}
    assert read_edits(store, "proteins", "en") == {}
    assert read_edits(None, "photonics", "en") == {}


def test_a_slot_without_a_number_is_refused(store: Store) -> None:
    with pytest.raises(UsageError, match=r"\{4\}"):
        edit(store, made.sentence(), "There are {4}.")
    with pytest.raises(UsageError, match="characters"):
        edit(store, made.sentence(), "x" * 2000)


SCOPES = st.dictionaries(
    st.sampled_from(["chain", "region", "field"]), st.text(min_size=1, max_size=8), max_size=3
).map(lambda given: Scope.of(**given))
VALUES = (
    st.none()
    | st.integers(-(10**12), 10**12)
    | st.floats(-1e9, 1e9)
    | st.decimals(-(10**9), 10**9, places=2)
)
FIGURES = st.builds(
    Figure,
    VALUES,
    st.sampled_from(["count", "EUR", "ratio"]),
    st.sampled_from(["projects", "lq"]),
    SCOPES,
    interval=st.none() | st.builds(Interval, st.floats(0, 1), st.floats(1, 2)),
)


@given(FIGURES)
def test_a_kept_figure_is_the_same_as_itself(figure: Figure) -> None:
    assert is_same(unpack_figure(pack_figure(figure)), figure)
    assert unpack_figure(pack_figure(figure)).scope == figure.scope


@given(FIGURES, FIGURES)
def test_the_fingerprint_changes_when_and_only_when_a_figure_does(one: Figure, two: Figure) -> None:
    alike = pack_figure(one) == pack_figure(two)
    assert (find_fingerprint((Number(one),)) == find_fingerprint((Number(two),))) == alike


@given(
    st.lists(FIGURES, max_size=4, unique_by=lambda f: (f.measure, f.scope)), st.text(max_size=40)
)
def test_what_is_given_to_edit_reads_back_as_it_stood(figures: list[Figure], words: str) -> None:
    words = words.replace("{", "(").replace("}", ")")
    line = tuple(
        piece for figure in figures for piece in (Quote(words or "-", "en"), Number(figure))
    )
    text = write_editable(line, figures, PEN)
    assert PEN.write_line(read_edited(text, figures, "en")) == PEN.write_line(line)
