"""The genuine tests of who is who: two sides of records with their numbers hidden, and the truth.

Three trials: FP7 (table of 2018) against Horizon Europe, the Horizon 2020 dump of 2017 against
Horizon Europe, and PIC against ROR. All rows of both sides are candidates. What the product treats
as a natural person has no name here either; such pairs stay in the truth, and nobody can find them.
"""

from __future__ import annotations

import csv
import hashlib
import io
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import duckdb
import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
from numpy.typing import NDArray

from keten.sources import cordis, fp7, ror
from keten.sources.persons import is_person

LISTS: Final = (
    "names", "acronyms", "countries", "postcodes", "cities", "streets", "domains", "vat_numbers",
)  # fmt: skip
UNITS: Final = pa.schema(
    [("key", pa.string()), ("register", pa.string())]
    + [(name, pa.list_(pa.string())) for name in LISTS]
)
TRIALS: Final = ("fp7", "dump", "ror")
# CORDIS writes these two as the Union does, ROR as the world does.
_COUNTRY: Final = {"GB": "UK", "GR": "EL"}
_HOST: Final = re.compile(r"^(?:[a-z]+:/*)?(?:www\d?\.)?([a-z0-9-]+(?:\.[a-z0-9-]+)+)")


@dataclass(frozen=True)
class Trial:
    """Two sides, and which of their rows are one organisation.

    `left` and `right` have the columns of `UNITS`; their keys are opaque, and `left_ids`,
    `right_ids` say what each row really is (`fp7:<PIC>`). `truth`: int64, pairs by (row on the
    left, row on the right), sorted. Shapes: `is_even` (parity of the PIC), `is_judged` (whether the
    truth knows all there is of this row) by row of the left; `is_dutch` too.
    """

    name: str
    left: pa.Table
    right: pa.Table
    left_ids: list[str]
    right_ids: list[str]
    truth: NDArray[np.int64]
    is_even: NDArray[np.bool_]
    is_judged: NDArray[np.bool_]
    is_dutch: NDArray[np.bool_]

    def queries(self, half: str) -> NDArray[np.bool_]:
        """Say for each row on the left whether it is asked about: half `even`, `odd` or `all`."""
        chosen = {"even": self.is_even, "odd": ~self.is_even, "all": np.ones_like(self.is_even)}
        return chosen[half] & self.is_judged


def is_even(pic: str) -> bool:
    """Say whether the last bit of the SHA-256 of a PIC is nought: those rows are for tuning."""
    return hashlib.sha256(pic.encode()).digest()[-1] % 2 == 0


def is_second_even(pic: str) -> bool:
    """Say whether the bit before that is nought: the registry's file holds even PICs alone."""
    return hashlib.sha256(pic.encode()).digest()[-1] >> 1 & 1 == 0


def read_trials(data: Path, names: tuple[str, ...] = TRIALS) -> dict[str, Trial]:
    """Read the publishers' files below a folder of open data into the trials asked for."""
    con = duckdb.connect(config={"threads": 2})
    _read_sources(con, data, with_ror="ror" in names)
    makers = {"fp7": _fp7_trial, "dump": _dump_trial, "ror": _ror_trial}
    return {name: makers[name](con, data) for name in names}


def save_trial(trial: Trial, folder: Path) -> None:
    """Write a trial as three Parquet files, so that other processes need not read the sources."""
    folder.mkdir(parents=True, exist_ok=True)
    left = trial.left.append_column("id", pa.array(trial.left_ids))
    for name in ("is_even", "is_judged", "is_dutch"):
        left = left.append_column(name, pa.array(getattr(trial, name)))
    pq.write_table(left, folder / "left.parquet")
    pq.write_table(
        trial.right.append_column("id", pa.array(trial.right_ids)), folder / "right.parquet"
    )
    truth = pa.table({"left": trial.truth[:, 0], "right": trial.truth[:, 1]})
    pq.write_table(truth, folder / "truth.parquet")


def load_trial(name: str, folder: Path) -> Trial:
    """Read back what `save_trial` wrote."""
    left = pq.read_table(folder / "left.parquet")
    right = pq.read_table(folder / "right.parquet")
    truth = pq.read_table(folder / "truth.parquet")
    flags = {
        name: left[name].to_numpy().astype(bool) for name in ("is_even", "is_judged", "is_dutch")
    }
    return Trial(
        name,
        left.select(UNITS.names),
        right.select(UNITS.names),
        left["id"].to_pylist(),
        right["id"].to_pylist(),
        np.column_stack([truth["left"].to_numpy(), truth["right"].to_numpy()]),
        **flags,
    )


