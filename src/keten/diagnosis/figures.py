"""Figures: how what was compared becomes numbers that know their method and their scope."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from keten.diagnosis.meetings import Pair
from keten.diagnosis.method import METHODS
from keten.diagnosis.specialisation import LEVEL, Comparison
from keten.diagnosis.subjects import PROGRAMME, Subject
from keten.evidence.figures import list_records_sql, measure, read_caveats
from keten.model import Explanation, Figure, Interval, Scope, Text

if TYPE_CHECKING:
    import duckdb

Parts = tuple[tuple[Text, Figure], ...]
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
