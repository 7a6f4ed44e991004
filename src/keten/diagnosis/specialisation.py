"""Specialisation: holds regions against all European NUTS 2 regions, in a chain or in fields of science.

The regions asked about count as one, in the comparison too: a project that two of them share counts once.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np
import numpy.typing as npt

from keten.diagnosis.subjects import PROGRAMME, REGION_LENGTH, Subject, list_regions
from keten.evidence.figures import read_once
from keten.methods.specialisation import estimate_quotient

if TYPE_CHECKING:
    import duckdb

Counts = npt.NDArray[np.int64]

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
class _Presence:
    """Projects of every subject by European region, as a build counted them.

    `counts` is subjects by regions; the rows of `_BASES` hold what a subject is a share of, whose region
    of no project is none to compare with. `shapes` says how alike regions are.
    """

    regions: Mapping[str, int]
    rows: Mapping[tuple[str, str], int]
    counts: Counts
    shapes: Mapping[tuple[str, str], float]

    def of(self, kind: str, name: str) -> Counts:
        """Give the projects of a subject, or of a base, by region; nought where there is none."""
        row = self.rows.get((kind, name))
        return np.zeros(len(self.regions), np.int64) if row is None else self.counts[row]


def compare(
    con: duckdb.DuckDBPyConnection, subjects: Sequence[Subject], region: str
) -> dict[Subject, Comparison]:
    """Hold regions, as one, against all others in several subjects.

    A subject that no European region has is left out. Raises: UsageError, NotFoundError for the regions.
    """
    apart = list_regions(con, region)
    presence = _read_presence(con)
    known = [subject for subject in subjects if (subject.kind, subject.name) in presence.shapes]
    sizes = _count_sizes(con, presence, apart)
    here = _count(con, presence, known, apart)
    return {
        subject: _compare(subject, presence, apart, here[subject], sizes[subject.kind])
        for subject in known
    }


def count_all(con: duckdb.DuckDBPyConnection, kind: str, region: str) -> int:
    """Count all projects that a subject of this kind is held against, once for each region."""
    apart = list_regions(con, region)
    presence = _read_presence(con)
    outside = _outside(presence, apart)
    here = _count_sizes(con, presence, apart)[kind]
    return int(presence.of(_BASES[kind], "")[outside].sum()) + here


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
    subject: Subject, presence: _Presence, apart: Sequence[str], here: int, size: int
) -> Comparison:
    outside = _outside(presence, apart)
    sizes = presence.of(_BASES[subject.kind], "")[outside]
    counts = presence.of(subject.kind, subject.name)[outside]
    shape = presence.shapes[subject.kind, subject.name]
    whole, of = int(counts.sum()) + here, int(sizes.sum()) + size
    share = whole / of
    expected = size * share
    estimate = estimate_quotient([here], [expected], shape, LEVEL)
    others = sizes > 0
    means = (shape + counts[others]) / (shape + sizes[others] * share)
    mean = float(estimate.mean[0])
    lower = float(np.mean(means < mean) + np.mean(means == mean) / 2) if len(means) else None
    return Comparison(
        subject,
        here,
        size,
        whole,
        of,
        round_expected(expected),
        round(here / expected, 2) if expected else None,
        round(mean, 2),
        round(float(estimate.low[0]), 2),
        round(float(estimate.high[0]), 2),
        None if lower is None else round(100 * lower, 1),
        len(means),
        shape,
    )


def _outside(presence: _Presence, apart: Sequence[str]) -> npt.NDArray[np.bool_]:
    """Flag the regions that are not among those asked about."""
    outside = np.ones(len(presence.regions), np.bool_)
    outside[[presence.regions[code] for code in apart if code in presence.regions]] = False
    return outside


@read_once
def _read_presence(con: duckdb.DuckDBPyConnection) -> _Presence:
    found = con.execute(
        "select subject, name, region, projects from region_presence order by all"
    ).fetchall()
    regions = {code: place for place, code in enumerate(sorted({row[2] for row in found}))}
    rows: dict[tuple[str, str], int] = {}
    places = [rows.setdefault((kind, name), len(rows)) for kind, name, _, _ in found]
    counts = np.zeros((len(rows), len(regions)), np.int64)
    counts[places, [regions[row[2]] for row in found]] = [row[3] for row in found]
    shapes = con.execute("select subject, name, shape from presence_shape order by all").fetchall()
    return _Presence(regions, rows, counts, {(kind, name): shape for kind, name, shape in shapes})


def _count_sizes(
    con: duckdb.DuckDBPyConnection, presence: _Presence, apart: Sequence[str]
) -> dict[str, int]:
    """Count the projects here that subjects are a share of, by kind of subject."""
    if len(apart) == 1:
        return {kind: _read_one(presence, base, "", apart) for kind, base in _BASES.items()}
    row = con.execute(
        "select count(distinct i.project_id), count(distinct i.project_id) filter (where i.has_field) "
        f"from involvement i where {_HERE}",
        _here(apart),
    ).fetchone()
    assert row is not None, "an aggregate always gives a row"
    return dict(zip(_BASES, row, strict=True))


def _count(
    con: duckdb.DuckDBPyConnection,
    presence: _Presence,
    subjects: Sequence[Subject],
    apart: Sequence[str],
) -> dict[Subject, int]:
    """Count the projects here of each subject; of one region the build did."""
    if len(apart) == 1:
        return {of: _read_one(presence, of.kind, of.name, apart) for of in subjects}
    here = dict.fromkeys(subjects, 0)
    for kind, (table, column) in _TABLES.items():
        for name, projects in con.execute(
            f"select s.{column}, count(distinct i.project_id) from involvement i "
            f"join {table} s using (project_id) "
            f"where {_HERE} and s.{column} in (select unnest($names)) group by 1 order by 1",
            {"names": [of.name for of in subjects if of.kind == kind], **_here(apart)},
        ).fetchall():
            here[Subject(kind, name)] = projects
    return here


def _read_one(presence: _Presence, kind: str, name: str, apart: Sequence[str]) -> int:
    place = presence.regions.get(apart[0])
    return 0 if place is None else int(presence.of(kind, name)[place])


# What the projects of each kind of subject are a share of.
_BASES: Final = {"chain": "all", "field": "with-field"}
_TABLES: Final = {"chain": ("chain_project", "chain"), "field": ("field_branch", "code")}
_CODE: Final = f"substr(i.region, 1, {REGION_LENGTH})"
_HERE: Final = f"i.programme = '{PROGRAMME}' and {_CODE} in (select unnest($apart))"


def _here(apart: Sequence[str]) -> dict[str, object]:
    return {"apart": list(apart)}
