"""Explained: a row of a sheet beside each organisation that it may be, step by step."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from keten.evidence.resolve.lookup import Candidate
from keten.evidence.resolve.own_row import explain_row
from keten.lists.preview import row_of
from keten.lists.views import PreviewRow
from keten.model import ComparisonPart

if TYPE_CHECKING:
    import duckdb


@dataclass(frozen=True, slots=True)
class Explained:
    """A candidate of a row; `chance` is that by these steps alone."""

    candidate: Candidate
    steps: tuple[ComparisonPart, ...]
    chance: float


def explain_candidates(
    con: duckdb.DuckDBPyConnection, row: PreviewRow, home: str
) -> tuple[Explained, ...]:
    """Give each candidate of a row with what was compared; of one that was kept, the record itself."""
    candidates = row.candidates
    if not candidates and row.chosen:
        chance = row.probability or 0.0
        candidates = (Candidate(row.chosen, row.chosen, "", chance, row.way),)
    made = []
    for candidate in candidates:
        steps, chance = explain_row(con, row_of(row.row), candidate.source_key, home)
        made.append(Explained(candidate, steps, chance))
    return tuple(made)
