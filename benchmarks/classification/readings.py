"""What readers said of the sample, and what was settled between them: labels by text and subject."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from benchmarks.classification.labels import FOLDER, read_rows
from benchmarks.classification.sample import HERE, read_sample
from benchmarks.classification.signals import CHAINS, TECHNOLOGIES

SUBJECTS = {
    **dict.fromkeys(("", "-dutch", "-dutch-2"), tuple(TECHNOLOGIES)),
    **dict.fromkeys(("-chains", "-chains-2"), tuple(CHAINS)),
}
SAMPLES = {
    "": "sample", "-chains": "sample", "-dutch": "sample-dutch",
    "-chains-2": "sample-chains-2", "-dutch-2": "sample-dutch-2",
}  # fmt: skip
# A label as a number: how much a text has to do with a subject.
LEVELS = {"none": 0, "out": 0, "applies": 1, "arguable": 1, "develops": 2, "in": 2}


@dataclass(frozen=True)
class Readings:
    """What one reader said: texts by subjects, a level 0..2 each, and whether it is arguable."""

    keys: tuple[str, ...]
    subjects: tuple[str, ...]
    levels: NDArray[np.int64]
    arguable: NDArray[np.bool_]

    def only(self, keys: Sequence[str]) -> Readings:
        """Give those of some texts."""
        places = [self.keys.index(key) for key in keys]
        return Readings(tuple(keys), self.subjects, self.levels[places], self.arguable[places])


def read_readings(reader: str, ending: str = "") -> Readings:
    """Read what a reader (`first`, `second`, `settled`) said of all texts of a sample."""
    keys = tuple(key for key, _ in read_sample(HERE / f"{SAMPLES[ending]}.csv"))
    subjects = SUBJECTS[ending]
    levels = np.zeros((len(keys), len(subjects)), np.int64)
    arguable = np.zeros(levels.shape, np.bool_)
    place = {key: row for row, key in enumerate(keys)}
    for row in read_rows(FOLDER / f"{reader}{ending}.csv")[1:]:
        if row[1] == "none":
            continue
        cell = place[row[0]], subjects.index(row[1])
        levels[cell] = LEVELS[row[2]]
        arguable[cell] = row[2] == "arguable" if ending == "-chains" else row[3] == "yes"
    return Readings(keys, subjects, levels, arguable)


def keys_of(half: str, ending: str = "") -> list[str]:
    """Give the texts of a half: `tune` or `report`."""
    return [key for key, is_in in read_sample(HERE / f"{SAMPLES[ending]}.csv") if is_in == half]
