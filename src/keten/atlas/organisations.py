"""Organisations: the page of one, its partners, and lists of many."""

from collections.abc import Sequence
from typing import Any

import duckdb

from keten.atlas.fields import list_fields
from keten.atlas.figures import (
    Caveats,
    Group,
    find_measure,
    make_figures,
    measure,
    measure_groups,
    measure_sets,
    read_caveats,
)
from keten.atlas.labels import LABEL_COLUMNS, LABEL_ROWS, read_labels
from keten.atlas.projects import list_projects
from keten.atlas.views import (
    Label,
    Location,
    Member,
    NameVariant,
    OrganisationRow,
    OrganisationView,
    PartnerRow,
    YearRow,
)
from keten.errors import NotFoundError
from keten.model import Figure, Scope

TOTALS = ("projects", "participations", "contribution_eur")


def current_organisation(con: duckdb.DuckDBPyConnection, identifier: str) -> str:
    """Give the identifier that holds now for this or a former identifier or source key.

    Raises: NotFoundError.
    """
    row = con.execute(
        "select organisation_id from organisation_alias where alias = $alias", {"alias": identifier}
    ).fetchone()
    if row is None:
        raise NotFoundError(
            f"No organisation is known as '{identifier}' in this evidence.",
            f'Look it up by name: keten find "<name>". Identifiers look like pic:999977366.',
        )
    return str(row[0])


def show_organisation(con: duckdb.DuckDBPyConnection, organisation_id: str) -> OrganisationView:
    """Give everything the page of an organisation shows.

    Raises: NotFoundError.
    """
    head = _read_head(con, organisation_id)
    scope = Scope.of(organisation=organisation_id)
    whole, years, keys, roles = measure_sets(
        con, TOTALS, scope, [(), ("programme", "year"), ("source_key",), ("role",)]
    )
    total = whole[0].figures
    fields, coverage = list_fields(con, scope, limit=12)
    return OrganisationView(
        label=Label(*head[:6]),
        website=head[6],
        vat_number=head[7],
        street=head[8],
        postcode=head[9],
        is_sme=head[10],
        is_sme_as_of=head[11],
        record_id=head[12],
        location=Location(*head[13:]),
        members=_read_members(con, organisation_id, keys),
        names=list_names(con, organisation_id),
        projects_total=total["projects"],
        participations=total["participations"],
        coordinated=pick(con, roles, "projects", scope, role="coordinator"),
        contribution_eur=total["contribution_eur"],
        partners_total=measure(con, "partners", scope),
        years=make_years(years),
        partners=list_partners(con, organisation_id, 0, 10),
        projects=list_projects(con, scope, 0, 10),
        fields=fields,
        fields_coverage=coverage,
        judgements=(),
        caveats=total["projects"].caveats,
    )


def list_partners(
    con: duckdb.DuckDBPyConnection, organisation_id: str, offset: int, limit: int
) -> tuple[PartnerRow, ...]:
    """Give one page of partners, those with most shared projects first."""
    rows = con.execute(
        """
        select j.organisation_id, count(distinct j.project_id) as projects, min(j.year), max(j.year),
               bool_or(j.programme = 'he'), bool_or(j.programme = 'h2020')
        from involvement j
        where j.organisation_id <> $organisation and j.project_id in (
            select project_id from involvement where organisation_id = $organisation)
        group by j.organisation_id
        order by projects desc, j.organisation_id
        limit $page_limit offset $page_offset
        """,
        {"organisation": organisation_id, "page_limit": limit, "page_offset": offset},
    ).fetchall()
    labels = read_labels(con, [row[0] for row in rows])
    caveats = read_caveats(con)
    shared = find_measure("shared_projects")
    scope = Scope.of(organisation=organisation_id)
    return tuple(
        PartnerRow(
            labels[partner],
            make_figures(
                [shared], scope.narrowed(partner=partner), (projects, None, None, *times), caveats
            )[0],
            times[0],
            times[1],
        )
        for partner, projects, *times in rows
    )


