"""Projects: the page of one, and lists of many."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import duckdb

from keten.atlas.figures import make_figures, measure_sets, prepare, read_caveats
from keten.atlas.labels import read_labels
from keten.atlas.method import find_measure
from keten.atlas.scope import read_scope
from keten.atlas.views import Participant, ProjectRow, ProjectView
from keten.errors import NotFoundError
from keten.model import Figure, Scope


def list_projects(
    con: duckdb.DuckDBPyConnection, scope: Scope, offset: int, limit: int
) -> tuple[ProjectRow, ...]:
    """Give one page of projects within a scope, the newest first.

    `role` and `contribution_eur` are those of the participations in scope; where these have several
    roles in a project they stand joined by '+'.
    """
    scope = read_scope(scope, "participation")
    counted = find_measure("contribution_eur")
    condition = prepare([counted], scope)
    rows = con.execute(
        f"""
        with mine as (
            select i.project_id, i.programme, any_value(i.start_date) as start_date,
                   any_value(i.year) as year,
                   string_agg(distinct i.role, '+' order by i.role) as role,
                   {counted.value} as total, {counted.seen} as seen, {counted.of} as of
            from involvement i where {condition.sql}
            group by i.project_id, i.programme
            order by start_date desc nulls last, i.project_id desc
            limit $page_limit offset $page_offset
        )
        select project_id, programme, role,
               total, seen, of, year, year, programme = 'he', programme = 'h2020'
        from mine order by start_date desc nulls last, project_id desc
        """,
        condition.values | {"page_limit": limit, "page_offset": offset},
    ).fetchall()
    details = {
        project_id: rest
        for project_id, *rest in con.execute(
            "select project_id, acronym, title, start_date, end_date from project "
            "where project_id in (select unnest($wanted))",
            {"wanted": [row[0] for row in rows]},
        ).fetchall()
    }
    caveats = read_caveats(con)
    return tuple(
        ProjectRow(
            project_id,
            programme,
            *details[project_id],
            role,
            make_figures([counted], scope.narrowed(project=project_id), values, caveats)[0],
        )
        for project_id, programme, role, *values in rows
    )


def show_project(con: duckdb.DuckDBPyConnection, project_id: str) -> ProjectView:
    """Give everything the page of a project shows.

    Raises: NotFoundError.
    """
    row = con.execute(
        """
        select p.project_id, p.programme, p.source_id, p.rcn, p.acronym, p.title, p.objective,
               p.status, p.start_date, p.end_date, p.signature_date, p.funding_scheme,
               p.master_call, p.sub_call, p.doi, p.record_id,
               p.total_cost_eur, p.ec_max_contribution_eur, year(p.start_date)
        from project p where p.project_id = $project
        """,
        {"project": project_id},
    ).fetchone()
    if row is None:
        raise NotFoundError(
            f"No project has the identifier '{project_id}' in this evidence.",
            "Identifiers look like he-101069359 or h2020-633080: programme, hyphen, grant number.",
        )
    scope = Scope.of(project=project_id)
    whole = measure_sets(con, ("contribution_eur", "organisations", "countries"), scope, [()])[0][0]
    return ProjectView(
        *row[:16],
        *_make_amounts(con, scope, (*row[16:], row[1])),
        contribution_eur=whole.figures["contribution_eur"],
        organisations_total=whole.figures["organisations"],
        countries_total=whole.figures["countries"],
        participants=_read_participants(con, project_id),
        fields=_read_classes(
            con, "select code, path, title, record_id from project_field", project_id
        ),
        topics=_read_classes(con, "select topic, title, record_id from project_topic", project_id),
        programme_parts=_read_classes(
            con, "select code, title, record_id from project_programme_part", project_id
        ),
        caveats=whole.figures["contribution_eur"].caveats,
    )


def _make_amounts(con: duckdb.DuckDBPyConnection, scope: Scope, row: Sequence[Any]) -> list[Figure]:
    """Give the amounts that stand in the project's own row: cost, then maximum contribution."""
    cost, maximum, year, programme = row
    values = [cost, int(cost is not None), 1, maximum, int(maximum is not None), 1]
    times = [year, year, programme == "he", programme == "h2020"]
    measures = [find_measure("project_cost_eur"), find_measure("ec_max_contribution_eur")]
    return make_figures(measures, scope, [*values, *times], read_caveats(con))


def _read_participants(con: duckdb.DuckDBPyConnection, project_id: str) -> tuple[Participant, ...]:
    given = {"project": project_id}
    # Two look-ups by index cost a tenth of the join.
    details = {
        record_id: rest
        for record_id, *rest in con.execute(
            "select record_id, is_terminated, position, city from participation "
            "where project_id = $project",
            given,
        ).fetchall()
    }
    rows = con.execute(
        """
        select record_id, organisation_id, role, region, contribution_eur, net_contribution_eur,
               year, programme
        from involvement where project_id = $project
        """,
        given,
    ).fetchall()
    rows.sort(
        key=lambda row: (
            row[2] != "coordinator",
            details[row[0]][1] is None,
            details[row[0]][1] or 0,
            row[0],
        )
    )
    times = Counter(row[1] for row in rows)
    labels = read_labels(con, [row[1] for row in rows])
    caveats = read_caveats(con)
    amounts = [find_measure("contribution_eur"), find_measure("net_contribution_eur")]
    found = []
    for record_id, organisation, role, region, gross, net, year, programme in rows:
        is_terminated, _, city = details[record_id]
        # An organisation that stands twice in a project needs its row named to tell the two apart.
        record = record_id if times[organisation] > 1 else None
        scope = Scope.of(project=project_id, organisation=organisation, record=record)
        values = [gross, int(gross is not None), 1, net, int(net is not None), 1]
        made = make_figures(
            amounts, scope, [*values, year, year, programme == "he", programme == "h2020"], caveats
        )
        label = replace(labels[organisation], city=city)
        found.append(Participant(label, role, is_terminated, *made, region, record_id))
    return tuple(found)


def _read_classes(
    con: duckdb.DuckDBPyConnection, select: str, project_id: str
) -> tuple[tuple[Any, ...], ...]:
    return tuple(
        con.execute(
            f"{select} where project_id = $project order by all", {"project": project_id}
        ).fetchall()
    )
