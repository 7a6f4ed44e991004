"""Places stations on rows and columns: a row for each line, every line's stations in order."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from keten.errors import UsageError


@dataclass(frozen=True, slots=True)
class Place:
    """Where a station stands: its column, and the rows of the lines that meet in it."""

    column: int
    rows: tuple[int, ...]


def place_stations(lines: Sequence[Sequence[str]]) -> dict[str, Place]:
    """Place every station; one that lines share keeps its column free in all rows between.

    Raises: UsageError when two lines name their stations in orders that contradict each other.
    """
    rows: dict[str, list[int]] = {}
    for row, stations in enumerate(lines):
        if len(set(stations)) != len(stations):
            raise UsageError("A line names a station twice.", "Name each station once.")
        for station in stations:
            rows.setdefault(station, []).append(row)
    free = [0] * len(lines)
    placed: dict[str, Place] = {}
    for station in _sort(lines, rows):
        first, last = min(rows[station]), max(rows[station])
        column = max(free[first : last + 1])
        free[first : last + 1] = [column + 1] * (last + 1 - first)
        placed[station] = Place(column, tuple(rows[station]))
    return placed


def _sort(lines: Sequence[Sequence[str]], rows: Mapping[str, list[int]]) -> list[str]:
    """Give all stations in one order that every line agrees with; the first lines lead."""
    waits: dict[str, set[str]] = {station: set() for station in rows}
    for stations in lines:
        for before, after in pairwise(stations):
            waits[after].add(before)
    ordered: list[str] = []
    done: set[str] = set()
    while len(ordered) < len(waits):
        ready = [one for one in waits if one not in done and waits[one] <= done]
        if not ready:
            left = ", ".join(sorted(set(waits) - done)[:4])
            raise UsageError(
                f"The lines name these stations in contradicting orders: {left}.",
                "Name shared stations in the same order on every line.",
            )
        ordered.append(ready[0])
        done.add(ready[0])
    return ordered
