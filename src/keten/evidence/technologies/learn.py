"""What editors say of single projects, and what that teaches about others of the kind.

A correction holds for its own project whatever the model says. For others it is learnt which words go
with what was corrected, against a background of all other texts that stay as they were thought.
"""

from collections.abc import Mapping, Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array

from keten.evidence.technologies.model import RELATIONS
from keten.methods.logistic import fit_sparse
from keten.model import About

Floats = NDArray[np.float64]

_PENALTY: Final = 0.1
_BACKGROUND: Final = 0.1  # how much a text that nobody corrected counts


def truths(about: About) -> tuple[float, float]:
    """Give what a correction says of the two relations: about it at all, develops it."""
    return float(about.label != "none"), float(about.label == "develops")


def learn_corrections(
    design: csr_array,
    rows: Mapping[str, int],
    entries: Sequence[str],
    odds: Floats,
    abouts: Sequence[About],
) -> Floats:
    """Give the log-odds moved by corrections.

    `design` (texts x terms); `rows`: the row of each project with a text; `odds` (texts x entries x
    relations).
    """
    moved = odds.copy()
    for place, entry in enumerate(entries):
        mine = [each for each in abouts if each.entry == entry and each.project_id in rows]
        if not mine:
            continue
        before = odds[:, place, :]
        outcome = 1 / (1 + np.exp(-before))
        counts = np.full(outcome.shape, _BACKGROUND)
        for each in mine:
            outcome[rows[each.project_id]] = truths(each)
            counts[rows[each.project_id]] = 1.0
        weights, _ = fit_sparse(design, outcome, _PENALTY, counts=counts, offset=before)
        moved[:, place, :] = before + design @ weights
    assert moved.shape[-1] == len(RELATIONS)
    return moved
