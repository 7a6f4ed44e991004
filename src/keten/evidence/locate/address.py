"""Addresses as they came in, with what the Dutch registers of postcodes and places say about them."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

import numpy as np
import pyarrow as pa
from anyascii import anyascii
from rapidfuzz import fuzz, process

from keten.evidence.locate.dutch_address import find_pc4, place_keys
from keten.evidence.locate.reference import COUNTRY_ALIASES, GeoReference, Spot

# Of 100 signs this share must be alike for a misspelled place to be recognised.
LIKENESS: Final = 87.0

Floats = np.ndarray[Any, np.dtype[np.float64]]


@dataclass(slots=True)
class Addresses:
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


def read_addresses(table: pa.Table, reference: GeoReference) -> Addresses:
    """Take the columns of a table of places, and look Dutch postcodes and places up."""

    def texts(name: str) -> list[str]:
        return [(value or "").strip() for value in table[name].to_pylist()]

    country = [code.upper() for code in texts("country")]
    country = [COUNTRY_ALIASES.get(code, code) for code in country]
    postcode, city, street = texts("postcode"), texts("city"), texts("street")
    pc4: list[str | None] = [None] * len(country)
    by_postcode: list[Spot | None] = [None] * len(country)
    by_place: list[Spot | None] = [None] * len(country)
    if reference.postcodes or reference.places:
        finder = PlaceFinder(reference.places)
        for row in (row for row, code in enumerate(country) if code == "NL"):
            pc4[row] = found = find_pc4(postcode[row], city[row], street[row])
            if found is not None:
                by_postcode[row] = reference.postcodes.get(found)
                if by_postcode[row] is None or by_postcode[row].nuts3 is None:  # type: ignore[union-attr]
                    by_postcode[row] = reference.postcodes.get(found[:3])
            by_place[row] = finder.find(city[row])
    return Addresses(
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


class PlaceFinder:
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
        return replace(self._places[like[0][0]], is_certain=False)


def postcode_key(country: str, postcode: str) -> str:
    """Give a postcode with its country, without spaces and signs; empty for what is none."""
    signs = re.sub(r"[^0-9A-Z]", "", postcode.upper().removeprefix(f"{country}-"))
    return f"{country} {signs}" if len(signs) >= 3 and any(map(str.isdecimal, signs)) else ""


def postcode_areas(key: str) -> list[str]:
    """Give the areas that hold a postcode of `postcode_key`, the smallest first.

    A British postcode is a district and three signs; districts are no beginnings of one another
    (E1, E16), so that only the district itself is given.
    """
    country, _, signs = key.partition(" ")
    if country == "UK":
        return [f"UK {signs[:-3]}/"] if len(signs) >= 5 else []
    return [f"{country} {signs[:length]}" for length in range(len(signs) - 1, 1, -1)]


def city_keys(countries: Sequence[str], cities: Sequence[str]) -> list[str]:
    """Give each city with its country, without accents, case and signs; empty for what is none."""
    known = {city: re.sub(r"[^a-z]+", " ", anyascii(city).lower()).strip() for city in set(cities)}
    return [
        f"{country} {known[city]}" if len(known[city]) >= 3 else ""
        for country, city in zip(countries, cities, strict=True)
    ]
