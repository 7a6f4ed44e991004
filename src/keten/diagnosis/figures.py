"""Figures: how what was compared becomes numbers that know their method and their scope."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Final

from keten.diagnosis.meetings import Pair
from keten.diagnosis.method import METHODS
from keten.diagnosis.specialisation import LEVEL, Comparison
from keten.diagnosis.subjects import PROGRAMME, Subject
from keten.evidence.figures import MEASURES, list_records_sql, measure, read_caveats
from keten.evidence.figures.counting import make_group, make_nothing, write_columns
from keten.evidence.figures.scope import write_condition
from keten.model import Explanation, Figure, Interval, Scope, Text

if TYPE_CHECKING:
    import duckdb

Parts = tuple[tuple[Text, Figure], ...]
_BRANCH: Final = "join field_branch b on b.project_id = i.project_id"
Explain = Callable[["duckdb.DuckDBPyConnection", str, Scope], Explanation]


def make_figure(
    con: duckdb.DuckDBPyConnection,
    name: str,
    value: float | None,
    scope: Scope,
    bounds: tuple[float, float] | None = None,
) -> Figure:
    """Make a figure of this room."""
    method = METHODS[name]
    return Figure(
        value,
        method.unit,
        name,
        scope,
        method.version,
        caveats=_list_caveats(con, method.unit, scope),
        interval=Interval(*bounds, LEVEL) if bounds else None,
    )


def _list_caveats(con: duckdb.DuckDBPyConnection, unit: str, scope: Scope) -> tuple[str, ...]:
    """Name the caveats of a figure; that one project is absent means nothing beside a range."""
    found = read_caveats(con).of(scope, (PROGRAMME,))
    return found if unit == "count" else tuple(n for n in found if not n.endswith("-absent"))


def make_specialisation(
    con: duckdb.DuckDBPyConnection, found: Comparison, region: str
) -> dict[str, Figure]:
    """Make the figures of one comparison, by name of measure; `projects` and `size` are plain counts."""
    subject, scope = found.subject, found.subject.scope(region=region)
    return {
        "projects": measure(con, "projects", scope),
        "size": measure(con, subject.size_measure, whole_scope(region)),
        **make_estimates(con, found, region),
    }


def make_estimates(
    con: duckdb.DuckDBPyConnection, found: Comparison, region: str
) -> dict[str, Figure]:
    """Make the figures of one comparison that are no plain counts, by name of measure."""
    scope = found.subject.scope(region=region)
    return {
        "expected_projects": make_figure(con, "expected_projects", found.expected, scope),
        "location_quotient": make_figure(con, "location_quotient", found.quotient, scope),
        "specialisation": make_figure(
            con, "specialisation", found.mean, scope, (found.low, found.high)
        ),
        "specialisation_percentile": make_figure(
            con, "specialisation_percentile", found.percentile, scope
        ),
        "regions_compared": make_figure(con, "regions_compared", found.others, scope),
    }


def count_subjects(
    con: duckdb.DuckDBPyConnection, subjects: Sequence[Subject], region: str
) -> dict[Subject, Figure]:
    """Count the projects of several subjects in these regions: one question for all fields."""
    names = [subject.name for subject in subjects if subject.kind == "field"]
    by_code = _count_each(con, whole_scope(region), "b.code", names, "field", _BRANCH)
    return {
        subject: by_code[subject.name]
        if subject.kind == "field"
        else measure(con, "projects", subject.scope(region=region))
        for subject in subjects
    }


def count_parties(
    con: duckdb.DuckDBPyConnection, subject: Subject, region: str, names: Sequence[str]
) -> dict[str, Figure]:
    """Count the projects of several organisations in a subject, in these regions."""
    scope = subject.scope(region=region)
    return _count_each(con, scope, "i.organisation_id", names, "organisation")


def _count_each(
    con: duckdb.DuckDBPyConnection,
    scope: Scope,
    column: str,
    values: Sequence[str],
    name: str,
    join: str = "",
) -> dict[str, Figure]:
    """Give the figure `projects` for each value of a column, as `measure` does for a filter."""
    condition = write_condition(scope, "participation")
    found = MEASURES["projects"]
    rows = con.execute(
        f"select {column}, {write_columns([found])} from involvement i {join} "
        f"where {condition.sql} and {column} in (select unnest($wanted)) group by {column}",
        condition.values | {"wanted": list(values)},
    ).fetchall()
    caveats = read_caveats(con)
    counted = {
        str(value): make_group([found], scope, {name: str(value)}, row, caveats)
        for value, *row in rows
    }
    return {
        value: (counted.get(value) or make_nothing([found], scope, {name: value})).figures[
            "projects"
        ]
        for value in values
    }


def make_crossover(con: duckdb.DuckDBPyConnection, pair: Pair) -> dict[str, Figure]:
    """Make the figures of one pair, by name of measure."""
    scope = pair_scope(pair.first, pair.second, pair.region)
    return {
        "projects_together": make_figure(con, "projects_together", pair.here.together, scope),
        "crossover_expected": make_figure(con, "crossover_expected", pair.expected, scope),
        "crossover_by_chance": make_figure(con, "crossover_by_chance", pair.by_chance, scope),
        "crossover_elsewhere": make_figure(
            con,
            "crossover_elsewhere",
            pair.attraction,
            scope,
            (pair.attraction_low, pair.attraction_high),
        ),
        "crossover_ratio": make_figure(
            con, "crossover_ratio", pair.ratio, scope, (pair.low, pair.high)
        ),
    }


def count_carriers(
    con: duckdb.DuckDBPyConnection, subject: Subject, region: str | None = None
) -> Figure:
    """Count the projects of a subject that carry a field of science, here or in all of Europe."""
    name = "fields_coverage" if subject.kind == "chain" else "projects"
    scope = subject.scope(region=region) if region else subject.scope()
    return measure(con, name, scope)


def whole_scope(region: str | None = None) -> Scope:
    """Give the scope of all projects that can be compared."""
    return Scope.of(programme=PROGRAMME, region=region)


def pair_scope(first: Subject, second: Subject, region: str | None = None) -> Scope:
    """Give the scope of two subjects."""
    return Scope.of(first=first.name, second=second.name, region=region)


def list_rows(con: duckdb.DuckDBPyConnection, figure: Figure) -> tuple[int, ...]:
    """Give the source rows of a plain count."""
    sql, values = list_records_sql(figure.measure, figure.scope)
    return tuple(row[0] for row in con.execute(sql, values).fetchall())
