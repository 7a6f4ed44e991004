"""`python -m benchmarks.classification`: how well the product tells what projects are about.

`python -m benchmarks.classification tune` fits the weights that the product ships with (see `tune.py`),
`tune-chains` those of chains, `tune-dutch` those of Dutch texts, `tune-participants` those of projects
judged by who takes part. All take `--home HOME`, a folder with evidence built from the open data; without
it, one is built. `further` reports on chains and Dutch texts alone.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
from datetime import date
from pathlib import Path

import duckdb
import numpy as np

from benchmarks.classification.chains import tune_chains
from benchmarks.classification.draw import chances, half_of
from benchmarks.classification.dutch import tune_dutch
from benchmarks.classification.further import report_further
from benchmarks.classification.missions_tune import tune_missions
from benchmarks.classification.participants import report_participants, tune_participants
from benchmarks.classification.quality import count_found, write_quality
from benchmarks.classification.readings import keys_of, read_readings
from benchmarks.classification.report import Found, list_targets, write_tables
from benchmarks.classification.sample import HALVES, OF_PROJECTS
from benchmarks.classification.texts import read_projects
from benchmarks.classification.tried import write_tried
from benchmarks.classification.tune import fit_model, write_model
from benchmarks.process import run_module
from benchmarks.verdict import Line, below, say, show
from keten.evidence import technologies
from keten.evidence.technologies.model import read_model
from keten.evidence.technologies.reading import read_documents
from keten.evidence.technology_quality import PATH as QUALITY


def main(arguments: list[str]) -> int:
    """Report, or tune; gives 1 when a target was missed."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("what", nargs="?", choices=["report", *PARTS], default="report")
    parser.add_argument("--home", type=Path, help="a folder with evidence; else one is built")
    options = parser.parse_args(arguments)
    named = os.environ.get("KETEN_DATA", "").strip()
    if not named or not Path(named).is_dir():
        say("skipped: KETEN_DATA names no folder of open data, and these are genuine tests alone.")
        return 0
    with tempfile.TemporaryDirectory() as scratch:
        home = options.home or Path(scratch)
        if not options.home:
            run_module("benchmarks.build_once", [named, str(home)])
        evidence = home / "evidence"
        number = (evidence / "current").read_text("ascii").strip()
        path = evidence / f"{int(number):06}" / "evidence.duckdb"
        if options.what in PARTS:
            PARTS[options.what](path)
            return 0
        return _report(path, Path(named), Path(scratch))


def _tune(path: Path) -> None:
    with duckdb.connect(str(path), read_only=True) as con:
        documents = read_documents(con)
    truth = read_readings("settled").only(keys_of("tune"))
    model, tried = fit_model(documents, truth)
    write_model(model, Path(technologies.__file__).parent, _today())
    say("\n".join(write_tried(tried, model)))


def _further(path: Path) -> None:
    say("\n".join(report_further(path, Path(os.environ["KETEN_DATA"]), _today())))


PARTS = {
    "tune": _tune,
    "tune-chains": tune_chains,
    "tune-dutch": tune_dutch,
    "tune-missions": tune_missions,
    "tune-participants": tune_participants,
    "further": _further,
}


def _report(path: Path, data: Path, scratch: Path) -> int:
    kept = scratch / "judged.npz"
    taken = run_module("benchmarks.classification.judged", [str(path), str(kept)])
    judged, model = np.load(kept), read_model()
    settled, first, second = (read_readings(who) for who in ("settled", "first", "second"))
    keys = keys_of("report")
    rows = [settled.keys.index(key) for key in keys]
    found = Found(
        settled.only(keys), first.only(keys), second.only(keys), judged["chance"][rows],
        model.given, model.sure, judged["words"][rows], judged["fields"][rows],
        _weigh(data, keys),
    )  # fmt: skip
    say(f"# What projects are about: {len(keys)} projects nobody tuned on\n")
    say("\n".join(write_tables(found)))
    say("\n".join(report_further(path, data, _today())))
    by_party, of_parties = report_participants(path, "report", _weigh(data, keys))
    say("\n".join(["\n## Projects judged by who takes part\n", *by_party]))
    dutch = count_found(read_readings("settled", "-dutch").levels, judged["dutch"], model.given)
    further = {"dutch": dutch, "participants": of_parties}
    write_quality(found, keys_of("tune"), model.version, _today(), QUALITY, further)
    missed = show("Aims (develops or applies)", list_targets(found))
    missed += show(
        "What it takes (50,640 projects; the process, reading and 100 Dutch texts included)",
        [
            below("wall time of judging", taken.said["wall_s"], 60, "s"),
            below("peak memory", taken.said["peak_mb"], 1024, "MB", 0),
            Line("CPU time", f"{taken.said['cpu_s']:.1f} s"),
        ],
    )
    return int(missed > 0)


def _today() -> str:
    return date.today().isoformat()  # noqa: DTZ011


def _weigh(data: Path, keys: list[str]) -> np.ndarray:
    """Give how many projects each of the sample stands for: one through its chance of being drawn."""
    weight: dict[str, float] = {}
    texts = read_projects(data)
    for half in HALVES:
        strata = {text.key: text.strata for text in texts if half_of(text.key) == half}
        chance = chances(strata, OF_PROJECTS)
        total = sum(chance.values())
        weight |= {key: total / each for key, each in chance.items()}
    return np.array([weight[key] for key in keys])


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
