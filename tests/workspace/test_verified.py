"""A line that somebody looked at again says since when it is known to be right."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from keten.errors import WorkspaceError
from keten.workspace import Store, last_verified, open_store, verify

NOON = datetime(2026, 11, 21, 12, tzinfo=UTC)
DAY = timedelta(days=1)


def test_looking_again_moves_the_date_and_can_be_taken_back(store: Store) -> None:
    line = store.record("member", "he:1", "chain:x", "why", "an analyst", NOON)
    other = store.record("member", "he:2", "chain:x", "why", "an analyst", NOON)
    again = verify(store, line.number, "called them", "another", NOON + 30 * DAY)
    standing = store.judgements("member", only_in_force=True)
    assert standing == [line, other]
    assert last_verified(store, standing) == {1: NOON + 30 * DAY, 2: NOON}
    store.withdraw(again.number, "the wrong one", "another", NOON + 31 * DAY)
    assert last_verified(store, standing) == {1: NOON, 2: NOON}


def test_what_does_not_hold_or_is_not_seen_cannot_be_verified(store: Store) -> None:
    store.record("member", "he:1", "chain:x", "why", "an analyst", NOON)
    store.record("member", "he:1", "chain:x", "why", "an analyst", NOON, supersedes=1)
    with pytest.raises(WorkspaceError, match="no longer holds"):
        verify(store, 1, "called them", "another", NOON)
    hidden = store.record("note", "he:1", "", "why", "an analyst", NOON, is_private=True)
    with pytest.raises(WorkspaceError, match="no judgement"):
        verify(store, hidden.number, "called them", "another", NOON, reader="another")
    mine = verify(store, hidden.number, "so it is", "an analyst", NOON + DAY, reader="an analyst")
    assert mine.is_private
    assert last_verified(store, [hidden]) == {hidden.number: NOON}
    assert last_verified(store, [hidden], reader="an analyst") == {hidden.number: NOON + DAY}


def test_loaded_where_lines_are_numbered_otherwise_it_is_on_the_same_line(
    store: Store, tmp_path: Path
) -> None:
    line = store.record("member", "he:1", "chain:x", "why", "an analyst", NOON)
    verify(store, line.number, "called them", "another", NOON + 30 * DAY)
    store.files.write(tmp_path / "plain")
    with open_store(tmp_path / "other") as other:
        other.record("member", "he:2", "chain:x", "why", "an analyst", NOON - DAY)
        other.files.load(tmp_path / "plain")
        found = other.judgements("member", only_in_force=True)
        assert last_verified(other, found) == {1: NOON - DAY, 2: NOON + 30 * DAY}
