"""Writes what was measured as data for the page of quality, so that nobody types its numbers by hand."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from benchmarks.classification.agreement import f1, macro, micro
from benchmarks.classification.labels import FOLDER
from benchmarks.classification.measures import (
    BINS,
    average_precision,
    calibration_error,
    estimate,
    precision,
    recall,
    reliability,
)
from benchmarks.classification.report import Found
from keten.evidence import technologies

Floats = NDArray[np.float64]
Truth = NDArray[np.bool_]
RELATIONS = {"about": 1, "develops": 2}
_NAMES = ("none", "applies", "develops")


def write_quality(
    found: Found,
    tuned_on: Sequence[str],
    version: str,
    today: str,
    path: Path,
    further: Mapping[str, Any],
) -> None:
    """Write the file that the product ships with; `further` is what was measured besides."""
    weights = Path(technologies.__file__).parent / "weights.json"
    value = {
        "measured_on": today,
        "model": version,
        "weights": _hash(weights),
        "readings": _hash(*(FOLDER / f"{who}.csv" for who in ("first", "second", "settled"))),
        "given": list(found.given),
        "sure": found.sure,
        "reported_on": [f"he-{key}" for key in found.truth.keys],
        "tuned_on": [f"he-{key}" for key in tuned_on],
        "relations": {name: _measure(found, level) for name, level in RELATIONS.items()},
        "sure_labels": _measure_sure(found),
        **further,
        "missed": _list_missed(found),
    }
    path.write_text(json.dumps(value, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


def count_found(truth: NDArray[Any], chance: Floats, given: Sequence[float]) -> dict[str, Any]:
    """Give how many labels are true, how many were found, and how many of those are right."""
    counted = {}
    for name, level in RELATIONS.items():
        so, said = truth >= level, chance[..., level - 1] >= given[level - 1]
        counted[name] = {
            "true": int(so.sum()), "found": int(said.sum()), "right": int((so & said).sum()),
        }  # fmt: skip
    return {"texts": len(truth), **counted}


def _measure(found: Found, level: int) -> dict[str, Any]:
    truth, chance = found.truth.levels >= level, found.chance[..., level - 1]
    hat = chance >= found.given[level - 1]
    flat, likely = truth.ravel(), chance.ravel()
    weight = np.broadcast_to(found.weight[:, None], truth.shape).ravel()
    return {
        "technologies": {
            name: _measure_one(truth[:, column], hat[:, column], chance[:, column])
            for column, name in enumerate(found.truth.subjects)
        },
        "compared": _compare(found, level, hat),
        "reliability": _list_steps(flat, likely),
        "calibration_error": _round(calibration_error(flat, likely)),
        "calibration_error_weighed": _round(calibration_error(flat, likely, weight)),
    }


def _measure_one(truth: Truth, hat: Truth, chance: Floats) -> dict[str, Any]:
    def over(measure: Callable[..., float], said: NDArray[Any]) -> list[float | None]:
        return _estimate(lambda drawn: measure(truth[drawn], said[drawn]), len(truth))

    return {
        "true": int(truth.sum()),
        "found": int(hat.sum()),
        "right": int((truth & hat).sum()),
        "precision": over(precision, hat),
        "recall": over(recall, hat),
        "f1": over(f1, hat),
        "average_precision": over(average_precision, chance),
        "calibration_error": _round(calibration_error(truth, chance)),
    }


def _compare(found: Found, level: int, hat: Truth) -> dict[str, Any]:
    truth = found.truth.levels >= level
    rows = {
        "keten": (truth, hat),
        "keywords": (truth, found.words),
        "euroscivoc": (truth, found.fields),
        "readers": (found.first.levels >= level, found.second.levels >= level),
    }
    kept = {"": np.ones(truth.shape, np.bool_), "_clear": ~found.truth.arguable}
    means = {"micro": micro, "macro": macro}
    compared: dict[str, Any] = {}
    for who, (left, right) in rows.items():
        for ending, each in kept.items():
            for name, mean in means.items():

                def measure(
                    drawn: NDArray[np.int64], mean: Callable[..., float] = mean, left: Truth = left,
                    right: Truth = right, each: Truth = each,
                ) -> float:  # fmt: skip
                    return mean(left[drawn], right[drawn], each[drawn])

                compared.setdefault(who, {})[f"{name}{ending}"] = _estimate(measure, len(truth))
    return compared


def _list_steps(truth: Truth, chance: Floats) -> list[dict[str, Any]]:
    step = np.minimum((chance * BINS).astype(np.int64), BINS - 1)
    counts = [int((step == number).sum()) for number in range(BINS)]
    steps = reliability(truth, chance)
    return [
        {"said": _round(said), "true": _round(true), "pairs": pairs}
        for (said, true, _), pairs in zip(steps, (n for n in counts if n), strict=True)
    ]


def _measure_sure(found: Found) -> dict[str, Any]:
    truth, sure = found.truth.levels >= 1, found.chance[..., 0] >= found.sure
    return {
        "labels": int(sure.sum()),
        "precision": _estimate(lambda drawn: precision(truth[drawn], sure[drawn]), len(truth)),
    }


def _list_missed(found: Found) -> list[dict[str, Any]]:
    """Give every pair of project and technology that was told wrongly, the plainest mistakes first."""
    rows = []
    for row, key in enumerate(found.truth.keys):
        for column, name in enumerate(found.truth.subjects):
            chance, develops = (float(each) for each in found.chance[row, column])
            given = chance >= found.given[0]
            said = 0 if not given else 2 if develops >= found.given[1] else 1
            level = int(found.truth.levels[row, column])
            if (said > 0) != (level > 0):
                rows.append({
                    "project": f"he-{key}", "technology": name, "truth": _NAMES[level],
                    "said": _NAMES[said], "chance": _round(chance),
                    "arguable": bool(found.truth.arguable[row, column]),
                })  # fmt: skip
    return sorted(
        rows, key=lambda row: (-abs(row["chance"] - (row["truth"] != "none")), row["project"])
    )


def _estimate(measure: Callable[[NDArray[np.int64]], float], texts: int) -> list[float | None]:
    found = estimate(measure, texts)
    return [_round(found.value), _round(found.low), _round(found.high)]


def _round(value: float) -> float | None:
    return None if np.isnan(value) else round(float(value), 4)


def _hash(*paths: Path) -> str:
    return hashlib.sha256(b"\0".join(path.read_bytes() for path in paths)).hexdigest()[:16]
