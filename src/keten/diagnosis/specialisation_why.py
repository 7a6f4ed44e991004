"""Why a specialisation is what it is: its figures made anew, with their parts and their rows."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Final

from keten.diagnosis.figures import (
    Explain,
    Parts,
    list_rows,
    make_figure,
    make_specialisation,
    whole_scope,
)
from keten.diagnosis.method import METHODS
from keten.diagnosis.specialisation import Comparison, compare, count_all, list_presence_rows
from keten.diagnosis.subjects import Subject, region_of, subject_of
from keten.errors import NotFoundError
from keten.evidence.figures import measure
from keten.model import Explanation, Scope, Text

if TYPE_CHECKING:
    import duckdb


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
    return Explanation(figure, parts[name], list_rows(con, made["projects"]))


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


EXPLAIN: Final[Mapping[str, Explain]] = {
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
}
