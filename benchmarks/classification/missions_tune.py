"""`python -m benchmarks.classification tune-missions`: brings chances of missions down to what was read.

Two numbers for all missions, fitted on the half to tune on: a chance of the model of chains in log-odds,
times a slope, plus a start. From which chance on a label is given is even odds; it is sure from where the
labels of that half are right 95 times in a hundred.
"""

from __future__ import annotations

import csv
import json
from datetime import UTC, datetime
from importlib.resources import files
from pathlib import Path
from typing import Final

import duckdb
import numpy as np
import yaml
from numpy.typing import NDArray
from scipy.optimize import minimize
from scipy.special import expit, logit

from benchmarks.classification.asked import Asked
from benchmarks.classification.draw import half_of
from benchmarks.classification.labels import FOLDER
from benchmarks.classification.measures import Floats, precision
from benchmarks.classification.missions import PATH, SIGNS
from benchmarks.verdict import say
from keten.atlas.taxonomy import read_taxonomy
from keten.evidence.chains.model import read_model
from keten.evidence.missions import judge_missions
from keten.evidence.technologies.plain_model import PlainModel
from keten.evidence.technologies.reading import read_documents
from keten.model import TaxonomyEntry
from keten.workspace.examples import FOLDER as EXAMPLES

LABELS: Final = FOLDER / "read-missions.csv"
GIVEN: Final = 0.5
SURE: Final = 0.95  # the precision that a sure label owes
ARGUABLE: Final = 0.7  # how much a label counts that one could defend another for
_SPREAD: Final = (0.5, 2.0)  # how far slope and start may be from one and nought before reading
_STEPS: Final = tuple(round(0.5 + 0.05 * step, 2) for step in range(10))


def read_asked(evidence: Path, half: str, model: PlainModel) -> Asked:
    """Give what was read of a half, and what the mapping as it ships says of it with a model."""
    keys, missions = [key for key in _read_keys() if half_of(key) == half], list(SIGNS)
    at = {(key, name): (r, c) for r, key in enumerate(keys) for c, name in enumerate(missions)}
    truth = np.zeros((len(keys), len(missions)), np.bool_)
    arguable, chance = truth.copy(), np.zeros(truth.shape, np.float64)
    with LABELS.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            if (row["project_id"], row["mission"]) in at:
                cell = at[row["project_id"], row["mission"]]
                truth[cell], arguable[cell] = row["label"] == "about", row["arguable"] == "yes"
    with duckdb.connect(str(evidence), read_only=True) as con:
        wanted = set(keys)
        documents = [each for each in read_documents(con) if each.key in wanted]
    entries = {entry.entry: entry for entry in read_entries()}
    _, found = judge_missions([entries[name] for name in missions], documents, model)
    for (place, column), value in found.items():
        chance[at[documents[place].key, missions[column]]] = value
    told = chance > 0
    return Asked(
        missions, truth, arguable, chance >= model.given, chance, {"definition": told}, None, told
    )


def read_entries() -> tuple[TaxonomyEntry, ...]:
    """Give the missions with their mappings as they ship."""
    value = yaml.safe_load((EXAMPLES / "taxonomy-missions.yaml").read_text(encoding="utf-8"))
    return read_taxonomy({**value, "valid_from": str(value["valid_from"])}).entries


def tune_missions(evidence: Path) -> None:
    """Fit slope and start on the half to tune on, and write what the product ships with."""
    asked = read_asked(evidence, "tune", read_model())
    odds = logit(np.clip(asked.chance[asked.told], 1e-4, 1 - 1e-4))
    truth = asked.truth[asked.told].astype(np.float64)
    counts = np.where(asked.arguable[asked.told], ARGUABLE, 1.0)

    def loss(weights: Floats) -> float:
        told = weights[0] * odds + weights[1]
        away = ((weights[0] - 1) / _SPREAD[0]) ** 2 + (weights[1] / _SPREAD[1]) ** 2
        return float(away / 2 - (counts * (truth * told - np.logaddexp(0, told))).sum())

    slope, start = (round(float(each), 4) for each in minimize(loss, [1.0, 0.0]).x)
    chance = np.where(asked.told, expit(slope * _odds(asked.chance) + start), 0.0)
    right = (step for step in _STEPS if precision(asked.truth, chance >= step) >= SURE)
    value = {
        "version": datetime.now(UTC).date().isoformat(), "slope": slope, "start": start, "given": GIVEN,
        "sure": next(right, 1.0),
    }  # fmt: skip
    path = Path(str(files("keten.evidence").joinpath("missions.json")))
    path.write_text(json.dumps(value) + "\n", encoding="utf-8")
    say(f"slope {slope}, start {start}, sure from {value['sure']}: {len(asked.truth)} projects")


def _odds(chance: Floats) -> NDArray[np.float64]:
    return np.asarray(logit(np.clip(chance, 1e-4, 1 - 1e-4)), np.float64)


def _read_keys() -> list[str]:
    with PATH.open(encoding="utf-8", newline="") as file:
        return [row["id"] for row in csv.DictReader(file)]
