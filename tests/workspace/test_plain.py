"""Plain files: written, loaded and written again they are the same to the byte; nothing is overwritten."""

from __future__ import annotations

import json
import random
import tempfile
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from keten.errors import WorkspaceError
from keten.workspace import Line, Person, Store, open_store
from keten.workspace.notation import write_entries

NOON = datetime(2026, 11, 21, 12, tzinfo=UTC)
PASSWORD = "three green bicycles"
TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=30)
WORDS = st.sampled_from(
    ["yes", "no", "null", "~", "<<", "=", "1", "1e5", "2026-01-01", "- x", "? y", "a: b", "#", "|",
     "\x85\u2028", "é", "🙂", "'\"", "{", "&a", "*a", "!!python/object", "%", "\t", " x ", "0x1F",
     "on", "y", "x" * 1500]
)  # fmt: skip
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | TEXTS | WORDS
    | st.floats(allow_nan=False, allow_infinity=False),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(TEXTS | WORDS, inner, max_size=4),
    max_leaves=12,
)  # fmt: skip


def files_of(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def join(store: Store, name: str, role: str = "editor") -> Person:
    link = store.links.invite(role, None, NOON)
    moment = NOON + timedelta(seconds=len(store.accounts.all()))
    token = store.links.join(link, name, f"{name}@example.org", PASSWORD, moment)
    person = store.sessions.find(token, moment)
    assert person is not None
    return person


def fill(store: Store) -> tuple[Person, Person]:
    """Write something of everything."""
    ann, bo = join(store, "Ann", "administrator"), join(store, "Bo")
    mine = store.signed_by(ann)
    store.record("same", "he:1", "h2020:1", "one\naddress", "an analyst", NOON)
    store.record("different", "h2020:1", "he:1", "two doors", "an analyst", NOON)
    mine.withdraw(2, "no", "", NOON)
    for version in range(3):
        mine.define("chain", "x", {"stages": [{"name": "A"}], "v": version}, "why", "", NOON)
    store.record_many(
        [Line("listed", f"own:{n:012x}", "list:a", {"cells": ["=1+1", n, 0.5]}) for n in range(5)],
        "imported", "an analyst", NOON, kind="import", title="Firms.xlsx", detail={"sheet": 1},
    )  # fmt: skip
    store.undo_batch(1, "the wrong sheet", "an analyst", NOON)
    mine.record("note", "he:1", "", "spoke to them", "", NOON, value={"need": "x"}, is_private=True,
                shared_with="editor")  # fmt: skip
    store.signed_by(bo).record("note", "he:2", "", "mine alone", "", NOON, is_private=True)
    return ann, bo


@given(st.lists(VALUES, max_size=5))
@settings(max_examples=150, deadline=None)
def test_any_value_is_read_back_by_any_reader_of_yaml(values: list[Any]) -> None:
    written = write_entries([{"number": n, "value": value} for n, value in enumerate(values)])
    for loader in (yaml.SafeLoader, yaml.CSafeLoader):
        found = yaml.load(written, Loader=loader)
        kept = [json.dumps(entry["value"], sort_keys=True) for entry in found]
        assert kept == [json.dumps(value, sort_keys=True) for value in values]


def test_exported_loaded_and_exported_it_is_the_same(
    store: Store, other_address: str, tmp_path: Path
) -> None:
    fill(store)
    first, second = tmp_path / "first", tmp_path / "second"
    assert store.files.write(first).lines == 16
    with open_store(Path(), other_address) as other:
        loaded = other.files.load(first)
        assert (loaded.lines, loaded.accounts, loaded.conflicts) == (16, 2, ())
        other.files.write(second)
        assert files_of(second) == files_of(first)
        again = other.files.load(first)
        assert (again.lines, again.accounts, again.batches, again.conflicts) == (0, 0, 0, ())
        line = other.record("remark", "he:1", "", "numbers go on", "an analyst", NOON)
        assert line.number > 16
        assert other.batches()[0].undone_by == 2


def test_with_what_is_private_nothing_at_all_is_lost(
    store: Store, other_address: str, tmp_path: Path
) -> None:
    ann, bo = fill(store)
    first, second = tmp_path / "first", tmp_path / "second"
    store.files.write(first, with_private=True)
    with open_store(Path(), other_address) as other:
        assert other.files.load(first, with_private=True).lines == 18
        assert other.judgements(reader=ann) == store.judgements(reader=ann)
        assert other.judgements(reader=bo) == store.judgements(reader=bo)
        assert other.accounts.all() == store.accounts.all()
        assert other.accounts.events() == store.accounts.events()
        assert other.fingerprint() == store.fingerprint()
        other.files.write(second, with_private=True)
        assert files_of(second) == files_of(first)
        assert (second / "private").stat().st_mode & 0o077 == 0
        with pytest.raises(WorkspaceError, match="do not belong together"):
            other.sessions.sign_in("ann@example.org", PASSWORD, "127.0.0.1", NOON)
        # With a link they choose a new password, and are who they were.
        token = other.links.reset(1, None, NOON)
        other.links.choose(token, "four blue bicycles", NOON)
        assert other.sessions.sign_in("ann@example.org", "four blue bicycles", "127.0.0.1", NOON)


def test_neither_secrets_nor_private_things_are_written(store: Store, tmp_path: Path) -> None:
    fill(store)
    store.files.write(tmp_path / "public")
    public = b"\n".join(files_of(tmp_path / "public").values()).decode()
    for word in ("spoke to them", "mine alone", "need", "example.org", "argon2", "note"):
        assert word not in public
    assert not (tmp_path / "public" / "private").exists()
    store.files.write(tmp_path / "all", with_private=True)
    everything = b"\n".join(files_of(tmp_path / "all").values()).decode()
    assert "spoke to them" in everything
    assert "argon2" not in everything
    with pytest.raises(WorkspaceError, match="private things of an earlier"):
        store.files.write(tmp_path / "all")


def test_who_was_erased_stays_so(store: Store, other_address: str, tmp_path: Path) -> None:
    _, bo = fill(store)
    before, after = tmp_path / "before", tmp_path / "after"
    store.files.write(before, with_private=True)
    store.accounts.erase(bo.account, None, NOON)
    store.files.write(after, with_private=True)
    assert not any(b"Bo" in text or b"bo@" in text for text in files_of(after).values())
    loaded = store.files.load(before, with_private=True)  # an older export brings nobody back
    assert (loaded.accounts, loaded.lines, loaded.conflicts) == (0, 0, ())
    assert [each.name for each in store.accounts.all()] == ["Ann", ""]
    with open_store(Path(), other_address) as other:
        other.files.load(after, with_private=True)
        assert [each.name for each in other.accounts.all()] == ["Ann", ""]
        assert other.accounts.all()[1].erased_at == NOON


def test_into_a_workspace_in_use_only_what_is_new_is_loaded(
    store: Store, other_address: str, tmp_path: Path
) -> None:
    fill(store)
    store.files.write(tmp_path / "first")
    with open_store(Path(), other_address) as other:
        other.record("remark", "he:9", "", "here first", "somebody", NOON)
        other.define("chain", "x", {"v": "ours"}, "ours", "somebody", NOON)
        before = other.judgements()
        loaded = other.files.load(tmp_path / "first")
        assert other.judgements()[:2] == before
        assert [c.value for c in other.contents("chain")] == [{"v": "ours"}]
        # The definition and the two that rest on it are told, the rest is there.
        assert len(loaded.conflicts) == 3
        assert "judgement 2 holds here" in loaded.conflicts[0]
        assert all("rests on" in conflict for conflict in loaded.conflicts[1:])
        assert loaded.lines == 13
        assert other.files.load(tmp_path / "first").lines == 0


def test_two_who_went_on_apart_are_told_and_nothing_is_overwritten(
    store: Store, other_address: str, tmp_path: Path
) -> None:
    store.define("chain", "x", {"v": 0}, "why", "an analyst", NOON)
    store.files.write(tmp_path / "both")
    with open_store(Path(), other_address) as other:
        other.files.load(tmp_path / "both")
        store.define("chain", "x", {"v": "here"}, "why", "an analyst", NOON)
        other.define("chain", "x", {"v": "there"}, "why", "another", NOON)
        other.record("remark", "he:1", "", "new", "another", NOON)
        other.files.write(tmp_path / "theirs")
    loaded = store.files.load(tmp_path / "theirs")
    assert (loaded.lines, len(loaded.conflicts)) == (1, 1)
    assert "2 took its place" in loaded.conflicts[0]
    assert [c.value for c in store.contents("chain")] == [{"v": "here"}]


ONE = """- number: 1
  subject: "he:1"
  object: "he:2"
  reason: a
  author: b
  made_at: "2026-01-01T00:00:00+00:00"
"""
SPOILT = {
    "workspace.yaml": ["keten_workspace: 99\n", "x", "[]", ""],
    "lines/same.yaml": [
        "- number: 1\n", "x: 1\n", "- 1\n", "- number: true\n", "- [\n", "\xff",
        "- number: 1\n  subject: 5\n", "- number: 1\n  subject: he:1\n  strange: 1\n",
        ONE.replace("he:2", "he:1"),
        ONE.replace("2026-01-01T00:00:00+00:00", "yesterday"),
        ONE.replace("2026-01-01T00:00:00+00:00", "2026-01-01"),
        ONE + "  value: {1: [.nan]}\n",
        "- !!python/object/apply:os.system [true]\n",
    ],
    "accounts.yaml": [
        "- number: 1\n  role: king\n", "- number: 1\n  role: editor\n",
        '- {number: 1, role: editor, made_at: "2026-01-01T00:00:00+00:00", password: x}\n',
        "- number: 1\n- number: 1\n",
    ],
    "batches.yaml": ["- number: 1\n", "- {number: 1, kind: x}\n"],
}  # fmt: skip


@pytest.mark.parametrize(
    ("name", "text"), [(name, text) for name, texts in SPOILT.items() for text in texts]
)
def test_a_file_that_is_not_ours_is_refused_whole(tmp_path: Path, name: str, text: str) -> None:
    with open_store(tmp_path / "one") as store, open_store(tmp_path / "two") as other:
        store.record("remark", "he:1", "", "a line", "an analyst", NOON)
        store.files.write(tmp_path / "files")
        (tmp_path / "files" / name).write_bytes(text.encode("latin-1"))
        with pytest.raises(WorkspaceError) as refused:
            other.files.load(tmp_path / "files")
        assert refused.value.next_step
        assert other.judgements() == []


def test_a_folder_with_other_things_is_left_alone(store: Store, tmp_path: Path) -> None:
    (tmp_path / "letters").mkdir()
    (tmp_path / "letters" / "dear.txt").write_text("x")
    for place in (tmp_path / "letters", tmp_path / "letters" / "dear.txt"):
        with pytest.raises(WorkspaceError):
            store.files.write(place)
        with pytest.raises(WorkspaceError):
            store.files.load(place)
    assert files_of(tmp_path / "letters") == {"dear.txt": b"x"}


@given(seed=st.integers(0, 10_000))
@settings(max_examples=12, deadline=None)
def test_whatever_was_said_comes_back(seed: int) -> None:
    dice = random.Random(seed)
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        with open_store(folder / "one") as store, open_store(folder / "two") as other:
            said: list[int] = []
            for _ in range(25):
                try:
                    said += do_something(store, dice, said)
                except WorkspaceError:
                    continue
            store.files.write(folder / "first", with_private=True)
            loaded = other.files.load(folder / "first", with_private=True)
            assert loaded.conflicts == ()
            other.files.write(folder / "second", with_private=True)
            assert files_of(folder / "second") == files_of(folder / "first")
            assert store.files.load(folder / "second", with_private=True).lines == 0
            for kind in ("same", "note", "chain"):
                assert other.judgements(kind, only_in_force=True) == store.judgements(
                    kind, only_in_force=True
                )


def do_something(store: Store, dice: random.Random, said: list[int]) -> list[int]:
    keys = dice.sample(["he:1", "he:2", "h2020:1"], 2)
    value = {"n": dice.random(), "é\u2028": [None, -0.0, "yes"], "big": 10**30}
    match dice.randrange(6):
        case 0:
            return [store.record("same", *keys, "r", "Ann", NOON, value=value).number]
        case 1:
            private = dice.random() < 0.5
            return [store.record("note", *keys, "r", "Ann", NOON, is_private=private).number]
        case 2:
            return [store.withdraw(dice.choice(said or [1]), "no", "Ann", NOON).number]
        case 3:
            content, _ = store.define("chain", dice.choice("ab"), value, "r", "Ann", NOON)
            return [content.number]
        case 4:
            lines = [Line("note", keys[0], "x", value), Line("different", *keys)]
            batch = store.record_many(lines, "r", "Ann", NOON, kind="import", title="x")
            return [line.number for line in store.judgements_of(batch.number)]
        case _:
            undone = store.undo_batch(dice.randint(1, 3), "r", "Ann", NOON)
            return [line.number for line in store.judgements_of(undone.number)]
