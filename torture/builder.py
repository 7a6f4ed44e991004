"""One build in a process of its own, that says where it is and waits where it is told to.

`python -m torture.builder DATA HOME [--wait-at STATION] [--largest-file BYTES]`
"""

from __future__ import annotations

import argparse
import json
import resource
import sys
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path

from keten.atlas.answers import read_chain
from keten.cli.load import keep_examples
from keten.errors import KetenError
from keten.pipeline import build
from keten.sources.invented import MARKER
from keten.workspace import open_store


def main() -> int:
    """Build, telling each station; the last line is what came of it, as JSON."""
    parser = argparse.ArgumentParser()
    parser.add_argument("data", type=Path)
    parser.add_argument("home", type=Path)
    parser.add_argument("--wait-at", default="")
    parser.add_argument("--largest-file", type=int, default=0)
    given = parser.parse_args()

    def mark(station: str) -> None:
        _say(f"at {station}")
        if station == given.wait_at:
            sys.stdin.readline()

    try:
        with open_store(given.home) as store:
            rulings, fingerprint = store.rulings(), store.fingerprint()
            keep_examples(
                store,
                datetime(2026, 11, 21, tzinfo=UTC),
                is_invented=(given.data / MARKER).exists(),
            )
            chains = tuple(read_chain(content.value) for content in store.contents("chain"))
        if given.largest_file:
            resource.setrlimit(resource.RLIMIT_FSIZE, (given.largest_file, given.largest_file))
        report = build(
            given.data,
            given.home,
            rulings=rulings,
            rulings_fingerprint=fingerprint,
            chains=chains,
            now=datetime(2026, 11, 21, tzinfo=UTC),
            mark=mark,
        )
    except KetenError as error:
        told = {"code": error.code, "what": error.what, "next_step": error.next_step}
        _say(json.dumps({"error": told, "peak_mb": _peak_mb()}))
        return error.exit_code
    _say(json.dumps({"report": asdict(report), "peak_mb": _peak_mb()}))
    return 0


def _peak_mb() -> int:
    # Not getrusage: its peak is that of whoever started this process, too.
    status = Path("/proc/self/status").read_text("ascii")
    return int(status.split("VmHWM:")[1].split()[0]) // 1024


def _say(line: str) -> None:
    try:
        sys.stdout.write(f"{line}\n")
        sys.stdout.flush()
    except BrokenPipeError:
        sys.exit(1)


if __name__ == "__main__":
    sys.exit(main())
