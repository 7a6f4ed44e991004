"""Regions: the page of a region or a set of regions, and which code follows a former one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Final

from keten.atlas.fields import make_fields
from keten.atlas.measures import (
    COUNTRIES,
    EXACTLY,
    FIELDS,
    KIND,
    REGION_SETS,
    ROLE,
    SME,
    TOP_ORGANISATIONS,
    WHOLE,
    YEARS,
    read_groups,
    read_wholes,
    read_wholes_within,
)
from keten.atlas.organisations import make_organisations, make_years, pick_figure
from keten.atlas.views import KindRow, RegionRow, RegionView
from keten.errors import NotFoundError
from keten.evidence.figures.counting import Caveats, Group, measure_sets, read_caveats
from keten.evidence.figures.regions import read_former_by_code, read_regions_by_code, unnamed
from keten.evidence.figures.rows import keep_each
from keten.model import KINDS, Region, Scope, region_codes, region_level

if TYPE_CHECKING:
    import duckdb

Given = tuple[tuple[str, str], ...]  # filters beside those of the regions themselves
ROW_MEASURES = ("projects", "organisations", "contribution_eur")
DEEPEST = 3
_FIELDS_SHOWN: Final = 15
_PARTNERS_SHOWN: Final = 15


def current_region(con: duckdb.DuckDBPyConnection, code: str) -> tuple[str, ...]:
    """Give the code or codes that hold now for this one: itself, or what followed a former region.

    Raises: NotFoundError where there never was such a region, or nothing followed it.
    """
    (wanted,) = region_codes(code)
    if wanted in read_regions_by_code(con):
        return (wanted,)
    former = read_former_by_code(con).get(wanted, ())
    successors = {one.successor for one in former if one.successor is not None} - {wanted}
    if successors:
        return tuple(sorted(successors))
    if former:
        last = former[-1]
        raise NotFoundError(
            f"{wanted} ({last.name}) was a region of NUTS {last.vintage} and has no successor: it "
            f"was {last.change}.",
            f"Look at the wider region {wanted[:-1]}.",
        )
    raise NotFoundError(
        f"'{wanted}' is no region in this evidence.",
        "Use a code of NUTS 2024, for instance NL11, or look a region up by name.",
    )


def show_region(
    con: duckdb.DuckDBPyConnection, codes: Sequence[str], narrowed: Given = ()
) -> RegionView:
    """Give everything the page of a region, or of a set of regions, shows.

    No code at all asks for everything that the evidence holds. `narrowed` are further filters, such as
    (("technology", "optics"),). Raises: NotFoundError when one of the codes is no current region.
    """
    held = region_codes("+".join(codes)) if codes else ()
    return _show_narrowed(con, (held, narrowed)) if narrowed else _show(con, held)


@keep_each
def _show_narrowed(
    con: duckdb.DuckDBPyConnection, asked: tuple[tuple[str, ...], Given]
) -> RegionView:
    """Give a region narrowed: no build keeps such figures, so that an evidence is asked once for them."""
    return _show(con, *asked)


def _show(
    con: duckdb.DuckDBPyConnection, codes: tuple[str, ...], narrowed: Given = ()
) -> RegionView:
    scope = _scope_of(codes).narrowed(**dict(narrowed))
    caveats = read_caveats(con)
    groups = read_groups(con, scope, (*REGION_SETS, *_inside_set(codes)), caveats)
    total = groups[WHOLE][0].figures
    inside = _inside(con, codes, groups, caveats, narrowed)
    partners = _partner_groups(con, codes, caveats, narrowed)[:_PARTNERS_SHOWN]
    heads = [code[:length] for code in codes[:1] for length in range(2, len(code))]
    known = read_regions_by_code(con)
    _check_current(con, codes, known)
    return RegionView(
        codes=codes,
        regions=tuple(known[code] for code in codes),
        inside=make_rows(known, inside),
        no_deeper=_no_deeper(known, codes, groups.get(EXACTLY, [])),
        above=tuple(known[head] for head in heads if head in known) if len(codes) == 1 else (),
        projects_total=total["projects"],
        organisations_total=total["organisations"],
        participations=total["participations"],
        coordinated=pick_figure(groups[ROLE], "projects", scope, role="coordinator"),
        contribution_eur=total["contribution_eur"],
        sme_organisations=pick_figure(groups[SME], "organisations", scope, sme="true"),
        kinds=make_kinds(groups[KIND]),
        years=make_years(groups[YEARS]),
        organisations=make_organisations(con, groups[TOP_ORGANISATIONS]),
        fields=make_fields(con, groups[FIELDS])[:_FIELDS_SHOWN],
        fields_coverage=total["fields_coverage"],
        partner_regions=make_rows(known, partners),
        caveats=total["projects"].caveats,
    )


def overview(con: duckdb.DuckDBPyConnection, country: str = "") -> RegionView:
    """Give the view of a whole country, or of all the evidence, as the first page shows it."""
    return show_region(con, (country,) if country else ())


def read_regions(con: duckdb.DuckDBPyConnection, codes: Sequence[str]) -> tuple[Region, ...]:
    """Give these regions in the order asked for; raises NotFoundError for what is none now."""
    known = read_regions_by_code(con)
    _check_current(con, codes, known)
    return tuple(known[code] for code in codes)


def list_regions(
    con: duckdb.DuckDBPyConnection, country: str = "", *, scope: Scope | None = None
) -> tuple[RegionRow, ...]:
    """Give all countries, those with most contribution first; or all regions of one, by code.

    `scope` narrows which projects count; regions that have none of them are left out.
    """
    if scope is not None and scope.filters:
        return _list_narrowed(con, (country, scope))
    if country:
        (code,) = region_codes(country)
        groups = read_wholes_within(con, code, read_caveats(con))
    else:
        groups = sorted(
            read_groups(con, Scope(), (COUNTRIES,), read_caveats(con))[COUNTRIES], key=_most_money
        )
    return make_rows(read_regions_by_code(con), groups)


@keep_each
def _list_narrowed(
    con: duckdb.DuckDBPyConnection, asked: tuple[str, Scope]
) -> tuple[RegionRow, ...]:
    country, scope = asked
    within = scope.narrowed(region=country) if country else scope
    sets = [(f"region:{length}",) for length in ((3, 4, 5) if country else (2,))]
    found = [group for groups in measure_sets(con, ROW_MEASURES, within, sets) for group in groups]
    ordered = sorted(found, key=lambda group: group.keys["region"] if country else "")
    return make_rows(
        read_regions_by_code(con), ordered if country else sorted(found, key=_most_money)
    )


def list_inside(con: duckdb.DuckDBPyConnection, codes: Sequence[str]) -> tuple[RegionRow, ...]:
    """Give the regions one level down; for a set, its members."""
    caveats = read_caveats(con)
    kept = read_groups(con, _scope_of(codes), _inside_set(codes), caveats)
    groups = _inside(con, codes, kept, caveats)
    return make_rows(read_regions_by_code(con), groups)


def list_partner_countries(
    con: duckdb.DuckDBPyConnection, codes: Sequence[str], offset: int, limit: int
) -> tuple[RegionRow, ...]:
    """Give the other countries with which these regions share projects, most projects first.

    The figures are those of the other country's participants in the shared projects.
    """
    groups = _partner_groups(con, codes, read_caveats(con))[offset : offset + limit]
    return make_rows(read_regions_by_code(con), groups)


def _scope_of(codes: Sequence[str]) -> Scope:
    return Scope.of(region="+".join(codes)) if codes else Scope()


def _inside_set(codes: Sequence[str]) -> tuple[tuple[str, ...], ...]:
    """Name the groupings that divide one region over those one level down."""
    if not codes:
        return (COUNTRIES,)
    if len(codes) > 1 or region_level(codes[0]) >= DEEPEST:
        return ()
    return ((f"region:{len(codes[0]) + 1}",), EXACTLY)


def _inside(
    con: duckdb.DuckDBPyConnection,
    codes: Sequence[str],
    groups: Mapping[tuple[str, ...], list[Group]],
    caveats: Caveats,
    narrowed: Given = (),
) -> list[Group]:
    if len(codes) > 1 and narrowed:
        return [
            Group({"region": code}, whole.figures)
            for code in codes
            for whole in measure_sets(
                con, ROW_MEASURES, _scope_of((code,)).narrowed(**dict(narrowed)), [()], caveats
            )[0]
        ]
    if len(codes) > 1:
        return read_wholes(con, codes, caveats)
    inside = next(iter(_inside_set(codes)), None)
    return groups[inside] if inside else []


def _partner_groups(
    con: duckdb.DuckDBPyConnection, codes: Sequence[str], caveats: Caveats, narrowed: Given = ()
) -> list[Group]:
    if not codes:
        return []
    scope = Scope.of(partner_region="+".join(codes), **dict(narrowed))
    own = {code[:2] for code in codes}
    found = read_groups(con, scope, (COUNTRIES,), caveats)[COUNTRIES]
    others = [group for group in found if group.keys["region"] not in own]
    return sorted(others, key=lambda g: (-int(g.figures["projects"].value or 0), g.keys["region"]))


def _check_current(
    con: duckdb.DuckDBPyConnection, codes: Sequence[str], known: Mapping[str, Region]
) -> None:
    for code in codes:
        if code not in known:
            successors = current_region(con, code)
            raise NotFoundError(
                f"'{code}' is a former region.", f"What followed it: {'+'.join(successors)}."
            )


def make_rows(known: Mapping[str, Region], groups: Sequence[Group]) -> tuple[RegionRow, ...]:
    """Make rows of groups by region, in their order."""
    return tuple(
        RegionRow(
            known.get(group.keys["region"]) or unnamed(group.keys["region"]),
            *(group.figures[name] for name in ROW_MEASURES),
        )
        for group in groups
    )


def _most_money(group: Group) -> tuple[float, str]:
    return (-float(group.figures["contribution_eur"].value or 0), group.keys["region"])


def _no_deeper(
    known: Mapping[str, Region], codes: Sequence[str], exact: Sequence[Group]
) -> RegionRow | None:
    """Give the part of one region that is known no deeper than itself."""
    for group in exact:
        if group.keys["region_only"] == codes[0]:
            return RegionRow(known[codes[0]], *(group.figures[name] for name in ROW_MEASURES))
    return None


def make_kinds(groups: Sequence[Group]) -> tuple[KindRow, ...]:
    """Make rows of groups by kind of organisation, in the order of kinds."""
    by_kind = {group.keys["kind"]: group.figures for group in groups}
    ordered = [kind for kind in (*KINDS, "unknown") if kind in by_kind]
    return tuple(
        KindRow(
            None if kind == "unknown" else kind,
            by_kind[kind]["organisations"],
            by_kind[kind]["projects"],
            by_kind[kind]["contribution_eur"],
        )
        for kind in ordered
    )
