"""Coordinates for the map, and the Dutch municipality, once the region is known."""

from collections import defaultdict
from collections.abc import Callable, Sequence
from typing import Final

import numpy as np
import shapely

from keten.evidence.locate.address import Addresses, city_keys, postcode_key
from keten.evidence.locate.ballot import BORDER_KM, GEOLOCATION, POSTCODE, Ballot, Bools
from keten.evidence.locate.reference import GeoReference, to_rd

# A postcode of four digits is seldom wider; a geolocation farther off is of another street.
POSTCODE_REACH_KM: Final = 10.0


class Coordinates:
    """Chooses coordinates and, in the Netherlands, municipality and province for each place."""

    def __init__(self, addresses: Addresses, ballot: Ballot, reference: GeoReference) -> None:
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

    def _place_others(self, ballot: Ballot) -> None:
        addresses, reference = self._addresses, self._reference
        middles = {
            "postcode": self._middles(
                [
                    postcode_key(country, postcode)
                    for country, postcode in zip(addresses.country, addresses.postcode, strict=True)
                ],
                ballot,
            ),
            "place": self._middles(city_keys(addresses.country, addresses.city), ballot),
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
        self, keys: Sequence[str], ballot: Ballot
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

    def _find_municipalities(self, ballot: Ballot) -> list[str | None]:
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


def _trusted(addresses: Addresses, ballot: Ballot, reference: GeoReference) -> Bools:
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
    # Without a region, a point must at least lie in what is known above it, where that is drawn.
    for row in np.flatnonzero(trusted & ~located).tolist():
        shape = reference.upper_shapes.get(ballot.shallow[row] or ballot.country[row])
        if shape is not None:
            trusted[row] = shapely.distance(shape, ballot.point[row]) <= BORDER_KM * 1000
        elif ballot.said[row, GEOLOCATION] >= 0:
            trusted[row] = False
    for row in np.flatnonzero(trusted & (ballot.said[:, POSTCODE] == ballot.winner)).tolist():
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
