"""Alongside: compares half of the countries in a process of its own, where there is much to compare.

Blocks of different countries know nothing of one another, so two processes give what one would.
"""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from typing import Final

import pyarrow as pa

from keten.evidence.errand import Errand
from keten.evidence.pausing import without_collecting
from keten.evidence.resolve.match import Block, Comparisons, compare_units

MANY: Final = 20_000  # units, from which on a second process is worth its start

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
    mine_of, yours_of = share_countries(units)
    given = (units, dict(before), tuple(within), yours_of)
    other = Errand(compare_countries, given, lambda: compare_countries(*given))
    try:
        mine = compare_countries(units, before, within, mine_of, progress)
        yours = other.finish()
    except BaseException:
        other.stop()
        raise
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
