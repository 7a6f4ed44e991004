"""Copies: whole however many write meanwhile, put back while others have it open, nothing lost."""

from __future__ import annotations

import sqlite3
import threading
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from keten.errors import WorkspaceError
from keten.workspace import Store, backup, open_store, restore
from tests.workspace.test_plain import PASSWORD, fill, join

NOON = datetime(2026, 11, 21, 12, tzinfo=UTC)


def say(store: Store, reason: str) -> None:
    store.record("remark", "he:1", "", reason, "an analyst", NOON)


def test_a_copy_is_whole_while_others_write(tmp_path: Path) -> None:
    with open_store(tmp_path / "home") as store:
        say(store, "the first")
        stop = threading.Event()

        def write() -> None:
            with open_store(tmp_path / "home") as other:
                while not stop.is_set():
                    with other.open_batch("import", "x", "why", "an analyst", NOON) as batch:
                        for number in range(7):
                            batch.record("listed", f"own:{number}", "list:a")

        writer = threading.Thread(target=write)
        writer.start()
        try:
            copies = [backup(store.path, tmp_path / f"copy{n}.sqlite") for n in range(5)]
        finally:
            stop.set()
            writer.join()
        for copy in copies:
            assert copy.path.stat().st_mode & 0o077 == 0
            with open_store(tmp_path, str(copy.path)) as read:
                assert len(read.judgements()) == copy.lines
                assert copy.lines % 7 == 1  # no batch is half in it
        with pytest.raises(WorkspaceError, match="there already"):
            backup(store.path, copies[0].path)
    assert sorted(p.name for p in tmp_path.iterdir() if p.name.startswith(".")) == []


def test_a_copy_is_put_back_while_it_is_open_and_the_old_one_kept(tmp_path: Path) -> None:
    home, copy = tmp_path / "home", tmp_path / "copy.sqlite"
    with open_store(home) as store, open_store(home) as other:
        ann, bo = fill(store)
        before, contents = store.judgements(reader=ann), store.contents("chain")
        backup(store.path, copy)
        say(store, "written since")
        other.accounts.erase(bo.account, None, NOON)
        token = other.sessions.sign_in("ann@example.org", PASSWORD, "127.0.0.1", NOON)
        state = store.state()
        restored = restore(store.path, copy, NOON)
        assert (restored.lines, restored.accounts) == (18, 2)
        for each in (store, other):  # both were open all the while
            assert each.judgements(reader=ann) == [line for line in before if line.author != "Bo"]
            assert each.contents("chain") == contents
            assert [one.name for one in each.accounts.all()] == ["Ann", ""]
            assert each.sessions.find(token, NOON) is None
            assert each.state() != state
        assert store.accounts.events(bo.account)[-1].kind == "erased"
        with pytest.raises(sqlite3.IntegrityError), sqlite3.connect(store.path) as direct:
            direct.execute("delete from judgement")
        say(other, "after")
        assert store.judgements()[-1].reason == "after"
        assert restored.aside is not None
        assert restored.aside.name == "workspace-20261121-120000.sqlite"
    with open_store(tmp_path, str(restored.aside)) as old:
        assert old.judgements()[-1].reason == "written since"
    assert sorted(p.name for p in home.iterdir() if not p.name.endswith(("-wal", "-shm"))) == [
        "workspace-20261121-120000.sqlite", "workspace.lock", "workspace.sqlite",
    ]  # fmt: skip


def test_what_is_no_copy_changes_nothing(tmp_path: Path) -> None:
    with open_store(tmp_path / "home") as store:
        join(store, "Ann", "administrator")
        say(store, "the first")
        before = store.judgements()
        backup(store.path, tmp_path / "whole.sqlite")
        whole = (tmp_path / "whole.sqlite").read_bytes()
        spoilt = {
            "empty": b"",
            "letters": b"dear reader " * 1000,
            "cut": whole[: len(whole) // 2],
            "hit": whole[:8192] + b"\xff" * 4096 + whole[12288:],
        }
        with sqlite3.connect(tmp_path / "other") as direct:
            direct.execute("create table judgement (number integer)")
        with sqlite3.connect(tmp_path / "newer") as direct:
            direct.executescript(
                "create table judgement (number integer); create table alembic_version "
                "(version_num text); insert into alembic_version values ('9999');"
            )
        for name, text in spoilt.items():
            (tmp_path / name).write_bytes(text)
        for name in (*spoilt, "other", "newer", "missing"):
            with pytest.raises(WorkspaceError) as refused:
                restore(store.path, tmp_path / name, NOON)
            assert refused.value.next_step, name
        assert store.judgements() == before
        assert sorted(p.name for p in (tmp_path / "home").iterdir() if "-" not in p.name) == [
            "workspace.lock", "workspace.sqlite",
        ]  # fmt: skip


def test_a_copy_takes_the_place_of_a_damaged_file_and_of_none(tmp_path: Path) -> None:
    with open_store(tmp_path / "home") as store:
        say(store, "the first")
        backup(store.path, tmp_path / "copy")
    elsewhere = tmp_path / "elsewhere" / "workspace.sqlite"
    assert restore(elsewhere, tmp_path / "copy", NOON).aside is None
    elsewhere.write_bytes(b"damaged" * 1000)
    restored = restore(elsewhere, tmp_path / "copy", NOON)
    assert restored.aside is not None
    assert restored.aside.read_bytes().startswith(b"damaged")
    with open_store(elsewhere.parent) as store:
        assert [line.reason for line in store.judgements()] == ["the first"]
        say(store, "goes on")
    with pytest.raises(WorkspaceError, match="no workspace"):
        backup(tmp_path / "nowhere.sqlite", tmp_path / "x")


def test_a_copy_of_an_older_form_is_brought_to_the_present_one(tmp_path: Path) -> None:
    import sqlalchemy as sa
    from alembic import command
    from alembic.config import Config

    from keten.workspace.engine import MIGRATIONS

    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    engine = sa.create_engine(f"sqlite:///{tmp_path / 'old.sqlite'}")
    with engine.connect() as connection, connection.begin():
        config.attributes["connection"] = connection
        command.upgrade(config, "0001")
        connection.exec_driver_sql(
            "insert into judgement values (1, 'note', 'a', 'b', null, 'why', 'an analyst',"
            " '2026-01-01 00:00:00', null, 0)"
        )
    engine.dispose()
    before = (tmp_path / "old.sqlite").read_bytes()
    with open_store(tmp_path / "home") as store:
        say(store, "the first")
        restore(store.path, tmp_path / "old.sqlite", NOON)
        assert [line.reason for line in store.judgements()] == ["why"]
        with store.open_batch("import", "x", "why", "an analyst", NOON + timedelta(1)) as batch:
            batch.record("listed", "own:1", "")
    assert (tmp_path / "old.sqlite").read_bytes() == before


def test_of_a_server_its_own_programs_make_the_copies(tmp_path: Path) -> None:
    for copying in (
        lambda: backup("postgresql://server/keten", tmp_path / "x"),
        lambda: restore("postgresql://server/keten", tmp_path / "x", NOON),
    ):
        with pytest.raises(WorkspaceError) as refused:
            copying()
        assert "pg_" in refused.value.next_step
