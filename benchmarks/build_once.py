"""One build in a process of its own: `python -m benchmarks.build_once DATA HOME [verdict left right]`."""

from __future__ import annotations

import hashlib
import json
import sys
from datetime import UTC, datetime
from pathlib import Path

from keten.atlas.answers import read_chain
from keten.atlas.taxonomies import in_force, list_taxonomies
from keten.cli.load import keep_examples
from keten.model import Ruling
from keten.pipeline import build
from keten.sources.invented import MARKER
from keten.workspace import open_store


def main(arguments: list[str]) -> None:
    """Build, and print what was done as JSON."""
    data, home, *ruled = arguments
    with open_store(Path(home)) as store:
        keep_examples(store, datetime.now(UTC), is_invented=(Path(data) / MARKER).exists())
        chains = tuple(read_chain(content.value) for content in store.contents("chain"))
        held = in_force(list_taxonomies(store), datetime.now(UTC).date())
    rulings = [Ruling(1, *ruled, "bench", "measured", "2026-11-01")] if ruled else []  # type: ignore[arg-type]
    report = build(
        Path(data),
        Path(home),
        rulings=rulings,
        chains=chains,
        taxonomy=next((each for each in held if each.scheme == "technologies"), None),
        missions=next((each for each in held if each.scheme == "missions"), None),
        rulings_fingerprint=hashlib.sha256(repr(rulings).encode()).hexdigest(),
        now=datetime.now(UTC),
    )
    sys.stdout.write(
        json.dumps(
            {
                "number": report.number,
                "ran": report.ran,
                "kept": report.kept,
                "seconds": report.seconds,
                "issues": report.issues,
                "peak_mb": _peak_mb(),
            }
        )
        + "\n"
    )


def _peak_mb() -> float:
    # Not getrusage: its peak is that of whoever started this process, too.
    status = Path("/proc/self/status").read_text("ascii")
    return int(status.split("VmHWM:")[1].split()[0]) / 1024


if __name__ == "__main__":
    main(sys.argv[1:])
