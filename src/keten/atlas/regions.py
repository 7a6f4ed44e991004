"""Regions: the page of a region or a set of regions, and which code follows a former one."""

from collections.abc import Sequence

import duckdb

from keten.atlas.fields import list_fields
from keten.atlas.figures import Group, measure, measure_sets
from keten.atlas.organisations import list_organisations, make_years, pick
from keten.atlas.views import KindRow, Region, RegionRow, RegionView
from keten.errors import NotFoundError
from keten.model import KINDS, Scope, region_codes, region_level

ROW_MEASURES = ("projects", "organisations", "contribution_eur")
TOTALS = (*ROW_MEASURES, "participations")
DEEPEST = 3


def current_region(con: duckdb.DuckDBPyConnection, code: str) -> tuple[str, ...]:
    """Give the code or codes that hold now for this one: itself, or what followed a former region.

    Raises: NotFoundError where there never was such a region, or nothing followed it.
    """
    (wanted,) = region_codes(code)
    if _read_regions(con, [wanted]):
        return (wanted,)
    rows = con.execute(
        "select distinct successor, name, vintage, change from region_former where code = $code "
        "order by all",
        {"code": wanted},
    ).fetchall()
    successors = tuple(sorted({row[0] for row in rows if row[0] is not None} - {wanted}))
    if successors:
        return successors
    if rows:
        name, vintage = rows[-1][1], rows[-1][2]
        raise NotFoundError(
            f"{wanted} ({name}) was a region of NUTS {vintage} and has no successor: it was "
            f"{rows[-1][3]}.",
            f"Look at the wider region {wanted[:-1]}.",
        )
    raise NotFoundError(
        f"'{wanted}' is no region in this evidence.",
        "Use a code of NUTS 2024, for instance NL11, or look a region up by name.",
    )


def show_region(con: duckdb.DuckDBPyConnection, codes: Sequence[str]) -> RegionView:
    """Give everything the page of a region, or of a set of regions, shows.

    Raises: NotFoundError when one of the codes is no current region.
    """
    codes = region_codes("+".join(codes))
    regions = read_regions(con, codes)
    scope = Scope.of(region="+".join(codes))
    whole, years, kinds, roles, sizes = measure_sets(
        con, TOTALS, scope, [(), ("programme", "year"), ("kind",), ("role",), ("sme",)]
    )
    total = whole[0].figures
    fields, coverage = list_fields(con, scope, limit=15)
    return RegionView(
        codes=codes,
        regions=regions,
        inside=list_inside(con, codes),
        no_deeper=_no_deeper(con, codes),
        above=_above(con, codes),
        projects_total=total["projects"],
        organisations_total=total["organisations"],
        participations=total["participations"],
        coordinated=pick(con, roles, "projects", scope, role="coordinator"),
        contribution_eur=total["contribution_eur"],
        sme_organisations=pick(con, sizes, "organisations", scope, sme="true"),
        kinds=_make_kinds(kinds),
        years=make_years(years),
        organisations=list_organisations(con, scope, 0, 20),
        fields=fields,
        fields_coverage=coverage,
        partner_regions=list_partner_countries(con, codes, 0, 15),
        caveats=total["projects"].caveats,
    )


def overview(con: duckdb.DuckDBPyConnection, country: str) -> RegionView:
    """Give the view of a whole country, as the first page shows it."""
    return show_region(con, (country,))


def read_regions(con: duckdb.DuckDBPyConnection, codes: Sequence[str]) -> tuple[Region, ...]:
    """Give these regions in the order asked for; raises NotFoundError for what is none now."""
    found = _read_regions(con, codes)
    for code in codes:
        if code not in found:
            successors = current_region(con, code)
            raise NotFoundError(
                f"'{code}' is a former region.", f"Its successor is {'+'.join(successors)}."
            )
    return tuple(found[code] for code in codes)


def list_regions(con: duckdb.DuckDBPyConnection, country: str = "") -> tuple[RegionRow, ...]:
    """Give all countries, those with most contribution first; or all regions of one, by code."""
    if country:
        scope = Scope.of(region=country)
        depths = range(len(country) + 1, DEEPEST + 3)
        groups = [group for depth in depths for group in _by_region(con, scope, depth)]
        return _make_rows(con, sorted(groups, key=lambda group: group.keys["region"]))
    groups = _by_region(con, Scope(), 2)
    return _make_rows(con, sorted(groups, key=_most_money))


