"""What the product says of the projects that were read for chains, and the weights that they teach.

The product itself is asked: definitions as they ship, held against all projects of some evidence.
`python -m benchmarks.classification tune-chains` fits the weights that it ships with.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Final

import duckdb
import numpy as np
import yaml
from numpy.typing import NDArray
from scipy.sparse import csr_array

from benchmarks.classification.agreement import f1
from benchmarks.classification.measures import Floats, Truth, precision
from benchmarks.classification.readings import Readings, keys_of, read_readings
from benchmarks.classification.signals import CHAINS
from benchmarks.verdict import say
from keten.atlas.definition import read_chain
from keten.evidence import chains as product
from keten.evidence.chains.features import FEATURES, make_entry, make_features
from keten.evidence.classify import classify
from keten.evidence.technologies.plain_model import PlainModel
from keten.evidence.technologies.signals import Document, count_signals
from keten.methods.logistic import fit_sparse
from keten.model import Chain
from keten.workspace.examples import FOLDER

ENDINGS: Final = ("-chains", "-chains-2")
PENALTY: Final = 3.0  # precision of the prior at nought, of features as wide as they spread
ARGUABLE: Final = 0.7  # how much a label counts that one could defend another for
FOLDS: Final = 10
SURE: Final = 0.95  # the precision that a sure label owes
_READ: Final = ("project", "project_topic", "project_field")


@dataclass(frozen=True)
class Scene:
    """What was read of a half, and what the product says of it: texts by chains."""

    truth: Readings
    is_second: NDArray[np.bool_]  # texts of the second sample, the only one that says as what
    met: Truth  # by anything in the definition
    words: Truth  # by a word of it
    fields: Truth  # by a field of it
    chance: Floats  # nought where it was not met
    features: Floats


def read_truth(reader: str, half: str) -> Readings:
    """Give what was read of a half in both samples as one."""
    parts = [read_readings(reader, ending).only(keys_of(half, ending)) for ending in ENDINGS]
    return Readings(
        tuple(key for part in parts for key in part.keys), parts[0].subjects,
        np.concatenate([part.levels for part in parts]),
        np.concatenate([part.arguable for part in parts]),
    )  # fmt: skip


def read_chains() -> list[Chain]:
    """Give the three chains as they ship."""
    found = []
    for name in CHAINS:
        value = yaml.safe_load((FOLDER / f"{name}.yaml").read_text(encoding="utf-8"))
        found.append(read_chain({**value, "valid_from": str(value["valid_from"])}))
    return found


def read_scene(evidence: Path, half: str) -> Scene:
    """Hold the definitions against all projects, as a build does, and give what concerns a half."""
    chains, truth = read_chains(), read_truth("settled", half)
    names, keys = [chain.chain for chain in chains], [f"he-{key}" for key in truth.keys]
    with duckdb.connect() as con:
        con.execute(f"set threads=1; attach '{evidence}' as held (read_only)")
        for table in _READ:
            con.execute(f"create view {table} as select * from held.{table}")
        classify(con, chains)
        sql = "select chain, project_id, {} from {} where list_contains(?, project_id)"
        met = con.execute(sql.format("way", "chain_match"), [keys]).fetchall()
        likely = con.execute(sql.format("probability", "chain_project"), [keys]).fetchall()
        documents = _read_documents(con, keys)
    row = {key: place for place, key in enumerate(keys)}
    told = {way: np.zeros(truth.levels.shape, np.bool_) for way in ("word", "field", "topic")}
    for chain, project, way in met:
        told[way][row[project], names.index(chain)] = True
    chance = np.zeros(truth.levels.shape)
    for chain, project, probability in likely:
        chance[row[project], names.index(chain)] = probability
    order = [names.index(name) for name in truth.subjects]
    counts = count_signals([make_entry(chain) for chain in chains], documents).counts
    second = len(keys_of(half, ENDINGS[1]))
    return Scene(
        truth, np.arange(len(keys)) >= len(keys) - second,
        (told["word"] | told["field"] | told["topic"])[:, order],
        told["word"][:, order], told["field"][:, order], chance[:, order],
        make_features(counts)[:, order],
    )  # fmt: skip


def fit_pairs(scene: Scene, pairs: Truth) -> Floats:
    """Give the weights, intercept first, that some pairs of text and chain teach."""
    features = scene.features[pairs]
    spread = scene.features[scene.met].std(axis=0) + 1e-9
    outcome = (scene.truth.levels[pairs] >= 1).astype(np.float64)[:, None]
    counts = np.where(scene.truth.arguable[pairs], ARGUABLE, 1.0)
    mean = features.mean(axis=0)
    weights, start = fit_sparse(
        csr_array((features - mean) / spread), outcome, PENALTY, counts=counts, most=500
    )
    plain = weights[:, 0] / spread
    return np.asarray(np.r_[start[0] - plain @ mean, plain], np.float64)


def cross_validate(scene: Scene) -> Floats:
    """Give the chance of each pair by weights that its text had no part in."""
    fold = np.random.default_rng(6).permutation(len(scene.met)) % FOLDS
    found = np.zeros(scene.met.shape)
    for number in range(FOLDS):
        asked = scene.met & (fold == number)[:, None]
        weights = fit_pairs(scene, scene.met & (fold != number)[:, None])
        found[asked] = _model(weights).chance(scene.features[asked])
    return found


def leave_out(tuned: Scene, asked: Scene) -> Floats:
    """Give the chance of each pair by weights that nothing read of its chain had a part in."""
    found = np.zeros(asked.met.shape)
    for column in range(asked.met.shape[1]):
        others = tuned.met & (np.arange(asked.met.shape[1]) != column)
        mine = asked.met[:, column]
        found[mine, column] = _model(fit_pairs(tuned, others)).chance(asked.features[mine, column])
    return found


def tune_chains(evidence: Path) -> None:
    """Fit, and write the weights that the product ships with."""
    scene = read_scene(evidence, "tune")
    truth, found = scene.truth.levels >= 1, cross_validate(scene)
    scores = {each: f1(truth, found >= each / 100) for each in range(25, 66)}
    near = [each for each, score in scores.items() if score >= max(scores.values()) - 0.005]
    given = near[len(near) // 2] / 100  # the middle of those as good as the best
    sure = next(
        (each / 100 for each in range(50, 100) if precision(truth, found >= each / 100) >= SURE),
        0.99,
    )
    value = {
        "version": date.today().isoformat(),  # noqa: DTZ011
        "features": list(FEATURES),
        "weights": [round(float(each), 5) for each in fit_pairs(scene, scene.met)],
        "given": given,
        "sure": sure,
    }
    path = Path(product.__file__).parent / "weights.json"
    path.write_text(json.dumps(value, indent=1) + "\n", encoding="utf-8")
    say(f"Labels from {given} on, F1 {max(scores.values()):.3f} cross-validated; sure from {sure}.")


def _model(weights: Floats) -> PlainModel:
    return PlainModel(weights, 0.5, 1.0, "")


def _read_documents(con: duckdb.DuckDBPyConnection, keys: Sequence[str]) -> list[Document]:
    documents = []
    for key in keys:
        topics = con.execute(
            "select topic, title from project_topic where project_id = ? order by all", [key]
        ).fetchall()
        fields = con.execute(
            "select code from project_field where project_id = ? order by all", [key]
        ).fetchall()
        text = con.execute("select title, objective from project where project_id = ?", [key])
        title, objective = text.fetchall()[0]
        documents.append(
            Document(key, title, objective, tuple(topics), tuple(code for (code,) in fields))
        )
    return documents
