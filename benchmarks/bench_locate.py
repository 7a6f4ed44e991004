"""How well addresses are located: Dutch ones from the address alone, and what each witness is worth.

The truth is the register's own NUTS 3 code brought to 2024. It has errors too: every address where
keten differs is listed, to be read (docs/reviews/location.md).
"""

import os
import re
import resource
import sys
import time
from collections import Counter
from collections.abc import Mapping
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from zipfile import ZipFile

import duckdb
import numpy as np
import pyarrow as pa
import shapely

from keten.evidence.locate import GeoReference, locate, locate_places
from keten.evidence.locate.reference import to_laea
from keten.sources import geography

ARCHIVES = {
    "he": "cordis/cordis-HORIZONprojects-csv.zip",
    "h2020": "cordis/cordis-h2020projects-csv.zip",
}


def run(data: Path) -> dict[str, Any]:
    """Measure on the genuine files under `data`."""
    started = time.perf_counter()
    tables = _read_geography(data)
    read_s = time.perf_counter() - started
    con = duckdb.connect()
    con.execute("set threads = 2")
    for name, table in tables.items():
        con.register("incoming", table)
        con.execute(f"create table {name} as select * from incoming")
        con.unregister("incoming")
    for programme in ARCHIVES:
        _load(con, data, programme)
    con.execute(
        """
        create table place as
        select row_number() over (
                   order by country, street, postcode, city, nuts_code, latitude, longitude
               ) as place_id, *
        from (select distinct country, street, postcode, city, nuts_code, latitude, longitude
              from (from he union all by name from h2020))
        """
    )
    reference = GeoReference.of(tables)
    return {
        "read_geography_s": round(read_s, 2),
        "dutch_address_alone": _hide_and_find(con, reference),
        "witnesses": _weigh_witnesses(con, reference),
        "code_or_geolocation": _arbitrate(con, reference),
        "all_places": _locate_all(con),
    }


def measure_dutch(data: Path) -> dict[str, Any]:
    """Measure only the Dutch addresses of Horizon Europe, without code and geolocation."""
    con = duckdb.connect()
    _load(con, data, "he")
    return _hide_and_find(con, GeoReference.of(_read_geography(data)))


def _read_geography(data: Path) -> Mapping[str, pa.Table]:
    (package,) = geography.find(data / "geo")
    return geography.read(package, lambda _what, _share: None).tables


def _load(con: duckdb.DuckDBPyConnection, data: Path, programme: str) -> None:
    """Read the organisations of one programme, apart from the product's own reader."""
    with TemporaryDirectory() as folder, ZipFile(data / ARCHIVES[programme]) as files:
        member = next(name for name in files.namelist() if name.endswith("organization.csv"))
        path = files.extract(member, folder)
        con.execute(
            f"""
            create table {programme} as
            select country, street, "postCode" as postcode, city, "nutsCode" as nuts_code, name,
                   try_cast(trim(split_part(geolocation, ',', 1)) as double) as latitude,
                   try_cast(trim(split_part(geolocation, ',', 2)) as double) as longitude
            from read_csv(?, delim=';', quote='"', escape='"', all_varchar=true, header=true)
            """,
            [path],
        )


def _hide_and_find(con: duckdb.DuckDBPyConnection, reference: GeoReference) -> dict[str, Any]:
    """Locate Horizon Europe's Dutch rows without code and geolocation."""
    rows = con.sql(
        """
        select row_number() over (order by street, postcode, city, nuts_code) as place_id, *
        from (
            select country, street, postcode, city, nuts_code, count(*)::bigint as times,
                   min(name) as organisation
            from he where country = 'NL' and length(nuts_code) = 5 group by all
        )
        order by place_id
        """
    ).to_arrow_table()
    empty = pa.nulls(rows.num_rows, pa.float64())
    hidden = (
        rows.set_column(5, "nuts_code", pa.nulls(rows.num_rows, pa.string()))
        .append_column("latitude", empty)
        .append_column("longitude", empty)
    )
    located = locate_places(hidden, reference)
    found = located["nuts3"].to_pylist()
    methods = located["nuts3_method"].to_pylist()
    wrong: list[dict[str, Any]] = []
    right = right_addresses = unlocated = total = 0
    for row, region, method in zip(rows.to_pylist(), found, methods, strict=True):
        truth = reference.resolve(row["nuts_code"])
        total += row["times"]
        unlocated += region is None
        if region == truth:
            right += row["times"]
            right_addresses += 1
        else:
            wrong.append({**row, "keten": region, "register": truth, "method": method})
    return {
        "rows": total,
        "rows_right": right,
        "rows_right_share": round(right / total, 5),
        "addresses": rows.num_rows,
        "addresses_right": right_addresses,
        "addresses_right_share": round(right_addresses / rows.num_rows, 5),
        "addresses_not_located": unlocated,
        "methods": dict(Counter(methods)),
        "wrong": wrong,
    }


