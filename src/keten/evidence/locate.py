"""Locate: gives each address coordinates, a NUTS 3 region, and in the Netherlands a municipality.

Four witnesses speak about where an address is: its NUTS code, its postcode, its geolocation and the
name of its place. Measured on the distinct addresses of Horizon 2020 and Horizon Europe (25,257 with
both a NUTS 3 code and a geolocation), the geolocation is by far the weakest: 15 % lie outside the
coded region, 8 % by more than 20 km, and 7 % by more than 50 km, because a street was found in
another town or only the country was found. Up to 3 km the number of such points falls off steadily
with distance, as generalised borders explain; beyond that it is flat. Where a third witness can
arbitrate on points more than 3 km off, it sides with the code: 90 times against 9 in the Netherlands
(by the register of postcodes), some 1,600 against 85 elsewhere (by addresses with the same postcode).
But sometimes the code is the wrong one (addresses in Amsterdam coded as Utrecht, a university of
Ghent coded as Tilburg), and then postcode or country and geolocation say so together.

So the witnesses vote, each with the weight that it earned, and the region with most weight wins; in a
tie the order is code, postcode, geolocation, place. A geolocation supports every region within 3 km of
it. A code above level 3 and the country support every region inside them. A geolocation that lost is
not drawn on maps: its place is taken by the middle of its postcode, place or region.

Outside the Netherlands there is no register of postcodes here. What addresses with a code say about
their postcode or city is used for those without one, when nearly all of them agree ("seen").
"""

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

import duckdb
import numpy as np
import pyarrow as pa
import shapely
from anyascii import anyascii
from rapidfuzz import fuzz, process

from keten.evidence.dutch_address import find_pc4, place_keys
from keten.evidence.georeference import (
    COUNTRY_ALIASES,
    GeoReference,
    Spot,
    read_reference,
    to_laea,
    to_rd,
)
from keten.model import Issue, Severity

LOCATION: Final = pa.schema(
    [
        ("place_id", pa.int64()),
        ("latitude", pa.float64()),
        ("longitude", pa.float64()),
        ("coordinate_method", pa.string()),
        ("nuts3", pa.string()),
        ("nuts3_method", pa.string()),
        ("nuts_deepest", pa.string()),
        ("municipality", pa.string()),
        ("province", pa.string()),
        ("note", pa.string()),
    ]
)

BORDER_KM: Final = 3.0
# A postcode of four digits is seldom wider; a geolocation farther off is of another street.
POSTCODE_REACH_KM: Final = 10.0

# Columns of the ballot, in the order that decides ties.
CODE, POSTCODE, GEOLOCATION, PLACE = range(4)
METHODS: Final = ("nuts", "postcode", "geolocation", "place")
WEIGHTS: Final = np.array([5.0, 5.0, 2.0, 3.0])
# A postcode or city that is only known from other addresses weighs less than a register's.
WEIGHT_SEEN: Final = {POSTCODE: 4.0, PLACE: 2.5}
WEIGHT_SHALLOW_CODE: Final = 5.0
WEIGHT_COUNTRY: Final = 6.0
SEEN_SHARE: Final = 0.9
LIKENESS: Final = 87.0

Floats = np.ndarray[Any, np.dtype[np.float64]]
Ints = np.ndarray[Any, np.dtype[np.int64]]
Bools = np.ndarray[Any, np.dtype[np.bool_]]


def locate(con: duckdb.DuckDBPyConnection, progress: Callable[[str, float], None]) -> list[Issue]:
    """Write `location` for every row of `place`; issues carry the place's number in `value`."""
    progress("locate", 0.0)
    reference = read_reference(con)
    places = con.sql("select * from place order by place_id").to_arrow_table()
    progress("locate", 0.3)
    location, issues = _locate(places, reference)
    con.register("located", location)
    con.execute("create or replace table location as select * from located order by place_id")
    con.unregister("located")
    progress("locate", 1.0)
    return issues


def locate_places(table: pa.Table, reference: GeoReference) -> pa.Table:
    """Give the location of each place; pure, so that a test can hide columns.

    `table` has place_id, country, street, postcode, city, nuts_code, latitude and longitude.
    """
    return _locate(table, reference)[0]


@dataclass(slots=True)
class _Ballot:
    """What each witness says about each place (n), as positions in `reference.nuts3`, or -1."""

    said: Ints  # n x 4
    weight: Floats  # n x 4
    shallow: list[str]  # a code above level 3, else ''
    country: list[str]
    point: np.ndarray[Any, Any]  # of EPSG:3035, None where there is no geolocation
    has_point: Bools
    distance_km: Floats = field(default_factory=lambda: np.empty(0))  # n x 4, point to region
    winner: Ints = field(default_factory=lambda: np.empty(0, np.int64))


