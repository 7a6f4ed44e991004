"""Which missions and value chains the projects of an organisation are about, counted."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from keten.atlas.subject_name import read_subjects
from keten.atlas.subject_views import Subject
from keten.evidence.figures import Group, keep_each, measure_sets
from keten.model import Figure, Scope

if TYPE_CHECKING:
    import duckdb

_MEASURES: Final = ("projects", "contribution_eur")


@dataclass(frozen=True, slots=True)
class SubjectCount:
    """A mission or chain, how many projects of an organisation are about it, and what it got in them."""

    subject: Subject
    projects: Figure
    contribution_eur: Figure


@keep_each
def count_subjects(
    con: duckdb.DuckDBPyConnection, organisation_id: str
) -> tuple[SubjectCount, ...]:
    """Give the missions of an organisation's projects, then the chains; of each those with most first."""
    scope = Scope.of(organisation=organisation_id)
    missions, chains = measure_sets(con, _MEASURES, scope, [("mission",), ("chain",)])
    known = read_subjects(con)
    rows = [*_sort("mission", missions), *_sort("chain", chains)]
    return tuple(
        SubjectCount(known[key], *(figures[name] for name in _MEASURES))
        for key, figures in rows
        if key in known
    )


def _sort(one: str, groups: Sequence[Group]) -> list[tuple[str, dict[str, Figure]]]:
    ordered = sorted(
        groups, key=lambda group: (-int(group.figures["projects"].value or 0), group.keys[one])
    )
    return [(f"{one}:{group.keys[one]}", group.figures) for group in ordered]
