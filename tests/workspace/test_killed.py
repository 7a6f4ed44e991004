"""A process that is killed in the middle of a batch leaves all of it or nothing."""

from __future__ import annotations

import signal
import subprocess
import sys
import time
from itertools import pairwise
from pathlib import Path

import pytest

from keten.workspace import Store, open_store
from tests.workspace.batch_writer import NOON

ROOT = Path(__file__).parents[2]


def kill_while(address: str, lines: int, station: str, wait_s: float) -> None:
    """Start a writer, wait until it says what it is about to do, and a moment more; kill it."""
    command = [sys.executable, "-m", "tests.workspace.batch_writer", address, str(lines)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=ROOT) as writer:
        assert writer.stdout is not None
        for line in writer.stdout:
            if line.strip() == station:
                break
        time.sleep(wait_s)
        writer.send_signal(signal.SIGKILL)


def check_whole(store: Store, lines: int) -> int:
    """Hold what is there against what a batch is; gives how many batches there are."""
    batches = store.batches()
    found = store.judgements()
    assert all(batch.lines == lines for batch in batches)
    assert len(found) == lines * len(batches)
    assert all(one.number < other.number for one, other in pairwise(found))
    for batch in batches:
        if batch.kind == "import":
            assert [line.value["row"] for line in store.judgements_of(batch.number)] == list(
                range(lines)
            )
        standing = store.judgements_of(batch.number, only_in_force=True)
        expected = lines if batch.kind == "import" and batch.undone_by is None else 0
        assert len(standing) == expected
    return len(batches)


@pytest.mark.parametrize("station", ["record", "undo"])
def test_all_of_it_or_nothing(address: str, station: str) -> None:
    for wait_s in (0.0, 0.03, 0.08):
        kill_while(address, 800, station, wait_s)
        with open_store(Path(), address) as store:
            check_whole(store, 800)
    with open_store(Path(), address) as store:
        line = store.record("remark", "he:1", "", "goes on", "an analyst", NOON)
        assert store.judgements()[-1] == line