def trials_at(data: Path, folder: Path, names: tuple[str, ...] = TRIALS) -> dict[str, Trial]:
    """Give the trials from a folder, reading the sources only for those that are not there yet."""
    absent = tuple(name for name in names if not (folder / name / "truth.parquet").exists())
    if absent:
        for name, trial in read_trials(data, absent).items():
            save_trial(trial, folder / name)
    return {name: load_trial(name, folder / name) for name in names}


def mend_mac_roman(text: str) -> str:
    """Undo UTF-8 that was read as Mac Roman (`J√∂ckel` is `Jöckel`), where that is certain."""
    try:
        return text.encode("mac_roman").decode("utf-8")
    except UnicodeError:
        return text


def find_host(website: str | None) -> str | None:
    """Give the host of a web address without `www`; None when there is none."""
    found = _HOST.match((website or "").strip().lower())
    return found.group(1) if found else None


# --- the sources --------------------------------------------------------------------------------


def _read_sources(con: duckdb.DuckDBPyConnection, data: Path, *, with_ror: bool) -> None:
    """Put one row for each organisation and programme into `known`, and ROR into its own tables."""
    tables = [
        cordis.read(package).tables
        for package in cordis.find(data)
        if package.release == "he" or with_ror
    ]
    for package in fp7.find(data):
        if package.release == "tables" or with_ror:
            table = fp7.read(package).tables["fp7_organisation"]
            con.register("arrived", table)
            con.execute(f"create table fp7_{package.release} as select * from arrived")
    con.register("participation_in", pa.concat_tables([t["participation"] for t in tables]))
    con.register("project_in", pa.concat_tables([t["project"] for t in tables]))
    # The newest row speaks, as in the product; what it lacks is taken from older ones.
    fields = ("name", "short_name", "street", "postcode", "city", "country", "website")
    newest = ", ".join(
        f"first({name} order by place) filter ({name} is not null) as {name}" for name in fields
    )
    con.execute(
        f"""create table known as with ranked as (
                select p.*, row_number() over (partition by p.source_key
                    order by p.updated_at desc nulls last, project.start_date desc nulls last,
                             p.record_id desc) as place
                from participation_in p join project_in project using (project_id))
            select source_key, any_value(programme) as programme, any_value(pic) as pic, {newest}
            from ranked group by source_key order by source_key"""
    )
    if with_ror:
        (package,) = ror.find(data)
        read = ror.read(package).tables
        for name in ("ror", "ror_name"):
            con.register("arrived", read[name])
            con.execute(f"create table {name} as select * from arrived")


def _units(rows: list[dict[str, list[str | None]]], ids: list[str], register: str) -> pa.Table:
    """Give rows of lists the shape of `UNITS`: clean, without repetition, in the order given."""
    columns: dict[str, list[object]] = {
        "key": [f"{register}:{hashlib.sha256(each.encode()).hexdigest()[:12]}" for each in ids],
        "register": [register] * len(ids),
    }
    for name in LISTS:
        columns[name] = [_clean(name, row.get(name, [])) for row in rows]
    return pa.table(columns, schema=UNITS)


def _clean(name: str, values: list[str | None]) -> list[str]:
    texts = [" ".join(value.split()) for value in values if value]
    if name == "domains":
        texts = [host for text in texts if (host := find_host(text))]
    if name == "countries":
        texts = [_COUNTRY.get(text, text) for text in texts]
    return list(dict.fromkeys(text for text in texts if text))


_ROW: Final = """names: [name], acronyms: [short_name], countries: [country], postcodes: [postcode],
    cities: [city], streets: [street], domains: [website]"""


def _horizon(con: duckdb.DuckDBPyConnection) -> tuple[pa.Table, list[str]]:
    found = con.execute(
        f"select source_key, {{{_ROW}}} from known where programme = 'he' order by sha256(source_key)"
    ).fetchall()
    ids = [row[0] for row in found]
    return _units([row[1] for row in found], ids, "right"), ids


def _against_horizon(
    con: duckdb.DuckDBPyConnection,
    name: str,
    rows: list[dict[str, list[str | None]]],
    ids: list[str],
) -> Trial:
    right, right_ids = _horizon(con)
    left = _units(rows, ids, "left")
    at = {each.split(":")[1]: row for row, each in enumerate(right_ids)}
    pics = [each.split(":")[1] for each in ids]
    truth = [(row, at[pic]) for row, pic in enumerate(pics) if pic in at]
    even = np.array([is_even(pic) for pic in pics], np.bool_)
    return _trial(name, left, right, ids, right_ids, truth, even, np.ones(len(ids), np.bool_))


