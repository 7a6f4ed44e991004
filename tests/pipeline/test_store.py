"""The shelf: a pointer that swaps at once, leftovers that go, readers that keep what they hold."""

from __future__ import annotations

import contextlib
import json
import os
import sqlite3
import subprocess
import sys
import threading
from datetime import UTC, datetime
from pathlib import Path

import duckdb
import pytest

from keten.errors import BusyError, EvidenceError
from keten.evidence import Shelf, latest, store
from keten.evidence.store import Manifest

NOW = datetime(2026, 11, 21, 12, tzinfo=UTC)


def put(root: Path, value: int, mark: store.Mark = lambda _: None) -> int:
    """Publish an evidence that holds one number, as a build does."""
    with store.build_lock(root):
        folder = store.start_building(root)
        with contextlib.closing(duckdb.connect(str(folder / "evidence.duckdb"))) as con:
            con.execute(f"create table held as select {value} as value")
        with contextlib.closing(sqlite3.connect(folder / "index.sqlite")) as index:
            index.execute("create table held(value)")
            index.execute("insert into held values (?)", [value])
            index.commit()
        number = store.next_number(root)
        store.publish(root, Manifest(number, NOW, f"print-{value}", "none", False), mark)
    return number


def held_by(evidence: store.Evidence) -> tuple[int, int]:
    row = evidence.cursor().execute("select value from held").fetchone()
    assert row
    return row[0], evidence.index().execute("select value from held").fetchone()[0]


def entries(root: Path) -> set[str]:
    return {path.name for path in root.iterdir()}


def test_nothing_built_yet_is_said(tmp_path: Path) -> None:
    with pytest.raises(EvidenceError, match="No evidence has been built") as caught:
        latest(tmp_path)
    assert "keten build" in caught.value.next_step


def test_what_was_published_is_read(tmp_path: Path) -> None:
    put(tmp_path / "evidence", 5)
    evidence = latest(tmp_path)
    assert held_by(evidence) == (5, 5)
    assert (evidence.number, evidence.built_at, evidence.fingerprint) == (1, NOW, "print-5")
    assert not evidence.is_invented


def test_a_reader_keeps_what_it_holds_and_a_shelf_follows(tmp_path: Path) -> None:
    root = tmp_path / "evidence"
    put(root, 1)
    shelf = Shelf(tmp_path)
    first = shelf.evidence()
    for value in (2, 3, 4):
        put(root, value)
        assert held_by(first) == (1, 1), "the evidence held stays, even when its folder is gone"
        assert held_by(shelf.evidence()) == (value, value)
    assert "000001" not in entries(root)


def test_the_one_in_force_and_the_one_before_stay(tmp_path: Path) -> None:
    root = tmp_path / "evidence"
    for value in range(5):
        put(root, value)
    assert entries(root) == {"000004", "000005", "current", "build.lock"}
    assert store.read_pointer(root) == 5


@pytest.mark.parametrize("station", ["write-manifest", "flush-evidence.duckdb", "flush-index.sqlite",
    "flush-manifest.json", "rename-folder", "write-pointer", "swap-pointer", "tidy", "done"])  # fmt: skip
def test_a_publication_that_stops_leaves_old_or_new_and_no_rest(
    tmp_path: Path, station: str
) -> None:
    root = tmp_path / "evidence"
    put(root, 1)

    class Stopped(Exception):  # noqa: N818
        pass

    def stop(at: str) -> None:
        if at == station:
            raise Stopped

    with pytest.raises(Stopped):
        put(root, 2, stop)
    is_new = station in {"tidy", "done"}
    assert held_by(latest(tmp_path)) == ((2, 2) if is_new else (1, 1))
    put(root, 3)
    assert held_by(latest(tmp_path)) == (3, 3)
    assert len(entries(root) - {"current", "build.lock"}) == 2
    assert "building" not in entries(root)
    assert "current.next" not in entries(root)


def test_every_station_of_publishing_is_told(tmp_path: Path) -> None:
    seen: list[str] = []
    put(tmp_path / "evidence", 1, seen.append)
    assert seen == [
        "write-manifest", "flush-evidence.duckdb", "flush-index.sqlite", "flush-manifest.json",
        "rename-folder", "write-pointer", "swap-pointer", "tidy", "done",
    ]  # fmt: skip