@dataclass(slots=True)
class _Addresses:
    """The columns of the table as lists, with the Dutch lookups done."""

    place_id: list[int]
    country: list[str]
    postcode: list[str]
    city: list[str]
    code: list[str]
    latitude: Floats
    longitude: Floats
    pc4: list[str | None]
    by_postcode: list[Spot | None]
    by_place: list[Spot | None]


def _locate(table: pa.Table, reference: GeoReference) -> tuple[pa.Table, list[Issue]]:
    addresses = _read_addresses(table, reference)
    ballot = _hear_witnesses(addresses, reference)
    _count(ballot, reference)
    coordinates = _Coordinates(addresses, ballot, reference)
    return _write(addresses, ballot, coordinates, reference)


def _read_addresses(table: pa.Table, reference: GeoReference) -> _Addresses:
    def texts(name: str) -> list[str]:
        return [(value or "").strip() for value in table[name].to_pylist()]

    country = [code.upper() for code in texts("country")]
    country = [COUNTRY_ALIASES.get(code, code) for code in country]
    postcode, city, street = texts("postcode"), texts("city"), texts("street")
    pc4: list[str | None] = [None] * len(country)
    by_postcode: list[Spot | None] = [None] * len(country)
    by_place: list[Spot | None] = [None] * len(country)
    if reference.postcodes or reference.places:
        finder = _PlaceFinder(reference.places)
        for row in (row for row, code in enumerate(country) if code == "NL"):
            pc4[row] = found = find_pc4(postcode[row], city[row], street[row])
            if found is not None:
                by_postcode[row] = reference.postcodes.get(found)
                if by_postcode[row] is None or by_postcode[row].nuts3 is None:  # type: ignore[union-attr]
                    by_postcode[row] = reference.postcodes.get(found[:3])
            by_place[row] = finder.find(city[row])
    return _Addresses(
        place_id=table["place_id"].to_pylist(),
        country=country,
        postcode=postcode,
        city=city,
        code=texts("nuts_code"),
        latitude=_floats(table["latitude"]),
        longitude=_floats(table["longitude"]),
        pc4=pc4,
        by_postcode=by_postcode,
        by_place=by_place,
    )


def _floats(column: pa.ChunkedArray) -> Floats:
    return np.asarray(column.cast(pa.float64()).to_numpy(zero_copy_only=False), dtype=np.float64)


class _PlaceFinder:
    """Finds a Dutch place by the readings of a city field, at last by likeness."""

    def __init__(self, places: Mapping[str, Spot]) -> None:
        self._places = places
        self._keys = sorted(key for key in places if len(key) >= 5)
        self._known: dict[str, Spot | None] = {}

    def find(self, city: str) -> Spot | None:
        """Give the spot of the place that `city` most likely names."""
        if city not in self._known:
            self._known[city] = self._look_up(city)
        return self._known[city]

    def _look_up(self, city: str) -> Spot | None:
        first = ""
        for key in place_keys(city):
            first = first or key
            if key in self._places:
                return self._places[key]
        if len(first) < 5:
            return None
        like = process.extract(first, self._keys, scorer=fuzz.ratio, limit=2, score_cutoff=LIKENESS)
        if not like or (len(like) > 1 and like[1][1] == like[0][1]):
            return None
        return self._places[like[0][0]]


def _hear_witnesses(addresses: _Addresses, reference: GeoReference) -> _Ballot:
    """Fill in what code, postcode, geolocation and place each say."""
    size = len(addresses.country)
    position = {code: place for place, code in enumerate(reference.nuts3)}
    resolved = {code: reference.resolve(code) for code in sorted(set(addresses.code)) if code}
    codes = [resolved.get(code, "") for code in addresses.code]
    said = np.full((size, 4), -1, dtype=np.int64)
    weight = np.tile(WEIGHTS, (size, 1))
    said[:, CODE] = [position.get(code, -1) for code in codes]
    said[:, POSTCODE] = [_region_of(spot, position) for spot in addresses.by_postcode]
    said[:, PLACE] = [_region_of(spot, position) for spot in addresses.by_place]
    _hear_neighbours(addresses, said, weight, reference)

    has_point = np.isfinite(addresses.latitude) & np.isfinite(addresses.longitude)
    has_point &= (np.abs(addresses.latitude) <= 90) & (np.abs(addresses.longitude) <= 180)
    # Null Island is what a failed lookup gives, and no address.
    has_point &= (addresses.latitude != 0) | (addresses.longitude != 0)
    point = np.full(size, None, dtype=object)
    rows = np.flatnonzero(has_point)
    point[rows] = to_laea(addresses.longitude[rows], addresses.latitude[rows])
    said[rows, GEOLOCATION] = _regions_at(point[rows], reference)
    return _Ballot(
        said=said,
        weight=weight,
        shallow=[code if len(code) in (3, 4) else "" for code in codes],
        country=addresses.country,
        point=point,
        has_point=has_point,
    )


