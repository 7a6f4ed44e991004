"""Several processes on one workspace: all lines arrive, and a killed writer leaves nothing half."""

import signal
import subprocess
import sys
import time
from pathlib import Path

from keten.workspace import open_store

WRITER = """
import sys
from datetime import UTC, datetime
from pathlib import Path
from keten.workspace import open_store
address, name, lines = sys.argv[1], sys.argv[2], int(sys.argv[3])
with open_store(Path(), address) as store:
    for number in range(lines):
        verdict = "same" if number % 2 else "different"
        store.record(verdict, "he:1", "h2020:1", f"{name} {number}", name, datetime.now(UTC))
        print(number, flush=True)
"""


def start(address: str, name: str, lines: int) -> subprocess.Popen[str]:
    command = [sys.executable, "-c", WRITER, address, name, str(lines)]
    return subprocess.Popen(command, stdout=subprocess.PIPE, text=True)


def test_processes_that_open_and_write_at_once_lose_nothing(address: str) -> None:
    names = ("first", "second", "third")
    writers = [start(address, name, 40) for name in names]
    for writer in writers:
        writer.communicate(timeout=120)
        assert writer.returncode == 0
    with open_store(Path(), address) as store:
        lines = store.judgements()
        assert [line.number for line in lines] == list(range(1, 121))
        # Each took its turn: one unbroken chain, each line superseding the one before it.
        assert [line.supersedes for line in lines] == [None, *range(1, 120)]
        for name in names:
            mine = [line.reason for line in lines if line.author == name]
            assert mine == [f"{name} {number}" for number in range(40)]
        assert [ruling.number for ruling in store.rulings()] == [120]


def test_a_killed_writer_leaves_every_line_whole(address: str) -> None:
    told = 0
    for wait_s in (0.0, 0.004, 0.011, 0.023, 0.05):
        writer = start(address, "writer", 100_000)
        assert writer.stdout is not None
        writer.stdout.readline()
        time.sleep(wait_s)
        writer.send_signal(signal.SIGKILL)
        told += 1 + len(writer.stdout.read().split())
        writer.wait(timeout=30)
        with open_store(Path(), address) as store:
            lines = store.judgements()
            # What was said to be stored is stored; at most one line more was on its way.
            assert told <= len(lines) <= told + 1
            told = len(lines)
            # A server leaves out the number of a line that never came to be.
            numbers = [line.number for line in lines]
            assert [line.supersedes for line in lines] == [None, *numbers[:-1]]
            assert all(line.reason and line.author and line.kind for line in lines)
