"""Writes pairs to be judged by reading: names and addresses side by side, and no score.

Three samples, each in an order that tells nothing: `fp7` and `dump` (what the product accepts and the
truth denies, odd half), `links` and `misses` (drawn by seed from a built evidence: Dutch links that no
identifier proves, and pairs that people are asked about instead).

    python -m benchmarks.resolution judge errors fp7 OUT.csv
    python -m benchmarks.resolution judge sample HOME LINKS.csv MISSES.csv
"""

from __future__ import annotations

import argparse
import csv
import random
import tempfile
from collections.abc import Iterable
from pathlib import Path
from typing import Any, Final

import duckdb
import pyarrow as pa

from benchmarks.process import run_module
from benchmarks.resolution import metrics
from benchmarks.resolution.judged import COLUMNS, read_judgements
from benchmarks.resolution.links import read_links
from benchmarks.resolution.sides import LISTS, Trial, trials_at
from keten.evidence import latest

SEED: Final = 20261122
DRAWN: Final = 200
# Kinds of source keys of which there is no truth to hold links against.
UNTRIED: Final = ("rijk", "structural", "kvk")
_SHOWN: Final = ("name", "short_name", "other_names", "street", "postcode", "city", "website")


def main(arguments: list[str], data: Path) -> int:
    """Write the sample asked for."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.resolution judge")
    what = parser.add_subparsers(dest="what", required=True)
    errors = what.add_parser("errors", help="what the truth denies")
    errors.add_argument("trial", choices=("fp7", "dump", "ror"))
    errors.add_argument("out", type=Path)
    errors.add_argument("--kept", type=Path, help="a folder in which the two sides are kept")
    sample = what.add_parser("sample", help="links and near misses of a built evidence")
    sample.add_argument("home", type=Path)
    sample.add_argument("links", type=Path)
    sample.add_argument("misses", type=Path)
    chosen = parser.parse_args(arguments)
    if chosen.what == "errors":
        _write_errors(chosen.trial, data, chosen.out, chosen.kept)
    else:
        _write_samples(chosen.home, chosen.links, chosen.misses)
    return 0


def _write_errors(name: str, data: Path, out: Path, kept: Path | None) -> None:
    """Write the links accepted on the odd half that the truth denies, but for those judged before."""
    with tempfile.TemporaryDirectory(prefix="keten-judge-") as scratch:
        folder = (kept or Path(scratch)).resolve()
        trial = trials_at(data, folder, (name,))[name]
        found = folder / name / "ours.parquet"
        run_module("benchmarks.resolution.ours", [name, str(folder / name), str(found)])
        once = metrics.link_left_once if name == "ror" else metrics.link_one_to_one
        links = once(read_links(folder / name / "ours-accepted.parquet"))
    links = links.asked(trial.queries("odd"))
    links = links.chosen(~metrics.find_hits(links, trial.truth))
    judged = read_judgements(name)
    rows = [
        row
        for left, right in zip(links.left.tolist(), links.right.tolist(), strict=True)
        if (row := _beside(trial, left, right))[:2] not in judged
    ]
    heads = [f"{side}_{field}" for side in ("left", "right") for field in LISTS[:-1]]
    write_pairs(out, [*heads, "truth_of_left", "truth_of_right"], rows)


def _beside(trial: Trial, left: int, right: int) -> tuple[str, ...]:
    """Give the keys of two rows, what they say, and whom the truth gives to each instead."""
    shown = [
        "; ".join(side.column(name)[at].as_py())
        for side, at in ((trial.left, left), (trial.right, right))
        for name in LISTS[:-1]
    ]
    truths = [
        " | ".join(_in_short(side, at) for at in trial.truth[trial.truth[:, own] == row, 1 - own])
        for own, row, side in ((0, left, trial.right), (1, right, trial.left))
    ]
    return (trial.left_ids[left], trial.right_ids[right], *shown, *truths)


def _in_short(side: pa.Table, at: int) -> str:
    told = (side.column(name)[int(at)].as_py() for name in ("names", "streets", "cities"))
    return ", ".join(text for values in told for text in values)


def _write_samples(home: Path, links: Path, misses: Path) -> None:
    con = latest(home).cursor()
    for out, verdict in ((links, "linked"), (misses, "review")):
        rows = draw_pairs(con, verdict)
        heads = [f"{side}_{field}" for side in ("left", "right") for field in _SHOWN]
        write_pairs(out, heads, rows)


def draw_pairs(con: duckdb.DuckDBPyConnection, verdict: str) -> list[tuple[Any, ...]]:
    """Draw Dutch pairs by seed, the best of each record on a list, with what both records say."""
    kinds = ", ".join(f"'{kind}'" for kind in UNTRIED)
    shown = ", ".join(f"{side}.{field}" for side in ("l", "r") for field in _SHOWN)
    rows = con.execute(
        f"""with ends as (
                select unnest([left_key, right_key]) as listed, * from organisation_match
                where verdict = $verdict),
            best as (
                select left_key, right_key from ends
                where split_part(listed, ':', 1) in ({kinds})
                qualify row_number() over (
                    partition by listed order by probability desc, left_key, right_key) = 1)
            select distinct left_key, right_key, {shown}
            from best join source_organisation l on l.source_key = left_key
            join source_organisation r on r.source_key = right_key
            where 'NL' in (l.country, r.country) order by left_key, right_key""",
        {"verdict": verdict},
    ).fetchall()
    return random.Random(SEED).sample(rows, min(DRAWN, len(rows)))


def write_pairs(out: Path, heads: list[str], rows: Iterable[tuple[Any, ...]]) -> None:
    """Write rows in an order drawn by seed, with room for a verdict and its reason."""
    listed = sorted(rows, key=lambda row: tuple(map(str, row)))
    random.Random(SEED).shuffle(listed)
    with out.open("w", encoding="utf-8", newline="") as lines:
        writer = csv.writer(lines)
        writer.writerow([*COLUMNS[:2], *heads, *COLUMNS[2:]])
        writer.writerows([*(_say(value) for value in row), "", ""] for row in listed)


def _say(value: object) -> str:
    if isinstance(value, list):
        return "; ".join(map(str, value))
    return "" if value is None else str(value)
