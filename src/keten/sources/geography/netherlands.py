"""The Netherlands below NUTS 3: municipalities, COROP regions, provinces, postcodes and places.

Three things bind the Dutch files to one another and to the NUTS of 2024. COROP regions are NUTS 3
and are matched by name; they consist of whole municipalities, so a postcode's region is that of its
municipality, whatever older region the table of postcodes still names (Littenseradiel). A region
must lie in its province: where municipalities changed province (Vijfheerenlanden) COROP of 2022 and
NUTS of 2024 differ, and the province decides. Names of municipalities that no longer exist are
brought to those of the outlines by where their postcodes lie.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

import numpy as np
import pyarrow as pa
import shapely
from pyproj import Transformer

from keten.model import Text
from keten.sources.geography.files import Row, Sheet
from keten.sources.geography.nuts import name_key, say_no_outline
from keten.sources.geography.outline import draw_outline, project

RD: Final = 28992  # the Dutch grid, in metres

CBS_USED: Final = ("postcode", "plaats", "gemeente", "provincie", "nuts3")
CBS_IGNORED: Final = ("inwoners", "inwoners_man", "inwoners_vrouw", "ggdregio")
FOUR_PP_USED: Final = (
    "postcode",
    "woonplaats",
    "alternatieve_schrijfwijzen",
    "gemeente",
    "provincie",
    "latitude",
    "longitude",
    "soort",
)
FOUR_PP_IGNORED: Final = ("id", "netnummer")
AREA_IGNORED: Final = ("inwoners", "oppervlakte_km2")

POSTCODE_CBS: Final = pa.schema(
    [
        ("record_id", pa.int64()),
        ("postcode", pa.string()),
        ("place", pa.string()),
        ("municipality", pa.string()),
        ("province", pa.string()),
        ("corop", pa.string()),
    ]
)
POSTCODE_4PP: Final = pa.schema(
    [
        ("record_id", pa.int64()),
        ("pc4", pa.string()),
        ("place", pa.string()),
        ("other_spellings", pa.list_(pa.string())),
        ("municipality", pa.string()),
        ("province", pa.string()),
        ("latitude", pa.float64()),
        ("longitude", pa.float64()),
        ("kind", pa.string()),
    ]
)
POSTCODE_NL: Final = pa.schema(
    [
        ("record_id", pa.int64()),
        ("pc4", pa.string()),
        ("place", pa.string()),
        ("municipality", pa.string()),
        ("province", pa.string()),
        ("corop", pa.string()),
        ("nuts3", pa.string()),
        ("latitude", pa.float64()),
        ("longitude", pa.float64()),
        ("is_po_box", pa.bool_()),
    ]
)
PLACE_NL: Final = pa.schema(
    [
        ("record_id", pa.int64()),
        ("place", pa.string()),
        ("municipality", pa.string()),
        ("province", pa.string()),
        ("nuts3", pa.string()),
        ("latitude", pa.float64()),
        ("longitude", pa.float64()),
        ("is_ambiguous", pa.bool_()),
    ]
)
MUNICIPALITY: Final = pa.schema(
    [
        ("record_id", pa.int64()),
        ("name", pa.string()),
        ("province", pa.string()),
        ("corop", pa.string()),
        ("nuts3", pa.string()),
        ("latitude", pa.float64()),
        ("longitude", pa.float64()),
        ("geometry_wkb", pa.binary()),
        ("outline", pa.string()),
    ]
)
AREA: Final = pa.schema(
    [
        ("record_id", pa.int64()),
        ("name", pa.string()),
        ("nuts", pa.string()),
        ("geometry_wkb", pa.binary()),
        ("outline", pa.string()),
    ]
)


@dataclass(frozen=True, slots=True)
class Area:
    """A municipality, COROP region or province with its outline in RD."""

    record_id: int
    name: str
    shape: Any


@dataclass(slots=True)
class Areas:
    """Areas of one kind, to be asked which one a point of RD lies in."""

    areas: Sequence[Area] = ()
    _tree: shapely.STRtree | None = field(default=None, init=False)

    def names_at(self, points: np.ndarray[Any, Any]) -> list[str]:
        """Give the name of the area at each point; empty where there is none."""
        names = [""] * len(points)
        if self._tree is None:
            self._tree = shapely.STRtree([area.shape for area in self.areas])
        which, where = self._tree.query(points, predicate="intersects")
        for point, area in sorted(zip(which.tolist(), where.tolist(), strict=True), reverse=True):
            names[point] = self.areas[area].name
        return names


@dataclass(frozen=True, slots=True)
class Codes:
    """NUTS codes of Dutch regions by the key of their names."""

    nuts3: Mapping[str, str]
    province: Mapping[str, str]

    @classmethod
    def of(cls, names: Mapping[str, str]) -> "Codes":
        """Take the Dutch regions of all `names` by code."""
        dutch = {code: name_key(name) for code, name in names.items() if code[:2] == "NL"}
        return cls(
            {key: code for code, key in dutch.items() if len(code) == 5},
            {key: code for code, key in dutch.items() if len(code) == 4},
        )

    def nuts3_of(self, corop: str, province: str) -> str | None:
        """Give the NUTS 3 code of a COROP region, unless it lies outside the province."""
        code = self.nuts3.get(name_key(corop))
        above = self.province.get(name_key(province))
        if code and above and not code.startswith(above):
            inside = sorted(other for other in self.nuts3.values() if other.startswith(above))
            return inside[0] if len(inside) == 1 else None
        return code


_NO_NAME = Text(
    "The area has no name, or one that came before.",
    "Het gebied heeft geen naam, of een die al eerder kwam.",
)
_NO_NUMBER = Text("This is no number.", "Dit is geen getal.")
_OUTSIDE = Text("The coordinate lies outside the country.", "De coördinaat ligt buiten het land.")


def read_areas(sheet: Sheet, column: str, geometries: Mapping[int, Any]) -> list[Area]:
    """Type the features of one kind of area."""
    areas: list[Area] = []
    names: set[str] = set()
    for row in sheet.rows:
        name = row.values[column]
        if not name or name in names:
            sheet.lose(row, "bad-name", _NO_NAME, column)
        elif row.line not in geometries:
            sheet.lose(row, "bad-geometry", say_no_outline(name), column)
        else:
            names.add(name)
            areas.append(Area(row.record_id, name, geometries[row.line]))
    return areas


def read_cbs(sheet: Sheet) -> list[dict[str, Any]]:
    """Type the postcode table: postcodes of two, three and four digits."""
    rows: list[dict[str, Any]] = []
    for row in sheet.rows:
        postcode = row.values["postcode"]
        if not (postcode.isdecimal() and 2 <= len(postcode) <= 4):
            message = Text(
                f"'{postcode}' has not two to four digits.",
                f"'{postcode}' heeft geen twee tot vier cijfers.",
            )
            sheet.lose(row, "bad-postcode", message, "postcode")
            continue
        rows.append(
            {
                "record_id": row.record_id,
                "postcode": postcode,
                "place": row.values["plaats"] or None,
                "municipality": row.values["gemeente"] or None,
                "province": row.values["provincie"] or None,
                "corop": row.values["nuts3"] or None,
            }
        )
    return rows


def read_four_pp(sheet: Sheet) -> list[dict[str, Any]]:
    """Type the 4pp table: postcodes of four digits, post-office boxes too, with a coordinate."""
    rows: list[dict[str, Any]] = []
    for row in sheet.rows:
        pc4 = row.values["postcode"]
        if not (pc4.isdecimal() and len(pc4) == 4):
            message = Text(f"'{pc4}' has not four digits.", f"'{pc4}' heeft geen vier cijfers.")
            sheet.lose(row, "bad-postcode", message, "postcode")
            continue
        latitude, longitude = _coordinate(sheet, row)
        spellings = row.values["alternatieve_schrijfwijzen"].split(";")
        rows.append(
            {
                "record_id": row.record_id,
                "pc4": pc4,
                "place": row.values["woonplaats"] or None,
                "other_spellings": [spelling.strip() for spelling in spellings if spelling.strip()],
                "municipality": row.values["gemeente"] or None,
                "province": row.values["provincie"] or None,
                "latitude": latitude,
                "longitude": longitude,
                "kind": row.values["soort"] or None,
            }
        )
    return rows


def _coordinate(sheet: Sheet, row: Row) -> tuple[float | None, float | None]:
    try:
        latitude, longitude = float(row.values["latitude"]), float(row.values["longitude"])
    except ValueError:
        sheet.doubt(row, "bad-number", _NO_NUMBER, "latitude")
        return None, None
    # The European Netherlands; anything else is a slip of the register.
    if not (50.7 < latitude < 53.7 and 3.2 < longitude < 7.3):
        sheet.doubt(row, "outside-country", _OUTSIDE, "latitude")
        return None, None
    return latitude, longitude


def describe_areas(areas: Iterable[Area], codes: Mapping[str, str]) -> list[dict[str, Any]]:
    """Give COROP regions or provinces as rows."""
    listed = list(areas)
    flat = project(np.array([area.shape for area in listed], dtype=object), RD)
    return [
        {
            "record_id": area.record_id,
            "name": area.name,
            "nuts": codes.get(name_key(area.name)),
            "geometry_wkb": shapely.to_wkb(area.shape),
            "outline": draw_outline(flat[place]),
        }
        for place, area in enumerate(listed)
    ]


def describe_municipalities(
    areas: Sequence[Area], corops: Areas, provinces: Areas, codes: Codes
) -> list[dict[str, Any]]:
    """Give municipalities as rows, each with the province and COROP region that it lies in."""
    if not areas:
        return []
    shapes = np.array([area.shape for area in areas], dtype=object)
    inside = shapely.point_on_surface(shapes)
    corop_at = corops.names_at(inside)
    province_at = provinces.names_at(inside)
    # Borders of municipalities are much finer than any map needs: 100 m apart is enough, and
    # simplified together they stay shared.
    flat = project(shapely.coverage_simplify(shapes, 100), RD)
    back = Transformer.from_crs(RD, 4326, always_xy=True)
    longitude, latitude = back.transform(shapely.get_x(inside), shapely.get_y(inside))
    return [
        {
            "record_id": area.record_id,
            "name": area.name,
            "province": province_at[place] or None,
            "corop": corop_at[place] or None,
            "nuts3": codes.nuts3_of(corop_at[place], province_at[place]),
            "latitude": round(float(latitude[place]), 5),
            "longitude": round(float(longitude[place]), 5),
            "geometry_wkb": shapely.to_wkb(area.shape),
            "outline": draw_outline(flat[place]),
        }
        for place, area in enumerate(areas)
    ]


def merge_postcodes(
    cbs: Sequence[Mapping[str, Any]],
    four_pp: Sequence[Mapping[str, Any]],
    municipalities: Areas,
    corops: Areas,
    provinces: Areas,
    described: Sequence[Mapping[str, Any]],
    codes: Codes,
) -> list[dict[str, Any]]:
    """Give one row per postcode of four digits from both tables.

    `described` are the rows of municipalities, which decide on COROP region and province.
    """
    regions = {row["name"]: (row["corop"], row["province"]) for row in described}
    by_cbs = {row["postcode"]: row for row in cbs if len(row["postcode"]) == 4}
    by_four = {row["pc4"]: row for row in four_pp}
    points = _points(four_pp)
    at = {
        row["pc4"]: names
        for row, names in zip(
            four_pp,
            zip(
                municipalities.names_at(points),
                corops.names_at(points),
                provinces.names_at(points),
                strict=True,
            ),
            strict=True,
        )
    }
    homes = _homes_of_places(by_cbs.values())
    today = _municipalities_of_today(by_cbs, by_four, at, municipalities)
    rows: list[dict[str, Any]] = []
    for pc4 in sorted({*by_cbs, *by_four}):
        table, other = by_cbs.get(pc4, {}), by_four.get(pc4, {})
        place = table.get("place") or other.get("place")
        municipality, corop, province = at.get(pc4, ("", "", ""))
        if table.get("corop"):
            corop, province = table["corop"], table["province"]
        if table.get("municipality"):
            named = table["municipality"]
            # One that was merged or cut up: where this postcode lies now, else where most do.
            gone_to = municipality or today.get(named)
            municipality = gone_to if named in today and gone_to else named
        elif not table and (home := homes.get((place or "", other["province"] or ""))):
            # A post-office box lies where its place does, not where its coordinate was put.
            municipality, corop, province = today.get(home[0], home[0]), home[1], home[2]
        if None not in regions.get(municipality, (None,)):
            corop, province = regions[municipality]
        rows.append(
            {
                "record_id": (table or other)["record_id"],
                "pc4": pc4,
                "place": place,
                "municipality": municipality or None,
                "province": province or other.get("province"),
                "corop": corop or None,
                "nuts3": codes.nuts3_of(corop, province) if corop else None,
                "latitude": other.get("latitude"),
                "longitude": other.get("longitude"),
                "is_po_box": other.get("kind") == "Postbus",
            }
        )
    return rows


def _points(rows: Sequence[Mapping[str, Any]]) -> np.ndarray[Any, Any]:
    """Give the coordinates of rows as points of RD; an unknown one is a point nowhere."""
    forward = Transformer.from_crs(4326, RD, always_xy=True)
    longitude = [row["longitude"] if row["longitude"] is not None else np.nan for row in rows]
    latitude = [row["latitude"] if row["latitude"] is not None else np.nan for row in rows]
    x, y = forward.transform(np.array(longitude, float), np.array(latitude, float))
    points: np.ndarray[Any, Any] = shapely.points(
        np.nan_to_num(x, posinf=0), np.nan_to_num(y, posinf=0)
    )
    return points


def _homes_of_places(
    rows: Iterable[Mapping[str, Any]],
) -> dict[tuple[str, str], tuple[str, str, str]]:
    """Give municipality, COROP region and province of a place that lies in one region only."""
    homes: dict[tuple[str, str], Counter[tuple[str, str, str]]] = defaultdict(Counter)
    for row in rows:
        if row["place"] and row["municipality"] and row["corop"]:
            home = (row["municipality"], row["corop"], row["province"])
            homes[(row["place"], row["province"])][home] += 1
    return {
        place: max(sorted(found), key=lambda home: found[home])
        for place, found in homes.items()
        if len({home[1] for home in found}) == 1
    }


def _municipalities_of_today(
    by_cbs: Mapping[str, Mapping[str, Any]],
    by_four: Mapping[str, Mapping[str, Any]],
    at: Mapping[str, tuple[str, str, str]],
    municipalities: Areas,
) -> dict[str, str]:
    """Map municipalities that have no outline to the one where most of their postcodes lie."""
    drawn = {area.name for area in municipalities.areas}
    lies: dict[str, Counter[str]] = defaultdict(Counter)
    for pc4, row in by_cbs.items():
        name = row["municipality"]
        if drawn and name and name not in drawn and pc4 in by_four and at[pc4][0]:
            lies[name][at[pc4][0]] += 1
    return {name: max(sorted(found), key=lambda now: found[now]) for name, found in lies.items()}


def list_places(
    postcodes: Sequence[Mapping[str, Any]],
    four_pp: Sequence[Mapping[str, Any]],
    municipalities: Sequence[Mapping[str, Any]],
) -> list[dict[str, Any]]:
    """Give one row per name of a place and municipality: official name, other spellings, and the
    municipality's own name; a name is ambiguous when it stands for more than one municipality.
    """
    by_pc4 = {row["pc4"]: row for row in postcodes}
    members: dict[tuple[str, str], list[Mapping[str, Any]]] = defaultdict(list)
    for row in postcodes:
        if row["place"] and row["municipality"]:
            members[(row["place"], row["municipality"])].append(row)
    for other in four_pp:
        row = by_pc4[other["pc4"]]
        if row["municipality"]:
            for name in [other["place"], *other["other_spellings"]]:
                if name and name != row["place"]:
                    members[(name, row["municipality"])].append(row)
    rows: list[dict[str, Any]] = []
    for (name, municipality), found in members.items():
        regions = Counter((row["province"], row["nuts3"]) for row in found)
        province, nuts3 = max(
            sorted(regions, key=lambda region: (region[0] or "", region[1] or "")),
            key=lambda region: regions[region],
        )
        latitudes = [row["latitude"] for row in found if row["latitude"] is not None]
        longitudes = [row["longitude"] for row in found if row["longitude"] is not None]
        rows.append(
            {
                "record_id": min(row["record_id"] for row in found),
                "place": name,
                "municipality": municipality,
                "province": province,
                "nuts3": nuts3,
                "latitude": round(float(np.median(latitudes)), 5) if latitudes else None,
                "longitude": round(float(np.median(longitudes)), 5) if longitudes else None,
            }
        )
    rows += [
        {
            "record_id": row["record_id"],
            "place": row["name"],
            "municipality": row["name"],
            "province": row["province"],
            "nuts3": row["nuts3"],
            "latitude": row["latitude"],
            "longitude": row["longitude"],
        }
        for row in municipalities
        if (row["name"], row["name"]) not in members
    ]
    count = Counter(name_key(row["place"]) for row in rows)
    for row in rows:
        row["is_ambiguous"] = count[name_key(row["place"])] > 1
    return sorted(rows, key=lambda row: (row["place"], row["municipality"]))