def list_inside(con: duckdb.DuckDBPyConnection, codes: Sequence[str]) -> tuple[RegionRow, ...]:
    """Give the regions one level down; for a set, its members."""
    if len(codes) > 1:
        groups = [
            Group(
                {"region": code},
                measure_sets(con, ROW_MEASURES, Scope.of(region=code), [()])[0][0].figures,
            )
            for code in codes
        ]
    elif region_level(codes[0]) >= DEEPEST:
        return ()
    else:
        groups = _by_region(con, Scope.of(region=codes[0]), len(codes[0]) + 1)
    return _make_rows(con, groups)


def list_partner_countries(
    con: duckdb.DuckDBPyConnection, codes: Sequence[str], offset: int, limit: int
) -> tuple[RegionRow, ...]:
    """Give the other countries with which these regions share projects, most projects first.

    The figures are those of the other country's participants in the shared projects.
    """
    scope = Scope.of(partner_region="+".join(codes))
    own = {code[:2] for code in codes}
    groups = [group for group in _by_region(con, scope, 2) if group.keys["region"] not in own]
    groups.sort(key=lambda g: (-(g.figures["projects"].value or 0), g.keys["region"]))
    return _make_rows(con, groups[offset : offset + limit])


def _by_region(con: duckdb.DuckDBPyConnection, scope: Scope, length: int) -> list[Group]:
    """Group a scope by the head of the region's code; rows known less deeply are left out."""
    return measure_sets(con, ROW_MEASURES, scope, [(f"region:{length}",)])[0]


def _make_rows(con: duckdb.DuckDBPyConnection, groups: Sequence[Group]) -> tuple[RegionRow, ...]:
    found = _read_regions(con, [group.keys["region"] for group in groups])
    return tuple(
        RegionRow(
            found.get(group.keys["region"]) or _unnamed(group.keys["region"]),
            *(group.figures[name] for name in ROW_MEASURES),
        )
        for group in groups
    )


def _most_money(group: Group) -> tuple[float, str]:
    return (-float(group.figures["contribution_eur"].value or 0), group.keys["region"])


def _unnamed(code: str) -> Region:
    """Make a region that the classification does not hold: a country, or an undivided part."""
    return Region(
        code, region_level(code), code, code, code[:-1] if len(code) > 2 else None, "", ()
    )


def _no_deeper(con: duckdb.DuckDBPyConnection, codes: Sequence[str]) -> RegionRow | None:
    """Give the part of one region that is known no deeper than itself."""
    if len(codes) > 1 or region_level(codes[0]) >= DEEPEST:
        return None
    scope = Scope.of(region_only=codes[0])
    figures = measure_sets(con, ROW_MEASURES, scope, [()])[0][0].figures
    if not figures["projects"].value:
        return None
    region = read_regions(con, codes)[0]
    return RegionRow(region, *(figures[name] for name in ROW_MEASURES))


def _above(con: duckdb.DuckDBPyConnection, codes: Sequence[str]) -> tuple[Region, ...]:
    if len(codes) > 1:
        return ()
    heads = [codes[0][:length] for length in range(2, len(codes[0]))]
    found = _read_regions(con, heads)
    return tuple(found[head] for head in heads if head in found)


def _make_kinds(groups: Sequence[Group]) -> tuple[KindRow, ...]:
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


def _read_regions(con: duckdb.DuckDBPyConnection, codes: Sequence[str]) -> dict[str, Region]:
    """Read regions by code: those of the classification, and countries outside it with a row."""
    if not codes:
        return {}
    rows = con.execute(
        """
        select r.code, r.level, r.name, r.name_latin, r.parent, r.vintage
        from region r where r.code in (select unnest($codes))
        """,
        {"codes": list(codes)},
    ).fetchall()
    former: dict[str, list[tuple[str, str]]] = {}
    for code, successor, change in con.execute(
        """
        select distinct code, successor, change from region_former
        where successor in (select unnest($codes)) and code <> successor order by all
        """,
        {"codes": list(codes)},
    ).fetchall():
        former.setdefault(successor, []).append((code, change))
    found = {row[0]: Region(*row, former=tuple(former.get(row[0], ()))) for row in rows}
    countries = [code for code in codes if code not in found and len(code) == 2]
    if countries:
        for (code,) in con.execute(
            "select distinct country from place where country in (select unnest($codes))",
            {"codes": countries},
        ).fetchall():
            found[code] = _unnamed(code)
    return found


__all__ = [
    "current_region",
    "list_inside",
    "list_partner_countries",
    "list_regions",
    "measure",
    "overview",
    "read_regions",
    "show_region",
]
