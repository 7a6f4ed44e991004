"""A reader that holds the old evidence open while builds live and die, and one that follows.

`python -m torture.reader HOME` reads until its input ends, then says how often, and what went wrong.
"""

from __future__ import annotations

import json
import sys
import threading
import time
from pathlib import Path
from typing import Any

from keten.evidence import Evidence, Shelf

_QUESTION = """
    select count(*), sum(contribution_eur)::varchar, count(distinct organisation_id),
           (select count(*) from collaboration), (select count(*) from record)
    from involvement
"""


def main() -> None:
    """Read until told to stop."""
    home = Path(sys.argv[1])
    held = Shelf(home).evidence()
    first = _answer(held)
    _say({"ready": True, "answer": first})
    stopped = threading.Event()
    threading.Thread(target=lambda: (sys.stdin.read(), stopped.set()), daemon=True).start()
    shelf = Shelf(home)
    known: dict[int, Any] = {}
    reads, faults = 0, []
    while not stopped.is_set():
        try:
            if _answer(held) != first:
                faults.append("the evidence that was held gave another answer")
            follows = shelf.evidence()
            if known.setdefault(follows.number, _answer(follows)) != _answer(follows):
                faults.append(f"evidence {follows.number} gave two answers")
        except Exception as error:  # noqa: BLE001 - whatever it is, it should not have been
            faults.append(f"{type(error).__name__}: {error}")
        reads += 1
        time.sleep(0.01)
    _say({"reads": reads, "faults": faults[:10], "numbers": sorted(known)})


def _answer(evidence: Evidence) -> list[Any]:
    row = evidence.cursor().execute(_QUESTION).fetchone()
    words = evidence.index().execute("select count(*), sum(weight) from entry").fetchone()
    return [*(row or ()), *words]


def _say(told: dict[str, Any]) -> None:
    sys.stdout.write(json.dumps(told) + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
