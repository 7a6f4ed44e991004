"""Pairs judged by reading, without seeing their score: one organisation, two, or unsure.

A file for each sample in `judgements/`, with `left_key`, `right_key`, `verdict`, `reason`; keys are
those of the sources, and no name of a person stands in them.
"""

from __future__ import annotations

import csv
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray

from benchmarks.resolution.metrics import Links
from benchmarks.resolution.sides import Trial

FOLDER: Final = Path(__file__).parent / "judgements"
COLUMNS: Final = ("left_key", "right_key", "verdict", "reason")
VERDICTS: Final = frozenset({"one", "two", "unsure"})


def read_judgements(sample: str, folder: Path = FOLDER) -> dict[tuple[str, str], str]:
    """Give the verdict on each pair of a sample; nothing when it was not judged yet.

    Raises: ValueError for a verdict that is none.
    """
    path = folder / f"{sample}.csv"
    if not path.exists():
        return {}
    with path.open(encoding="utf-8", newline="") as lines:
        rows = [
            (row["left_key"], row["right_key"], row["verdict"]) for row in csv.DictReader(lines)
        ]
    for left, right, verdict in rows:
        if verdict not in VERDICTS:
            raise ValueError(f"{path.name}: {verdict!r} on {left} and {right} is no verdict")
    return {(left, right): verdict for left, right, verdict in rows}


def find_judged(
    links: Links, trial: Trial, judged: dict[tuple[str, str], str], verdict: str
) -> NDArray[np.bool_]:
    """Say for each link whether it was judged so."""
    return np.array(
        [
            judged.get((trial.left_ids[left], trial.right_ids[right])) == verdict
            for left, right in zip(links.left.tolist(), links.right.tolist(), strict=True)
        ],
        np.bool_,
    )
