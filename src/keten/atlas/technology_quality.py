"""How good it is told what projects are about: each technology's scores, and what was missed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from keten.atlas.further_quality import explain_further
from keten.atlas.inferred_why import explain_score
from keten.atlas.technology_views import ScoreRow
from keten.errors import NotFoundError
from keten.evidence.figures import read_project_titles
from keten.evidence.technology_quality import (
    RELATIONS,
    WHO,
    Missed,
    Quality,
    make_score,
    read_quality,
)
from keten.model import Explanation, Figure, Scope, Text

if TYPE_CHECKING:
    import duckdb

SCORES: Final = ("precision", "recall", "f1", "average_precision")
MEANS: Final = ("micro", "macro", "micro_clear", "macro_clear")
SHOWN: Final = 30  # so many mistakes are listed, the plainest first
_COUNTS: Final = {
    "true": Text("Labels that are true", "Labels die kloppen"),
    "found": Text("Labels that were given", "Labels die gegeven zijn"),
    "right": Text("Labels given that are true", "Gegeven labels die kloppen"),
}


@dataclass(frozen=True, slots=True)
class MeanRow:
    """The F1 over all technologies of keten, a baseline, or reader against reader, by kind of mean."""

    who: str
    means: Mapping[str, Figure]


@dataclass(frozen=True, slots=True)
class Step:
    """A step of chances: what was said, what is true, and of how many pairs."""

    said: Figure
    true: Figure
    pairs: Figure


@dataclass(frozen=True, slots=True)
class Measured:
    """What was measured of one relation: about it at all, or develops it."""

    relation: str
    rows: tuple[ScoreRow, ...]
    means: tuple[MeanRow, ...]
    steps: tuple[Step, ...]
    calibration_error: Figure
    calibration_error_weighed: Figure


@dataclass(frozen=True, slots=True)
class MissedRow:
    """A mistake with the project's names, where the evidence holds it."""

    missed: Missed
    acronym: str | None
    title: str | None


@dataclass(frozen=True, slots=True)
class QualityView:
    """All that was measured; `missed_total` counts the mistakes, of which the plainest are listed."""

    quality: Quality
    measured: tuple[Measured, ...]
    sure: Figure
    sure_labels: Figure
    missed: tuple[MissedRow, ...]


def show_quality(con: duckdb.DuckDBPyConnection) -> QualityView | None:
    """Give all that was measured; None where nothing was."""
    quality = read_quality()
    if quality is None:
        return None
    shown = quality.missed[:SHOWN]
    titles = read_project_titles(con, [row.project_id for row in shown])
    return QualityView(
        quality,
        tuple(_show_relation(quality, relation) for relation in RELATIONS),
        make_score("quality_precision", quality.value["sure_labels"]["precision"], tier="sure"),
        _count(quality.value["sure_labels"]["labels"], tier="sure"),
        tuple(MissedRow(row, *titles.get(row.project_id, (None, None))) for row in shown),
    )


def score_of(name: str, relation: str, technology: str) -> Figure | None:
    """Give a score of one technology; None where it was not measured."""
    quality = read_quality()
    found = quality.of(relation, technology) if quality else None
    if found is None:
        return None
    return make_score(
        name, found[name.removeprefix("quality_")], technology=technology, relation=relation
    )


def score_sure() -> Figure | None:
    """Give how often labels that are called sure are right; None where it was not measured."""
    quality = read_quality()
    if quality is None:
        return None
    return make_score("quality_precision", quality.value["sure_labels"]["precision"], tier="sure")


def show_scores(relation: str, technology: str) -> ScoreRow | None:
    """Give all scores of one technology; None where it was not measured."""
    quality = read_quality()
    found = quality.of(relation, technology) if quality else None
    if found is None:
        return None
    own = {"technology": technology, "relation": relation}
    counts = {what: _count(found[what], counted=what, **own) for what in _COUNTS}
    scores = {name: make_score(f"quality_{name}", found[name], **own) for name in SCORES}
    error = Figure(
        found["calibration_error"], "score", "quality_calibration_error", Scope.of(**own)
    )
    return ScoreRow(technology, **counts, **scores, calibration_error=error)


def explain_quality(con: duckdb.DuckDBPyConnection, name: str, scope: Scope) -> Explanation:
    """Give a score anew from its scope, with its counts and the rows of the projects it was measured on.

    Raises: NotFoundError.
    """
    further = explain_further(name, scope) or explain_score(name, scope)
    if further is not None:
        return further
    quality = read_quality()
    figure = None if quality is None else _find(quality, name, scope)
    if quality is None or figure is None:
        raise NotFoundError(
            "No such score was measured.", "Follow a number on the page of quality."
        )
    given = scope.as_dict()
    row = show_scores(given.get("relation", ""), given.get("technology", ""))
    parts = (
        tuple((label, getattr(row, what)) for what, label in _COUNTS.items())
        if row is not None and name != "quality_labels"
        else ()
    )
    records = con.execute(
        "select record_id from project where project_id in (select unnest($keys)) order by 1",
        {"keys": list(quality.reported_on)},
    ).fetchall()
    return Explanation(figure, parts, tuple(record for (record,) in records))


def _find(quality: Quality, name: str, scope: Scope) -> Figure | None:
    """Give the figure of that name and scope among all that are shown."""
    every: list[Figure] = []
    for relation in RELATIONS:
        shown = _show_relation(quality, relation)
        every += [shown.calibration_error, shown.calibration_error_weighed]
        every += [figure for row in shown.means for figure in row.means.values()]
        every += [each for step in shown.steps for each in (step.said, step.true, step.pairs)]
        for row in shown.rows:
            every += [row.true, row.found, row.right, row.precision, row.recall, row.f1]
            every += [row.average_precision, row.calibration_error]
    sure = quality.value["sure_labels"]
    every += [
        make_score("quality_precision", sure["precision"], tier="sure"),
        _count(sure["labels"], tier="sure"),
    ]
    return next((each for each in every if (each.measure, each.scope) == (name, scope)), None)


def _show_relation(quality: Quality, relation: str) -> Measured:
    value = quality.value["relations"][relation]
    rows = [show_scores(relation, technology) for technology in value["technologies"]]
    return Measured(
        relation,
        tuple(row for row in rows if row is not None),
        tuple(
            MeanRow(
                who,
                {
                    mean: make_score(
                        "quality_mean", value["compared"][who][mean], relation=relation, who=who,
                        mean=mean,
                    )
                    for mean in MEANS
                },
            )
            for who in WHO
        ),
        tuple(_show_step(place, step, relation) for place, step in enumerate(value["reliability"])),
        _error(value["calibration_error"], relation=relation),
        _error(value["calibration_error_weighed"], relation=relation, weighed="all"),
    )  # fmt: skip


def _show_step(place: int, step: Mapping[str, Any], relation: str) -> Step:
    scope = Scope.of(relation=relation, step=place + 1)
    return Step(
        Figure(step["said"], "score", "quality_said", scope),
        Figure(step["true"], "score", "quality_true", scope),
        Figure(step["pairs"], "count", "quality_labels", scope),
    )


def _error(value: float, **scope: str) -> Figure:
    return Figure(value, "score", "quality_calibration_error", Scope.of(**scope))


def _count(value: int, **scope: str) -> Figure:
    return Figure(value, "count", "quality_labels", Scope.of(**scope))
