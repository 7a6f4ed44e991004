"""The table of locations, with a note and an issue wherever something was overruled."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
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
from keten.model import Issue, Severity, Text

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
        ("note_en", pa.string()),
        ("note_nl", pa.string()),
    ]
)


def locate(
    con: duckdb.DuckDBPyConnection, progress: Callable[[str, float], None]
) -> list[tuple[Issue, int]]:
    """Write `location` for every row of `place`.

    Gives each issue with the number of its file: an address is in many rows, and the issue names
    the first of them.
    """
    progress("locate", 0.0)
    reference = read_reference(con)
    places = con.sql("select * from place order by place_id").to_arrow_table()
    progress("locate", 0.3)
    location, remarks = _locate(places, reference)
    con.register("located", location)
    con.execute("create or replace table location as select * from located order by place_id")
    con.unregister("located")
    rows: dict[int, tuple[int, int]] = {
        place: (file_no, line)
        for place, file_no, line in con.execute(
            "select place_id, min(record_id) >> 32, min(record_id) & 4294967295 "
            "from participation group by place_id"
        ).fetchall()
    }
    progress("locate", 1.0)
    found = []
    for place, issue in remarks:
        file_no, line = rows[place]
        found.append((replace(issue, line=line), file_no))
    return found


def locate_places(table: pa.Table, reference: GeoReference) -> pa.Table:
    """Give the location of each place; pure, so that a test can hide columns.

    `table` has place_id, country, street, postcode, city, nuts_code, latitude and longitude.
    """
    return _locate(table, reference)[0]


def _locate(table: pa.Table, reference: GeoReference) -> tuple[pa.Table, list[tuple[int, Issue]]]:
    addresses = read_addresses(table, reference)
    ballot = hear_witnesses(addresses, reference)
    count_votes(ballot, reference)
    coordinates = Coordinates(addresses, ballot, reference)
    return _write(addresses, ballot, coordinates, reference)


def _write(
    addresses: Addresses, ballot: Ballot, coordinates: Coordinates, reference: GeoReference
) -> tuple[pa.Table, list[tuple[int, Issue]]]:
    nuts3 = [reference.nuts3[winner] if winner >= 0 else None for winner in ballot.winner.tolist()]
    notes: dict[str, list[str | None]] = {"en": [], "nl": []}
    issues: list[tuple[int, Issue]] = []
    for row in range(len(nuts3)):
        remarks = list(_remarks(row, addresses, ballot, coordinates, reference))
        for language, written in notes.items():
            said = [remark.message.in_language(language) for remark in remarks]
            written.append(" ".join(said) or None)
        issues += [(addresses.place_id[row], remark) for remark in remarks]
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
            "note_en": notes["en"],
            "note_nl": notes["nl"],
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


def _remarks(
    row: int,
    addresses: Addresses,
    ballot: Ballot,
    coordinates: Coordinates,
    reference: GeoReference,
) -> Iterable[Issue]:
    """Give what contradicts the outcome for one place, with both facts in each."""
    names = (*reference.nuts3, "")
    winner = int(ballot.winner[row])
    region = names[winner]
    said = ballot.said[row].tolist()
    code, country = addresses.code[row], addresses.country[row]
    outcome = _say_outcome(region, country)

    def overruled(fact: str, column: str, value: str, en: str, nl: str) -> Issue:
        # A register of postcodes or places is no value of the row: there nothing is lost.
        is_lost = fact in {"code", "country", "geolocation"}
        severity = Severity.VALUE_LOST if is_lost else Severity.NOTE
        message = Text(f"{en}; {outcome.en}.", f"{nl}; {outcome.nl}.")
        return Issue(f"{fact}-overruled", severity, message, column=column, value=value)

    shallow = ballot.shallow[row]
    is_elsewhere = shallow and not (region or country).startswith(
        shallow if region else shallow[:2]
    )
    if (said[CODE] >= 0 and said[CODE] != winner) or is_elsewhere:
        yield overruled(
            "code", "nutsCode", code,
            f"The region code says {code}", f"De regiocode zegt {code}",
        )  # fmt: skip
    if reference.codes and len(code) > 2 and said[CODE] < 0 and reference.resolve(code) != code[:4]:
        now = reference.resolve(code)
        if len(now) < len(code):
            message = Text(
                f"The region code {code} has no one successor; {now} holds it.",
                f"De regiocode {code} heeft niet één opvolger; zij ligt in {now}.",
            )
            yield Issue(
                "code-without-successor", Severity.NOTE, message, column="nutsCode", value=code
            )
    if region and country and region[:2] != country:
        yield overruled(
            "country", "country", country,
            f"The country says {country}", f"Het land zegt {country}",
        )  # fmt: skip
    if ballot.has_point[row] and not coordinates.is_trusted[row]:
        point = f"{addresses.latitude[row]:.4f}, {addresses.longitude[row]:.4f}"
        where = _say_where(point, row, ballot, names)
        yield overruled("geolocation", "geolocation", point, where.en, where.nl)
    register = ballot.weight[row] == WEIGHTS
    if register[POSTCODE] and said[POSTCODE] >= 0 and said[POSTCODE] != winner:
        there, postcode = names[said[POSTCODE]], addresses.pc4[row]
        yield overruled(
            "postcode", "postCode", addresses.postcode[row],
            f"The postcode {postcode} lies in {there}", f"De postcode {postcode} ligt in {there}",
        )  # fmt: skip
    spot = addresses.by_place[row]
    if register[PLACE] and said[PLACE] >= 0 and said[PLACE] != winner and spot and spot.is_certain:
        there, city = names[said[PLACE]], addresses.city[row]
        yield overruled("place", "city", city, f"{city} lies in {there}", f"{city} ligt in {there}")
    if not region and any(len(known) == 5 and known[:2] == country for known in reference.nuts3):
        message = Text(
            f"No NUTS 3 region could be found within {country}.",
            f"Binnen {country} is geen NUTS 3-regio te vinden.",
        )
        value = ", ".join(filter(None, (addresses.postcode[row], addresses.city[row])))
        yield Issue("not-located", Severity.NOTE, message, value=value)


def _say_outcome(region: str, country: str) -> Text:
    if region:
        return Text(f"taken as {region}", f"aangehouden is {region}")
    if country:
        return Text(f"no region within {country}", f"geen regio binnen {country}")
    return Text("no region in any country", "geen regio in welk land ook")


def _say_where(point: str, row: int, ballot: Ballot, names: Sequence[str]) -> Text:
    where = names[int(ballot.said[row, GEOLOCATION])]
    inside = Text(f"lie in {where}" if where else "lie in no region",
                  f"liggen in {where}" if where else "liggen in geen regio")  # fmt: skip
    distances = ballot.distance_km[row][ballot.said[row] == ballot.winner[row]]
    known = distances[np.isfinite(distances)]
    if len(known) and ballot.winner[row] >= 0 and known[0] > BORDER_KM:
        off = Text(f"{known[0]:.0f} km off", f"{known[0]:.0f} km ervandaan")
    else:
        off = Text("far from postcode or country", "ver van postcode of land")
    return Text(
        f"The coordinates {point} {inside.en}, {off.en}",
        f"De coördinaten {point} {inside.nl}, {off.nl}",
    )
