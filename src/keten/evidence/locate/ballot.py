"""The vote on regions: what code, postcode, geolocation and place say, and which region wins."""

from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final

import numpy as np
import shapely

from keten.evidence.locate.address import Addresses, Floats, city_keys, postcode_areas, postcode_key
from keten.evidence.locate.reference import GeoReference, Spot, to_laea

BORDER_KM: Final = 3.0

# Columns of the ballot, in the order that decides ties.
CODE, POSTCODE, GEOLOCATION, PLACE = range(4)
METHODS: Final = ("nuts", "postcode", "geolocation", "place")
# Logarithms of the odds of being right, as benchmarks/bench_locate.py measures them: code .9945 (the
# register's own errors among Dutch addresses), postcode .9915, geolocation .88. A place measures .989,
# or 4.5, but counts for less, because most geolocations were looked up by that very name.
WEIGHTS: Final = np.array([5.2, 4.8, 2.0, 4.0])
# What is only known from other addresses: .992 and .972 measured, of which those were the best part.
WEIGHT_SEEN: Final = {POSTCODE: 4.5, PLACE: 3.0}
WEIGHT_AREA: Final = 3.1  # .962 measured
AREA_SUPPORT: Final = 3
WEIGHT_SHALLOW_CODE: Final = 5.2
WEIGHT_COUNTRY: Final = 6.0
SEEN_SHARE: Final = 0.9

Ints = np.ndarray[Any, np.dtype[np.int64]]
Bools = np.ndarray[Any, np.dtype[np.bool_]]


@dataclass(slots=True)
class Ballot:
    """What each witness says about each place (n), as positions in `reference.nuts3`, or -1."""

    said: Ints  # n x 4
    weight: Floats  # n x 4
    shallow: list[str]  # a code above level 3, else ''
    country: list[str]
    point: np.ndarray[Any, Any]  # of EPSG:3035, None where there is no geolocation
    has_point: Bools
    distance_km: Floats = field(default_factory=lambda: np.empty(0))  # n x 4, point to region
    winner: Ints = field(default_factory=lambda: np.empty(0, np.int64))


def hear_witnesses(addresses: Addresses, reference: GeoReference) -> Ballot:
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
    return Ballot(
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
    addresses: Addresses, said: Ints, weight: Floats, reference: GeoReference
) -> None:
    """Fill in postcode and place from addresses that have a code, where no register speaks."""
    keys = {
        POSTCODE: [
            postcode_key(country, postcode)
            for country, postcode in zip(addresses.country, addresses.postcode, strict=True)
        ],
        PLACE: city_keys(addresses.country, addresses.city),
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
    _hear_postcode_areas(keys[POSTCODE], np.where(fits, own, -1), said, weight)


def _hear_postcode_areas(keys: list[str], own: Ints, said: Ints, weight: Floats) -> None:
    """Fill in what nearly all addresses in a postcode's wider area say, where nobody else speaks.

    Postcodes are hierarchical everywhere: ever shorter beginnings stand for ever wider areas.
    """
    counts: dict[str, Counter[int]] = defaultdict(Counter)
    for row in np.flatnonzero(own >= 0).tolist():
        for area in postcode_areas(keys[row]):
            counts[area][int(own[row])] += 1
    for row in np.flatnonzero(np.all(said < 0, axis=1)).tolist():
        for area in postcode_areas(keys[row]):
            found = counts.get(area)
            if found is not None and found.total() >= AREA_SUPPORT:
                said[row, POSTCODE] = _most_seen(found, -1)
                weight[row, POSTCODE] = WEIGHT_AREA
                break


def _most_seen(counts: Counter[int], own: int) -> int:
    """Give the region that nearly all other addresses name; `own` is left out of the count.

    To speak against a code takes two others: of two addresses that contradict each other neither
    is refuted by the other one.
    """
    total = sum(counts.values()) - (own >= 0)
    if total < (2 if own >= 0 else 1):
        return -1
    region = max(counts, key=lambda code: (counts[code] - (code == own), -code))
    return region if counts[region] - (region == own) >= SEEN_SHARE * total else -1


def count_votes(ballot: Ballot, reference: GeoReference) -> None:
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


def _distances(ballot: Ballot, reference: GeoReference) -> Floats:
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
