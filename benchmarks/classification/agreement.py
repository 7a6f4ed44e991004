"""`python -m benchmarks.classification.agreement`: how far two readers agree, and what was settled.

What one reader finds of what the other says is the ceiling of any classifier measured on their labels.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray

from benchmarks.classification.readings import Readings, read_readings

DRAWS = 2000
LEVELS = {"develops or applies": 1, "develops": 2}
CHAIN_LEVELS = {"in or arguable": 1, "in": 2}
TITLES = {
    "": "Projects",
    "-chains": "Value chains",
    "-chains-2": "Value chains, second sample",
    "-dutch": "Dutch texts",
    "-dutch-2": "Dutch texts, second sample",
}
Truth = NDArray[np.bool_]


def kappa(left: Truth, right: Truth) -> float:
    """Give Cohen's kappa of two yes-or-no readings; nan where it is not defined.

    Source: Cohen (1960), Educational and Psychological Measurement 20(1).
    """
    agreed = float(np.mean(left == right))
    share_left, share_right = float(left.mean()), float(right.mean())
    chance = share_left * share_right + (1 - share_left) * (1 - share_right)
    return (agreed - chance) / (1 - chance) if chance < 1 else float("nan")


def f1(left: Truth, right: Truth) -> float:
    """Give the F1 of two sets, the same whichever is held for true; nan where both are empty."""
    total = int(left.sum() + right.sum())
    return 2 * int((left & right).sum()) / total if total else float("nan")


def macro(left: Truth, right: Truth, kept: Truth) -> float:
    """Give the mean F1 over the subjects (columns) that have one."""
    each = [f1(left[kept[:, c], c], right[kept[:, c], c]) for c in range(left.shape[1])]
    return float(np.nanmean(each))


def micro(left: Truth, right: Truth, kept: Truth) -> float:
    """Give the F1 over all cells that are kept."""
    return f1(left[kept], right[kept])


def interval(measure: Callable[[NDArray[np.int64]], float], texts: int) -> tuple[float, float]:
    """Give the middle 95 % of a measure over texts drawn anew, so many times."""
    rng = np.random.default_rng(6)
    drawn = [measure(rng.integers(0, texts, texts)) for _ in range(DRAWS)]
    found = np.array(drawn)[~np.isnan(drawn)]
    if not len(found):
        return float("nan"), float("nan")
    low, high = np.percentile(found, [2.5, 97.5])
    return float(low), float(high)


def main(arguments: Sequence[str]) -> int:
    """Write the tables; takes no arguments."""
    if arguments:
        print("This takes no arguments.", file=sys.stderr)
        return 2
    for ending, title in TITLES.items():
        left, right = read_readings("first", ending), read_readings("second", ending)
        settled = read_readings("settled", ending)
        levels = CHAIN_LEVELS if ending == "-chains" else LEVELS
        print(f"\n## {title}: {len(left.keys)} texts\n")
        print(*_kappas(left, right, settled, levels), sep="\n")
        print()
        print(*_ceilings(left, right, levels), sep="\n")
    return 0


def _kappas(
    left: Readings, right: Readings, settled: Readings, levels: dict[str, int]
) -> list[str]:
    lines = [
        "| subject | " + " | ".join(f"{name}: settled | kappa" for name in levels) + " |",
        "|---|" + "---:|---:|" * len(levels),
    ]
    for column, subject in enumerate(left.subjects):
        cells = []
        for level in levels.values():
            a, b = left.levels[:, column] >= level, right.levels[:, column] >= level
            low, high = interval(lambda drawn, a=a, b=b: kappa(a[drawn], b[drawn]), len(a))
            count = int((settled.levels[:, column] >= level).sum())
            found = kappa(a, b)
            told = "-" if np.isnan(found) else f"{found:.2f} ({low:.2f} to {high:.2f})"
            cells += [str(count), told]
        lines.append(f"| {subject} | {' | '.join(cells)} |")
    return lines


def _ceilings(left: Readings, right: Readings, levels: dict[str, int]) -> list[str]:
    lines = ["| reader against reader, F1 | strict | arguable set aside |", "|---|---:|---:|"]
    everything = np.ones(left.levels.shape, np.bool_)
    clear = ~(left.arguable | right.arguable)
    for name, level in levels.items():
        a, b = left.levels >= level, right.levels >= level
        for title, mean in (("micro", micro), ("macro", macro)):
            cells = []
            for kept in (everything, clear):

                def measure(
                    drawn: NDArray[np.int64], a: Truth = a, b: Truth = b, kept: Truth = kept,
                    mean: Callable[[Truth, Truth, Truth], float] = mean,
                ) -> float:  # fmt: skip
                    return mean(a[drawn], b[drawn], kept[drawn])

                low, high = interval(measure, len(a))
                cells.append(f"{mean(a, b, kept):.3f} ({low:.3f} to {high:.3f})")
            lines.append(f"| {name}, {title} | {' | '.join(cells)} |")
    return lines


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
