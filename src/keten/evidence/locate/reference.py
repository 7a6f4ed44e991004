"""What `locate` looks things up in: regions, former codes, postcodes, places and municipalities.

Built from the tables of the geography source, from DuckDB or straight from a reading; whatever is
absent is empty, and locating goes on with what there is.
"""

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

import duckdb
import numpy as np
import pyarrow as pa
import shapely
from pyproj import Transformer

from keten.evidence.locate.dutch_address import place_key

TABLES: Final = ("region", "region_former", "postcode_nl", "place_nl", "municipality")

# Codes of countries as other registers write them, to those of NUTS.
COUNTRY_ALIASES: Final = {"GR": "EL", "GB": "UK"}


@dataclass(frozen=True, slots=True)
class Spot:
    """Where a postcode or place lies; what is unknown is empty or None."""

    nuts3: str | None
    municipality: str | None
    province: str | None
    latitude: float | None
    longitude: float | None
    is_certain: bool = True


@dataclass(frozen=True, slots=True)
class GeoReference:
    """The lookups, with shapes in EPSG:3035 (regions) and EPSG:28992 (municipalities), in metres."""

    codes: frozenset[str]
    nuts3: tuple[str, ...]
    drawn: np.ndarray[Any, Any]
    shapes: np.ndarray[Any, Any]
    tree: shapely.STRtree
    upper_shapes: Mapping[str, Any]  # levels 0 to 2
    middle: Mapping[str, tuple[float, float]]
    successor: Mapping[str, str]
    postcodes: Mapping[str, Spot]
    places: Mapping[str, Spot]
    municipalities: tuple[str, ...]
    municipality_tree: shapely.STRtree
    province_of: Mapping[str, str | None]
    province_of_nuts: Mapping[str, str]

    @classmethod
    def of(cls, tables: Mapping[str, pa.Table]) -> "GeoReference":
        """Build the lookups from tables as the geography source gives them."""
        rows = {name: tables[name].to_pylist() if name in tables else [] for name in TABLES}
        regions = {row["code"]: row for row in rows["region"]}
        nuts3 = tuple(sorted(code for code, row in regions.items() if row["level"] == 3))
        has_shape = [bool(regions[code]["geometry_wkb"]) for code in nuts3]
        drawn = np.flatnonzero(np.array(has_shape, dtype=bool))
        shapes = _shapes([regions[nuts3[place]]["geometry_wkb"] for place in drawn])
        upper = sorted(c for c, row in regions.items() if len(c) < 5 and row["geometry_wkb"])
        upper_shapes = _shapes([regions[code]["geometry_wkb"] for code in upper])
        municipalities = sorted(rows["municipality"], key=lambda row: str(row["name"]))
        municipal = shapely.from_wkb([row["geometry_wkb"] for row in municipalities])
        postcodes = {row["pc4"]: _spot(row) for row in rows["postcode_nl"]}
        return cls(
            codes=frozenset(regions),
            nuts3=nuts3,
            drawn=drawn,
            shapes=shapes,
            tree=shapely.STRtree(shapes),
            upper_shapes=dict(zip(upper, upper_shapes, strict=True)),
            middle={
                code: (row["latitude"], row["longitude"])
                for code, row in regions.items()
                if row["latitude"] is not None
            },
            successor=_successors(rows["region_former"], frozenset(regions)),
            postcodes={**_postcode_areas(postcodes), **postcodes},
            places=_gather_places(rows["place_nl"]),
            municipalities=tuple(str(row["name"]) for row in municipalities),
            municipality_tree=shapely.STRtree(municipal),
            province_of={row["name"]: row["province"] for row in municipalities},
            province_of_nuts=_provinces_of_nuts(regions),
        )

    def resolve(self, code: str) -> str:
        """Bring a NUTS code of any edition to the deepest region of now that surely holds it.

        A code that nobody lists gives its deepest known ancestor, at last its two letters.
        """
        wanted = re.sub(r"[^0-9A-Z]", "", code.upper())
        wanted = COUNTRY_ALIASES.get(wanted[:2], wanted[:2]) + wanted[2:]
        while len(wanted) > 2:
            if wanted in self.codes:
                return wanted
            if wanted in self.successor:
                return self.successor[wanted]
            wanted = wanted[:-1]
        return wanted


def read_reference(con: duckdb.DuckDBPyConnection) -> GeoReference:
    """Build the lookups from the tables of geography that this evidence holds."""
    present = {name for (name,) in con.execute("select table_name from duckdb_tables()").fetchall()}
    return GeoReference.of(
        {
            name: con.sql(f"select * from {name}").to_arrow_table()
            for name in TABLES
            if name in present
        }
    )


