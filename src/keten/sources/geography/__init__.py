"""Geography: NUTS regions with their history, and Dutch municipalities, postcodes and places.

Each row of each file is in exactly one table row by row (`region`, `region_former`,
`region_listed`, `municipality`, `corop`, `province`, `postcode_cbs`, `postcode_4pp`) or in an
issue; a list of an earlier edition also gives `region` its countries that left. `postcode_nl` and
`place_nl` are derived from several files. Any file may be absent; its tables are then empty.
"""

import json
import re
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any, Final

import pyarrow as pa
import shapely

from keten.errors import SourceError
from keten.model import Issue, Package, Reading, Severity
from keten.sources.geography import netherlands, nuts
from keten.sources.geography.card import ADDRESSES, CARD, CARDS
from keten.sources.geography.files import Sheet, read_delimited, read_features

__all__ = ["ADDRESSES", "CARD", "CARDS", "find", "read"]

_ROLES: Final[Mapping[str, re.Pattern[str]]] = {
    "regions": re.compile(
        r"(gisco_nuts_2024|NUTS_RG_(\d\d)M_2024_4326)\.(geo)?json", re.IGNORECASE
    ),
    "list": re.compile(r"NUTS2021-NUTS2024\.csv", re.IGNORECASE),
    "former": re.compile(r"NUTS_AT_(20\d\d)\.csv", re.IGNORECASE),
    "municipalities": re.compile(r"geo_gemeenten\.geojson", re.IGNORECASE),
    "corop": re.compile(r"geo_nuts3\.geojson", re.IGNORECASE),
    "provinces": re.compile(r"geo_provincies\.geojson", re.IGNORECASE),
    "cbs": re.compile(r"postcodes\.csv", re.IGNORECASE),
    "four_pp": re.compile(r"nl-pc4-4pp\.csv", re.IGNORECASE),
}


def find(root: Path) -> list[Package]:
    """Give the folders at or below `root` that hold files of geography, each as one package."""
    folders: dict[Path, list[str]] = {}
    for path in sorted(root.rglob("*")):
        if path.is_file() and _role_of(path.name):
            folders.setdefault(path.parent, []).append(path.name)
    return [
        Package(CARD.source, "nuts2024", folder, _without_repeats(names))
        for folder, names in sorted(folders.items())
    ]


def read(package: Package, progress: Callable[[str, float], None]) -> Reading:
    """Read a folder of geography; `progress` gets the file's name and the share done (0..1)."""
    sheets: dict[str, list[Sheet]] = {role: [] for role in _ROLES}
    for index, member in enumerate(package.members):
        progress(member, index / len(package.members))
        role = _role_of(member)
        if role is None:
            raise SourceError(
                f"{member} is no file of geography.", "Name a folder with NUTS or postcode files."
            )
        sheets[role].append(_read_sheet(package.path / member, index, role))
    tables = {**_read_nuts(sheets), **_read_netherlands(sheets)}
    progress("", 1.0)
    in_order = sorted((sheet for group in sheets.values() for sheet in group), key=_index)
    return Reading(
        package=package,
        files=tuple(sheet.found for sheet in in_order),
        tables={name: table for name, (table, _) in tables.items()},
        typed_from={name: index for name, (_, index) in tables.items() if index is not None},
        issues=tuple(issue for sheet in in_order for issue in sheet.issues),
    )


def _index(sheet: Sheet) -> int:
    return sheet.index


def _role_of(name: str) -> str | None:
    return next((role for role, form in _ROLES.items() if form.fullmatch(name)), None)


def _without_repeats(names: Sequence[str]) -> tuple[str, ...]:
    """Keep one file of regions: the publisher's own naming first, then the finest scale."""
    regions = [name for name in names if _role_of(name) == "regions"]
    best = sorted(regions, key=lambda name: (not name.upper().startswith("NUTS_RG"), name))[:1]
    return tuple(sorted(name for name in names if _role_of(name) != "regions" or name in best))


def _read_sheet(path: Path, index: int, role: str) -> Sheet:
    if role == "regions":
        return read_features(path, index, nuts.FEATURES_USED, nuts.FEATURES_IGNORED)
    if role in ("municipalities", "corop", "provinces"):
        return read_features(path, index, (_NAME_COLUMN[role],), netherlands.AREA_IGNORED)
    if role == "list":
        return read_delimited(path, index, ";", nuts.LIST_USED, nuts.LIST_IGNORED)
    if role == "former":
        return read_delimited(path, index, ",", nuts.FORMER_USED, nuts.FORMER_IGNORED)
    if role == "cbs":
        return read_delimited(path, index, ",", netherlands.CBS_USED, netherlands.CBS_IGNORED)
    return read_delimited(path, index, ",", netherlands.FOUR_PP_USED, netherlands.FOUR_PP_IGNORED)


