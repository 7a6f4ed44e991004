"""Geography: NUTS regions with their history, and Dutch municipalities, postcodes and places.

Each row of each file is in exactly one table row by row (`region`, `region_list_<edition>`,
`municipality`, `corop`, `province`, `postcode_cbs`, `postcode_4pp`) or in an issue; `region` also
gets the countries that left the classification, from the list of their last edition.
`region_former`, `postcode_nl` and `place_nl` are derived from several files. Any file may be absent;
its tables are then empty.
"""

import json
import os
import re
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any, Final

import pyarrow as pa
import shapely

from keten.errors import SourceError
from keten.model import Issue, Package, Reading, Severity, Text
from keten.sources.geography import netherlands, nuts
from keten.sources.geography.card import ADDRESSES, CARD, CARDS
from keten.sources.geography.files import Sheet, read_delimited, read_features

__all__ = ["ADDRESSES", "CARD", "CARDS", "find", "read"]

_ROLES: Final[Mapping[str, re.Pattern[str]]] = {
    "regions": re.compile(
        r"(gisco_nuts_2024|NUTS_RG_(\d\d)M_2024_4326)\.(geo)?json", re.IGNORECASE
    ),
    "list": re.compile(r"NUTS2021-NUTS2024\.csv", re.IGNORECASE),
    "former": re.compile(r"NUTS_AT_20(?!24)\d\d\.csv", re.IGNORECASE),
    "municipalities": re.compile(r"geo_gemeenten\.geojson", re.IGNORECASE),
    "corop": re.compile(r"geo_nuts3\.geojson", re.IGNORECASE),
    "provinces": re.compile(r"geo_provincies\.geojson", re.IGNORECASE),
    "cbs": re.compile(r"postcodes\.csv", re.IGNORECASE),
    "four_pp": re.compile(r"nl-pc4-4pp\.csv", re.IGNORECASE),
}


def find(root: Path) -> list[Package]:
    """Give the files of geography at or below `root`, wherever they lie, as one package.

    They belong together: Dutch areas get their codes from the regions. Of several files that say the
    same, the publisher's own naming goes before others, then the finest scale, then the first path.
    """
    chosen: dict[str, Path] = {}
    for path in sorted(root.rglob("*"), key=_preference):
        if path.is_file() and (role := _role_of(path.name)):
            is_list = role in ("list", "former")
            chosen.setdefault(path.name.upper() if is_list else role, path)
    if not chosen:
        return []
    folder = Path(os.path.commonpath([path.parent for path in chosen.values()]))
    members = sorted(path.relative_to(folder).as_posix() for path in chosen.values())
    return [Package(CARD.source, "nuts2024", folder, tuple(members))]


def _preference(path: Path) -> tuple[bool, str, str]:
    return (not path.name.upper().startswith("NUTS_RG"), path.name, path.as_posix())


def read(package: Package, progress: Callable[[str, float], None]) -> Reading:
    """Read a folder of geography; `progress` gets the file's name and the share done (0..1)."""
    sheets: dict[str, list[Sheet]] = {role: [] for role in _ROLES}
    for index, member in enumerate(package.members):
        progress(member, index / len(package.members))
        role = _role_of(Path(member).name)
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
        region for sheet in sheets["former"] for region in nuts.read_former(sheet, _edition(sheet))
    ]
    names = {row["code"]: row["name"] for row in regions}
    kept = nuts.keep_last(former, {code[:2] for code in names}) if regions else []
    tables: _Tables = {
        "region": (_table([*regions, *kept], nuts.REGION), _first(sheets["regions"])),
        "region_former": (_table(nuts.trace_successors(former, names), nuts.REGION_FORMER), None),
    }
    for sheet in sheets["list"]:
        listed = nuts.describe_list(nuts.read_list(sheet), names)
        tables[f"region_list_{nuts.CURRENT}"] = _table(listed, nuts.REGION_LIST), sheet.index
    for sheet in sheets["former"]:
        edition = _edition(sheet)
        listed = nuts.describe_list((row for row in former if row.vintage == edition), names)
        tables[f"region_list_{edition}"] = _table(listed, nuts.REGION_LIST), sheet.index
    return tables


def _edition(sheet: Sheet) -> str:
    return re.sub(r"\D", "", sheet.found.name)


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
        cbs,
        four_pp,
        netherlands.Areas(areas["municipalities"]),
        corops,
        provinces,
        municipalities,
        codes,
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
            note = Text(
                "The outline crossed itself and was mended.",
                "De omtrek kruiste zichzelf en is hersteld.",
            )
            sheet.issues.append(
                Issue("mended-geometry", Severity.NOTE, note, sheet.index, row.line)
            )
        geometries[row.line] = shape
    return geometries
