"""The table of locations, with a note and an issue wherever something was overruled."""

from collections.abc import Callable, Iterable, Sequence
from typing import Final

import duckdb
import numpy as np
import pyarrow as pa

from keten.evidence.locate.address import Addresses, read_addresses
from keten.evidence.locate.ballot import (
    BORDER_KM,
    CODE,
    GEOLOCATION,
    METHODS,
    PLACE,
    POSTCODE,
    WEIGHT_AREA,
    WEIGHTS,
    Ballot,
    count_votes,
    hear_witnesses,
)
from keten.evidence.locate.coordinates import Coordinates
from keten.evidence.locate.reference import GeoReference, read_reference
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


def _locate(table: pa.Table, reference: GeoReference) -> tuple[pa.Table, list[Issue]]:
    addresses = read_addresses(table, reference)
    ballot = hear_witnesses(addresses, reference)
    count_votes(ballot, reference)
    coordinates = Coordinates(addresses, ballot, reference)
    return _write(addresses, ballot, coordinates, reference)


def _write(
    addresses: Addresses, ballot: Ballot, coordinates: Coordinates, reference: GeoReference
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


def _methods(ballot: Ballot) -> list[str | None]:
    """Name the strongest witness for each winner; `seen` where only other addresses told."""
    agrees = (ballot.said == ballot.winner[:, None]) & (ballot.winner[:, None] >= 0)
    first = np.argmax(agrees, axis=1)
    methods: list[str | None] = []
    for row, column in enumerate(first.tolist()):
        if not agrees[row, column]:
            methods.append(None)
        elif ballot.weight[row, column] == WEIGHT_AREA:
            methods.append("postcode-area-seen")
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
    addresses: Addresses,
    ballot: Ballot,
    coordinates: Coordinates,
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
    if reference.codes and len(code) > 2 and said[CODE] < 0 and reference.resolve(code) != code[:4]:
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
    row: int, addresses: Addresses, ballot: Ballot, names: Sequence[str], outcome: str
) -> str:
    point = f"{addresses.latitude[row]:.4f}, {addresses.longitude[row]:.4f}"
    where = names[int(ballot.said[row, GEOLOCATION])]
    distances = ballot.distance_km[row][ballot.said[row] == ballot.winner[row]]
    known = distances[np.isfinite(distances)]
    inside = f" in {where}" if where else ""
    if len(known) and ballot.winner[row] >= 0 and known[0] > BORDER_KM:
        return f"the geolocation {point} lies{inside}, {known[0]:.0f} km off, {outcome}"
    return f"the geolocation {point} lies{inside}, far from postcode or country, {outcome}"
