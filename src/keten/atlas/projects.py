"""Projects: the page of one, and lists of many."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

from keten.atlas.views import Participant, ProjectRow, ProjectView
from keten.errors import NotFoundError
from keten.evidence.figures.counting import (
    Caveats,
    make_figures,
    measure_sets,
    prepare,
    read_caveats,
)
from keten.evidence.figures.labels import read_labels
from keten.evidence.figures.method import find_measure
from keten.evidence.figures.rows import among, read_rows
from keten.evidence.figures.scope import read_scope
from keten.model import Figure, Scope

if TYPE_CHECKING:
    import duckdb


def list_projects(
    con: duckdb.DuckDBPyConnection,
    scope: Scope,
    offset: int,
    limit: int,
    *,
    caveats: Caveats | None = None,
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
        select i.project_id, i.programme, min(i.role), max(i.role),
               {counted.value}, {counted.seen}, {counted.of}, min(i.year)
        from involvement i where {condition.sql}
        group by i.project_id, i.programme, i.start_date
        order by i.start_date desc nulls last, i.project_id desc
        limit $page_limit offset $page_offset
        """,
        condition.values | {"page_limit": limit, "page_offset": offset},
    ).fetchall()
    which, wanted = among("project_id", (row[0] for row in rows))
    details = {
        row["project_id"]: row
        for row in read_rows(
            con,
            "select project_id, programme, acronym, title, start_date, end_date from project "
            f"where {which}",
            wanted,
        )
    }
    caveats = caveats or read_caveats(con)
    found = []
    for project_id, programme, role, other_role, *amount, year in rows:
        values = [*amount, *_times(year, programme)]
        (figure,) = make_figures([counted], scope.narrowed(project=project_id), values, caveats)
        roles = role if role == other_role else f"{role}+{other_role}"
        found.append(ProjectRow(**details[project_id], role=roles, contribution_eur=figure))
    return tuple(found)


def show_project(con: duckdb.DuckDBPyConnection, project_id: str) -> ProjectView:
    """Give everything the page of a project shows.

    Raises: NotFoundError.
    """
    given = {"project": project_id}
    rows = read_rows(
        con,
        """
        select project_id, programme, source_id, rcn, acronym, title, objective, status, start_date,
               end_date, signature_date, funding_scheme, master_call, sub_call, doi, record_id,
               total_cost_eur, ec_max_contribution_eur
        from project where project_id = $project
        """,
        given,
    )
    if not rows:
        raise NotFoundError(
            f"No project has the identifier '{project_id}' in this evidence.",
            "Identifiers look like he-101069359 or h2020-633080: programme, hyphen, grant number.",
        )
    scope = Scope.of(project=project_id)
    caveats = read_caveats(con)
    whole = measure_sets(
        con, ("contribution_eur", "organisations", "countries"), scope, [()], caveats
    )[0][0]
    amounts = _make_amounts(rows[0], scope, caveats)
    classes = _read_classes(con, project_id)
    return ProjectView(
        **(rows[0] | amounts),
        contribution_eur=whole.figures["contribution_eur"],
        organisations_total=whole.figures["organisations"],
        countries_total=whole.figures["countries"],
        participants=_read_participants(con, project_id, caveats),
        fields=tuple((code, path, *rest) for code, path, *rest in classes["field"]),
        topics=tuple((code, *rest) for code, _, *rest in classes["topic"]),
        programme_parts=tuple((code, *rest) for code, _, *rest in classes["programme-part"]),
        caveats=amounts["total_cost_eur"].caveats,
    )


def _make_amounts(row: dict[str, Any], scope: Scope, caveats: Caveats) -> dict[str, Figure]:
    """Make Figures of the amounts that stand in the project's own row."""
    cost, maximum = row["total_cost_eur"], row["ec_max_contribution_eur"]
    values = [cost, int(cost is not None), 1, maximum, int(maximum is not None), 1]
    year = row["start_date"].year if row["start_date"] else None
    measures = [find_measure("project_cost_eur"), find_measure("ec_max_contribution_eur")]
    made = make_figures(measures, scope, [*values, *_times(year, row["programme"])], caveats)
    return dict(zip(("total_cost_eur", "ec_max_contribution_eur"), made, strict=True))


def _read_classes(con: duckdb.DuckDBPyConnection, project_id: str) -> dict[str, list[Any]]:
    """Read what a project was classed under, each kind by code: code, path, title, record."""
    found: dict[str, list[Any]] = {"field": [], "topic": [], "programme-part": []}
    # One question costs half of three.
    rows = con.execute(
        """
        select 'field', code, path, title, record_id from project_field
        where project_id = $project
        union all
        select 'topic', topic, null, title, record_id from project_topic
        where project_id = $project
        union all
        select 'programme-part', code, null, title, record_id from project_programme_part
        where project_id = $project
        """,
        {"project": project_id},
    ).fetchall()
    for kind, *row in sorted(rows, key=lambda row: tuple((cell is None, cell) for cell in row)):
        found[kind].append(row)
    return found


def _read_participants(
    con: duckdb.DuckDBPyConnection, project_id: str, caveats: Caveats
) -> tuple[Participant, ...]:
    given = {"project": project_id}
    # Two look-ups by index cost a tenth of the join.
    own = read_rows(
        con,
        "select record_id, is_terminated, position from participation where project_id = $project",
        given,
    )
    by_record = {row["record_id"]: row for row in own}
    rows = read_rows(
        con,
        """
        select record_id, organisation_id, role, region, contribution_eur, net_contribution_eur,
               year, programme
        from involvement where project_id = $project
        """,
        given,
    )
    rows.sort(key=lambda row: _seat(row, by_record[row["record_id"]]["position"]))
    labels = read_labels(con, [row["organisation_id"] for row in rows])
    times = Counter(row["organisation_id"] for row in rows)
    found = []
    for row in rows:
        organisation, record_id = row["organisation_id"], row["record_id"]
        # An organisation that stands twice in a project needs its row named to tell the two apart.
        record = record_id if times[organisation] > 1 else None
        scope = Scope.of(project=project_id, organisation=organisation, record=record)
        contribution, net = _make_shares(row, scope, caveats)
        found.append(
            Participant(
                organisation=labels[organisation],
                role=row["role"],
                is_terminated=by_record[record_id]["is_terminated"],
                contribution_eur=contribution,
                net_contribution_eur=net,
                region=row["region"],
                record_id=record_id,
            )
        )
    return tuple(found)


def _make_shares(row: dict[str, Any], scope: Scope, caveats: Caveats) -> list[Figure]:
    """Make Figures of the amounts that stand in one participation's row."""
    gross, net = row["contribution_eur"], row["net_contribution_eur"]
    values = [gross, int(gross is not None), 1, net, int(net is not None), 1]
    measures = [find_measure("contribution_eur"), find_measure("net_contribution_eur")]
    times = _times(row["year"], row["programme"])
    return make_figures(measures, scope, [*values, *times], caveats)


def _seat(row: dict[str, Any], position: int | None) -> tuple[bool, bool, int, int]:
    """Order participants as the grant does: coordinator first, then by position."""
    return (row["role"] != "coordinator", position is None, position or 0, row["record_id"])


def _times(year: int | None, programme: str) -> list[Any]:
    return [year, year, programme == "he", programme == "h2020"]