def _weigh_witnesses(
    con: duckdb.DuckDBPyConnection, reference: GeoReference
) -> dict[str, dict[str, Any]]:
    """Let each witness speak alone about addresses with a code, and count how often it is right."""
    rows = con.sql("from place where length(nuts_code) = 5 order by place_id").to_arrow_table()
    truth = [reference.resolve(code) for code in rows["nuts_code"].to_pylist()]
    is_dutch = [country == "NL" for country in rows["country"].to_pylist()]
    blanks = {
        "postcode": pa.nulls(rows.num_rows, pa.string()),
        "city": pa.nulls(rows.num_rows, pa.string()),
        "street": pa.nulls(rows.num_rows, pa.string()),
        "nuts_code": pa.nulls(rows.num_rows, pa.string()),
        "latitude": pa.nulls(rows.num_rows, pa.float64()),
        "longitude": pa.nulls(rows.num_rows, pa.float64()),
    }
    results: dict[str, dict[str, Any]] = {}
    for witness, keeps in {
        "postcode": {"postcode"},
        "place": {"city"},
        "geolocation": {"latitude", "longitude"},
    }.items():
        table = rows
        for name, blank in blanks.items():
            if name not in keeps:
                table = table.set_column(table.column_names.index(name), name, blank)
        found = locate_places(table, reference)["nuts3"].to_pylist()
        for group, chosen in {
            "NL": is_dutch,
            "elsewhere": [not dutch for dutch in is_dutch],
        }.items():
            speaks = [
                region == code
                for region, code, take in zip(found, truth, chosen, strict=True)
                if take and region is not None
            ]
            if speaks:
                results[f"{witness} {group}"] = {
                    "speaks": len(speaks),
                    "agrees_with_code": round(sum(speaks) / len(speaks), 4),
                }
    results |= _weigh_neighbours(con, reference)
    return results


def _arbitrate(
    con: duckdb.DuckDBPyConnection, reference: GeoReference
) -> dict[str, dict[str, int]]:
    """Say by distance of geolocation and coded region which of them the postcode sides with.

    In the Netherlands the postcode is looked up; elsewhere it is what most other addresses with the
    same postcode have as their code.
    """
    rows = con.sql(
        "from place where length(nuts_code) = 5 and latitude is not null order by place_id"
    ).to_arrow_table()
    codes = [reference.resolve(code) for code in rows["nuts_code"].to_pylist()]
    position = {code: place for place, code in enumerate(reference.nuts3)}
    shape_of = {
        int(place): shape for place, shape in zip(reference.drawn, reference.shapes, strict=True)
    }
    points = to_laea(rows["longitude"].to_numpy(), rows["latitude"].to_numpy())
    inside = dict(zip(*map(np.ndarray.tolist, reference.tree.query(points, "within")), strict=True))
    same: dict[tuple[str, str], Counter[str]] = {}
    postcodes = [
        re.sub(r"[^0-9A-Z]", "", (text or "").upper()) for text in rows["postcode"].to_pylist()
    ]
    countries = rows["country"].to_pylist()
    for country, postcode, code in zip(countries, postcodes, codes, strict=True):
        same.setdefault((country, postcode), Counter())[code] += 1
    results: dict[str, dict[str, int]] = {}
    for row, (country, postcode, code) in enumerate(zip(countries, postcodes, codes, strict=True)):
        shape = shape_of.get(position.get(code, -1))
        if shape is None:
            continue
        km = float(shapely.distance(shape, points[row])) / 1000
        if country == "NL":
            spot = reference.postcodes.get(postcode[:4])
            told = spot.nuts3 if spot else None
        else:
            others = same[(country, postcode)] - Counter([code])
            told = min(others, key=lambda other: (-others[other], other)) if others else None
        at = reference.nuts3[reference.drawn[inside[row]]] if row in inside else ""
        side = "nobody" if told is None else {code: "code", at: "geolocation"}.get(told, "neither")
        group = f"{_bin(km)} {'NL' if country == 'NL' else 'elsewhere'}"
        results.setdefault(group, {"addresses": 0, "code": 0, "geolocation": 0})
        results[group]["addresses"] += 1
        results[group][side] = results[group].get(side, 0) + 1
    return dict(sorted(results.items(), key=lambda item: (float(item[0].split()[1]), item[0])))


