"""A process that records, undoes and loads batches until somebody ends it: `python -m` with its orders."""

import sys
from datetime import UTC, datetime
from pathlib import Path

from keten.workspace import Line, open_store

NOON = datetime(2026, 11, 21, 12, tzinfo=UTC)


def hostile(number: int) -> Line:
    """A row as somebody might type it to do harm, or by accident."""
    cells = ["=cmd|' /C calc'!A0", "'; drop table judgement; --", "<script>alert(1)</script>",
             "\x85\u2028\ufeff", "𝕏🙂" * 20, "NULL", number, -0.0, 1e300, None, {"": ["", []]},
             "{{7*7}}", "../../etc/passwd", "%s%n", "\\", "#REF!", "x" * 500]  # fmt: skip
    return Line(
        "listed", f"own:{number:012x}", "list:ours", {"cells": cells, "row": number}, "'; --"
    )


def main(address: str, lines: int) -> None:
    """Record a batch, undo it, undo that; and say what is going to be done."""
    with open_store(Path(), address) as store:
        while True:
            print("record", flush=True)
            batch = store.record_many(
                map(hostile, range(lines)), "imported", "a writer", NOON, kind="import", title="x"
            )
            print("undo", flush=True)
            undone = store.undo_batch(batch.number, "wrong", "a writer", NOON)
            print("again", flush=True)
            store.undo_batch(undone.number, "right", "a writer", NOON)


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))
