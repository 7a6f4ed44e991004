"""`python -m benchmarks.members`: is who is left out of a list found back among the first twelve?"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
from collections import defaultdict
from pathlib import Path
from time import process_time

import numpy as np
import numpy.typing as npt

from benchmarks.members.learning import learn, rows_of
from benchmarks.members.lists import make_lists
from benchmarks.process import build_home
from benchmarks.verdict import Line, say, show
from keten.atlas.resembling import HEAD, SIZE, WEIGHTS, find_left_out
from keten.evidence import latest
from keten.methods.proportion import find_wilson_interval
from keten.methods.ranking import estimate_means

TUNED_ON, TRIED_ON = ("AT", "BE", "DK", "SE"), ("NL",)


def main() -> int:
    """Measure; gives 1 when likeness does no better than popularity."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.members", description=__doc__)
    parser.add_argument("--home", type=Path, help="a home built before (default: build one)")
    parser.add_argument("--seed", type=int, default=20261122)
    parser.add_argument("--learn", action="store_true", help="learn the weights again, too")
    chosen = parser.parse_args()
    named = os.environ.get("KETEN_DATA", "").strip()
    if chosen.home is None and not (named and Path(named).is_dir()):
        say("skipped: KETEN_DATA names no folder of open data, and this measures nothing else.")
        return 0
    with tempfile.TemporaryDirectory(prefix="keten-bench-members-") as scratch:
        home = chosen.home or build_home(Path(named), Path(scratch) / "shared")
        con = latest(home, threads=2).cursor()
        started = process_time()
        ranks: dict[str, list[npt.NDArray[np.int64]]] = defaultdict(list)
        learnt: list[dict[str, npt.NDArray[np.float64]]] = []
        for traits, lists in make_lists(con, (*TUNED_ON, *TRIED_ON), chosen.seed):
            for each in lists:
                which = "tried" if each.country in TRIED_ON else "tuned"
                found = find_left_out(traits, each.others, each.members)
                ranks[which].append(found[:, each.asked])
                if which == "tuned" and chosen.learn:
                    learnt += rows_of(traits, each)
        lines = [
            *_tell("Dutch lists, not tuned on", ranks["tried"]),
            *_tell("lists of four countries that the weights were learnt on", ranks["tuned"]),
            Line("at work on a processor", f"{process_time() - started:.0f} s"),
        ]
        if chosen.learn:
            for name, weight in learn(learnt).items():
                lines.append(
                    Line(f"weight of {name}, learnt again", f"{weight:.3f}",
                         f"in use: {WEIGHTS.get(name, SIZE)}")
                )  # fmt: skip
        return 1 if show("members", lines) else 0


def _tell(name: str, ranks: list[npt.NDArray[np.int64]]) -> list[Line]:
    """Say how often the first twelve hold who was left out; the gain's interval draws lists anew."""
    hits = [found <= HEAD for found in ranks]
    ours, theirs = (np.concatenate([found[row] for found in hits]) for row in (0, 1))
    gains = np.array([[found[0].mean() - found[1].mean()] for found in hits])
    (gain,) = estimate_means(gains, seed=7)
    say_share = "{:.3f} ({:.3f} to {:.3f})".format
    bounds = [
        tuple(float(each) for each in find_wilson_interval(got.sum(), got.size))
        for got in (ours, theirs)
    ]
    return [
        Line(f"{name}: lists, left out", f"{len(hits)}, {ours.size}"),
        Line(f"{name}: hit@12, likeness", say_share(ours.mean(), *bounds[0])),
        Line(f"{name}: hit@12, popularity", say_share(theirs.mean(), *bounds[1])),
        Line(
            f"{name}: gain, mean over lists", say_share(gain.mean, gain.low, gain.high),
            "above 0", gain.low > 0,
        ),
    ]  # fmt: skip


if __name__ == "__main__":
    sys.exit(main())
