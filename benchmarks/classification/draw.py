"""Draws a fixed number of things with chances of their own, the same ones for the same seed."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Collection, Mapping


def half_of(key: str) -> str:
    """Say in which half a thing lies: the last bit of the SHA-256 of its key tells."""
    return "tune" if hashlib.sha256(key.encode()).digest()[-1] % 2 == 0 else "report"


def number_of(seed: str, key: str) -> float:
    """Give the random number (0..1) that a key keeps under a seed, whatever else is drawn."""
    digest = hashlib.sha256(f"{seed}:{key}".encode()).digest()
    return int.from_bytes(digest[:7], "big") / (1 << 56)


def chances(strata: Mapping[str, Collection[str]], wanted: Mapping[str, int]) -> dict[str, float]:
    """Give each thing the highest chance that one of its strata asks for.

    `wanted` is how many of a stratum are asked for by name, or by what stands before its colon.
    """
    sizes = Counter(stratum for members in strata.values() for stratum in set(members))
    rates = {stratum: _wanted(wanted, stratum) / size for stratum, size in sizes.items()}
    return {key: min(1.0, max(rates[each] for each in members)) for key, members in strata.items()}


def draw(chance: Mapping[str, float], size: int, seed: str) -> list[str]:
    """Draw `size` keys, in order of key, each with a probability in proportion to its chance.

    Source: sequential Poisson sampling, Ohlsson (1998), J. Official Statistics 14(2): those with the
    smallest random number divided by their chance.
    """
    order = sorted(chance, key=lambda key: (number_of(seed, key) / chance[key], key))
    return sorted(order[:size])


def _wanted(wanted: Mapping[str, int], stratum: str) -> int:
    return wanted[stratum] if stratum in wanted else wanted[stratum.partition(":")[0]]
