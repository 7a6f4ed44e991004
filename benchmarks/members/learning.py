"""Learning the weights of families: a conditional logit of who was left out among all who were not in it.

Source: McFadden (1974), Conditional logit analysis of qualitative choice behavior.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
from scipy.optimize import minimize

from benchmarks.members.lists import Listed
from keten.atlas.resembling import score_families
from keten.atlas.traits import FAMILIES, Traits
from keten.methods.likeness import score_left_out

Floats = npt.NDArray[np.float64]
NAMES = (*FAMILIES, "size")
PENALTY = 1e-3


def rows_of(traits: Traits, listed: Listed) -> list[dict[str, Floats]]:
    """Give for each one left out the likeness of everybody by family; who was left out stands last."""
    rows = np.concatenate([listed.others, listed.members])
    own = np.arange(listed.others.size, rows.size)
    by_family = {
        family: score_left_out(pairs, own)
        for family, pairs in score_families(traits, rows, listed.members).items()
    }
    size = np.log1p(traits.projects[rows])
    found = []
    for member in listed.asked:
        there = np.append(np.arange(listed.others.size), own[member])
        each = {family: scores[there, member] for family, scores in by_family.items()}
        found.append({**each, "size": size[there]})
    return found


def learn(rows: Sequence[dict[str, Floats]]) -> dict[str, float]:
    """Give the weights, none below nought, under which those left out were likeliest."""
    spread = np.array([np.mean([row[name].std() for row in rows]) for name in NAMES]) + 1e-9
    choices = [np.stack([row[name] for name in NAMES], axis=1) / spread for row in rows]

    def loss(weights: Floats) -> tuple[float, Floats]:
        value, slope = 0.0, np.zeros_like(weights)
        for each in choices:
            utility = each @ weights
            raised = np.exp(utility - utility.max())
            total = raised.sum()
            value += float(np.log(total) - (utility[-1] - utility.max()))
            slope += (raised / total) @ each - each[-1]
        count = len(choices)
        return (
            value / count + PENALTY * float(weights @ weights),
            slope / count + 2 * PENALTY * weights,
        )

    done = minimize(
        loss, np.zeros(len(NAMES)), jac=True, method="L-BFGS-B", bounds=[(0, None)] * len(NAMES)
    )
    return dict(zip(NAMES, (done.x / spread).tolist(), strict=True))
