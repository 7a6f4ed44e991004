"""Resolve: decides which source organisations are one, and gives each a stable identity.

A *source organisation* is one organisation as one source knows it (`he:<PIC>`, `ror:<id>`). Gathering
puts those of all sources side by side; comparing says what two have in common; deciding joins them,
names what came of it, and says what people should be asked.
"""

from collections.abc import Sequence

import duckdb

from keten.evidence.resolve.comparison import TABLES as COMPARISON_TABLES
from keten.evidence.resolve.comparison import read_before, write_comparisons
from keten.evidence.resolve.decision import decide
from keten.evidence.resolve.explain import explain
from keten.evidence.resolve.gather import gather
from keten.evidence.resolve.joining import latest_rulings
from keten.model import Issue, Ruling

__all__ = [
    "COMPARISON_TABLES",
    "decide",
    "explain",
    "gather",
    "latest_rulings",
    "read_before",
    "resolve",
    "write_comparisons",
]


def resolve(con: duckdb.DuckDBPyConnection, rulings: Sequence[Ruling]) -> list[Issue]:
    """Gather, compare and decide in one go; gives the issues that came up."""
    gather(con)
    write_comparisons(con)
    return decide(con, rulings)