def _trial(
    name: str,
    left: pa.Table,
    right: pa.Table,
    left_ids: list[str],
    right_ids: list[str],
    truth: list[tuple[int, int]],
    even: NDArray[np.bool_],
    is_judged: NDArray[np.bool_],
) -> Trial:
    return Trial(
        name, left, right, left_ids, right_ids, np.array(sorted(truth), np.int64).reshape(-1, 2),
        even, is_judged,
        np.array(["NL" in countries for countries in left["countries"].to_pylist()], np.bool_),
    )  # fmt: skip


# --- the three trials ---------------------------------------------------------------------------


def _fp7_trial(con: duckdb.DuckDBPyConnection, _data: Path) -> Trial:
    found = con.execute(
        f"select source_key, {{{_ROW}}} from fp7_tables order by sha256(source_key)"
    ).fetchall()
    return _against_horizon(con, "fp7", [row[1] for row in found], [row[0] for row in found])


def _dump_trial(con: duckdb.DuckDBPyConnection, data: Path) -> Trial:
    text = (data / "cordis-h2020-orgs-2017" / "stacked_dump.csv").read_bytes().decode("utf-8")
    found = {
        f"dump:{row['orgId']}": {name: mend_mac_roman(row[name]) for name in row}
        for row in csv.DictReader(io.StringIO(text))
        if row["orgId"].isdecimal()
    }
    ids = sorted(found, key=lambda each: hashlib.sha256(each.encode()).hexdigest())
    rows: list[dict[str, list[str | None]]] = []
    for each in ids:
        row = found[each]
        told: dict[str, list[str | None]] = {"countries": [row["country"]]}
        if not is_person(row["name"]):
            told |= {
                "names": [row["name"]],
                "acronyms": [row["shortName"]],
                "streets": [row["street"]],
                "cities": [row["city"]],
                "domains": [row["organizationUrl"]],
                "postcodes": [row["postCode"]],
            }
        rows.append(told)
    return _against_horizon(con, "dump", rows, ids)


def _ror_trial(con: duckdb.DuckDBPyConnection, data: Path) -> Trial:
    """PICs of the file against all of ROR; judged are PICs of which a `high` record is there."""
    with (data / "truth" / "pic_ror_half.csv").open(encoding="utf-8") as lines:
        linked = [(row["pic"], row["ror_id"], row["confidence"]) for row in csv.DictReader(lines)]
    left_ids, left_rows = _pics(con, {pic for pic, _, _ in linked})
    right_ids, right_rows = _registered(con)
    left_at = {each.split(":")[1]: row for row, each in enumerate(left_ids)}
    right_at = {each.split(":")[1]: row for row, each in enumerate(right_ids)}
    truth = [
        (left_at[pic], right_at[number])
        for pic, number, confidence in linked
        if confidence == "high" and pic in left_at and number in right_at
    ]
    judged = np.zeros(len(left_ids), np.bool_)
    judged[[row for row, _ in truth]] = True
    left, right = _units(left_rows, left_ids, "pic"), _units(right_rows, right_ids, "ror")
    even = np.array([is_second_even(pic) for pic in left_at], np.bool_)
    return _trial("ror", left, right, left_ids, right_ids, truth, even, judged)


def _pics(
    con: duckdb.DuckDBPyConnection, wanted: set[str]
) -> tuple[list[str], list[dict[str, list[str | None]]]]:
    con.register("wanted", pa.table({"pic": sorted(wanted)}))
    found = con.execute(
        """with every as (
               select pic, name, short_name, country, postcode, city, street, website,
                      case programme when 'he' then 0 else 1 end as place from known
               union all select pic, name, short_name, country, postcode, city, street, website,
                      2 from fp7_tables
               union all select pic, name, short_name, country, postcode, city, street, website,
                      3 from fp7_network)
           select 'pic:' || pic, {
               names: list(name order by place, name), acronyms: list(short_name order by place, name),
               countries: list(country order by place, name),
               postcodes: list(postcode order by place, name),
               cities: list(city order by place, name), streets: list(street order by place, name),
               domains: list(website order by place, name)}
           from every join wanted using (pic) group by pic order by sha256(pic)"""
    ).fetchall()
    return [row[0] for row in found], [row[1] for row in found]


def _registered(
    con: duckdb.DuckDBPyConnection,
) -> tuple[list[str], list[dict[str, list[str | None]]]]:
    found = con.execute(
        """with called as (
               select ror_id, list(name order by kind, language, name) filter (kind != 'acronym') as names
               from ror_name group by ror_id)
           select 'ror:' || ror_id, {
               names: list_concat([name], coalesce(names, [])), acronyms: acronyms,
               countries: [country], cities: [city], domains: list_concat([website], domains)}
           from ror left join called using (ror_id) order by sha256(ror_id)"""
    ).fetchall()
    return [row[0] for row in found], [row[1] for row in found]
