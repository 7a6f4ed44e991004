"""Why a cross-over is what it is: its figures made anew, with their parts and their rows."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Final

from keten.diagnosis.crossover import search
from keten.diagnosis.figures import (
    Explain,
    Parts,
    count_carriers,
    list_rows,
    make_crossover,
    make_figure,
    pair_scope,
    whole_scope,
)
from keten.diagnosis.meetings import count_meetings, measure_pair, read_background
from keten.diagnosis.method import METHODS
from keten.diagnosis.subjects import Subject, name_fields, read_subject, region_of
from keten.errors import UsageError
from keten.evidence.figures import measure
from keten.methods.crossover import Meeting
from keten.model import Explanation, Scope, Text

if TYPE_CHECKING:
    import duckdb


def _explain_meeting(con: duckdb.DuckDBPyConnection, name: str, scope: Scope) -> Explanation:
    """Explain a figure of two subjects; that of how many carry both may be of all Europe."""
    first, second = _read_pair(scope)
    region = scope.as_dict().get("region")
    if region is None:
        return _explain_together(con, name, first, second)
    (counted,) = count_meetings(con, [(region, first, second)])
    pair = measure_pair(counted, read_background(con))
    made = make_crossover(con, pair)
    here = _describe(con, first, second, region, counted.here)
    everywhere = _describe(con, first, second, None, counted.europe)
    parts: Mapping[str, Parts] = {
        "projects_together": here[1:],
        "crossover_by_chance": here[1:],
        "crossover_expected": (*here[1:], *everywhere, *here[:1]),
        "crossover_elsewhere": (*everywhere, *here),
        "crossover_ratio": (
            *here[:1],
            (METHODS["crossover_expected"].title, made["crossover_expected"]),
        ),
    }
    rows = _list_meeting_rows(con, first, second, region)
    return Explanation(made[name], parts[name], rows)


def _explain_together(
    con: duckdb.DuckDBPyConnection, name: str, first: Subject, second: Subject
) -> Explanation:
    if name != "projects_together":
        raise UsageError("This figure needs the filter 'region'.", "Add region=<NUTS codes>.")
    (counted,) = count_meetings(con, [("", first, second)])
    described = _describe(con, first, second, None, counted.europe)
    rows = _list_meeting_rows(con, first, second, None)
    return Explanation(described[0][1], described[1:], rows)


def _explain_pairs(con: duckdb.DuckDBPyConnection, name: str, scope: Scope) -> Explanation:
    given = scope.as_dict()
    if "chain" not in given:
        raise UsageError("This figure needs the filter 'chain'.", "Add chain=<name>.")
    found = search(con, given["chain"], region_of(scope))
    parts = []
    for pair in found.pairs:
        titles = [_name(con, subject) for subject in (pair.first, pair.second)]
        label = f"{titles[0]} × {titles[1]} ({pair.region})"
        parts.append((Text(label, label), make_crossover(con, pair)["crossover_ratio"]))
    figure = make_figure(con, name, len(found.pairs), scope)
    return Explanation(figure, tuple(parts))


def _describe(
    con: duckdb.DuckDBPyConnection,
    first: Subject,
    second: Subject,
    region: str | None,
    meeting: Meeting,
) -> Parts:
    """Give the four counts of a meeting as figures: both, the first, the second, all."""
    place = Text("here", "hier") if region else Text("in all of Europe", "in heel Europa")
    names = [_name(con, subject) for subject in (first, second)]
    together = make_figure(
        con, "projects_together", meeting.together, pair_scope(first, second, region)
    )
    return (
        (Text(f"Projects with both, {place.en}", f"Projecten met beide, {place.nl}"), together),
        (
            Text(f"{names[0]}, {place.en}", f"{names[0]}, {place.nl}"),
            count_carriers(con, first, region),
        ),
        (
            Text(f"{names[1]}, {place.en}", f"{names[1]}, {place.nl}"),
            count_carriers(con, second, region),
        ),
        (
            Text(f"Projects with a field, {place.en}", f"Projecten met een gebied, {place.nl}"),
            measure(con, "fields_coverage", whole_scope(region)),
        ),
    )


def _name(con: duckdb.DuckDBPyConnection, subject: Subject) -> str:
    if subject.kind == "chain":
        return subject.name
    return name_fields(con, [subject.name])[subject.name].title


def _read_pair(scope: Scope) -> tuple[Subject, Subject]:
    given = scope.as_dict()
    if "first" not in given or "second" not in given:
        raise UsageError("This figure needs two subjects.", "Add first= and second=.")
    return read_subject(given["first"]), read_subject(given["second"])


def _list_meeting_rows(
    con: duckdb.DuckDBPyConnection, first: Subject, second: Subject, region: str | None
) -> tuple[int, ...]:
    """Give the rows of the projects that carry both: their participations, and what tells the subjects."""
    rows: list[set[int]] = []
    for subject in (first, second):
        scope = subject.scope(region=region) if region else subject.scope()
        rows.append(set(list_rows(con, measure(con, "projects", scope))))
    shared = con.execute(
        "select distinct project_id from involvement where record_id in (select unnest($rows))",
        {"rows": sorted(rows[0] & rows[1])},
    ).fetchall()
    found = con.execute(
        """
        select record_id from involvement where project_id in (select unnest($projects))
        union select record_id from project_field where project_id in (select unnest($projects))
        union select record_id from chain_match where project_id in (select unnest($projects))
        """,
        {"projects": [project for (project,) in shared]},
    ).fetchall()
    return tuple(sorted({row[0] for row in found} & (rows[0] | rows[1])))


EXPLAIN: Final[Mapping[str, Explain]] = {
    **dict.fromkeys(
        (
            "projects_together",
            "crossover_expected",
            "crossover_by_chance",
            "crossover_elsewhere",
            "crossover_ratio",
        ),
        _explain_meeting,
    ),
    "crossover_pairs": _explain_pairs,
}
