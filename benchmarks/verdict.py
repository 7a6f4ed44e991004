"""What a benchmark says: a measured value beside its target, and whether the target was reached."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Line:
    """One measurement; `is_met` None: there is no target, the value is told for what it is."""

    what: str
    measured: str
    target: str = ""
    is_met: bool | None = None


@dataclass(frozen=True)
class Ground:
    """What benchmarks stand on: the open data, a home with evidence built from them, a seed."""

    data: Path
    home: Callable[[], Path]
    seed: int
    seconds: int
    scratch: Path


def below(what: str, measured: float, limit: float, unit: str, decimals: int = 1) -> Line:
    """Give the line of a value that should stay below a limit."""
    return Line(
        what, f"{measured:.{decimals}f} {unit}", f"under {limit:g} {unit}", measured < limit
    )


def equal(what: str, measured: object, target: object) -> Line:
    """Give the line of a value that must be just so."""
    return Line(what, str(measured), str(target), measured == target)


def show(title: str, lines: list[Line]) -> int:
    """Print the lines of one benchmark, and give how many targets were missed."""
    say(f"\n{title}  (load {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores)")
    for line in lines:
        mark = {True: "reached", False: "MISSED", None: ""}[line.is_met]
        target = f"target {line.target}" if line.target else ""
        say(f"  {line.what:<58} {line.measured:>22}  {target:<28} {mark}".rstrip())
    return sum(line.is_met is False for line in lines)


def say(text: str) -> None:
    """Print at once, so that a long run can be watched."""
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()
