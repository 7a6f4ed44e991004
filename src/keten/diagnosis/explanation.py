"""Explanations: makes each figure on specialisation and cross-over anew, with its parts and its rows."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Final

from keten.diagnosis.crossover import count_meetings, measure_pair, read_background, search
from keten.diagnosis.figures import (
    count_carriers,
    make_crossover,
    make_figure,
    make_specialisation,
    pair_scope,
    whole_scope,
)
from keten.diagnosis.method import METHODS
from keten.diagnosis.specialisation import Comparison, compare, count_all, list_presence_rows
from keten.diagnosis.subjects import (
    Subject,
    name_fields,
    read_subject,
    region_of,
    subject_of,
)
from keten.errors import NotFoundError, UsageError
from keten.evidence.figures import list_records_sql, measure
from keten.methods.crossover import Meeting
from keten.model import Explanation, Figure, Scope, Text

if TYPE_CHECKING:
    import duckdb

Parts = tuple[tuple[Text, Figure], ...]
Explain = Callable[["duckdb.DuckDBPyConnection", str, Scope], Explanation]


def explain_figure(con: duckdb.DuckDBPyConnection, name: str, scope: Scope) -> Explanation:
    """Explain a figure of this part of the room. Raises: NotFoundError, UsageError."""
    return _EXPLAIN[name](con, name, scope)


def _explain_comparison(con: duckdb.DuckDBPyConnection, name: str, scope: Scope) -> Explanation:
    subject, region = subject_of(scope), region_of(scope)
    found = _compare(con, subject, region)
    made = make_specialisation(con, found, region)
    figure = made[name]
    named = {part: (METHODS[part].title, made[part]) for part in made if part in METHODS}
    counts = (
        (Text("Projects found here", "Projecten die hier gevonden zijn"), made["projects"]),
        (Text("All projects here that count", "Alle projecten hier die tellen"), made["size"]),
    )
    presence = _presence(con, found, region)
    parts: Mapping[str, Parts] = {
        "specialisation": (
            *counts[:1],
            named["expected_projects"],
            named["location_quotient"],
            (
                METHODS["regional_likeness"].title,
                make_figure(con, "regional_likeness", round(found.shape, 2), subject.scope()),
            ),
        ),
        "location_quotient": (*counts[:1], named["expected_projects"]),
        "expected_projects": (*counts[1:], *presence),
        "specialisation_percentile": (named["specialisation"], named["regions_compared"]),
        "regions_compared": presence,
    }
    return Explanation(figure, parts[name], _list_rows(con, made["projects"]))


def _explain_presence(con: duckdb.DuckDBPyConnection, name: str, scope: Scope) -> Explanation:
    """Explain how many projects there are in all regions: of a subject, or of all it is a share of."""
    region, given = region_of(scope), scope.as_dict()
    if "chain" in given or "field" in given:
        subject = subject_of(scope)
        value = _compare(con, subject, region).whole
        rows = list_presence_rows(con, subject.kind, subject)
    else:
        kind = "field" if "carries" in given else "chain"
        value = count_all(con, kind, region)
        rows = list_presence_rows(con, kind, None)
    return Explanation(make_figure(con, name, value, scope), (), rows)


def _explain_likeness(con: duckdb.DuckDBPyConnection, name: str, scope: Scope) -> Explanation:
    subject = subject_of(scope)
    row = con.execute(
        "select shape from presence_shape where subject = $kind and name = $name",
        {"kind": subject.kind, "name": subject.name},
    ).fetchone()
    if row is None:
        raise _nothing(subject)
    figure = make_figure(con, name, round(row[0], 2), subject.scope())
    parts = ((Text("Projects", "Projecten"), measure(con, "projects", subject.scope())),)
    return Explanation(figure, parts, list_presence_rows(con, subject.kind, subject))


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


def _compare(con: duckdb.DuckDBPyConnection, subject: Subject, region: str) -> Comparison:
    found = compare(con, [subject], region).get(subject)
    if found is None:
        raise _nothing(subject)
    return found


def _nothing(subject: Subject) -> NotFoundError:
    return NotFoundError(
        f"No European region has projects in '{subject.name}' in this evidence.",
        "Follow a number on the page of a chain.",
    )


def _presence(con: duckdb.DuckDBPyConnection, found: Comparison, region: str) -> Parts:
    scope = found.subject.scope(region=region)
    # A field is a share of the projects that carry any; a chain can be told from words, too.
    carries = "field" if found.subject.kind == "field" else None
    whole = whole_scope(region).narrowed(carries=carries)
    return (
        (
            Text(
                "Projects in this subject, once for each region",
                "Projecten in dit onderwerp, één keer per regio",
            ),
            make_figure(con, "regional_presence", found.whole, scope),
        ),
        (
            Text(
                "All projects that count, once for each region",
                "Alle projecten die tellen, één keer per regio",
            ),
            make_figure(con, "regional_presence", found.of, whole),
        ),
    )


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


def _list_rows(con: duckdb.DuckDBPyConnection, figure: Figure) -> tuple[int, ...]:
    sql, values = list_records_sql(figure.measure, figure.scope)
    return tuple(row[0] for row in con.execute(sql, values).fetchall())


def _list_meeting_rows(
    con: duckdb.DuckDBPyConnection, first: Subject, second: Subject, region: str | None
) -> tuple[int, ...]:
    """Give the rows of the projects that carry both: their participations, and what tells the subjects."""
    rows: list[set[int]] = []
    for subject in (first, second):
        scope = subject.scope(region=region) if region else subject.scope()
        rows.append(set(_list_rows(con, measure(con, "projects", scope))))
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


_EXPLAIN: Final[Mapping[str, Explain]] = {
    **dict.fromkeys(
        (
            "specialisation",
            "location_quotient",
            "expected_projects",
            "specialisation_percentile",
            "regions_compared",
        ),
        _explain_comparison,
    ),
    "regional_presence": _explain_presence,
    "regional_likeness": _explain_likeness,
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
