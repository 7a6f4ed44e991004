"""What the product says of the Dutch texts that were read, and the weights that they teach.

`python -m benchmarks.classification tune-dutch` fits the weights that the product ships with, on the half
to tune on of both samples.
"""

from __future__ import annotations

import json
import os
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any, Final

import duckdb
import numpy as np
from scipy.sparse import csr_array

from benchmarks.classification.agreement import f1
from benchmarks.classification.asked import (
    Asked,
    calibrate,
    compare,
    measure_subjects,
    plain,
    write_asked,
)
from benchmarks.classification.documents import read_dutch_documents, read_entries
from benchmarks.classification.measures import Floats, Truth, calibration_error, precision
from benchmarks.classification.readings import Readings, keys_of, read_readings
from benchmarks.verdict import say
from keten.evidence import technologies
from keten.evidence.technologies.dutch import (
    FEATURES,
    count_dutch,
    find_met,
    make_dutch_features,
)
from keten.evidence.technologies.dutch_writing import judge_dutch, read_dutch_model
from keten.evidence.technologies.plain_model import PlainModel
from keten.evidence.technologies.reading import read_documents
from keten.evidence.technologies.signals import AT, Document, Signals, count_signals
from keten.methods.logistic import fit_sparse

ENDINGS: Final = ("-dutch", "-dutch-2")
PENALTY: Final = 0.3  # precision of the prior at nought, on English texts
FIRM: Final = 1.0  # of the prior at what English texts teach
FREE: Final = 10.0  # how much more freely the intercept moves: Dutch texts are another sample
ARGUABLE: Final = 0.7  # how much a label counts that one could defend another for
FOLDS: Final = 10
SURE: Final = 0.95
NAMES: Final = {
    "keten": "keten",
    "words": "a word that names it, met inside others too",
    "plain_words": "a word that names it, as it stands",
    "readers": "reader against reader",
}


@dataclass(frozen=True)
class Scene:
    """The texts of a half, and what was read of them."""

    truth: Readings
    documents: list[Document]


def read_scene(data: Path, half: str) -> Scene:
    """Give the Dutch texts of a half of both samples."""
    truth, texts = read_truth("settled", half), read_dutch_documents(data)
    return Scene(truth, [texts[key] for key in truth.keys])


def read_truth(reader: str, half: str) -> Readings:
    """Give what was read of a half in both samples as one, technologies in the order of the mapping."""
    parts = [read_readings(reader, ending).only(keys_of(half, ending)) for ending in ENDINGS]
    names = tuple(entry.entry for entry in read_entries())
    columns = [parts[0].subjects.index(name) for name in names]
    return Readings(
        tuple(key for part in parts for key in part.keys), names,
        np.concatenate([part.levels for part in parts])[:, columns],
        np.concatenate([part.arguable for part in parts])[:, columns],
    )  # fmt: skip


