"""Measures reading and typing CORDIS against DuckDB's own plain load of the same, unpacked files.

`python -m benchmarks.bench_read` prints medians of ratios over alternating repetitions, in wall and
in CPU seconds, once from folders (both read the same unpacked files) and once from the zips (ours
unpacks as well, DuckDB does not); then (`first_...`) both in fresh processes, as a build reads,
where new memory costs more; and the peak memory of reading one zip in a process of its own.
"""

from __future__ import annotations

import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
import zipfile
from collections.abc import Callable
from pathlib import Path

import duckdb

from keten.model import Package
from keten.sources import cordis

REPETITIONS = 5
LIMIT = 1.5
MEMORY_LIMIT_MB = 1200
_DIALECT = "delim=';', quote='\"', escape='\"', all_varchar=true, header=true"


def run(data: Path) -> dict[str, float]:
    """Give ratios to DuckDB's plain load (1 is equal), seconds, and peak memory in MB."""
    zips = cordis.find(data)
    with tempfile.TemporaryDirectory() as scratch:
        folders = [_unpacked(package, Path(scratch)) for package in zips]
        ways: dict[str, Callable[[], None]] = {
            "duckdb": lambda: _load(folders, Path(scratch)),
            "folder": lambda: _read(folders),
            "zip": lambda: _read(zips),
        }
        walls, cpus = _measure(ways, REPETITIONS)
        figures = {f"{way}_seconds": statistics.median(walls[way]) for way in ways}
        figures |= {f"{way}_cpu_seconds": statistics.median(cpus[way]) for way in ways}
        for way in ("folder", "zip"):
            figures[f"{way}_wall_ratio"] = _ratio(walls[way], walls["duckdb"])
            figures[f"{way}_cpu_ratio"] = _ratio(cpus[way], cpus["duckdb"])
        firsts = [
            (_alone("zip", data)[:2], _alone("duckdb", Path(scratch))[:2])
            for _ in range(REPETITIONS)
        ]
    for at, kind in enumerate(("wall", "cpu")):
        figures[f"first_zip_{kind}_ratio"] = statistics.median(a[at] / b[at] for a, b in firsts)
    figures["peak_memory_mb"] = max(_alone("zip", package.path)[2] for package in zips)
    return figures


def _ratio(ours: list[float], theirs: list[float]) -> float:
    """Give the median of the ratios of neighbours in time: both met the same busy machine."""
    return statistics.median(one / other for one, other in zip(ours, theirs, strict=True))


def _unpacked(package: Package, scratch: Path) -> Package:
    folder = scratch / package.release
    with zipfile.ZipFile(package.path) as archive:
        archive.extractall(folder)
    return Package(package.source, package.release, folder, package.members)


def _measure(
    ways: dict[str, Callable[[], None]], repetitions: int
) -> tuple[dict[str, list[float]], dict[str, list[float]]]:
    walls: dict[str, list[float]] = {way: [] for way in ways}
    cpus: dict[str, list[float]] = {way: [] for way in ways}
    for _ in range(repetitions):
        for way, work in ways.items():
            wall, cpu = time.perf_counter(), time.process_time()
            work()
            walls[way].append(time.perf_counter() - wall)
            cpus[way].append(time.process_time() - cpu)
    return walls, cpus


def _load(folders: list[Package], scratch: Path) -> None:
    path = scratch / "plain.duckdb"
    path.unlink(missing_ok=True)
    with duckdb.connect(str(path), config={"threads": 2}) as con:
        for package in folders:
            for number, member in enumerate(package.members):
                table = f"{package.release}_{number}"
                file = package.path / member
                con.execute(f"create table {table} as select * from read_csv('{file}', {_DIALECT})")


def _read(packages: list[Package]) -> None:
    for package in packages:
        cordis.read(package)


def _alone(way: str, path: Path) -> tuple[float, float, float]:
    """Do one way in a fresh process: wall and CPU seconds, and its peak memory in MB."""
    command = [sys.executable, "-m", "benchmarks.bench_read", "--alone", way, str(path)]
    done = subprocess.run(command, capture_output=True, text=True, check=True, env=os.environ)
    wall, cpu, peak = map(float, done.stdout.split())
    return wall, cpu, peak


def _work_alone(way: str, path: Path) -> str:
    """Read every zip of a data folder, or one zip, or load the folders unpacked before."""
    root = path.parent if path.is_file() else path
    if way == "duckdb":
        packages = [
            package for part in root.iterdir() if part.is_dir() for package in cordis.find(part)
        ]
        walls, cpus = _measure({way: lambda: _load(packages, root)}, 1)
    else:
        packages = [package for package in cordis.find(root) if path in (root, package.path)]
        walls, cpus = _measure({way: lambda: _read(packages)}, 1)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return f"{walls[way][0]} {cpus[way][0]} {peak}"


def _main(arguments: list[str]) -> None:
    if arguments[:1] == ["--alone"]:
        sys.stdout.write(_work_alone(arguments[1], Path(arguments[2])))
        return
    for name, value in run(Path(os.environ.get("KETEN_DATA", "data"))).items():
        sys.stdout.write(f"{name:20} {value:8.2f}\n")


if __name__ == "__main__":
    _main(sys.argv[1:])
