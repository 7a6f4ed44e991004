"""Regions: the page of a region or a set of regions, and which code follows a former one."""

from __future__ import annotations

import itertools
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from keten.atlas.fields import make_fields
from keten.atlas.figures import Caveats, Group, measure_sets, read_caveats
from keten.atlas.measures import FIELDS, TOP_ORGANISATIONS, WHOLE, YEARS, read_groups, read_wholes
from keten.atlas.organisations import make_organisations, make_years, pick_figure
from keten.atlas.rows import read_rows
from keten.atlas.views import KindRow, Region, RegionRow, RegionView
from keten.errors import NotFoundError
from keten.model import KINDS, Scope, region_codes, region_level

if TYPE_CHECKING:
    import duckdb

ROW_MEASURES = ("projects", "organisations", "contribution_eur")
DEEPEST = 3
_COUNTRIES: Final = ("region:2",)
_EXACT: Final = ("region_only",)
_FIELDS_SHOWN: Final = 15
_PARTNERS_SHOWN: Final = 15


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

    No code at all asks for everything that the evidence holds. Raises: NotFoundError when one of the
    codes is no current region.
    """
    codes = region_codes("+".join(codes)) if codes else ()
    scope = _scope_of(codes)
    roles, kinds, sizes = ("role",), ("kind",), ("sme",)
    sets = (WHOLE, YEARS, roles, kinds, sizes, FIELDS, TOP_ORGANISATIONS, *_inside_set(codes))
    caveats = read_caveats(con)
    groups = read_groups(con, scope, sets, caveats)
    total = groups[WHOLE][0].figures
    inside = _inside(con, codes, groups, caveats)
    partners = _partner_groups(con, codes, caveats)[:_PARTNERS_SHOWN]
    names = [group.keys["region"] for group in (*inside, *partners)]
    heads = [code[:length] for code in codes[:1] for length in range(2, len(code))]
    known = _read_regions(con, [*codes, *heads, *names])
    _check_current(con, codes, known)
    return RegionView(
        codes=codes,
        regions=tuple(known[code] for code in codes),
        inside=_make_rows(known, inside),
        no_deeper=_no_deeper(known, codes, groups.get(_EXACT, [])),
        above=tuple(known[head] for head in heads if head in known) if len(codes) == 1 else (),
        projects_total=total["projects"],
        organisations_total=total["organisations"],
        participations=total["participations"],
        coordinated=pick_figure(con, groups[roles], "projects", scope, role="coordinator"),
        contribution_eur=total["contribution_eur"],
        sme_organisations=pick_figure(con, groups[sizes], "organisations", scope, sme="true"),
        kinds=_make_kinds(groups[kinds]),
        years=make_years(groups[YEARS]),
        organisations=make_organisations(con, groups[TOP_ORGANISATIONS]),
        fields=make_fields(con, groups[FIELDS])[:_FIELDS_SHOWN],
        fields_coverage=total["fields_coverage"],
        partner_regions=_make_rows(known, partners),
        caveats=total["projects"].caveats,
    )


def overview(con: duckdb.DuckDBPyConnection, country: str = "") -> RegionView:
    """Give the view of a whole country, or of all the evidence, as the first page shows it."""
    return show_region(con, (country,) if country else ())


def read_regions(con: duckdb.DuckDBPyConnection, codes: Sequence[str]) -> tuple[Region, ...]:
    """Give these regions in the order asked for; raises NotFoundError for what is none now."""
    known = _read_regions(con, codes)
    _check_current(con, codes, known)
    return tuple(known[code] for code in codes)


def list_regions(con: duckdb.DuckDBPyConnection, country: str = "") -> tuple[RegionRow, ...]:
    """Give all countries, those with most contribution first; or all regions of one, by code."""
    if country:
        sets = tuple((f"region:{length}",) for length in (3, 4, 5))
        found = measure_sets(con, ROW_MEASURES, Scope.of(region=country), sets)
        groups = sorted(itertools.chain(*found), key=lambda group: group.keys["region"])
    else:
        groups = sorted(
            read_groups(con, Scope(), (_COUNTRIES,), read_caveats(con))[_COUNTRIES], key=_most_money
        )
    return _make_rows(_read_regions(con, [group.keys["region"] for group in groups]), groups)


def list_inside(con: duckdb.DuckDBPyConnection, codes: Sequence[str]) -> tuple[RegionRow, ...]:
    """Give the regions one level down; for a set, its members."""
    caveats = read_caveats(con)
    kept = read_groups(con, _scope_of(codes), _inside_set(codes), caveats)
    groups = _inside(con, codes, kept, caveats)
    return _make_rows(_read_regions(con, [group.keys["region"] for group in groups]), groups)


def list_partner_countries(
    con: duckdb.DuckDBPyConnection, codes: Sequence[str], offset: int, limit: int
) -> tuple[RegionRow, ...]:
    """Give the other countries with which these regions share projects, most projects first.

    The figures are those of the other country's participants in the shared projects.
    """
    groups = _partner_groups(con, codes, read_caveats(con))[offset : offset + limit]
    return _make_rows(_read_regions(con, [group.keys["region"] for group in groups]), groups)


def _scope_of(codes: Sequence[str]) -> Scope:
    return Scope.of(region="+".join(codes)) if codes else Scope()


def _inside_set(codes: Sequence[str]) -> tuple[tuple[str, ...], ...]:
    """Name the groupings that divide one region over those one level down."""
    if not codes:
        return (_COUNTRIES,)
    if len(codes) > 1 or region_level(codes[0]) >= DEEPEST:
        return ()
    return ((f"region:{len(codes[0]) + 1}",), _EXACT)


def _inside(
    con: duckdb.DuckDBPyConnection,
    codes: Sequence[str],
    groups: Mapping[tuple[str, ...], list[Group]],
    caveats: Caveats,
) -> list[Group]:
    if len(codes) > 1:
        wholes = read_wholes(con, [Scope.of(region=code) for code in codes], caveats)
        return [
            replace(whole, keys={"region": code}) for code, whole in zip(codes, wholes, strict=True)
        ]
    inside = next(iter(_inside_set(codes)), None)
    return groups[inside] if inside else []


def _partner_groups(
    con: duckdb.DuckDBPyConnection, codes: Sequence[str], caveats: Caveats
) -> list[Group]:
    if not codes:
        return []
    scope = Scope.of(partner_region="+".join(codes))
    own = {code[:2] for code in codes}
    found = read_groups(con, scope, (_COUNTRIES,), caveats)[_COUNTRIES]
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


def _make_rows(known: Mapping[str, Region], groups: Sequence[Group]) -> tuple[RegionRow, ...]:
    return tuple(
        RegionRow(
            known.get(group.keys["region"]) or _unnamed(group.keys["region"]),
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


def _no_deeper(
    known: Mapping[str, Region], codes: Sequence[str], exact: Sequence[Group]
) -> RegionRow | None:
    """Give the part of one region that is known no deeper than itself."""
    for group in exact:
        if group.keys["region_only"] == codes[0]:
            return RegionRow(known[codes[0]], *(group.figures[name] for name in ROW_MEASURES))
    return None


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
    rows = read_rows(
        con,
        "select code, level, name, name_latin, parent, vintage from region "
        "where code in (select unnest($codes))",
        {"codes": list(codes)},
    )
    former: dict[str, list[tuple[str, str]]] = {}
    for code, successor, change in con.execute(
        """
        select distinct code, successor, change from region_former
        where successor in (select unnest($codes)) and code <> successor order by all
        """,
        {"codes": list(codes)},
    ).fetchall():
        former.setdefault(successor, []).append((code, change))
    found = {row["code"]: Region(**row, former=tuple(former.get(row["code"], ()))) for row in rows}
    countries = [code for code in codes if code not in found and len(code) == 2]
    if countries:
        for (code,) in con.execute(
            "select distinct country from place where country in (select unnest($codes))",
            {"codes": countries},
        ).fetchall():
            found[code] = _unnamed(code)
    return found