_NAME_COLUMN: Final = {"municipalities": "gemeente", "corop": "nuts3", "provinces": "provincie"}

_Tables = dict[str, tuple[pa.Table, int | None]]


def _read_nuts(sheets: Mapping[str, Sequence[Sheet]]) -> _Tables:
    regions = [
        row for sheet in sheets["regions"] for row in nuts.read_regions(sheet, _geometries(sheet))
    ]
    former = [
        region
        for sheet in sheets["former"]
        for region in nuts.read_former(sheet, re.sub(r"\D", "", sheet.found.name))
    ]
    names = {row["code"]: row["name"] for row in regions}
    kept = nuts.keep_last(former, {code[:2] for code in names}) if regions else []
    listed = [row for sheet in sheets["list"] for row in nuts.read_list(sheet, set(names))]
    return {
        "region": (_table([*regions, *kept], nuts.REGION), _first(sheets["regions"])),
        "region_former": (
            _table(nuts.trace_successors(former, names), nuts.REGION_FORMER),
            _first(sheets["former"]),
        ),
        "region_listed": (_table(listed, nuts.REGION_LISTED), _first(sheets["list"])),
    }


def _read_netherlands(sheets: Mapping[str, Sequence[Sheet]]) -> _Tables:
    names = {
        row.values["NUTS_ID"]: row.values["NUTS_NAME"]
        for sheet in sheets["regions"]
        for row in sheet.rows
    }
    codes = netherlands.Codes.of(names)
    areas = {
        role: [
            area
            for sheet in sheets[role]
            for area in netherlands.read_areas(sheet, column, _geometries(sheet))
        ]
        for role, column in _NAME_COLUMN.items()
    }
    corops, provinces = netherlands.Areas(areas["corop"]), netherlands.Areas(areas["provinces"])
    cbs = [row for sheet in sheets["cbs"] for row in netherlands.read_cbs(sheet)]
    four_pp = [row for sheet in sheets["four_pp"] for row in netherlands.read_four_pp(sheet)]
    municipalities = netherlands.describe_municipalities(
        areas["municipalities"], corops, provinces, codes
    )
    postcodes = netherlands.merge_postcodes(
        cbs, four_pp, netherlands.Areas(areas["municipalities"]), corops, provinces, codes
    )
    places = netherlands.list_places(postcodes, four_pp, municipalities)
    return {
        "municipality": (
            _table(municipalities, netherlands.MUNICIPALITY),
            _first(sheets["municipalities"]),
        ),
        "corop": (
            _table(netherlands.describe_areas(areas["corop"], codes.nuts3), netherlands.AREA),
            _first(sheets["corop"]),
        ),
        "province": (
            _table(
                netherlands.describe_areas(areas["provinces"], codes.province), netherlands.AREA
            ),
            _first(sheets["provinces"]),
        ),
        "postcode_cbs": (_table(cbs, netherlands.POSTCODE_CBS), _first(sheets["cbs"])),
        "postcode_4pp": (_table(four_pp, netherlands.POSTCODE_4PP), _first(sheets["four_pp"])),
        "postcode_nl": (_table(postcodes, netherlands.POSTCODE_NL), None),
        "place_nl": (_table(places, netherlands.PLACE_NL), None),
    }


def _first(sheets: Sequence[Sheet]) -> int | None:
    return sheets[0].index if sheets else None


def _table(rows: Sequence[Mapping[str, Any]], schema: pa.Schema) -> pa.Table:
    return pa.Table.from_pylist(list(rows), schema=schema)


def _geometries(sheet: Sheet) -> dict[int, Any]:
    """Give the geometry of each feature by line; one that is no area becomes an issue later."""
    geometries: dict[int, Any] = {}
    for row in sheet.rows:
        try:
            shape = shapely.from_geojson(json.dumps(row.geometry))
        except shapely.GEOSException:
            continue
        if shape.is_empty or shape.geom_type not in ("Polygon", "MultiPolygon"):
            continue
        if not shape.is_valid:
            shape = shapely.make_valid(shape)
            note = "the outline crossed itself and was mended"
            sheet.issues.append(
                Issue("mended-geometry", Severity.NOTE, note, sheet.index, row.line)
            )
        geometries[row.line] = shape
    return geometries