def _region_of(spot: Spot | None, position: Mapping[str, int]) -> int:
    return -1 if spot is None or spot.nuts3 is None else position.get(spot.nuts3, -1)


def _regions_at(points: np.ndarray[Any, Any], reference: GeoReference) -> Ints:
    """Give the region that each point lies in, or is at most BORDER_KM from (coasts)."""
    at = np.full(len(points), -1, dtype=np.int64)
    if not len(points) or not len(reference.shapes):
        return at
    which, where = reference.tree.query(points, predicate="intersects")
    order = np.lexsort((where, which))[::-1]  # the first region last, so that it stays
    at[which[order]] = reference.drawn[where[order]]
    out = np.flatnonzero(at < 0)
    near, where = reference.tree.query_nearest(
        points[out], max_distance=BORDER_KM * 1000, all_matches=False
    )
    at[out[near]] = reference.drawn[where]
    return at


def _hear_neighbours(
    addresses: _Addresses, said: Ints, weight: Floats, reference: GeoReference
) -> None:
    """Fill in postcode and place from addresses that have a code, where no register speaks."""
    keys = {
        POSTCODE: [
            _postcode_key(country, postcode)
            for country, postcode in zip(addresses.country, addresses.postcode, strict=True)
        ],
        PLACE: _city_keys(addresses.country, addresses.city),
    }
    countries = np.array([code[:2] for code in reference.nuts3])
    own = said[:, CODE]
    fits = own >= 0
    fits[fits] = countries[own[fits]] == np.array(addresses.country)[fits]
    for column, names in keys.items():
        counts: dict[str, Counter[int]] = defaultdict(Counter)
        for row in np.flatnonzero(fits).tolist():
            if names[row]:
                counts[names[row]][int(own[row])] += 1
        for row in np.flatnonzero(said[:, column] < 0).tolist():
            found = counts.get(names[row])
            if found is not None and names[row]:
                region = _most_seen(found, int(own[row]) if fits[row] else -1)
                if region >= 0:
                    said[row, column] = region
                    weight[row, column] = WEIGHT_SEEN[column]


def _most_seen(counts: Counter[int], own: int) -> int:
    """Give the region that nearly all other addresses name; `own` is left out of the count."""
    total = sum(counts.values()) - (own >= 0)
    if total <= 0:
        return -1
    region = max(counts, key=lambda code: (counts[code] - (code == own), -code))
    return region if counts[region] - (region == own) >= SEEN_SHARE * total else -1


def _postcode_key(country: str, postcode: str) -> str:
    signs = re.sub(r"[^0-9A-Z]", "", postcode.upper().removeprefix(f"{country}-"))
    return f"{country} {signs}" if len(signs) >= 3 and any(map(str.isdecimal, signs)) else ""


def _city_keys(countries: Sequence[str], cities: Sequence[str]) -> list[str]:
    known = {city: re.sub(r"[^a-z]+", " ", anyascii(city).lower()).strip() for city in set(cities)}
    return [
        f"{country} {known[city]}" if len(known[city]) >= 3 else ""
        for country, city in zip(countries, cities, strict=True)
    ]