def tune_dutch(evidence: Path) -> None:
    """Fit, and write the weights that the product ships with.

    Few texts were read, and the Dutch words were chosen with them in view, so that what they teach
    flatters. So the weights are those of English texts, moved a little.
    """
    scene = read_scene(Path(os.environ["KETEN_DATA"]), "tune")
    counts = count_dutch(read_entries(), scene.documents).counts
    features, met = make_dutch_features(counts), find_met(counts)
    truth, found = scene.truth.levels >= 1, np.zeros(met.shape)
    english = _fit_english(evidence)
    fold = np.random.default_rng(6).permutation(len(met)) % FOLDS
    for number in range(FOLDS):
        asked = met & (fold == number)[:, None]
        weights = _fit(features, scene.truth, met & (fold != number)[:, None], english)
        found[asked] = PlainModel(weights, 0.5, 1.0, "").chance(features[asked])
    scores = {each: f1(truth, found >= each / 100) for each in range(15, 66)}
    near = [each for each, score in scores.items() if score >= max(scores.values()) - 0.005]
    given = near[len(near) // 2] / 100  # the middle of those as good as the best
    sure = next(
        (each / 100 for each in range(50, 100) if precision(truth, found >= each / 100) >= SURE),
        0.99,
    )
    value = {
        "version": date.today().isoformat(),  # noqa: DTZ011
        "features": list(FEATURES),
        "weights": [round(float(each), 5) for each in _fit(features, scene.truth, met, english)],
        "given": given,
        "sure": sure,
    }
    path = Path(technologies.__file__).parent / "dutch.json"
    path.write_text(json.dumps(value, indent=1) + "\n", encoding="utf-8")
    error = calibration_error(truth[met], found[met])
    say(f"Calibration error of the {met.sum()} pairs met: {error:.3f}.")
    say(f"Labels from {given} on, F1 {max(scores.values()):.3f} cross-validated; sure from {sure}.")


def report_dutch(data: Path) -> tuple[list[str], dict[str, Any]]:
    """Give the report, as lines of Markdown and as data."""
    model, scene, entries = read_dutch_model(), read_scene(data, "report"), read_entries()
    told = judge_dutch(entries, scene.documents, model)
    by = [count_dutch(entries, scene.documents), count_signals(entries, scene.documents)]
    first, second = read_truth("first", "report"), read_truth("second", "report")
    asked = Asked(
        scene.truth.subjects, scene.truth.levels >= 1, scene.truth.arguable,
        told.chance >= model.given, told.chance,
        {"words": _names(by[0]), "plain_words": _names(by[1])},
        (first.levels >= 1, second.levels >= 1), told.chance > 0,
    )  # fmt: skip
    kinds = {
        kind: np.array([key.startswith(kind) for key in scene.truth.keys])
        for kind in ("structural", "subsidy")
    }
    error, steps = calibrate(asked, asked.told)
    of_all, _ = calibrate(asked, asked.told | ~asked.told)
    lines = [
        *write_asked(asked, NAMES), "",
        *(f"- {kind}: {rows.sum()} texts, {_count(asked, rows)}" for kind, rows in kinds.items()), "",
        f"Expected calibration error of the {asked.told.sum()} met: {error:.3f}; of all {of_all:.3f}.",
    ]  # fmt: skip
    value = {
        "version": model.version, "given": model.given, "sure": model.sure,
        "texts": len(scene.documents),
        "about": {"technologies": measure_subjects(asked), "compared": compare(asked)},
        "calibration_error": error, "calibration_error_of_all": of_all,
        "reliability": [
            plain({"said": said, "true": true, "pairs": round(share * int(asked.told.sum()))})
            for said, true, share in steps
        ],
    }  # fmt: skip
    return lines, plain(value)


def _count(asked: Asked, rows: Truth) -> str:
    truth, said = asked.truth[rows], asked.said[rows]
    return f"{truth.sum()} true, {said.sum()} found, {(truth & said).sum()} right"


def _names(signals: Signals) -> Truth:
    return np.asarray(
        signals.counts[..., AT["names"]] + signals.counts[..., AT["title_names"]] > 0, np.bool_
    )


def _fit_english(evidence: Path) -> Floats:
    """Give the weights of the same features on English texts, of which far more were read."""
    with duckdb.connect(str(evidence), read_only=True) as con:
        found = {document.key: document for document in read_documents(con)}
    read = read_readings("settled").only(keys_of("tune"))
    columns = [read.subjects.index(entry.entry) for entry in read_entries()]
    truth = replace(read, levels=read.levels[:, columns], arguable=read.arguable[:, columns])
    texts = [replace(found[f"he-{key}"], topics=()) for key in read.keys]
    counts = count_signals(read_entries(), texts).counts
    return _fit(make_dutch_features(counts), truth, find_met(counts), None)


def _fit(features: Floats, truth: Readings, pairs: Truth, before: Floats | None) -> Floats:
    """Give the weights, intercept first, of some pairs; moved from those before where there are any."""
    design = np.c_[np.ones(int(pairs.sum())), features[pairs]]
    outcome = (truth.levels[pairs] >= 1).astype(np.float64)[:, None]
    counts = np.where(truth.arguable[pairs], ARGUABLE, 1.0)
    if before is None:
        weights, start = fit_sparse(
            csr_array(design[:, 1:]), outcome, PENALTY, counts=counts, most=500
        )
        return np.asarray(np.r_[start[0], weights[:, 0]], np.float64)
    loose = np.r_[FREE, np.ones(features.shape[-1])]
    moved, _ = fit_sparse(
        csr_array(design * loose), outcome, FIRM, counts=counts, offset=(design @ before)[:, None],
        most=500,
    )  # fmt: skip
    return np.asarray(before + moved[:, 0] * loose, np.float64)
