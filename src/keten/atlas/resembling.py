"""Resembling: how like the members of a group everybody is, by the traits that they share.

A score is a weighted sum: for each family of traits the mean cosine with the members, and a little for how
many projects one has. The weights were learnt once, on lists of organisations of Austria, Belgium, Denmark
and Sweden, each in turn left out of its list; `benchmarks/members` learns them again and tries them on
lists of Dutch ones.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

import numpy as np
import numpy.typing as npt

from keten.atlas.traits import FAMILIES, Places, Traits
from keten.methods.likeness import score_left_out, score_pairs

Floats = npt.NDArray[np.float64]

WEIGHTS: Final[Mapping[str, float]] = {
    "field": 2.6, "part": 11.3, "technology": 1.8, "project": 30.8, "kind": 1.1,
}  # fmt: skip
SIZE: Final = 0.45  # for the natural logarithm of one more than one's projects
HEAD: Final = 12


def score_size(traits: Traits, places: Places) -> Floats:
    """Give what the number of projects adds. Shapes: (r,)."""
    return SIZE * np.log1p(traits.projects[places])


def score_families(traits: Traits, places: Places, members: Places) -> dict[str, Floats]:
    """Give for each family the cosine of each of `places` with each member. Shapes: (r, m)."""
    return {
        family: score_pairs(traits.units[family][places], traits.units[family][members])
        for family in FAMILIES
    }


def score_members(traits: Traits, places: Places, members: Places) -> Floats:
    """Give how like the members each of `places` is. Shapes: (r,)."""
    found = score_size(traits, places)
    for family in FAMILIES:
        unit = traits.units[family]
        # The mean of the cosines is the cosine with the mean: one product for all members.
        middle = np.asarray(unit[members].sum(axis=0)).ravel() / members.size
        found = found + WEIGHTS[family] * (unit[places] @ middle)
    return np.asarray(found, dtype=np.float64)


def find_left_out(traits: Traits, others: Places, members: Places) -> npt.NDArray[np.int64]:
    """Give the rank among `others` of each member, held against the rest of the members. Shapes: (2, m).

    The first row is the rank by likeness, the second by the number of projects alone; ties go halfway.
    Raises: ValueError below two members.
    """
    rows = np.concatenate([others, members])
    own = np.arange(others.size, rows.size)
    total = np.repeat(score_size(traits, rows)[:, np.newaxis], members.size, axis=1)
    for family, pairs in score_families(traits, rows, members).items():
        total += WEIGHTS[family] * score_left_out(pairs, own)
    busy = np.repeat(traits.projects[rows][:, np.newaxis], members.size, axis=1).astype(np.float64)
    return np.stack([_rank(scores, own, others.size) for scores in (total, busy)])


def _rank(scores: Floats, own: npt.NDArray[np.integer], others: int) -> npt.NDArray[np.int64]:
    mine = scores[own, np.arange(own.size)]
    above = (scores[:others] > mine).sum(axis=0)
    level = (scores[:others] == mine).sum(axis=0)
    return np.asarray(1 + above + (level + 1) // 2, dtype=np.int64)
