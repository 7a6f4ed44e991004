"""What projects may be about by who takes part, where nothing else is known: shown, and never counted."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Final

from keten.atlas.chance import make_chance
from keten.atlas.technology_name import read_technologies
from keten.atlas.technology_views import TechnologyName
from keten.evidence.figures import read_labels, read_rows
from keten.evidence.figures.counting import prepare
from keten.evidence.figures.method import find_measure
from keten.evidence.technologies import Witness, list_witnesses
from keten.model import Figure, Label, Scope

if TYPE_CHECKING:
    import duckdb

CHANCE: Final = "inferred_chance"
SHOWN: Final = 5  # participants beside a project in a list


@dataclass(frozen=True, slots=True)
class WitnessRow:
    """A participant: its other projects that were judged, how many are about it, its part in the say."""

    organisation: Label
    projects: Figure
    about: Figure
    part: Figure


@dataclass(frozen=True, slots=True)
class InferredRow:
    """A technology that a project may be about, by these participants."""

    name: TechnologyName
    chance: Figure
    witnesses: tuple[WitnessRow, ...]


@dataclass(frozen=True, slots=True)
class InferredProject:
    """A project that may be about a technology; `others`: how many more participants say something."""

    project_id: str
    programme: str
    acronym: str | None
    title: str | None
    start_date: date | None
    chance: Figure
    witnesses: tuple[WitnessRow, ...]
    others: int


def show_inferred(con: duckdb.DuckDBPyConnection, project_id: str) -> tuple[InferredRow, ...]:
    """Give what a project may be about by who takes part, the likeliest first; mostly nothing."""
    known = read_technologies(con)
    rows = con.execute(
        "select technology, probability from inferred_technology where project_id = $project "
        "order by probability desc, technology",
        {"project": project_id},
    ).fetchall()
    if not rows:
        return ()
    found = list_witnesses(con, [project_id], [technology for technology, _ in rows])
    labels = _read_labels(con, found)
    return tuple(
        InferredRow(
            known[technology],
            _chance(project_id, technology, probability),
            _show(project_id, technology, found, labels),
        )
        for technology, probability in rows
        if technology in known
    )


def list_inferred(
    con: duckdb.DuckDBPyConnection, technology: str, within: Scope, offset: int, limit: int
) -> tuple[InferredProject, ...]:
    """Give one page of the projects that may be about a technology, the likeliest first.

    `within`: the filters that one of their participations must pass.
    """
    condition = prepare([find_measure("projects")], within)
    rows = read_rows(
        con,
        f"""
        select t.project_id, t.probability, p.programme, p.acronym, p.title, p.start_date
        from inferred_technology t join project p using (project_id)
        where t.technology = $inferred and t.project_id in
            (select i.project_id from involvement i where {condition.sql})
        order by t.probability desc, p.start_date desc nulls last, t.project_id
        limit $page_limit offset $page_offset
        """,
        condition.values | {"inferred": technology, "page_limit": limit, "page_offset": offset},
    )
    found = list_witnesses(con, [row["project_id"] for row in rows], [technology])
    labels = _read_labels(con, found)
    projects = []
    for row in rows:
        project = row["project_id"]
        witnesses = _show(project, technology, found, labels)
        projects.append(
            InferredProject(
                project, row["programme"], row["acronym"], row["title"], row["start_date"],
                _chance(project, technology, row["probability"]), witnesses[:SHOWN],
                max(0, len(witnesses) - SHOWN),
            )
        )  # fmt: skip
    return tuple(projects)


def count_inferred(con: duckdb.DuckDBPyConnection, technology: str) -> Figure:
    """Give how many projects may be about a technology by who takes part."""
    row = con.execute(
        "select count(*) from inferred_technology where technology = $technology",
        {"technology": technology},
    ).fetchone()
    return Figure(
        row[0] if row else 0, "count", "inferred_projects", Scope.of(technology=technology)
    )


def list_records(con: duckdb.DuckDBPyConnection, technology: str) -> tuple[int, ...]:
    """Give the source rows of the projects that may be about a technology."""
    rows = con.execute(
        "select p.record_id from inferred_technology t join project p using (project_id) "
        "where t.technology = $technology order by 1",
        {"technology": technology},
    ).fetchall()
    return tuple(record for (record,) in rows)


def _chance(project: str, technology: str, probability: float) -> Figure:
    scope = Scope.of(project=project, technology=technology)
    return make_chance(CHANCE, probability, scope, "participants")


def _read_labels(
    con: duckdb.DuckDBPyConnection, found: Mapping[tuple[str, str], Sequence[Witness]]
) -> dict[str, Label]:
    wanted = {each.organisation_id for witnesses in found.values() for each in witnesses}
    return read_labels(con, sorted(wanted))


def _show(
    project: str,
    technology: str,
    found: Mapping[tuple[str, str], Sequence[Witness]],
    labels: Mapping[str, Label],
) -> tuple[WitnessRow, ...]:
    rows = []
    for each in found.get((project, technology), ()):
        if each.organisation_id in labels:
            scope = Scope.of(
                project=project, technology=technology, organisation=each.organisation_id
            )
            rows.append(
                WitnessRow(
                    labels[each.organisation_id],
                    Figure(each.projects, "count", "inferred_known", scope),
                    Figure(round(each.about, 1), "count", "inferred_about", scope),
                    Figure(round(each.say, 3), "share", "inferred_part", scope),
                )
            )
    return tuple(rows)
