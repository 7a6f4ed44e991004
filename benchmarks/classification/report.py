"""Writes how good the product is at telling what projects are about, on the half nobody tuned on."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from benchmarks.classification.agreement import f1, macro, micro
from benchmarks.classification.measures import (
    Estimate,
    average_precision,
    calibration_error,
    estimate,
    precision,
    recall,
    reliability,
)
from benchmarks.classification.readings import Readings
from benchmarks.verdict import Line

Floats = NDArray[np.float64]
Truth = NDArray[np.bool_]
LEVELS = {"develops or applies": 1, "develops": 2}


@dataclass(frozen=True)
class Found:
    """What the product, its baselines and two readers say of the texts of one half."""

    truth: Readings
    first: Readings
    second: Readings
    chance: Floats
    given: tuple[float, float]
    sure: float
    words: Truth
    fields: Truth
    weight: Floats  # how many projects each text stands for


def write_tables(found: Found) -> list[str]:
    """Give the tables, as lines of Markdown."""
    lines: list[str] = []
    for name, level in LEVELS.items():
        truth, chance = found.truth.levels >= level, found.chance[..., level - 1]
        hat = chance >= found.given[level - 1]
        lines += [
            f"\n## {name}\n",
            "| technology | true | precision | recall | F1 | average precision | calibration error |",
            "|---|---:|---:|---:|---:|---:|---:|",
        ]
        for column, subject in enumerate(found.truth.subjects):
            so, said, likely = truth[:, column], hat[:, column], chance[:, column]
            cells = [
                str(int(so.sum())),
                *(str(_estimate(measure, so, said)) for measure in (precision, recall, f1)),
                str(_estimate_chance(average_precision, so, likely)),
                f"{calibration_error(so, likely):.3f}",
            ]
            lines.append(f"| {subject} | {' | '.join(cells)} |")
        lines += ["", *_compare(found, level), "", *_picture(truth, chance, found.weight)]
    return lines


def list_targets(found: Found) -> list[Line]:
    """Give each target with what was measured."""
    everything = np.ones(found.truth.levels.shape, np.bool_)
    clear = ~found.truth.arguable
    truth, hat = found.truth.levels >= 1, found.chance[..., 0] >= found.given[0]
    ceiling = {
        name: mean(found.first.levels >= 1, found.second.levels >= 1, everything)
        for name, mean in (("micro", micro), ("macro", macro))
    }
    lines = []
    for name, mean, least in (("micro", micro, 0.75), ("macro", macro, 0.70)):
        value = mean(truth, hat, everything)
        lines += [
            Line(f"{name} F1, strict", f"{value:.3f}", f"at least {least}", value >= least),
            Line(
                f"{name} F1, below reader against reader", f"{ceiling[name] - value:.3f}",
                "at most 0.05", ceiling[name] - value <= 0.05,
            ),
        ]  # fmt: skip
        apart = mean(truth, hat, clear)
        lines.append(
            Line(f"{name} F1, arguable set aside", f"{apart:.3f}", "at least 0.88", apart >= 0.88)
        )
    for name, other in (("keywords", found.words), ("EuroSciVoc", found.fields)):
        gain = _gain(truth, hat, other)
        lines.append(Line(f"macro F1 above {name}", str(gain), "interval clear of 0", gain.low > 0))
    error = calibration_error(truth.ravel(), found.chance[..., 0].ravel())
    lines.append(Line("expected calibration error", f"{error:.3f}", "at most 0.05", error <= 0.05))
    weight = np.broadcast_to(found.weight[:, None], truth.shape).ravel()
    spread = calibration_error(truth.ravel(), found.chance[..., 0].ravel(), weight)
    lines.append(
        Line(
            "the same, weighed back to all projects",
            f"{spread:.3f}",
            "at most 0.05",
            spread <= 0.05,
        )
    )
    is_sure = found.chance[..., 0] >= found.sure
    exact = estimate(lambda drawn: precision(truth[drawn], is_sure[drawn]), len(truth))
    lines.append(
        Line(f"precision of the {int(is_sure.sum())} sure labels", str(exact), "at least 0.95",
             exact.value >= 0.95)
    )  # fmt: skip
    both = is_sure & clear
    lines.append(
        Line("the same, arguable set aside", f"{precision(truth[clear], both[clear]):.3f}")
    )
    return lines


def _compare(found: Found, level: int) -> list[str]:
    truth = found.truth.levels >= level
    everything, clear = np.ones(truth.shape, np.bool_), ~found.truth.arguable
    readers = found.first.levels >= level, found.second.levels >= level
    rows: Mapping[str, tuple[Truth, Truth]] = {
        "keten": (truth, found.chance[..., level - 1] >= found.given[level - 1]),
        "keywords in title or objective": (truth, found.words),
        "EuroSciVoc alone": (truth, found.fields),
        "reader against reader": readers,
    }
    lines = [
        "| who | micro F1 | macro F1 | micro, arguable aside | macro, arguable aside |",
        "|---|---:|---:|---:|---:|",
    ]
    for who, (left, right) in rows.items():
        cells = []
        for kept in (everything, clear):
            for mean in (micro, macro):

                def measure(
                    drawn: NDArray[np.int64], mean: Callable[..., float] = mean, left: Truth = left,
                    right: Truth = right, kept: Truth = kept,
                ) -> float:  # fmt: skip
                    return mean(left[drawn], right[drawn], kept[drawn])

                cells.append(str(estimate(measure, len(left))))
        lines.append(f"| {who} | {' | '.join(cells)} |")
    return lines


def _picture(truth: Truth, chance: Floats, weight: Floats) -> list[str]:
    lines = ["| said | true | of all |  |", "|---:|---:|---:|---|"]
    spread = np.broadcast_to(weight[:, None], truth.shape)
    for said, true, share in reliability(truth.ravel(), chance.ravel()):
        lines.append(f"| {said:.2f} | {true:.2f} | {share:.3f} | {'#' * round(true * 40)} |")
    error = calibration_error(truth.ravel(), chance.ravel())
    weighed = calibration_error(truth.ravel(), chance.ravel(), spread.ravel())
    lines.append(
        f"\nExpected calibration error {error:.3f}; weighed to all projects {weighed:.3f}."
    )
    return lines


def _gain(truth: Truth, hat: Truth, other: Truth) -> Estimate:
    kept = np.ones(truth.shape, np.bool_)

    def measure(drawn: NDArray[np.int64]) -> float:
        return macro(truth[drawn], hat[drawn], kept) - macro(truth[drawn], other[drawn], kept)

    return estimate(measure, len(truth))


def _estimate(measure: Callable[[Truth, Truth], float], truth: Truth, found: Truth) -> Estimate:
    return estimate(lambda drawn: measure(truth[drawn], found[drawn]), len(truth))


def _estimate_chance(
    measure: Callable[[Truth, Floats], float], truth: Truth, chance: Floats
) -> Estimate:
    return estimate(lambda drawn: measure(truth[drawn], chance[drawn]), len(truth))
