"""`python -m benchmarks.resolution`: how well the product tells who is who, beside two baselines.

`python -m benchmarks.resolution judge ...` writes what people read to judge links (see `judge.py`),
`python -m benchmarks.resolution tune` fits the weights that the product ships with (see `tune.py`).
"""

from __future__ import annotations

import argparse
import os
import platform
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from benchmarks.process import Taken, run_module
from benchmarks.resolution import judge, tune
from benchmarks.resolution.exact import find_exact
from benchmarks.resolution.links import read_links
from benchmarks.resolution.report import Method, report_registry, report_samples, report_trial
from benchmarks.resolution.sides import TRIALS, Trial, trials_at
from benchmarks.verdict import Line, below, say, show

CPU_SHARE = 0.6


def main(arguments: list[str]) -> int:
    """Run the trials asked for; gives 1 when a target was missed."""
    named = os.environ.get("KETEN_DATA", "").strip()
    if not named or not Path(named).is_dir():
        say("skipped: KETEN_DATA names no folder of open data, and these are genuine tests alone.")
        return 0
    if arguments[:1] == ["judge"]:
        return judge.main(arguments[1:], Path(named))
    chosen = _arguments(arguments)
    if chosen.what == "tune":
        with _folder(chosen.kept) as folder:
            return tune.main(Path(named), folder)
    say(
        f"who is who, on {os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}, "
        f"Python {platform.python_version()}, Splink {_splink()}"
    )
    missed = 0
    with _folder(chosen.kept) as folder:
        trials = trials_at(Path(named), folder, tuple(chosen.only))
        cpu: list[tuple[float, float]] = []
        for name, trial in trials.items():
            missed += show(name, _measure(trial, folder / name, cpu, with_peer=not chosen.no_peer))
        missed += show("lists, by reading", report_samples())
        if cpu:
            missed += show("time", _tell_time(cpu))
    say(f"\n{missed} targets missed" if missed else "\nevery target reached")
    return 1 if missed else 0


@contextmanager
def _folder(kept: Path | None) -> Iterator[Path]:
    """Give the folder for the two sides: one to keep, or one that goes."""
    with tempfile.TemporaryDirectory(prefix="keten-resolution-") as scratch:
        yield (kept or Path(scratch)).resolve()


def _arguments(arguments: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.resolution", description=__doc__)
    parser.add_argument("what", nargs="?", choices=("report", "tune"), default="report")
    parser.add_argument("--only", nargs="+", choices=TRIALS, default=TRIALS, help="these alone")
    parser.add_argument("--kept", type=Path, help="a folder in which the two sides are kept")
    parser.add_argument("--no-peer", action="store_true", help="leave Splink out")
    return parser.parse_args(arguments)


def _measure(
    trial: Trial, folder: Path, cpu: list[tuple[float, float]], *, with_peer: bool
) -> list[Line]:
    ours = _run("ours", trial, folder)
    product = Method(
        "product", read_links(folder / "ours.parquet"), read_links(folder / "ours-accepted.parquet")
    )
    baselines = [Method("exact name", find_exact(trial.left, trial.right))]
    if trial.name == "ror":
        return report_registry(trial, baselines[0], product)
    if with_peer:
        theirs = _run("splink_peer", trial, folder)
        baselines.append(Method("Splink", read_links(folder / "splink_peer.parquet")))
        cpu.append((ours.cpu_s, theirs.cpu_s))
    return report_trial(trial, baselines, product)


def _run(module: str, trial: Trial, folder: Path) -> Taken:
    out = folder / f"{module}.parquet"
    return run_module(f"benchmarks.resolution.{module}", [trial.name, str(folder), str(out)])


def _tell_time(cpu: list[tuple[float, float]]) -> list[Line]:
    ours, theirs = (sum(column) for column in zip(*cpu, strict=True))
    each = "; ".join(f"{one:.1f} s and {other:.1f} s" for one, other in cpu)
    return [
        Line("CPU of the product and of Splink, each trial", each),
        below("CPU to Splink's, training included", ours / theirs, CPU_SHARE, "x", 2),
    ]


def _splink() -> str:
    try:
        return version("splink")
    except PackageNotFoundError:
        return "absent"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
