"""An import that is killed while it writes leaves all of it or nothing, and can be done again."""

from __future__ import annotations

import subprocess
import sys
import time
from datetime import UTC, datetime
from pathlib import Path

from keten.lists.answers import show_lists
from keten.lists.held import IMPORT, read_held
from keten.pipeline import build
from keten.sources.invented import write_region
from keten.workspace import open_store

ROWS = 12_000
DELAYS = (0.0, 0.05, 0.2, 0.5, 1.0, 1.5, 2.5, 60.0)


def test_an_import_that_is_killed(tmp_path: Path) -> None:
    now = datetime.now(UTC)
    write_region(tmp_path / "data", organisations=40, seed=6)
    build(tmp_path / "data", tmp_path / "built", rulings=(), rulings_fingerprint="none", now=now)
    sheet = tmp_path / "rows.csv"
    sheet.write_text(
        "\n".join(["Naam;Plaats", *(f"Firm {n} of nobody;Town {n}" for n in range(ROWS))])
    )
    home = tmp_path / "home"
    ends: list[int] = []
    for delay in DELAYS:
        child = subprocess.Popen(
            [sys.executable, "-m", "torture.importer", tmp_path / "built", home, sheet],
            stdout=subprocess.PIPE, text=True,
        )  # fmt: skip
        assert child.stdout is not None
        assert child.stdout.readline() == "writing\n"
        until = time.monotonic() + delay
        while child.poll() is None and time.monotonic() < until:
            time.sleep(0.005)
        child.kill()
        child.wait()
        with open_store(home) as store:
            held, batches = len(read_held(store, "killed", "A")), store.batches(IMPORT, reader="A")
            assert (held, len(batches)) in {(0, 0), (ROWS, 1)}
            assert len(show_lists(store, "A")) == len(batches)
            ends.append(held)
            if batches:
                break
    assert ends[0] == 0
    assert ends[-1] == ROWS
    print(f"killed {ends.count(0)} times with nothing left; then all {ROWS} rows at once")
