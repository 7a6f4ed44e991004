"""Specialisation: holds regions against all European NUTS 2 regions, in a chain or in fields of science.

The regions asked about count as one, in the comparison too: a project that two of them share counts once.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

from keten.diagnosis.subjects import PROGRAMME, REGION_LENGTH, Subject, list_regions
from keten.methods.specialisation import estimate_quotient

if TYPE_CHECKING:
    import duckdb

LEVEL: Final = 0.95
# Below these nothing can be told: so few projects would say the same in a region like any other.
FEW: Final = 3


@dataclass(frozen=True, slots=True)
class Comparison:
    """What was counted of one subject in these regions and in all, and what follows.

    `whole` and `of` count projects once for each European region; `percentile` says which share of the
    `others` has a lower estimate (0..100); `shape` is how alike regions are.
    """

    subject: Subject
    projects: int
    size: int
    whole: int
    of: int
    expected: float
    quotient: float | None
    mean: float
    low: float
    high: float
    percentile: float | None
    others: int
    shape: float

    @property
    def reading(self) -> str:
        """Say what may be said: only an interval that leaves out 1 tells more or less than elsewhere."""
        if self.low > 1:
            return "more"
        if self.high < 1:
            return "less"
        return "few" if max(self.projects, self.expected) < FEW else "alike"


@dataclass(frozen=True, slots=True)
class _Counted:
    """Projects by region; `apart` are those of the regions asked about, each on its own."""

    by_region: Mapping[str, int]
    here: int

    def whole(self, apart: Sequence[str]) -> int:
        """Give the sum over regions when those asked about are one."""
        outside = sum(n for region, n in self.by_region.items() if region not in apart)
        return outside + self.here


def compare(
    con: duckdb.DuckDBPyConnection, subjects: Sequence[Subject], region: str
) -> dict[Subject, Comparison]:
    """Hold regions, as one, against all others in several subjects.

    A subject that no European region has is left out. Raises: UsageError, NotFoundError for the regions.
    """
    apart = list_regions(con, region)
    sizes = _count_sizes(con, apart)
    counted = _count(con, subjects, apart)
    shapes = _read_shapes(con, subjects)
    return {
        subject: _compare(subject, counted[subject], sizes[subject.kind], shapes[subject], apart)
        for subject in subjects
        if subject in shapes
    }


def count_all(con: duckdb.DuckDBPyConnection, kind: str, region: str) -> int:
    """Count all projects that a subject of this kind is held against, once for each region."""
    apart = list_regions(con, region)
    return _count_sizes(con, apart)[kind].whole(apart)


def list_presence_rows(
    con: duckdb.DuckDBPyConnection, kind: str, subject: Subject | None
) -> tuple[int, ...]:
    """Give the source rows of participations in European regions, of a subject or of all that count."""
    counts = "i.has_field" if kind == "field" else "true"
    values: dict[str, object] = {}
    if subject is not None:
        table, column = _TABLES[subject.kind]
        counts = f"i.project_id in (select project_id from {table} where {column} = $name)"
        values["name"] = subject.name
    rows = con.execute(
        f"select i.record_id from involvement i where i.programme = '{PROGRAMME}' and {counts} "
        f"and {_CODE} in (select code from region where level = 2) order by i.record_id",
        values,
    ).fetchall()
    return tuple(row[0] for row in rows)


def round_expected(expected: float) -> float:
    """Round what is expected to what is worth reading: a decimal, two where it is little."""
    return round(expected, 1 if expected >= 10 else 2)


def _compare(
    subject: Subject, counted: _Counted, size: _Counted, shape: float, apart: Sequence[str]
) -> Comparison:
    whole, of = counted.whole(apart), size.whole(apart)
    share = whole / of
    expected = size.here * share
    estimate = estimate_quotient([counted.here], [expected], shape, LEVEL)
    others = [region for region in size.by_region if region not in apart]
    observed = np.array([counted.by_region.get(region, 0) for region in others], np.float64)
    hoped = np.array([size.by_region[region] for region in others], np.float64) * share
    means = (shape + observed) / (shape + hoped)
    mean = float(estimate.mean[0])
    lower = float(np.mean(means < mean) + np.mean(means == mean) / 2) if others else None
    return Comparison(
        subject,
        counted.here,
        size.here,
        whole,
        of,
        round_expected(expected),
        round(counted.here / expected, 2) if expected else None,
        round(mean, 2),
        round(float(estimate.low[0]), 2),
        round(float(estimate.high[0]), 2),
        None if lower is None else round(100 * lower, 1),
        len(others),
        shape,
    )


def _count_sizes(con: duckdb.DuckDBPyConnection, apart: Sequence[str]) -> dict[str, _Counted]:
    row = con.execute(
        "select count(distinct i.project_id), count(distinct i.project_id) filter (where i.has_field) "
        f"from involvement i where {_HERE}",
        _here(apart),
    ).fetchone()
    assert row is not None, "an aggregate always gives a row"
    found = {}
    for kind, base, here in (("chain", "all", row[0]), ("field", "with-field", row[1])):
        rows = con.execute(
            "select region, projects from region_presence where subject = $base order by region",
            {"base": base},
        ).fetchall()
        found[kind] = _Counted(dict(rows), here)
    return found


def _count(
    con: duckdb.DuckDBPyConnection, subjects: Sequence[Subject], apart: Sequence[str]
) -> dict[Subject, _Counted]:
    by_region: dict[Subject, dict[str, int]] = {subject: {} for subject in subjects}
    here = dict.fromkeys(subjects, 0)
    for kind, (table, column) in _TABLES.items():
        names = [subject.name for subject in subjects if subject.kind == kind]
        for name, region, projects in con.execute(
            "select name, region, projects from region_presence "
            "where subject = $kind and name in (select unnest($names)) order by all",
            {"kind": kind, "names": names},
        ).fetchall():
            by_region[Subject(kind, name)][region] = projects
        for name, projects in con.execute(
            f"select s.{column}, count(distinct i.project_id) from involvement i "
            f"join {table} s using (project_id) "
            f"where {_HERE} and s.{column} in (select unnest($names)) group by 1 order by 1",
            {"names": names, **_here(apart)},
        ).fetchall():
            here[Subject(kind, name)] = projects
    return {subject: _Counted(by_region[subject], here[subject]) for subject in subjects}


def _read_shapes(
    con: duckdb.DuckDBPyConnection, subjects: Sequence[Subject]
) -> dict[Subject, float]:
    rows = con.execute(
        "select subject, name, shape from presence_shape where name in (select unnest($names)) "
        "order by all",
        {"names": [subject.name for subject in subjects]},
    ).fetchall()
    return {Subject(kind, name): shape for kind, name, shape in rows}


_TABLES: Final = {"chain": ("chain_project", "chain"), "field": ("field_branch", "code")}
_CODE: Final = f"substr(i.region, 1, {REGION_LENGTH})"
_HERE: Final = f"i.programme = '{PROGRAMME}' and {_CODE} in (select unnest($apart))"


def _here(apart: Sequence[str]) -> dict[str, object]:
    return {"apart": list(apart)}
