"""`python -m benchmarks`: measures on real data what the product promises, target beside measured."""

from __future__ import annotations

import argparse
import os
import platform
import sys
import tempfile
from collections.abc import Callable
from functools import cache
from pathlib import Path

import duckdb

from benchmarks import (
    bench_build,
    bench_complete,
    bench_diagnosis,
    bench_locate,
    bench_partners,
    bench_read,
    bench_serve,
)
from benchmarks.process import build_home
from benchmarks.verdict import Ground, Line, below, say, show


def main() -> int:
    """Run the benchmarks asked for; gives 1 when a target was missed."""
    chosen = _arguments()
    named = os.environ.get("KETEN_DATA", "").strip()
    if not named or not Path(named).is_dir():
        say(
            "skipped: KETEN_DATA names no folder of open data, and benchmarks measure nothing else."
        )
        return 0
    say(
        f"keten benchmarks on {os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}, "
        f"Python {platform.python_version()}, DuckDB {duckdb.__version__}"
    )
    missed = 0
    with tempfile.TemporaryDirectory(prefix="keten-bench-") as scratch:
        ground = _ground(Path(named).resolve(), Path(scratch), chosen)
        for name in chosen.only or BENCHMARKS:
            missed += show(name, BENCHMARKS[name](ground))
    say(f"\n{missed} targets missed" if missed else "\nevery target reached")
    return 1 if missed else 0


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("--only", nargs="+", choices=sorted(BENCHMARKS), help="run these alone")
    parser.add_argument("--home", type=Path, help="a home built before (default: build one)")
    parser.add_argument("--seed", type=int, default=20261121)
    parser.add_argument("--seconds", type=int, default=90, help="how long visitors visit")
    return parser.parse_args()


def _ground(data: Path, scratch: Path, chosen: argparse.Namespace) -> Ground:
    @cache
    def home() -> Path:
        if chosen.home is not None:
            return Path(chosen.home).resolve()
        return build_home(data, scratch / "shared")

    return Ground(data, home, chosen.seed, chosen.seconds, scratch)


def _read(ground: Ground) -> list[Line]:
    found = bench_read.run(ground.data)
    limit = bench_read.LIMIT
    told = [
        Line(name.replace("_", " "), f"{value:.2f}")
        for name, value in found.items()
        if not name.endswith("_ratio") and name != "peak_memory_mb"
    ]
    return [
        *told,
        *(
            below(f"{name.replace('_', ' ')} to DuckDB's plain load", value, limit, "x", 2)
            for name, value in found.items()
            if name.endswith("_ratio")
        ),
        below(
            "peak memory of reading", found["peak_memory_mb"], bench_read.MEMORY_LIMIT_MB, "MB", 0
        ),
    ]


def _locate(ground: Ground) -> list[Line]:
    found = bench_locate.run(ground.data)
    alone = found["dutch_address_alone"]
    places = found["all_places"]
    return [
        _at_least("Dutch rows right at NUTS 3 by address alone", alone["rows_right_share"], 0.9978),
        _at_least("distinct addresses right", alone["addresses_right_share"], 0.9930),
        Line("rows measured", str(alone["rows"])),
        Line("addresses not located", str(alone["addresses_not_located"])),
        Line("addresses that differ from the register", str(len(alone["wrong"]))),
        Line("all places, wall and CPU", f"{places['wall_s']} s, {places['cpu_s']} s"),
        *(
            Line(f"{name}: agrees with the code", f"{value['agrees_with_code']:.2%}")
            for name, value in found["witnesses"].items()
        ),
    ]


def _at_least(what: str, share: float, target: float) -> Line:
    return Line(what, f"{share:.2%}", f"at least {target:.2%}", share >= target)


BENCHMARKS: dict[str, Callable[[Ground], list[Line]]] = {
    "complete": bench_complete.run,
    "read": _read,
    "locate": _locate,
    "partners": bench_partners.run,
    "diagnosis": bench_diagnosis.run,
    "build": bench_build.run,
    "serve": bench_serve.run,
}


if __name__ == "__main__":
    sys.exit(main())
