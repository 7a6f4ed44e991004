"""Runs a piece of work as a process of its own, and says what it took: wall and CPU."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from benchmarks.verdict import say


@dataclass(frozen=True)
class Taken:
    """What a process took, its start included, and what it said."""

    wall_s: float
    cpu_s: float
    said: dict[str, Any]


def build_home(data: Path, home: Path) -> Path:
    """Build the evidence of all data into a home to measure on, and give it; that takes minutes."""
    say("\nbuilding the evidence to measure on ...")
    run_module("benchmarks.build_once", [str(data.resolve()), str(home)])
    return home


def run_module(module: str, arguments: Sequence[str]) -> Taken:
    """Run `python -m module`, whose last line of output is JSON.

    Raises: RuntimeError with the words of a process that failed.
    """
    started = time.perf_counter()
    # No thread pools of linear algebra beside DuckDB's own two threads.
    environment = {**os.environ, "OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"}
    child = subprocess.Popen(
        [sys.executable, "-m", module, *arguments],
        cwd=Path(__file__).resolve().parents[1],
        env=environment,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert child.stdout is not None
    output = child.stdout.read()
    _, status, usage = os.wait4(child.pid, 0)
    wall = time.perf_counter() - started
    child.returncode = os.waitstatus_to_exitcode(status)
    if child.returncode != 0:
        raise RuntimeError(f"{module} ended with {child.returncode}: {output[-2000:]}")
    return Taken(
        wall,
        usage.ru_utime + usage.ru_stime,
        json.loads(output.splitlines()[-1]),
    )