def list_names(con: duckdb.DuckDBPyConnection, organisation_id: str) -> tuple[NameVariant, ...]:
    """Give the names that sources use for an organisation, most used first."""
    rows = con.execute(
        """
        select n.name, n.programme, count(*) as participations, null, null,
               min(i.year), max(i.year), n.programme = 'he', n.programme = 'h2020'
        from involvement i join participation n using (record_id)
        where i.organisation_id = $organisation and n.name is not null
        group by n.name, n.programme
        order by participations desc, n.name, n.programme
        """,
        {"organisation": organisation_id},
    ).fetchall()
    caveats = read_caveats(con)
    counted = find_measure("participations")
    scope = Scope.of(organisation=organisation_id)
    return tuple(
        NameVariant(
            name,
            programme,
            make_figures([counted], scope.narrowed(name=name, programme=programme), rest, caveats)[
                0
            ],
        )
        for name, programme, *rest in rows
    )


def list_organisations(
    con: duckdb.DuckDBPyConnection,
    scope: Scope,
    offset: int,
    limit: int,
    *,
    first: str = "contribution_eur",
) -> tuple[OrganisationRow, ...]:
    """Give one page of organisations within a scope, those with most of the measure `first` first."""
    groups = measure_groups(
        con,
        ("projects", "contribution_eur"),
        scope,
        ("organisation",),
        first=first,
        limit=limit,
        offset=offset,
    )
    labels = read_labels(con, [group.keys["organisation"] for group in groups])
    return tuple(
        OrganisationRow(
            labels[group.keys["organisation"]],
            group.figures["projects"],
            group.figures["contribution_eur"],
        )
        for group in groups
    )


def make_years(groups: Sequence[Group]) -> tuple[YearRow, ...]:
    """Make rows by year of groups by programme and year; unknown years last."""
    rows = [
        YearRow(
            group.keys["programme"],
            int(group.keys["year"]) if group.keys["year"].isdecimal() else None,
            group.figures["projects"],
            group.figures["contribution_eur"],
        )
        for group in groups
    ]
    return tuple(sorted(rows, key=lambda row: (row.year is None, row.year or 0, row.programme)))


def pick(
    con: duckdb.DuckDBPyConnection, groups: Sequence[Group], name: str, scope: Scope, **keys: str
) -> Figure:
    """Give the figure of one group; where there is no such group, the figure of no rows."""
    for group in groups:
        if group.keys == keys:
            return group.figures[name]
    return measure(con, name, scope.narrowed(**keys))


def _read_head(con: duckdb.DuckDBPyConnection, organisation_id: str) -> tuple[Any, ...]:
    row = con.execute(
        f"""
        select {LABEL_COLUMNS}, o.website, o.vat_number, lp.street, lp.postcode, o.is_sme,
               o.is_sme_as_of, o.record_id,
               l.latitude, l.longitude, l.coordinate_method, l.nuts3, r.name, l.nuts3_method,
               l.nuts_deepest, l.municipality, l.province, l.note
        from {LABEL_ROWS}
        left join location l on l.place_id = o.place_id
        left join region r on r.code = l.nuts3
        where o.organisation_id = $organisation
        """,
        {"organisation": organisation_id},
    ).fetchone()
    if row is None:
        raise NotFoundError(
            f"No organisation has the identifier '{organisation_id}' in this evidence.",
            "It may have been joined with another: ask for its current identifier.",
        )
    return tuple(row)


def _read_members(
    con: duckdb.DuckDBPyConnection, organisation_id: str, counted: Sequence[Group]
) -> tuple[Member, ...]:
    rows = con.execute(
        """
        select s.source_key, s.programme, s.pic, s.name, a.is_anchor, a.rule, a.ruling, s.record_id
        from same_as a join source_organisation s using (source_key)
        where a.organisation_id = $organisation
        order by a.is_anchor desc, s.source_key
        """,
        {"organisation": organisation_id},
    ).fetchall()
    by_key = {group.keys["source_key"]: group.figures["participations"] for group in counted}
    return tuple(Member(*row, participations=by_key[row[0]]) for row in rows)


__all__ = [
    "Caveats",
    "current_organisation",
    "list_names",
    "list_organisations",
    "list_partners",
    "make_years",
    "pick",
    "show_organisation",
]
