"""Does the test of cross-overs err as often as it says? Asked of all larger European regions, for every
chain in the evidence: small chances must come as often as chance has them, and findings must be rare.
"""

from __future__ import annotations

import time

import numpy as np

from benchmarks.verdict import Ground, Line, below
from keten.diagnosis.background import REGION_SIZE
from keten.diagnosis.crossover import search
from keten.diagnosis.meetings import Pair
from keten.evidence import latest
from keten.methods.crossover import chance_of_so_few, find_odds

# Of tests that are right one in twenty falls below .05; so many tests leave that much room.
LOWEST, HIGHEST = 0.03, 0.07
SECONDS = 1.0


def run(ground: Ground) -> list[Line]:
    """Test the pairs of every chain in every larger region, with and without what regions differ anyhow."""
    con = latest(ground.home()).cursor()
    chains = [name for (name,) in con.execute("select chain from chain order by chain").fetchall()]
    regions = con.execute(
        "select region from region_presence where subject = 'with-field' and projects >= $size "
        "order by region",
        {"size": REGION_SIZE},
    ).fetchall()
    lines = [Line("regions asked", str(len(regions)))]
    for chain in chains:
        started = time.process_time()
        found = [search(con, chain, region) for (region,) in regions]
        seconds = (time.process_time() - started) / max(len(regions), 1)
        pairs = [pair for each in found for pair in each.pairs]
        if not pairs:
            continue
        few = np.array([pair.chance for pair in pairs])
        bare = np.array([_chance_alone(pair) for pair in pairs])
        share = float(np.mean(few < 0.05))
        lines += [
            Line(f"{chain}: pairs tested", str(len(pairs))),
            Line(f"{chain}: below .05 as if regions were alike", f"{np.mean(bare < 0.05):.3f}"),
            Line(
                f"{chain}: below .05 as tested",
                f"{share:.3f}",
                f"{LOWEST} to {HIGHEST}",
                LOWEST <= share <= HIGHEST,
            ),
            Line(f"{chain}: below .5 as tested", f"{np.mean(few < 0.5):.3f}"),
            Line(f"{chain}: regions with a finding", str(sum(bool(each.passed) for each in found))),
            below(f"{chain}: CPU of a search", seconds, SECONDS, "s", 2),
        ]
    return lines


def _chance_alone(pair: Pair) -> float:
    return chance_of_so_few(pair.here, find_odds(pair.elsewhere))
