"""What visitors send: found again by who sent it, read by editors alone, its address forgotten."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from keten.errors import ConflictError, WorkspaceError
from keten.workspace import Line, Person, Store, backup, open_store, restore

NOON = datetime(2026, 11, 21, 12, tzinfo=UTC)
DAY = timedelta(days=1)
SENT = Line("suggestion", "suggestion:0123456789ab", "he:1", {"what": "correction"}, "I work there")
EDITORS = Person(0, "", "editor", "")


def answer(store: Store, number: int) -> None:
    store.as_owner().record_many(
        [
            Line("correction", "he:1", "field:name", {"says": "Other"}),
            replace(
                SENT, kind="suggestion-answer", value={"verdict": "accepted"}, supersedes=number,
                is_private=True, shared_with="editor",
            ),
        ],
        "so it is", "an editor", NOON + DAY, kind="suggestion", title="a suggestion",
    )  # fmt: skip


def test_whoever_sent_it_finds_it_and_its_answer(store: Store) -> None:
    token = store.proposals.send(SENT, NOON, email="me@example.org")
    sent, answered, has_email = store.proposals.look(token)
    assert (sent.author, sent.reason, answered, has_email) == (
        "a visitor", "I work there", None, True,
    )  # fmt: skip
    assert store.judgements() == []
    assert store.judgements(reader=EDITORS) == [sent]
    answer(store, sent.number)
    _, answered, _ = store.proposals.look(token)
    assert answered is not None
    assert answered.value == {"verdict": "accepted"}
    with pytest.raises(ConflictError):  # somebody else was first
        answer(store, sent.number)
    (public,) = store.batches()
    assert public.lines == 1  # of the private answer a visitor does not learn
    assert store.batch(public.number, reader=EDITORS).lines == 2
    store.as_owner().undo_batch(public.number, "too soon", "another", NOON + 2 * DAY)
    assert store.proposals.look(token)[1] is None
    assert [line.kind for line in store.judgements(only_in_force=True, reader=EDITORS)] == [
        "suggestion"
    ]
    with pytest.raises(WorkspaceError, match="Nothing was sent"):
        store.proposals.look(token[:-1])


def test_an_address_is_forgotten_when_asked_and_in_the_end_anyway(store: Store) -> None:
    token = store.proposals.send(SENT, NOON, email="me@example.org")
    later = replace(SENT, subject="suggestion:ba9876543210")
    store.proposals.send(later, NOON + DAY, email="you@example.org")
    assert store.proposals.emails(NOON + DAY) == {
        SENT.subject: "me@example.org", later.subject: "you@example.org",
    }  # fmt: skip
    store.proposals.forget_by_token(token, NOON + DAY)
    assert store.proposals.emails(NOON + DAY) == {later.subject: "you@example.org"}
    assert store.proposals.look(token)[2] is False
    assert store.proposals.emails(NOON + 182 * DAY) == {}
    assert store.proposals.emails(NOON + DAY) == {}
    for text in ("nobody", "a@b", "a b@c.de", "x@" + "y" * 260 + ".nl", "a<b>@c.de", "a@c.de\0"):
        with pytest.raises(WorkspaceError, match="no e-mail address"):
            store.proposals.send(SENT, NOON, email=text)


def test_who_was_forgotten_stays_so_when_a_copy_is_put_back(tmp_path: Path) -> None:
    copy = tmp_path / "copy.sqlite"
    with open_store(tmp_path) as store:
        token = store.proposals.send(SENT, NOON, email="me@example.org")
        backup(store.path, copy)
        store.proposals.forget_by_token(token, NOON + DAY)
        restore(store.path, copy, NOON + 2 * DAY)
        assert store.proposals.emails(NOON + 2 * DAY) == {}
        assert store.proposals.look(token)[0].reason == "I work there"
