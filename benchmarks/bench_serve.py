"""Pages and searches under twenty visitors: how long they wait, what it takes, that none fails."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from collections import defaultdict
from pathlib import Path

from benchmarks.addresses import choose_addresses
from benchmarks.server import serving
from benchmarks.verdict import Ground, Line, below, equal, say
from benchmarks.visitors import USERS

LIMIT_MS = 100
_ROOT = Path(__file__).resolve().parents[1]


def run(ground: Ground) -> list[Line]:
    """Serve for a while, and tell."""
    home = ground.home()
    pages = choose_addresses(home, ground.seed)
    with serving(home) as server:
        warm_s, warm_cpu_s = time.perf_counter(), server.cpu_s()
        plan = {
            "host": server.host,
            "port": server.port,
            "seed": ground.seed,
            "seconds": ground.seconds,
            "pages": pages,
        }
        done = subprocess.run(
            [sys.executable, "-m", "benchmarks.visitors"],
            input=json.dumps(plan),
            capture_output=True,
            text=True,
            check=True,
            cwd=_ROOT,
        )
        wall_s = time.perf_counter() - warm_s
        cpu_s = server.cpu_s() - warm_cpu_s
        memory_mb = server.memory_mb()
    told = json.loads(done.stdout)
    visits = [
        (kind, status, 1000 * took, address) for kind, status, took, _, address in told["visits"]
    ]
    return _lines(visits, wall_s, cpu_s, memory_mb, told["cpu_s"], len(pages))


def _lines(
    visits: list[tuple[str, int, float, str]],
    wall_s: float,
    cpu_s: float,
    memory_mb: float,
    visitors_cpu_s: float,
    distinct: int,
) -> list[Line]:
    by_kind: dict[str, list[float]] = defaultdict(list)
    for kind, _, took_ms, _ in visits:
        by_kind[kind].append(took_ms)
    failed = [
        (status, address) for _, status, _, address in visits if status not in {200, 302, 308}
    ]
    lines = [
        Line("visitors, pages opened of distinct addresses", f"{USERS}, {len(visits)} of {distinct}"),
        equal("pages that failed", len(failed), 0),
        *(
            Line(f"{kind} ({len(took)})", _spread(took))
            for kind, took in sorted(by_kind.items())
        ),
        Line(f"all ({len(visits)})", _spread([took for _, _, took, _ in visits])),
        below("all, p95", _at([took for _, _, took, _ in visits], 0.95), LIMIT_MS, "ms"),
        Line("server: CPU, share of one core, memory",
             f"{cpu_s:.1f} s, {cpu_s / wall_s:.0%}, {memory_mb:.0f} MB"),
        Line("visitors: CPU", f"{visitors_cpu_s:.1f} s"),
    ]  # fmt: skip
    for status, address in failed[:10]:
        say(f"  failed with {status}: {address}")
    for kind, _, took_ms, address in sorted(visits, key=lambda visit: -visit[2])[:8]:
        say(f"  slowest: {took_ms:6.0f} ms {kind} {address}")
    return lines


def _spread(values: list[float]) -> str:
    parts = {"p50": 0.5, "p95": 0.95, "p99": 0.99, "max": 1.0}
    return " ".join(f"{name} {_at(values, share):.0f}" for name, share in parts.items()) + " ms"


def _at(values: list[float], share: float) -> float:
    """Give the value below or at which this share of the values lies."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, max(0, -(-int(share * 1000) * len(ordered) // 1000) - 1))]
