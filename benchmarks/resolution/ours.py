"""The product's own linking on a trial, in a process of its own.

`python -m benchmarks.resolution.ours TRIAL FOLDER OUT`: every pair it compares, and beside it in
`OUT-accepted.parquet` those that it would link without asking anybody.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

import numpy as np
import pyarrow as pa

from benchmarks.resolution.links import write_links
from benchmarks.resolution.metrics import Flags, Links
from benchmarks.resolution.sides import Trial, load_trial
from keten.evidence.resolve.match import find_matches
from keten.evidence.resolve.weights import Model, shipped_model


def find_links(trial: Trial, model: Model) -> tuple[Links, Flags]:
    """Give every pair compared across the sides, and whether it is linked without review."""
    units = pa.concat_tables([trial.left, trial.right])
    matches = find_matches(units, model)
    left, right, score, probability = (
        matches[name].to_numpy() for name in ("left", "right", "score", "probability")
    )
    accepted = (probability >= model.accept) & matches["may_link"].to_numpy()
    return Links(left, right - trial.left.num_rows, score), np.asarray(accepted, np.bool_)


def main(arguments: list[str]) -> None:
    """Link a saved trial, write the pairs as Parquet, and say how many."""
    name, folder, out = arguments
    links, accepted = find_links(load_trial(name, Path(folder)), shipped_model())
    path = Path(out)
    write_links(links, path)
    write_links(links.chosen(accepted), path.with_name(f"{path.stem}-accepted.parquet"))
    sys.stdout.write(json.dumps({"pairs": len(links.left), "accepted": int(accepted.sum())}) + "\n")


if __name__ == "__main__":
    main(sys.argv[1:])
