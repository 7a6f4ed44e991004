"""`python -m benchmarks.classification.labels READER`: says what is amiss in what one wrote."""

from __future__ import annotations

import csv
import sys
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from benchmarks.classification.sample import HERE, read_sample
from benchmarks.classification.signals import CHAINS, TECHNOLOGIES

FOLDER: Final = HERE / "labels"


@dataclass(frozen=True)
class Form:
    """One kind of file: how it ends, its columns, what may stand in them, and which texts it owes."""

    ending: str
    columns: tuple[str, ...]
    subjects: frozenset[str]
    labels: frozenset[str]
    nothing: str
    sample: str


_TECHNOLOGIES: Final = frozenset(TECHNOLOGIES)
_LABELS: Final = frozenset({"develops", "applies"})
FORMS: Final = (
    Form(
        "",
        ("project_id", "technology", "label", "arguable"),
        _TECHNOLOGIES,
        _LABELS,
        "none",
        "sample",
    ),
    Form(
        "-chains",
        ("project_id", "value_chain", "label"),
        frozenset(CHAINS),
        frozenset({"in", "arguable"}),
        "out",
        "sample",
    ),
    Form(
        "-dutch",
        ("text_id", "technology", "label", "arguable"),
        _TECHNOLOGIES,
        _LABELS,
        "none",
        "sample-dutch",
    ),
    Form(
        "-chains-2",
        ("project_id", "value_chain", "label", "arguable"),
        frozenset(CHAINS),
        _LABELS,
        "none",
        "sample-chains-2",
    ),
    Form(
        "-dutch-2",
        ("text_id", "technology", "label", "arguable"),
        _TECHNOLOGIES,
        _LABELS,
        "none",
        "sample-dutch-2",
    ),
)


def main(arguments: Sequence[str]) -> int:
    """Check the files of each reader named; gives 1 when something is amiss."""
    faults = 0
    for reader in arguments:
        for form in FORMS:
            path = FOLDER / f"{reader}{form.ending}.csv"
            if not path.exists():
                print(f"{path.name}: not there yet")
                continue
            keys = [key for key, _ in read_sample(HERE / f"{form.sample}.csv")]
            rows = read_rows(path)
            found = find_faults(form, rows, keys)
            print(*(f"{path.name}: {fault}" for fault in found), sep="\n")
            counts = Counter((row[1], row[2]) for row in rows[1:] if len(row) > 2)
            print(
                *(f"  {' '.join(pair)}: {count}" for pair, count in sorted(counts.items())),
                sep="\n",
            )
            faults += len(found)
    return int(faults > 0)


def read_rows(path: Path) -> list[tuple[str, ...]]:
    """Give the rows of a file with its headings as the first."""
    with path.open(encoding="utf-8", newline="") as stream:
        return [tuple(row) for row in csv.reader(stream)]


def find_faults(form: Form, rows: Sequence[tuple[str, ...]], keys: Sequence[str]) -> list[str]:
    """Say what is amiss: rows that are none of the form's, said twice, texts left out."""
    if not rows or rows[0] != form.columns:
        return [f"the headings must be {','.join(form.columns)}"]
    known, seen, empty = set(keys), Counter[str](), set()
    faults = []
    for line, row in enumerate(rows[1:], start=2):
        if not _is_row(form, row):
            faults.append(f"line {line}: {','.join(row)}")
            continue
        if row[0] not in known:
            faults.append(f"line {line}: {row[0]} is not in the sample")
        seen[row[0]] += 1
        if row[1] == "none":
            empty.add(row[0])
    twice = Counter(row[:2] for row in rows[1:])
    faults += [f"{' '.join(pair)} stands twice" for pair, times in twice.items() if times > 1]
    faults += [f"{key} has none, and something" for key in sorted(empty) if seen[key] > 1]
    faults += [f"{key} has no row" for key in keys if key not in seen]
    return faults


def _is_row(form: Form, row: tuple[str, ...]) -> bool:
    if len(row) != len(form.columns):
        return False
    if len(row) > 3 and row[3] not in {"yes", "no"}:
        return False
    if row[1] == "none":
        return row[2] == form.nothing
    return row[1] in form.subjects and row[2] in form.labels


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
