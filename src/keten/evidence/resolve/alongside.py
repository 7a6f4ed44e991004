"""Alongside: compares half of the countries in a process of its own, where there is much to compare.

Blocks of different countries know nothing of one another, so two processes give what one would. The
other process runs `compare_share`, which reads units from a file and writes the blocks to another; what
it could not do is done here.
"""

import pickle
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Final

import pyarrow as pa

from keten.evidence.pausing import without_collecting
from keten.evidence.resolve.match import Block, Comparisons, compare_units

MANY: Final = 20_000  # units, from which on a second process is worth its start
_RUN: Final = f"import sys; from {__name__} import compare_share; compare_share(*sys.argv[1:])"

BlockName = tuple[str, str, str]
Progress = Callable[[int, int], None]


def compare_alongside(
    units: pa.Table,
    before: Mapping[BlockName, Block],
    within: Sequence[str],
    progress: Progress,
    *,
    many: int = MANY,
) -> Comparisons:
    """Compare as `compare_units` does, in two processes when there are `many` units."""
    if units.num_rows < many:
        return compare_units(units, before, within, progress)
    shares = share_countries(units)
    with tempfile.TemporaryDirectory(prefix="keten-compare-") as folder:
        asked, told = Path(folder) / "asked", Path(folder) / "told"
        asked.write_bytes(pickle.dumps((units, before, tuple(within), shares[1])))
        command = [sys.executable, "-c", _RUN, str(asked), str(told)]
        with subprocess.Popen(command) as other:  # noqa: S603 - this very module
            mine = compare_countries(units, before, within, shares[0], progress)
            went_well = other.wait() == 0 and told.exists()
        yours = (
            pickle.loads(told.read_bytes())  # noqa: S301 - written by ourselves
            if went_well
            else compare_countries(units, before, within, shares[1], progress)
        )
    return Comparisons({**mine.blocks, **yours.blocks}, mine.compared + yours.compared)


def compare_countries(
    units: pa.Table,
    before: Mapping[BlockName, Block],
    within: Sequence[str],
    countries: Sequence[str],
    progress: Progress = lambda _done, _all: None,
) -> Comparisons:
    """Compare the units of these countries; one known in more countries is a unit of each."""
    wanted = frozenset(countries)
    rows = [
        row
        for row, found in enumerate(units.column("countries").to_pylist())
        if not wanted.isdisjoint(found or ("",))
    ]
    with without_collecting():
        found = compare_units(units.take(rows), before, within, progress)
    # Of the further countries of these units not all units are here.
    blocks = {name: block for name, block in found.blocks.items() if name[2] in wanted}
    anew = [
        name
        for name, block in blocks.items()
        if name not in before or before[name].fingerprint != block.fingerprint
    ]
    return Comparisons(blocks, len(anew))


def share_countries(units: pa.Table) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Share out the countries so that both sides have about as many units."""
    counts: Counter[str] = Counter()
    for found in units.column("countries").to_pylist():
        counts.update(found or ("",))
    shares: tuple[list[str], list[str]] = ([], [])
    sums = [0, 0]
    for country, count in sorted(counts.items(), key=lambda pair: (-pair[1], pair[0])):
        least = sums.index(min(sums))
        shares[least].append(country)
        sums[least] += count
    return tuple(sorted(shares[0])), tuple(sorted(shares[1]))


def compare_share(asked: str, told: str) -> None:
    """Compare what lies in the file `asked`, and write the blocks to the file `told`."""
    units, before, within, countries = pickle.loads(  # noqa: S301 - written by ourselves
        Path(asked).read_bytes()
    )
    found = compare_countries(units, before, within, countries)
    Path(told).write_bytes(pickle.dumps(found))