def to_laea(longitude: Any, latitude: Any) -> np.ndarray[Any, Any]:
    """Give points of EPSG:3035, in metres, for degrees."""
    x, y = Transformer.from_crs(4326, 3035, always_xy=True).transform(longitude, latitude)
    points: np.ndarray[Any, Any] = shapely.points(x, y)
    return points


def to_rd(longitude: Any, latitude: Any) -> np.ndarray[Any, Any]:
    """Give points of EPSG:28992 (the Dutch grid), in metres, for degrees."""
    x, y = Transformer.from_crs(4326, 28992, always_xy=True).transform(longitude, latitude)
    points: np.ndarray[Any, Any] = shapely.points(x, y)
    return points


def _shapes(wkb: Sequence[bytes]) -> np.ndarray[Any, Any]:
    transformer = Transformer.from_crs(4326, 3035, always_xy=True)

    def move(points: np.ndarray[Any, Any]) -> np.ndarray[Any, Any]:
        return np.column_stack(transformer.transform(points[:, 0], points[:, 1]))

    shapes = np.array(shapely.from_wkb(list(wkb)), dtype=object)
    moved: np.ndarray[Any, Any] = shapely.transform(shapes, move)
    shapely.prepare(moved)
    return moved


def _successors(former: Sequence[Mapping[str, Any]], codes: frozenset[str]) -> dict[str, str]:
    """Give what each former code is now; where editions differ the latest holds."""
    in_order = sorted(former, key=lambda row: (row["vintage"], row["code"]))
    return {row["code"]: row["successor"] for row in in_order if row["successor"] in codes}


def _spot(row: Mapping[str, Any]) -> Spot:
    return Spot(
        row["nuts3"], row["municipality"], row["province"], row["latitude"], row["longitude"]
    )


def _postcode_areas(postcodes: Mapping[str, Spot]) -> dict[str, Spot]:
    """Give for the first three digits what all their postcodes agree on: new postcodes fit in."""
    areas: dict[str, list[Spot]] = defaultdict(list)
    for pc4, spot in postcodes.items():
        if spot.nuts3:
            areas[pc4[:3]].append(spot)
    return {area: _agreed(spots) for area, spots in areas.items()}


def _agreed(spots: Sequence[Spot]) -> Spot:
    """Give what spots have in common, at the median of their coordinates."""
    nuts3 = {spot.nuts3 for spot in spots}
    municipalities = {spot.municipality for spot in spots}
    provinces = {spot.province for spot in spots}
    latitudes = [spot.latitude for spot in spots if spot.latitude is not None]
    longitudes = [spot.longitude for spot in spots if spot.longitude is not None]
    is_one = len(nuts3) == 1 and bool(latitudes)
    return Spot(
        nuts3.pop() if len(nuts3) == 1 else None,
        municipalities.pop() if len(municipalities) == 1 else None,
        provinces.pop() if len(provinces) == 1 else None,
        float(np.median(latitudes)) if is_one else None,
        float(np.median(longitudes)) if is_one else None,
    )


def _gather_places(rows: Sequence[Mapping[str, Any]]) -> dict[str, Spot]:
    """Give one spot per key of a name.

    A name that several places share stands for the one that also names its municipality (Rijswijk,
    Hengelo), but is then not certain; without such a place it only gives what all have in common.
    """
    named: dict[str, list[Mapping[str, Any]]] = defaultdict(list)
    for row in rows:
        named[place_key(row["place"])].append(row)
    places: dict[str, Spot] = {}
    for key, found in named.items():
        if not key:
            continue
        agreed = _agreed([_spot(row) for row in found])
        eponymous = [row for row in found if place_key(row["municipality"]) == key]
        if agreed.municipality is None and len({row["municipality"] for row in eponymous}) == 1:
            is_certain = agreed.nuts3 is not None
            places[key] = replace(_spot(eponymous[0]), is_certain=is_certain)
        else:
            places[key] = agreed
    return places


def _provinces_of_nuts(regions: Mapping[str, Mapping[str, Any]]) -> dict[str, str]:
    """Give the Dutch province, which is NUTS 2, of each Dutch NUTS 3 region."""
    return {
        code: re.sub(r" \(NL\)$", "", regions[code[:4]]["name"])
        for code in sorted(regions)
        if code[:2] == "NL" and len(code) == 5 and code[:4] in regions
    }
