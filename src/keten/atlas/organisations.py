"""Organisations: the page of one, its partners, and lists of many."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from keten.atlas.fields import make_fields
from keten.atlas.measures import (
    FIELDS,
    KEY,
    NAMES,
    PARTNERS,
    ROLE,
    WHOLE,
    YEARS,
    read_groups,
    read_partners,
)
from keten.atlas.projects import list_projects
from keten.atlas.views import (
    Location,
    Member,
    NameVariant,
    OrganisationRow,
    OrganisationView,
    PartnerRow,
    YearRow,
)
from keten.errors import NotFoundError
from keten.evidence.figures.counting import Group, make_nothing, measure_groups, read_caveats
from keten.evidence.figures.labels import read_labels
from keten.evidence.figures.method import MEASURES
from keten.evidence.figures.rows import read_rows
from keten.model import Figure, Label, Scope, Text

if TYPE_CHECKING:
    import duckdb

_FIELDS_SHOWN = 12
_PARTNERS = MEASURES["partners"]


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
            'Look it up by name: keten find "<name>". Identifiers look like pic:999977366.',
        )
    return str(row[0])


def show_organisation(con: duckdb.DuckDBPyConnection, organisation_id: str) -> OrganisationView:
    """Give everything the page of an organisation shows.

    Raises: NotFoundError when this is no current identifier.
    """
    head = _read_head(con, organisation_id)
    scope = Scope.of(organisation=organisation_id)
    caveats = read_caveats(con)
    groups = read_groups(con, scope, (WHOLE, YEARS, ROLE, KEY, NAMES, FIELDS), caveats)
    total = groups[WHOLE][0].figures
    return OrganisationView(
        label=Label(*head[:6]),
        website=head[6],
        vat_number=head[7],
        street=head[8],
        postcode=head[9],
        is_sme=head[10],
        is_sme_as_of=head[11],
        record_id=head[12],
        location=_make_location(head[13:22], head[22], head[23]),
        members=_read_members(con, organisation_id, groups[KEY]),
        names=_make_names(groups[NAMES]),
        projects_total=total["projects"],
        participations=total["participations"],
        coordinated=pick_figure(groups[ROLE], "projects", scope, role="coordinator"),
        contribution_eur=total["contribution_eur"],
        partners_total=replace(
            total["projects"], value=head[24], measure="partners", version=_PARTNERS.version
        ),
        years=make_years(groups[YEARS]),
        partners=_make_partners(con, read_partners(con, organisation_id, 0, PARTNERS, caveats)),
        projects=list_projects(con, scope, 0, 10, caveats=caveats),
        fields=make_fields(con, groups[FIELDS])[:_FIELDS_SHOWN],
        fields_coverage=total["fields_coverage"],
        judgements=(),
        caveats=total["projects"].caveats,
    )


def list_partners(
    con: duckdb.DuckDBPyConnection,
    organisation_id: str,
    offset: int,
    limit: int,
    narrowed: Mapping[str, str] | None = None,
) -> tuple[PartnerRow, ...]:
    """Give one page of partners, those with most shared projects first.

    `narrowed`: filters of the projects that count, such as a technology or a chain.
    """
    if narrowed:
        scope = Scope.of(organisation=organisation_id, **narrowed)
        groups = measure_groups(
            con, ("shared_projects",), scope, ("partner",), first="shared_projects", limit=limit,
            offset=offset,
        )  # fmt: skip
    else:
        groups = read_partners(con, organisation_id, offset, limit, read_caveats(con))
    return _make_partners(con, groups)


def list_names(con: duckdb.DuckDBPyConnection, organisation_id: str) -> tuple[NameVariant, ...]:
    """Give the names that sources use for an organisation, most used first."""
    scope = Scope.of(organisation=organisation_id)
    return _make_names(read_groups(con, scope, (NAMES,), read_caveats(con))[NAMES])


def list_organisations(
    con: duckdb.DuckDBPyConnection,
    scope: Scope,
    offset: int,
    limit: int,
    *,
    first: str = "contribution_eur",
) -> tuple[OrganisationRow, ...]:
    """Give one page of organisations in a scope, those with most of the measure `first` first."""
    groups = measure_groups(
        con,
        tuple(dict.fromkeys(("projects", "contribution_eur", first))),
        scope,
        ("organisation",),
        first=first,
        limit=limit,
        offset=offset,
    )
    return make_organisations(con, groups)


def make_organisations(
    con: duckdb.DuckDBPyConnection, groups: Sequence[Group]
) -> tuple[OrganisationRow, ...]:
    """Make rows of groups by organisation, with their labels."""
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


def pick_figure(groups: Sequence[Group], name: str, scope: Scope, **keys: str) -> Figure:
    """Give the figure of one group; where there is no such group, the figure of no rows."""
    for group in groups:
        if group.keys == keys:
            return group.figures[name]
    return make_nothing([MEASURES[name]], scope, keys).figures[name]


def _read_head(con: duckdb.DuckDBPyConnection, organisation_id: str) -> tuple[Any, ...]:
    row = con.execute(
        "select * from organisation_card where organisation_id = $organisation",
        {"organisation": organisation_id},
    ).fetchone()
    if row is None:
        raise NotFoundError(
            f"No organisation has the identifier '{organisation_id}' in this evidence.",
            "It may have been joined with another: look up its current identifier.",
        )
    return tuple(row)


def _make_location(place: Sequence[Any], english: str | None, dutch: str | None) -> Location:
    note = Text(english, dutch) if english and dutch else None
    return Location(*(*place, note))


def _read_members(
    con: duckdb.DuckDBPyConnection, organisation_id: str, counted: Sequence[Group]
) -> tuple[Member, ...]:
    by_key = {group.keys["source_key"]: group.figures["participations"] for group in counted}
    rows = read_rows(
        con,
        """
        select a.source_key, a.is_anchor, a.rule, a.ruling, s.programme, s.pic, s.name, s.record_id,
               case when a.rule = 'match' then a.weight end as probability
        from same_as a join source_organisation s on s.source_key = a.source_key
        where a.organisation_id = $organisation
        """,
        {"organisation": organisation_id},
    )
    members = [
        Member(
            **row, participations=by_key.get(row["source_key"]) or _count_none(row["source_key"])
        )
        for row in rows
    ]
    return tuple(sorted(members, key=lambda member: (not member.is_anchor, member.source_key)))


def _count_none(source_key: str) -> Figure:
    """Give the figure of a record without participations: sources that list no projects have none."""
    measures = [MEASURES["participations"]]
    return make_nothing(measures, Scope(), {"source_key": source_key}).figures["participations"]


def _make_names(groups: Sequence[Group]) -> tuple[NameVariant, ...]:
    names = [
        NameVariant(group.keys["name"], group.keys["programme"], group.figures["participations"])
        for group in groups
    ]
    return tuple(
        sorted(names, key=lambda n: (-int(n.participations.value or 0), n.name, n.programme))
    )


def _make_partners(
    con: duckdb.DuckDBPyConnection, groups: Sequence[Group]
) -> tuple[PartnerRow, ...]:
    labels = read_labels(con, [group.keys["partner"] for group in groups])
    return tuple(
        PartnerRow(
            labels[group.keys["partner"]],
            group.figures["shared_projects"],
            group.first_year,
            group.last_year,
        )
        for group in groups
    )