def _bin(km: float) -> str:
    edges = (0, 1, 2, 3, 5, 10, 20, 50, 20_000)  # the last is half the globe
    high = next(edge for edge in edges if km <= edge)
    return f"<= {high:g} km"


def _weigh_neighbours(
    con: duckdb.DuckDBPyConnection, reference: GeoReference
) -> dict[str, dict[str, Any]]:
    """Hide every tenth code and geolocation outside the Netherlands; find them by other addresses."""
    rows = con.sql("from place order by place_id").to_arrow_table()
    hidden = [
        country != "NL" and len(code or "") == 5 and number % 10 == 0
        for country, code, number in zip(
            *(rows[name].to_pylist() for name in ("country", "nuts_code", "place_id")), strict=True
        )
    ]
    masked = rows
    for name in ("nuts_code", "latitude", "longitude"):
        values = [
            None if hide else value
            for value, hide in zip(rows[name].to_pylist(), hidden, strict=True)
        ]
        column = pa.array(values, rows.schema.field(name).type)
        masked = masked.set_column(rows.column_names.index(name), name, column)
    located = locate_places(masked, reference)
    counts: dict[str, Counter[str]] = {}
    for code, region, method, hide in zip(
        rows["nuts_code"].to_pylist(),
        located["nuts3"].to_pylist(),
        located["nuts3_method"].to_pylist(),
        hidden,
        strict=True,
    ):
        if hide:
            outcome = "right" if region == reference.resolve(code) else "wrong"
            counts.setdefault(method or "none", Counter())[outcome] += 1
    return {
        f"{method} elsewhere": {
            "speaks": sum(count.values()),
            "agrees_with_code": round(count["right"] / sum(count.values()), 4),
        }
        for method, count in sorted(counts.items())
    }


def _locate_all(con: duckdb.DuckDBPyConnection) -> dict[str, Any]:
    """Locate every distinct address of both programmes, with all that is known."""
    # Issues name the row in which an address first stands: here there are addresses only.
    con.execute(
        "create or replace table participation as select place_id, place_id as record_id from place"
    )
    wall, cpu = time.perf_counter(), time.process_time()
    issues = locate(con, lambda _what, _share: None)
    wall, cpu = time.perf_counter() - wall, time.process_time() - cpu
    return {
        "places": con.execute("select count(*) from location").fetchall()[0][0],
        "wall_s": round(wall, 2),
        "cpu_s": round(cpu, 2),
        "peak_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
        "nuts3_method": _group(con, "nuts3_method"),
        "coordinate_method": _group(con, "coordinate_method"),
        "dutch_without_nuts3": con.execute(
            "select count(*) from location join place using (place_id) "
            "where country = 'NL' and nuts3 is null"
        ).fetchall()[0][0],
        "issues": dict(Counter(issue.code for issue, _ in issues)),
    }


def _group(con: duckdb.DuckDBPyConnection, column: str) -> dict[str, int]:
    found = con.execute(f"select {column}, count(*) from location group by 1 order by 2 desc")
    return {str(name): count for name, count in found.fetchall()}


def main() -> None:
    results = run(Path(os.environ["KETEN_DATA"]))
    wrong = results["dutch_address_alone"].pop("wrong")
    for part, values in results.items():
        print(f"{part}: {values}" if not isinstance(values, dict) else part)
        if isinstance(values, dict):
            for name, value in values.items():
                print(f"  {name:24} {value}")
    print(f"{len(wrong)} addresses where keten differs from the register:")
    for row in wrong:
        address = ", ".join(row[name] or "-" for name in ("street", "postcode", "city"))
        print(
            f"  {row['times']:3} x {address} [{row['organisation']}]: keten {row['keten']}"
            f" ({row['method']}), register {row['nuts_code']}"
        )


if __name__ == "__main__":
    if "KETEN_DATA" not in os.environ:
        sys.exit("Set KETEN_DATA to the folder of open data.")
    main()
