"""The weights of a comparison: what each level of each part adds to the log-odds of being one.

A pair is looked at twice. The first look weighs names, addresses and websites. The second weighs the
same, and what else came near: the *rivals*, by how much this pair's first look beats the best other
pair of either unit. The weights of the second look add up to the score, and its logistic is the
probability. They were fitted on units that share a PIC (`python -m benchmarks.resolution tune`), and
move with what people rule (`learn`).
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from importlib.resources import files
from typing import Any, Final

import duckdb
import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from keten.evidence.resolve.compare import PARTS, Levels

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]

RIVAL_CUTS: Final = (-6.0, -3.0, -1.0, 0.0, 1.0, 2.0, 3.0, 4.0, 6.0, 8.0, 10.0, 14.0)
# Level 0 of a rival: not asked, because a unit may rightly have several partners on that side.
RIVALS: Final = {"rival_near": len(RIVAL_CUTS) + 2, "rival_far": len(RIVAL_CUTS) + 2}
SECOND: Final = {**PARTS, **RIVALS, "start": 1}
FIRST: Final = {**PARTS, "start": 1}
NOBODY: Final = -14.0  # the first look of a rival that is not there; looks are cut off at its size


def _places(parts: Mapping[str, int]) -> dict[str, int]:
    ends = np.cumsum([0, *parts.values()])
    return dict(zip(parts, ends.tolist(), strict=False))


FIRST_PLACES: Final = _places(FIRST)
SECOND_PLACES: Final = _places(SECOND)


@dataclass(frozen=True, slots=True)
class Model:
    """Weights of both looks, as long arrays in the order of `FIRST` and `SECOND`.

    `information`: what was seen of the weights of the second look, as a matrix (see
    `methods.logistic.information`). `accept`: the probability from which a link needs nobody's eye;
    `ask`: from which people may be asked.
    """

    first: Floats
    second: Floats
    information: Floats
    accept: float
    ask: float

    def weight(self, part: str, level: int) -> float:
        """Give what a level of a part adds to the score."""
        return float(self.second[SECOND_PLACES[part] + level])

    @property
    def start(self) -> float:
        """The log-odds before anything was compared."""
        return self.weight("start", 0)

    def look_first(self, levels: Levels) -> Floats:
        """Give the first look of pairs, in log-odds, cut off at plus and minus fourteen."""
        looks = self.first[first_numbers(levels)].sum(axis=1)
        return np.asarray(np.round(np.clip(looks, NOBODY, -NOBODY), 6))

    def score(self, numbers: Ints) -> Floats:
        """Give the log-odds of pairs from the numbers of the weights that apply to each."""
        return np.asarray(np.round(self.second[numbers].sum(axis=1), 6))


def shipped_model() -> Model:
    """Give the weights that come with the product."""
    text = files("keten.evidence.resolve").joinpath("weights.json").read_text("utf-8")
    return read_model(json.loads(text))


def read_model(said: Mapping[str, Any]) -> Model:
    """Read a model as `write_model` wrote it."""
    first, second = (
        np.concatenate([np.asarray(said[name][part], np.float64) for part in parts])
        for name, parts in (("first", FIRST), ("second", SECOND))
    )
    size = len(second)
    information = np.zeros((size, size))
    information[np.tril_indices(size)] = np.concatenate(said["information"])
    information += np.tril(information, -1).T
    return Model(first, second, information, float(said["accept"]), float(said["ask"]))


def write_model(model: Model) -> dict[str, object]:
    """Write a model as plain values, a list of levels for each part."""

    def told(values: Floats, parts: Mapping[str, int], digits: int) -> dict[str, list[float]]:
        return {
            part: [round(value, digits) for value in values[place : place + parts[part]].tolist()]
            for part, place in _places(parts).items()
        }

    return {
        "accept": model.accept,
        "ask": model.ask,
        "first": told(model.first, FIRST, 3),
        "second": told(model.second, SECOND, 3),
        # Of a symmetric matrix, row by row up to the diagonal.
        "information": [
            [round(value, 1) for value in row[: place + 1]]
            for place, row in enumerate(model.information.tolist())
        ],
    }


def store_weights(con: duckdb.DuckDBPyConnection, model: Model) -> None:
    """Write `match_weight`: the weights in force, each beside the one that the product ships with."""
    shipped = shipped_model().second
    rows = [
        (part, level, float(model.second[place + level]), float(shipped[place + level]))
        for part, place in SECOND_PLACES.items()
        for level in range(SECOND[part])
    ]
    table = pa.table(
        {
            "part": pa.array([row[0] for row in rows], pa.string()),
            "level": pa.array([row[1] for row in rows], pa.int32()),
            "weight": pa.array([row[2] for row in rows], pa.float64()),
            "shipped": pa.array([row[3] for row in rows], pa.float64()),
        }
    )
    con.register("arrived", table)
    con.execute("create or replace table match_weight as select * from arrived")
    con.unregister("arrived")


def read_weights(con: duckdb.DuckDBPyConnection) -> Model:
    """Give the model that the evidence was made with."""
    shipped = shipped_model()
    second = shipped.second.copy()
    for part, level, weight in con.execute(
        "select part, level, weight from match_weight order by part, level"
    ).fetchall():
        second[SECOND_PLACES[part] + level] = weight
    return replace(shipped, second=second)


def first_numbers(levels: Levels) -> Ints:
    """Give the numbers of the weights of the first look that apply to each pair."""
    starts = np.array([FIRST_PLACES[part] for part in PARTS])
    return np.column_stack(
        [levels.astype(np.int64) + starts, np.full(len(levels), FIRST_PLACES["start"])]
    )


def second_numbers(levels: Levels, near: Levels, far: Levels) -> Ints:
    """Give the numbers of the weights of the second look that apply to each pair."""
    starts = np.array([SECOND_PLACES[part] for part in PARTS])
    return np.column_stack(
        [
            levels.astype(np.int64) + starts,
            near.astype(np.int64) + SECOND_PLACES["rival_near"],
            far.astype(np.int64) + SECOND_PLACES["rival_far"],
            np.full(len(levels), SECOND_PLACES["start"]),
        ]
    )


def rival_levels(
    looks: Floats, lefts: Ints, rights: Ints, *, ask_right: bool
) -> tuple[Levels, Levels]:
    """Give the levels of the nearer and the farther rival of each pair.

    `ask_right`: whether a unit on the right can have one partner only, so that other pairs with it
    are rivals too.
    """
    ahead = looks - _best_other(looks, lefts)
    if not ask_right:
        return _rival_level(ahead), np.zeros(len(looks), np.uint8)
    behind = looks - _best_other(looks, rights)
    return _rival_level(np.minimum(ahead, behind)), _rival_level(np.maximum(ahead, behind))


def _rival_level(ahead: Floats) -> Levels:
    return (1 + np.digitize(np.round(ahead, 6), RIVAL_CUTS)).astype(np.uint8)


def _best_other(looks: Floats, units: Ints) -> Floats:
    """Give for each pair the best look among the other pairs of the same unit."""
    if not len(looks):
        return np.zeros(0)
    order = np.lexsort((-looks, units))
    ranked, sorted_units = looks[order], units[order]
    starts = np.flatnonzero(np.r_[True, sorted_units[1:] != sorted_units[:-1]])
    sizes = np.diff(np.r_[starts, len(order)])
    group = np.repeat(np.arange(len(starts)), sizes)
    second = np.where(sizes > 1, ranked[np.minimum(starts + 1, len(order) - 1)], NOBODY)
    is_first = np.arange(len(order)) == starts[group]
    best = np.empty(len(looks))
    best[order] = np.where(is_first, second[group], ranked[starts][group])
    return best
