"""Rounding: how near a chance or a ratio is told, so that every face tells it alike."""

import math


def round_chance(value: float) -> tuple[float, int]:
    """Give a chance out of a hundred as it is told, and its decimals: never none nor all of them."""
    kept = min(max(value, 0.01), 99.99)
    near = min(kept, 100 - kept)
    return kept, 0 if near >= 1 else 1 if near >= 0.1 else 2


def round_times(value: float) -> tuple[float, int]:
    """Give how many times something is, in two figures that count, and its decimals."""
    if value <= 0:
        return 0.0, 0
    place = 1 - math.floor(math.log10(value))
    return round(value, place), min(max(place, 0), 4)