def _count(ballot: _Ballot, reference: GeoReference) -> None:
    """Add up the weights for each region that somebody named, and choose."""
    said, weight = ballot.said, ballot.weight
    size = len(said)
    ballot.distance_km = distance = _distances(ballot, reference)
    names = np.array([*reference.nuts3, ""])  # -1 gives the empty name
    country = np.array(ballot.country, dtype="U2")
    shallow = np.array(ballot.shallow, dtype="U4")
    has_country = np.isin(country, sorted({code[:2] for code in reference.codes}))
    score = np.zeros((size, 4))
    for candidate in range(4):
        region = said[:, candidate]
        for witness in range(4):
            if witness == GEOLOCATION:
                agrees = (region == said[:, witness]) | (distance[:, candidate] <= BORDER_KM)
            else:
                agrees = region == said[:, witness]
            score[:, candidate] += weight[:, witness] * agrees
        name = names[region]
        score[:, candidate] += WEIGHT_COUNTRY * (name.astype("U2") == country)
        inside = (shallow != "") & np.char.startswith(name, shallow)
        score[:, candidate] += WEIGHT_SHALLOW_CODE * inside
    score[said < 0] = -np.inf
    # Naming no region at all is what country and shallow code together still allow.
    is_home = shallow.astype("U2") == country
    nowhere = WEIGHT_COUNTRY * (country != "") + WEIGHT_SHALLOW_CODE * ((shallow != "") & is_home)
    best = np.argmax(score, axis=1)
    rows = np.arange(size)
    wins = (score[rows, best] > nowhere) & (has_country | (score[rows, best] > WEIGHT_COUNTRY))
    ballot.winner = np.where(wins, said[rows, best], -1)


def _distances(ballot: _Ballot, reference: GeoReference) -> Floats:
    """Give the distance in km from each geolocation to each region named; NaN where unknown."""
    distance = np.full(ballot.said.shape, np.nan)
    if not len(reference.shapes):
        return distance
    shape_at = np.full(len(reference.nuts3) + 1, -1, dtype=np.int64)
    shape_at[reference.drawn] = np.arange(len(reference.drawn))
    for column in range(4):
        shape = shape_at[ballot.said[:, column]]
        rows = np.flatnonzero(ballot.has_point & (shape >= 0))
        # Most points lie in the region that the code names; only the others need measuring.
        inside = ballot.said[rows, GEOLOCATION] == ballot.said[rows, column]
        distance[rows[inside], column] = 0.0
        far = rows[~inside]
        metres = shapely.distance(ballot.point[far], reference.shapes[shape[far]])
        distance[far, column] = metres / 1000
    return distance


class _Coordinates:
    """Chooses coordinates and, in the Netherlands, municipality and province for each place."""

    def __init__(self, addresses: _Addresses, ballot: _Ballot, reference: GeoReference) -> None:
        self._addresses = addresses
        self._reference = reference
        self.is_trusted = _trusted(addresses, ballot, reference)
        self.latitude = np.where(self.is_trusted, addresses.latitude, np.nan)
        self.longitude = np.where(self.is_trusted, addresses.longitude, np.nan)
        self.method: list[str | None] = [
            "geolocation" if trusted else None for trusted in self.is_trusted.tolist()
        ]
        self._place_others(ballot)
        self.municipality = self._find_municipalities(ballot)

    def _place_others(self, ballot: _Ballot) -> None:
        addresses, reference = self._addresses, self._reference
        middles = {
            "postcode": self._middles(
                [
                    _postcode_key(country, postcode)
                    for country, postcode in zip(addresses.country, addresses.postcode, strict=True)
                ],
                ballot,
            ),
            "place": self._middles(_city_keys(addresses.country, addresses.city), ballot),
        }
        spots = {"postcode": addresses.by_postcode, "place": addresses.by_place}
        for row in np.flatnonzero(~self.is_trusted).tolist():
            winner = int(ballot.winner[row])
            region = reference.nuts3[winner] if winner >= 0 else ""
            for method in ("postcode", "place"):
                spot = spots[method][row]
                if spot and spot.latitude is not None and spot.nuts3 == region:
                    self._put(row, method, (spot.latitude, spot.longitude or 0.0))
                    break
                if middle := middles[method](row):
                    self._put(row, method, middle)
                    break
            else:
                deepest = region or ballot.shallow[row] or ballot.country[row]
                if deepest in reference.middle:
                    method = "region" if len(deepest) > 2 else "country"
                    self._put(row, method, reference.middle[deepest])

    def _put(self, row: int, method: str, coordinate: tuple[float, float]) -> None:
        self.latitude[row], self.longitude[row] = coordinate
        self.method[row] = method

    def _middles(
        self, keys: Sequence[str], ballot: _Ballot
    ) -> Callable[[int], tuple[float, float] | None]:
        """Give the median of trusted geolocations that share a key and a region with a row."""
        groups: dict[tuple[str, int], list[int]] = defaultdict(list)
        for row in np.flatnonzero(self.is_trusted).tolist():
            if keys[row]:
                groups[(keys[row], int(ballot.winner[row]))].append(row)

        def middle(row: int) -> tuple[float, float] | None:
            rows = groups.get((keys[row], int(ballot.winner[row])))
            if not rows or not keys[row]:
                return None
            latitude = float(np.median(self._addresses.latitude[rows]))
            return round(latitude, 5), round(float(np.median(self._addresses.longitude[rows])), 5)

        return middle

    def _find_municipalities(self, ballot: _Ballot) -> list[str | None]:
        """Give the municipality: by outline where the geolocation holds, else by register."""
        reference = self._reference
        addresses = self._addresses
        found: list[str | None] = [None] * len(addresses.country)
        dutch = [row for row, code in enumerate(addresses.country) if code == "NL"]
        trusted = np.array([row for row in dutch if self.is_trusted[row]], dtype=np.int64)
        if len(trusted) and len(reference.municipalities):
            points = to_rd(self.longitude[trusted], self.latitude[trusted])
            which, where = reference.municipality_tree.query(points, predicate="intersects")
            for point, area in zip(which.tolist(), where.tolist(), strict=True):
                found[int(trusted[point])] = reference.municipalities[area]
        for row in dutch:
            winner = int(ballot.winner[row])
            region = reference.nuts3[winner] if winner >= 0 else None
            for spot in (addresses.by_postcode[row], addresses.by_place[row]):
                if found[row] is None and spot is not None and spot.nuts3 == region:
                    found[row] = spot.municipality
        return found


