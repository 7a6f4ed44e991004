"""Why a figure of what participants tell is what it is, and how good that was found to be."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from keten.atlas.inferred import CHANCE, InferredRow, count_inferred, list_records, show_inferred
from keten.errors import NotFoundError
from keten.evidence.technology_quality import make_score, read_quality
from keten.model import Explanation, Figure, Label, Scope, Text

if TYPE_CHECKING:
    import duckdb


def score_inferred() -> Mapping[str, Figure]:
    """Give how often such labels were right where the text was hidden; nothing where not measured."""
    quality = read_quality()
    measured = quality.value.get("participants") if quality else None
    if not measured:
        return {}
    own = {"texts": "participants"}
    first, *_ = measured["steps"]
    return {
        "precision": make_score("quality_precision", first["precision"], **own),
        "recall": make_score("quality_recall", first["recall"], **own),
        "average_precision": make_score(
            "quality_average_precision", measured["average_precision"], **own
        ),
        "error": Figure(
            measured["calibration_error"], "score", "quality_calibration_error", Scope.of(**own)
        ),
        "texts": Figure(measured["texts"], "count", "quality_texts", Scope.of(**own)),
        "labels": Figure(
            first["labels"], "count", "quality_labels", Scope.of(counted="found", **own)
        ),
        "right": Figure(
            first["right"], "count", "quality_labels", Scope.of(counted="right", **own)
        ),
    }


def explain_score(name: str, scope: Scope) -> Explanation | None:
    """Give such a score anew; None where it is none of these."""
    scores = score_inferred()
    counts = tuple(
        (text, scores[each])
        for each, text in (
            ("labels", Text("Labels that were given", "Labels die gegeven zijn")),
            ("right", Text("Labels given that are true", "Gegeven labels die kloppen")),
        )
        if scores and name != "quality_labels"
    )
    for figure in scores.values():
        if (figure.measure, figure.scope) == (name, scope):
            return Explanation(figure, counts)
    return None


def explain(con: duckdb.DuckDBPyConnection, name: str, scope: Scope) -> Explanation:
    """Give a figure of what participants tell anew; raises NotFoundError."""
    given = scope.as_dict()
    technology, project = given.get("technology", ""), given.get("project", "")
    if name == "inferred_projects":
        return Explanation(
            count_inferred(con, technology), record_ids=list_records(con, technology)
        )
    for row in show_inferred(con, project):
        for figure in _figures(row):
            if (figure.measure, figure.scope) == (name, scope):
                parts = tuple(
                    (Text(_name(each.organisation), _name(each.organisation)), each.about)
                    for each in row.witnesses
                )
                records = con.execute(
                    "select record_id from involvement where project_id = $project order by 1",
                    {"project": project},
                ).fetchall()
                return Explanation(
                    figure, parts if name == CHANCE else (), tuple(r for (r,) in records)
                )
    raise NotFoundError(
        "Nothing is told of that project by who takes part.",
        "Follow a number on the page of a project.",
    )


def _figures(row: InferredRow) -> Iterator[Figure]:
    yield row.chance
    for each in row.witnesses:
        yield from (each.projects, each.about, each.part)


def _name(label: Label) -> str:
    return label.name or label.organisation_id
