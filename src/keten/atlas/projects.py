"""Projects: the page of one, and lists of many."""

from collections.abc import Sequence
from typing import Any

import duckdb

from keten.atlas.figures import find_measure, make_figures, measure_sets, prepare, read_caveats
from keten.atlas.labels import LABEL_COLUMNS
from keten.atlas.scope import read_scope
from keten.atlas.views import Label, Participant, ProjectRow, ProjectView
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
        select m.project_id, m.programme, p.acronym, p.title, p.start_date, p.end_date, m.role,
               m.total, m.seen, m.of, m.year, m.year, m.programme = 'he', m.programme = 'h2020'
        from mine m join project p using (project_id)
        order by p.start_date desc nulls last, m.project_id desc
        """,
        condition.values | {"page_limit": limit, "page_offset": offset},
    ).fetchall()
    caveats = read_caveats(con)
    return tuple(
        ProjectRow(
            *row[:7],
            contribution_eur=make_figures(
                [counted], scope.narrowed(project=row[0]), row[7:], caveats
            )[0],
        )
        for row in rows
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
        total_cost_eur=_of_project(con, "project_cost_eur", scope, row),
        ec_max_contribution_eur=_of_project(con, "ec_max_contribution_eur", scope, row),
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


def _of_project(
    con: duckdb.DuckDBPyConnection, name: str, scope: Scope, row: Sequence[Any]
) -> Figure:
    """Give an amount that stands in the project's own row, as the figure `name`."""
    value = row[16] if name == "project_cost_eur" else row[17]
    year, programme = row[18], row[1]
    values = (value, int(value is not None), 1, year, year, programme == "he", programme == "h2020")
    return make_figures([find_measure(name)], scope, values, read_caveats(con))[0]


def _read_participants(con: duckdb.DuckDBPyConnection, project_id: str) -> tuple[Participant, ...]:
    rows = con.execute(
        f"""
        select {LABEL_COLUMNS}, i.role, n.is_terminated, i.source_key,
               sum(i.contribution_eur) over same, count(i.contribution_eur) over same,
               count(*) over same,
               sum(i.net_contribution_eur) over same, count(i.net_contribution_eur) over same,
               count(*) over same, i.year, i.year, i.programme = 'he', i.programme = 'h2020',
               i.region, i.record_id
        from involvement i
        join participation n using (record_id)
        join organisation o using (organisation_id)
        left join place lp on lp.place_id = n.place_id
        where i.project_id = $project
        window same as (partition by i.organisation_id, i.role, i.source_key)
        order by i.role <> 'coordinator', n.position nulls last, i.record_id
        """,
        {"project": project_id},
    ).fetchall()
    caveats = read_caveats(con)
    amounts = [find_measure("contribution_eur"), find_measure("net_contribution_eur")]
    found = []
    for row in rows:
        scope = Scope.of(project=project_id, organisation=row[0], role=row[6], source_key=row[8])
        contribution, net = make_figures(amounts, scope, row[9:19], caveats)
        found.append(Participant(Label(*row[:6]), row[6], row[7], contribution, net, *row[19:]))
    return tuple(found)


def _read_classes(
    con: duckdb.DuckDBPyConnection, select: str, project_id: str
) -> tuple[tuple[Any, ...], ...]:
    return tuple(
        con.execute(
            f"{select} where project_id = $project order by all", {"project": project_id}
        ).fetchall()
    )
