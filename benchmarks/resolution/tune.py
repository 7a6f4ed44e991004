"""`python -m benchmarks.resolution tune`: fits the weights that the product ships with.

On the even halves of the two trials of participants, and on half of the registry's, by the second
binary digit of the hash of the PIC: `report` measures on the other halves. So that weights hold where
sources say less (a list of names, a registry with a place and a website), the two trials are also
looked at with what the left side says of itself hidden. Written to `resolve/weights.json`.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray
from scipy.special import expit

from benchmarks.resolution.sides import Trial, trials_at
from benchmarks.verdict import say
from keten.evidence.resolve.compare import Levels
from keten.evidence.resolve.match import compare_units
from keten.evidence.resolve.weights import (
    FIRST,
    SECOND,
    Floats,
    Ints,
    Model,
    first_numbers,
    rival_levels,
    second_numbers,
    write_model,
)
from keten.methods.logistic import fit_levels, information

WEIGHTS: Final = Path("src/keten/evidence/resolve/weights.json")
PRECISION: Final = 0.5  # of the prior that every weight is nought
HIDDEN_COUNTS: Final = 0.5  # a pair with parts hidden, beside one for the pair as it is
REGISTRY_COUNTS: Final = 2.0
ACCEPT_AT: Final = 0.985  # precision against the raw truth, of whose errors about half are its own
ASK_FROM: Final = 0.05
# What is hidden of the left side before anything is compared, as lists and registries that say less hide
# it, and whether units on the right are asked for their rivals.
VIEWS: Final[tuple[tuple[tuple[str, ...], bool], ...]] = (
    ((), True),
    (("postcodes", "streets", "acronyms"), False),
    (("postcodes", "streets", "acronyms", "cities", "domains"), False),
)


@dataclass(frozen=True)
class Seen:
    """Pairs to learn from: units on both sides, levels, whether they are one, and which are used."""

    lefts: Ints
    rights: Ints
    levels: Levels
    is_one: Floats
    used: NDArray[np.bool_]
    ask_right: bool
    each_counts: float


def tune(data: Path, folder: Path) -> Model:
    """Fit both looks, and the probability from which a link needs nobody's eye."""
    trials = trials_at(data, folder)
    seen = [
        _see(trial, hidden, ask_right=ask and trial.name != "ror")
        for trial in trials.values()
        for hidden, ask in (VIEWS if trial.name != "ror" else VIEWS[:1])
    ]
    first = _fit_first(seen)
    second, seen_of = _fit_second(seen, first)
    rough = Model(first, second, seen_of, 1.0, ASK_FROM)
    accept = _accept_from([each for each in seen if each.ask_right], rough)
    return Model(first, second, seen_of, accept, ASK_FROM)


def main(data: Path, folder: Path) -> int:
    """Write the weights; gives 0."""
    model = tune(data, folder)
    lines = [f"  {json.dumps(name)}: {_write(value)}" for name, value in write_model(model).items()]
    WEIGHTS.write_text("{\n" + ",\n".join(lines) + "\n}\n", "utf-8")
    say(f"written {WEIGHTS}: accepted from {model.accept:.4f}")
    return 0


def _write(value: object) -> str:
    """Write a value as JSON, a line for each of what it holds."""
    if isinstance(value, dict):
        told = [f"{json.dumps(name)}: {json.dumps(each)}" for name, each in value.items()]
        return "{\n    " + ",\n    ".join(told) + "\n  }"
    if isinstance(value, list):
        told = [json.dumps(row, separators=(",", ":")) for row in value]
        return "[\n    " + ",\n    ".join(told) + "\n  ]"
    return json.dumps(value)


def _see(trial: Trial, hidden: tuple[str, ...], *, ask_right: bool) -> Seen:
    left = trial.left
    for name in hidden:
        empty = pa.array([[]] * left.num_rows, pa.list_(pa.string()))
        left = left.set_column(left.column_names.index(name), name, empty)
    units = pa.concat_tables([left, trial.right], promote_options="permissive")
    rows = {key: row for row, key in enumerate(units.column("key").to_pylist())}
    blocks = [block for _, block in sorted(compare_units(units).blocks.items()) if block.left]
    lefts = np.array([rows[key] for block in blocks for key in block.left], np.int64)
    rights = np.array([rows[key] for block in blocks for key in block.right], np.int64)
    width = units.num_rows
    wanted = trial.truth[:, 0] * width + trial.truth[:, 1] + trial.left.num_rows
    each = REGISTRY_COUNTS if trial.name == "ror" else HIDDEN_COUNTS if hidden else 1.0
    return Seen(
        lefts, rights, np.concatenate([block.levels for block in blocks]),
        np.isin(lefts * width + rights, wanted).astype(np.float64),
        trial.queries("even")[lefts], ask_right, each,
    )  # fmt: skip


def _counts(all_seen: list[Seen]) -> Floats:
    return np.concatenate([np.full(int(seen.used.sum()), seen.each_counts) for seen in all_seen])


def _fit_first(all_seen: list[Seen]) -> Floats:
    return fit_levels(
        np.concatenate([first_numbers(seen.levels)[seen.used] for seen in all_seen]),
        np.concatenate([seen.is_one[seen.used] for seen in all_seen]),
        np.zeros(sum(FIRST.values())), PRECISION, counts=_counts(all_seen),
    )  # fmt: skip


def _fit_second(all_seen: list[Seen], first: Floats) -> tuple[Floats, Floats]:
    size = sum(SECOND.values())
    look = Model(first, np.zeros(size), np.zeros((size, size)), 1.0, ASK_FROM)
    places = np.concatenate([_numbers(seen, look)[seen.used] for seen in all_seen])
    ones = np.concatenate([seen.is_one[seen.used] for seen in all_seen])
    often = _counts(all_seen)
    second = fit_levels(places, ones, np.zeros(size), PRECISION, counts=often)
    return second, information(places, second, often)


def _numbers(seen: Seen, model: Model) -> Ints:
    near, far = rival_levels(
        model.look_first(seen.levels), seen.lefts, seen.rights, ask_right=seen.ask_right
    )
    return second_numbers(seen.levels, near, far)


def _accept_from(all_seen: list[Seen], model: Model) -> float:
    """Give the lowest probability above which links have the precision that is asked for.

    Of all pairs of a unit only the best one counts, as in the product.
    """
    found, is_one = [], []
    for seen in all_seen:
        score = model.score(_numbers(seen, model))
        best = _best_of_both(seen.lefts, seen.rights, score) & seen.used
        found.append(expit(score[best]))
        is_one.append(seen.is_one[best])
    chances, ones = np.concatenate(found), np.concatenate(is_one)
    order = np.argsort(-chances, kind="stable")
    precision = np.cumsum(ones[order]) / np.arange(1, len(order) + 1)
    enough = np.flatnonzero(precision >= ACCEPT_AT)
    return round(float(chances[order][enough[-1]]), 4) if len(enough) else 1.0


def _best_of_both(lefts: Ints, rights: Ints, score: Floats) -> NDArray[np.bool_]:
    """Flag pairs from the best down, as long as neither unit has a pair yet."""
    taken: tuple[set[int], set[int]] = (set(), set())
    chosen = np.zeros(len(score), np.bool_)
    for place in np.lexsort((rights, lefts, -score)).tolist():
        left, right = int(lefts[place]), int(rights[place])
        if left not in taken[0] and right not in taken[1]:
            taken[0].add(left)
            taken[1].add(right)
            chosen[place] = True
    return chosen
