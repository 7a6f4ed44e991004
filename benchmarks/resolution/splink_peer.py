"""Splink on a trial, in a process of its own: trained, then asked about every pair it blocks.

`python -m benchmarks.resolution.splink_peer TRIAL FOLDER OUT`. Its settings stand in
`splink_settings.py`. How often truly equal records agree (m) is learned from the pairs of the even
half, which did better there than expectation maximisation (F1 .897 against .807 on FP7, .927 against
.924 on the dump, before the rest was tuned); u by random sampling, the prior by a deterministic rule.
"""

from __future__ import annotations

import json
import logging
import sys
from pathlib import Path
from typing import Final

import duckdb
import numpy as np
import pyarrow as pa

from benchmarks.resolution.columns import flatten
from benchmarks.resolution.links import write_links
from benchmarks.resolution.metrics import Links
from benchmarks.resolution.sides import Trial, load_trial
from benchmarks.resolution.splink_settings import make_settings

SEED: Final = 1
PRIOR_RECALL: Final = 0.8  # of "same name and country", as measured on the even half
SAMPLED: Final = 3e6
LEAST: Final = -10.0  # log2 of the odds; below it a pair is not worth writing down


def run_splink(trial: Trial) -> Links:
    """Train on both sides of a trial, and score the pairs that share a block, in log2 of the odds."""
    from splink import DuckDBAPI, Linker, block_on

    con = duckdb.connect(config={"threads": 2})
    api = DuckDBAPI(connection=con)
    tables = zip(("a_left", "b_right"), _labelled(trial), strict=True)
    sides = [api.register(table, dataset_display_name=name) for name, table in tables]
    has_acronyms = any(trial.left["acronyms"].to_pylist())
    linker = Linker(sides, make_settings(has_acronyms=has_acronyms), log_level=None)
    linker.training.estimate_probability_two_random_records_match(
        [block_on("name", "country")], recall=PRIOR_RECALL
    )
    linker.training.estimate_u_using_random_sampling(max_pairs=SAMPLED, seed=SEED)
    linker.training.estimate_m_from_label_column("label")
    found = linker.inference.predict(threshold_match_weight=LEAST).as_duckdbpyrelation()
    table = (
        found.project("unique_id_l, unique_id_r, match_weight")
        .order("match_weight desc, unique_id_l, unique_id_r")
        .to_arrow_table()
    )
    left, right, weight = (table[name].to_numpy() for name in table.column_names)
    return Links(left.astype(np.int64), right.astype(np.int64), weight)


def _labelled(trial: Trial) -> tuple[pa.Table, pa.Table]:
    """Give both sides as flat columns, with the pairs of the even half in the column `label`."""
    even = trial.queries("even")
    labels: tuple[list[str | None], list[str | None]] = (
        [None] * trial.left.num_rows,
        [None] * trial.right.num_rows,
    )
    for left, right in trial.truth.tolist():
        if even[left]:
            labels[0][left] = labels[1][right] = str(left)
    left, right = flatten(trial.left, trial.right)
    return (
        left.append_column("label", pa.array(labels[0], pa.string())),
        right.append_column("label", pa.array(labels[1], pa.string())),
    )


def main(arguments: list[str]) -> None:
    """Link a saved trial, write the pairs as Parquet, and say how many."""
    logging.disable(logging.WARNING)
    name, folder, out = arguments
    links = run_splink(load_trial(name, Path(folder)))
    write_links(links, Path(out))
    sys.stdout.write(json.dumps({"pairs": len(links.left)}) + "\n")


if __name__ == "__main__":
    main(sys.argv[1:])