def _trusted(addresses: _Addresses, ballot: _Ballot, reference: GeoReference) -> Bools:
    """Say which geolocations may be drawn: those that contradict neither region nor postcode."""
    trusted = ballot.has_point.copy()
    supports = np.zeros(len(trusted), dtype=bool)
    for column in range(4):
        names_winner = (ballot.said[:, column] == ballot.winner) & (ballot.winner >= 0)
        supports |= names_winner & (ballot.distance_km[:, column] <= BORDER_KM)
    has_shape = np.zeros(len(reference.nuts3) + 1, dtype=bool)
    has_shape[reference.drawn] = True
    located = (ballot.winner >= 0) & has_shape[ballot.winner]
    trusted &= supports | ~located
    # Without a region, a point must at least lie in its country, where that is drawn.
    for row in np.flatnonzero(trusted & ~located).tolist():
        shape = reference.country_shapes.get(ballot.country[row])
        if shape is not None:
            trusted[row] = shapely.distance(shape, ballot.point[row]) <= BORDER_KM * 1000
        elif ballot.said[row, GEOLOCATION] >= 0:
            trusted[row] = False
    for row in np.flatnonzero(trusted).tolist():
        spot = addresses.by_postcode[row]
        if spot is not None and spot.latitude is not None and spot.longitude is not None:
            apart = _apart_km(
                spot.latitude, spot.longitude, addresses.latitude[row], addresses.longitude[row]
            )
            trusted[row] = apart <= POSTCODE_REACH_KM
    return trusted


def _apart_km(
    latitude_a: float, longitude_a: float, latitude_b: float, longitude_b: float
) -> float:
    """Give the distance of two near points, on a plane that touches the globe between them."""
    shrink = np.cos(np.radians((latitude_a + latitude_b) / 2))
    north = (latitude_a - latitude_b) * 111.2
    east = (longitude_a - longitude_b) * 111.2 * shrink
    return float(np.hypot(north, east))


def _write(
    addresses: _Addresses, ballot: _Ballot, coordinates: _Coordinates, reference: GeoReference
) -> tuple[pa.Table, list[Issue]]:
    nuts3 = [reference.nuts3[winner] if winner >= 0 else None for winner in ballot.winner.tolist()]
    notes: list[str | None] = []
    issues: list[Issue] = []
    for row in range(len(nuts3)):
        remarks = list(_remarks(row, addresses, ballot, coordinates, reference))
        notes.append("; ".join(message for _, _, message in remarks) or None)
        number = str(addresses.place_id[row])
        issues += [
            Issue(code, severity, message, value=number) for code, severity, message in remarks
        ]
    province = [
        _province(region, municipality, reference)
        for region, municipality in zip(nuts3, coordinates.municipality, strict=True)
    ]
    deepest = [
        region or _deepest(ballot.shallow[row], ballot.country[row], addresses.code[row], reference)
        for row, region in enumerate(nuts3)
    ]
    table = pa.table(
        {
            "place_id": addresses.place_id,
            "latitude": pa.array(coordinates.latitude, from_pandas=True),
            "longitude": pa.array(coordinates.longitude, from_pandas=True),
            "coordinate_method": coordinates.method,
            "nuts3": nuts3,
            "nuts3_method": _methods(ballot),
            "nuts_deepest": deepest,
            "municipality": coordinates.municipality,
            "province": province,
            "note": notes,
        },
        schema=LOCATION,
    )
    return table, issues


