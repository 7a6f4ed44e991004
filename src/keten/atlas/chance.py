"""A chance as it is shown: of a hundred, and no surer than a few hundred texts can make it."""

from __future__ import annotations

from typing import Final

from keten.model import Figure, Scope

# A few hundred texts were read: nothing that was measured on them is surer than this, of a hundred.
LEAST: Final = 1
MOST: Final = 99


def make_chance(name: str, probability: float, scope: Scope, basis: str) -> Figure:
    """Give a chance of a hundred, no nearer to none or all than can be told, but for an editor's word."""
    value = round(100 * probability)
    if basis != "editor":
        value = min(max(value, LEAST), MOST)
    return Figure(value, "in-hundred", name, scope)