def test_leftovers_go_before_the_next_build(tmp_path: Path) -> None:
    root = tmp_path / "evidence"
    put(root, 1)
    (root / "building").mkdir()
    (root / "building" / "evidence.duckdb").write_text("half")
    (root / "000009").mkdir()
    (root / "current.next").write_text("9\n")
    store.start_building(root)
    assert entries(root) == {"000001", "building", "current", "build.lock"}
    assert not list((root / "building").iterdir())


def test_with_no_pointer_nothing_is_thrown_away(tmp_path: Path) -> None:
    root = tmp_path / "evidence"
    put(root, 1)
    (root / "current").unlink()
    store.clear_leftovers(root)
    assert "000001" in entries(root)
    assert store.next_number(root) == 2


@pytest.mark.parametrize("content", ["", "seven", "1\n2"])
def test_a_damaged_pointer_is_said(tmp_path: Path, content: str) -> None:
    put(tmp_path / "evidence", 1)
    (tmp_path / "evidence" / "current").write_text(content)
    with pytest.raises(EvidenceError, match="pointer"):
        latest(tmp_path)


def test_a_pointer_to_nowhere_is_said(tmp_path: Path) -> None:
    put(tmp_path / "evidence", 1)
    (tmp_path / "evidence" / "current").write_text("44\n")
    with pytest.raises(EvidenceError, match="manifest of evidence 44"):
        latest(tmp_path)


@pytest.mark.parametrize("change", [{"format": 999}, {"built_at": "yesterday"}, {"odd": 1}])
def test_a_manifest_that_cannot_be_read_is_said(tmp_path: Path, change: dict[str, object]) -> None:
    put(tmp_path / "evidence", 1)
    path = tmp_path / "evidence" / "000001" / "manifest.json"
    path.write_text(json.dumps(json.loads(path.read_text()) | change))
    with pytest.raises(EvidenceError):
        latest(tmp_path)


def test_a_damaged_evidence_is_said(tmp_path: Path) -> None:
    put(tmp_path / "evidence", 1)
    (tmp_path / "evidence" / "000001" / "evidence.duckdb").write_bytes(b"no database" * 1000)
    with pytest.raises(EvidenceError, match="cannot be opened"):
        latest(tmp_path)


def test_a_manifest_travels_through_its_text() -> None:
    manifest = Manifest(3, NOW, "a", "b", True, {"load": "x"}, {"load": 0.5})
    assert Manifest.from_json(manifest.to_json()) == manifest


def test_a_second_build_is_refused_and_told_who(tmp_path: Path) -> None:
    with (
        store.build_lock(tmp_path),
        pytest.raises(BusyError, match=str(os.getpid())) as caught,
        store.build_lock(tmp_path),
    ):
        pass
    assert caught.value.exit_code == 6
    with store.build_lock(tmp_path):
        pass


def test_the_lock_goes_with_a_process_that_dies(tmp_path: Path) -> None:
    code = (
        "import os, sys, pathlib; from keten.evidence import store\n"
        "lock = store.build_lock(pathlib.Path(sys.argv[1])); lock.__enter__()\n"
        "print('held', flush=True); os.kill(os.getpid(), 9)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, str(tmp_path)], capture_output=True, text=True, check=False
    )
    assert done.stdout == "held\n"
    assert done.returncode == -9
    with store.build_lock(tmp_path):
        pass


def test_threads_share_a_shelf(tmp_path: Path) -> None:
    root = tmp_path / "evidence"
    put(root, 1)
    shelf = Shelf(tmp_path)
    seen: list[tuple[int, int]] = []
    stop = threading.Event()

    def read() -> None:
        while not stop.is_set():
            seen.append(held_by(shelf.evidence()))

    threads = [threading.Thread(target=read) for _ in range(4)]
    for thread in threads:
        thread.start()
    for value in (2, 3, 4):
        put(root, value)
    stop.set()
    for thread in threads:
        thread.join()
    assert seen
    assert all(left == right for left, right in seen), "database and index are of one evidence"
    assert held_by(shelf.evidence()) == (4, 4)


def test_one_evidence_opens_twice_in_a_process_whatever_the_threads(tmp_path: Path) -> None:
    put(tmp_path / "evidence", 7)
    first = latest(tmp_path, threads=1)
    second = latest(tmp_path, threads=2)
    assert held_by(first) == (7, 7)
    first.close()
    assert held_by(second) == (7, 7)