def _methods(ballot: _Ballot) -> list[str | None]:
    """Name the strongest witness for each winner; `seen` where only other addresses told."""
    agrees = (ballot.said == ballot.winner[:, None]) & (ballot.winner[:, None] >= 0)
    first = np.argmax(agrees, axis=1)
    methods: list[str | None] = []
    for row, column in enumerate(first.tolist()):
        if not agrees[row, column]:
            methods.append(None)
        elif ballot.weight[row, column] != WEIGHTS[column]:
            methods.append(f"{METHODS[column]}-seen")
        else:
            methods.append(METHODS[column])
    return methods


def _deepest(shallow: str, country: str, code: str, reference: GeoReference) -> str | None:
    if shallow and (shallow[:2] == country or not country):
        return shallow
    return country or reference.resolve(code)[:2] or None


def _province(region: str | None, municipality: str | None, reference: GeoReference) -> str | None:
    if municipality is not None and (province := reference.province_of.get(municipality)):
        return province
    return reference.province_of_nuts.get(region or "")


_Remark = tuple[str, Severity, str]


def _remarks(
    row: int,
    addresses: _Addresses,
    ballot: _Ballot,
    coordinates: _Coordinates,
    reference: GeoReference,
) -> Iterable[_Remark]:
    """Give what contradicts the outcome for one place, with both facts in each."""
    names = (*reference.nuts3, "")
    winner = int(ballot.winner[row])
    region = names[winner]
    said = ballot.said[row].tolist()
    code, country = addresses.code[row], addresses.country[row]
    outcome = f"taken as {region}" if region else f"no region within {country or 'any country'}"
    if said[CODE] >= 0 and said[CODE] != winner:
        yield "code-overruled", Severity.VALUE_LOST, f"the NUTS code says {code}, {outcome}"
    shallow = ballot.shallow[row]
    if shallow and not (region or country).startswith(shallow if region else shallow[:2]):
        yield "code-overruled", Severity.VALUE_LOST, f"the NUTS code says {code}, {outcome}"
    if code and len(code) > 2 and said[CODE] < 0 and reference.resolve(code) != code[:4]:
        now = reference.resolve(code)
        if len(now) < len(code):
            message = f"the NUTS code {code} has no one successor, {now} holds it"
            yield "code-without-successor", Severity.NOTE, message
    if region and country and region[:2] != country:
        message = f"the country says {country}, {outcome}"
        yield "country-overruled", Severity.VALUE_LOST, message
    if ballot.has_point[row] and not coordinates.is_trusted[row]:
        yield (
            "geolocation-overruled",
            Severity.VALUE_LOST,
            _say_where(row, addresses, ballot, names, outcome),
        )
    register = ballot.weight[row] == WEIGHTS
    if register[POSTCODE] and said[POSTCODE] >= 0 and said[POSTCODE] != winner:
        message = f"the postcode {addresses.pc4[row]} lies in {names[said[POSTCODE]]}, {outcome}"
        yield "postcode-overruled", Severity.NOTE, message
    spot = addresses.by_place[row]
    if register[PLACE] and said[PLACE] >= 0 and said[PLACE] != winner and spot and spot.is_certain:
        message = f"{addresses.city[row]} lies in {names[said[PLACE]]}, {outcome}"
        yield "place-overruled", Severity.NOTE, message
    if not region and any(len(known) == 5 and known[:2] == country for known in reference.nuts3):
        yield "not-located", Severity.NOTE, f"no NUTS 3 region could be found within {country}"


def _say_where(
    row: int, addresses: _Addresses, ballot: _Ballot, names: Sequence[str], outcome: str
) -> str:
    point = f"{addresses.latitude[row]:.4f}, {addresses.longitude[row]:.4f}"
    where = names[int(ballot.said[row, GEOLOCATION])]
    distances = ballot.distance_km[row][ballot.said[row] == ballot.winner[row]]
    known = distances[np.isfinite(distances)]
    inside = f" in {where}" if where else ""
    if len(known) and ballot.winner[row] >= 0 and known[0] > BORDER_KM:
        return f"the geolocation {point} lies{inside}, {known[0]:.0f} km off, {outcome}"
    return f"the geolocation {point} lies{inside}, far from postcode or country, {outcome}"
