"""One question put to texts that were read: what is true, what the product and others say, measured alike.

The same measures as tables for people and as data for the page of quality.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from benchmarks.classification.agreement import f1, macro, micro
from benchmarks.classification.measures import (
    Estimate,
    Floats,
    Truth,
    average_precision,
    calibration_error,
    estimate,
    precision,
    recall,
    reliability,
)

MEANS = {"micro": micro, "macro": macro}


@dataclass(frozen=True)
class Asked:
    """Texts by subjects: the truth, what one could argue about, what is said, and how likely.

    `others` are baselines; `readers` what two readers say, as the ceiling; `told` the pairs for which the
    product gives a chance at all.
    """

    subjects: Sequence[str]
    truth: Truth
    arguable: Truth
    said: Truth
    chance: Floats
    others: Mapping[str, Truth]
    readers: tuple[Truth, Truth] | None  # None where one person read
    told: Truth


def measure_subjects(asked: Asked) -> dict[str, dict[str, Any]]:
    """Give for each subject how many are true, found and right, and how good that is."""
    found = {}
    for column, subject in enumerate(asked.subjects):
        truth, said = asked.truth[:, column], asked.said[:, column]
        kept = ~asked.arguable[:, column]
        chance = asked.chance[:, column]
        found[subject] = {
            "true": int(truth.sum()), "found": int(said.sum()), "right": int((truth & said).sum()),
            **{
                name: _over(measure, truth, said)
                for name, measure in (("precision", precision), ("recall", recall), ("f1", f1))
            },
            "f1_clear": _over(f1, truth[kept], said[kept]),
            "average_precision": _over(average_precision, truth, chance),
        }  # fmt: skip
    return found


def compare(asked: Asked) -> dict[str, dict[str, Estimate]]:
    """Give the mean F1 of the product, of others and of two readers: strictly, and arguable set aside."""
    pairs = {"keten": (asked.truth, asked.said)}
    pairs |= {name: (asked.truth, said) for name, said in asked.others.items()}
    if asked.readers is not None:
        pairs["readers"] = asked.readers
    kept = {"": np.ones(asked.truth.shape, np.bool_), "_clear": ~asked.arguable}
    return {
        who: {
            f"{name}{ending}": _mean(mean, left, right, each)
            for ending, each in kept.items()
            for name, mean in MEANS.items()
        }
        for who, (left, right) in pairs.items()
    }


def gain(asked: Asked, other: str) -> Estimate:
    """Give by how much the macro F1 is above that of another, on the same texts drawn anew."""
    kept = np.ones(asked.truth.shape, np.bool_)

    def measure(drawn: NDArray[np.int64]) -> float:
        truth = asked.truth[drawn]
        mine = macro(truth, asked.said[drawn], kept)
        return mine - macro(truth, asked.others[other][drawn], kept)

    return estimate(measure, len(asked.truth))


def calibrate(asked: Asked, pairs: Truth) -> tuple[float, list[tuple[float, float, float]]]:
    """Give the calibration error of some pairs, and each step of it."""
    truth, chance = asked.truth[pairs], asked.chance[pairs]
    return calibration_error(truth, chance), reliability(truth, chance)


def write_asked(asked: Asked, names: Mapping[str, str]) -> list[str]:
    """Give the tables, as lines of Markdown; `names`: how others are called."""
    lines = [
        "| subject | true | precision | recall | F1 | F1, arguable aside | average precision |",
        "|---|---:|---:|---:|---:|---:|---:|",
    ]
    for subject, row in measure_subjects(asked).items():
        cells = [
            write(row[name])
            for name in ("precision", "recall", "f1", "f1_clear", "average_precision")
        ]
        lines.append(f"| {subject} | {row['true']} | {' | '.join(cells)} |")
    lines += [
        "",
        "| who | micro F1 | macro F1 | micro, arguable aside | macro, arguable aside |",
        "|---|---:|---:|---:|---:|",
    ]
    for who, means in compare(asked).items():
        lines.append(f"| {names[who]} | {' | '.join(map(write, means.values()))} |")
    return lines


def write(found: Estimate) -> str:
    """Write an estimate; a dash where there is nothing to measure."""
    return "-" if np.isnan(found.value) else str(found)


def plain(value: Any) -> Any:
    """Give measures as data: an estimate as value, low and high, None where there is nothing."""
    if isinstance(value, Estimate):
        return [plain(each) for each in (value.value, value.low, value.high)]
    if isinstance(value, Mapping):
        return {name: plain(each) for name, each in value.items()}
    if isinstance(value, float):
        return None if np.isnan(value) else round(value, 4)
    return value


def _over(measure: Callable[..., float], truth: Truth, said: NDArray[Any]) -> Estimate:
    return estimate(lambda drawn: measure(truth[drawn], said[drawn]), len(truth))


def _mean(mean: Callable[..., float], left: Truth, right: Truth, kept: Truth) -> Estimate:
    with np.errstate(invalid="ignore"):
        return estimate(lambda drawn: mean(left[drawn], right[drawn], kept[drawn]), len(left))
