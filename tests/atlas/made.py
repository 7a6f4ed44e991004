"""A small evidence made by hand, through the stages of a build, so that answers can be checked by eye."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa

from keten.atlas.measures import write_measures
from keten.atlas.technology_measures import write_technology_measures
from keten.diagnosis.background import write_background
from keten.diagnosis.indicators import write_indicators
from keten.diagnosis.measures import write_measures as write_presence
from keten.evidence import (
    classify,
    classify_calls,
    link,
    load,
    missions,
    receipts,
    resolve,
    subsidies,
)
from keten.evidence.technologies import (
    classify_dutch,
    classify_technologies,
    write_inferred,
    write_organisations,
)
from keten.matchmaking.backtest import write_backtest
from keten.model import Found, Issue, Package, Reading, Ruling, Severity, SourceCard, Text

CARD = SourceCard(
    "cordis",
    Text("Projects", "Projecten"),
    "Publisher",
    "CC BY 4.0",
    "https://example.org/licence",
    "https://example.org",
    "Publisher, CC BY 4.0",
    Text("Projects only.", "Alleen projecten."),
    {
        "h2020-reconstructed": Text("Reconstructed.", "Gereconstrueerd."),
        "eurofusion-absent": Text("One is absent.", "Er ontbreekt er een."),
        "sme-date": Text("As of today.", "Stand van vandaag."),
    },
)
CAVEATS = {"he": ("eurofusion-absent", "sme-date"), "h2020": ("h2020-reconstructed", "sme-date")}

HEADINGS = (
    "projectID", "organisationID", "name", "role", "ecContribution", "netEcContribution", "country",
    "nutsCode", "activityType", "SME", "city",
)  # fmt: skip


@dataclass(frozen=True)
class Seat:
    """One participation, as a row of a publisher's file."""

    project: str  # he-1, h2020-7
    pic: str
    amount: str | None = "100.00"
    role: str = "participant"
    name: str | None = "Made Up"
    country: str | None = "NL"
    nuts: str | None = "NL112"
    kind: str | None = "PRC"
    sme: bool | None = True
    net: str | None = None

    @property
    def programme(self) -> str:
        return self.project.split("-")[0]

    def cells(self) -> list[str]:
        """Give the row as it would stand in the file."""
        sme = "" if self.sme is None else str(self.sme).lower()
        return [
            self.project.split("-")[1], self.pic, self.name or "", self.role, self.amount or "",
            self.net or "", self.country or "", self.nuts or "", self.kind or "", sme, "Somewhere",
        ]  # fmt: skip


@dataclass(frozen=True)
class Project:
    """A project with what it costs and the fields that it carries, as codes and words."""

    name: str
    year: int | None = 2022
    cost: str | None = "1000.00"
    maximum: str | None = "900.00"
    fields: tuple[tuple[str, str], ...] = ()


CHEMISTRY = ("/23/53", "/natural sciences/chemical sciences")
ORGANIC = ("/23/53/363", "/natural sciences/chemical sciences/organic chemistry")
PHYSICS = ("/23/43", "/natural sciences/physical sciences")

PROJECTS = (
    Project("he-1", 2021, fields=(ORGANIC,)),
    Project("he-2", 2022, fields=(ORGANIC, CHEMISTRY, PHYSICS)),
    Project("he-3", 2023, cost=None),
    Project("he-4", None, fields=(PHYSICS,)),
    Project("h2020-1", 2015),
    Project("h2020-2", 2020, maximum=None),
)
SEATS = (
    Seat("he-1", "100", "100.50", "coordinator", "Alpha", nuts="NL111", net="80.25"),
    Seat("he-1", "200", "200.00", "participant", "Beta", nuts="NL112", kind="HES", sme=False),
    Seat("he-1", "300", None, "associated_partner", "Gamma", "DE", "DE941", "PUB", False),
    Seat("he-2", "200", "50.00", "coordinator", "Beta", nuts="NL112", kind="HES", sme=False),
    Seat("he-2", "200", None, "third_party", "Beta", nuts="NL112", kind="HES", sme=False),
    Seat("he-2", "600", "10.00", "participant", "=Delta", nuts="NL", kind="OTH", sme=None),
    Seat("he-3", "500", "0.00", "participant", "Epsilon, \"Inc\"", "US", None, "PRC", False),
    Seat("he-3", "100", "7.77", "participant", "Alpha BV", nuts="NL111"),
    Seat("he-4", "300", "30.00", "coordinator", "Gamma", "DE", "DE941", "PUB", False),
    Seat("h2020-1", "100", "1000.00", "participant", "Alpha", nuts="NL111", sme=None),
    Seat("h2020-1", "400", "5.00", "coordinator", None, "NL", "NL112", None, None),
    Seat("h2020-2", "400", "6.00", "participant", None, "NL", "NL112", None, None),
    Seat("h2020-2", "300", "60.00", "partner", "Gamma", "DE", "DE941", "PUB", False),
)  # fmt: skip

# Beta is joined with Gamma by nobody; 200 of Horizon Europe has no record in Horizon 2020.
REGIONS = (
    ("NL", 0, "Nederland"), ("NL1", 1, "Noord-Nederland"), ("NL11", 2, "Groningen"),
    ("NL12", 2, "Friesland"), ("NL111", 3, "Oost-Groningen"), ("NL112", 3, "Delfzijl"),
    ("NL121", 3, "Noord-Friesland"), ("DE", 0, "Deutschland"), ("DE9", 1, "Niedersachsen"),
    ("DE94", 2, "Weser-Ems"), ("DE941", 3, "Delmenhorst"),
)  # fmt: skip


def make_atlas(
    seats: Sequence[Seat] = SEATS,
    projects: Sequence[Project] = PROJECTS,
    rulings: Iterable[Ruling] = (),
) -> duckdb.DuckDBPyConnection:
    """Give an evidence with these rows, taken through the stages up to the measures."""
    con = duckdb.connect(config={"threads": 1})
    loader = load.Loader(con)
    loader.add_card(CARD)
    for programme in sorted({seat.programme for seat in seats}):
        own = [seat for seat in seats if seat.programme == programme]
        reading = _read(programme, own, [p for p in projects if p.name.startswith(f"{programme}-")])
        delivery = load.Delivery(reading.package, "0" * 64, f"made/{programme}.zip")
        loader.add(reading, delivery, CARD)
    load.write_issues(con, "load", loader.finish())
    load.write_issues(
        con, "resolve", [("resolve", issue, None) for issue in resolve.resolve(con, list(rulings))]
    )
    load.gather_issues(con, ["load", "resolve"])
    _write_geography(con)
    link.link(con)
    write_measures(con)
    receipts.write_receipts(con)
    subsidies.match_subsidies(con)
    classify.classify(con, ())
    classify_calls.classify_calls(con, ())
    classify_technologies(con, None)
    missions.classify_missions(con, None)
    classify_dutch(con, None)
    write_inferred(con)
    write_organisations(con, None)
    write_technology_measures(con)
    write_backtest(con)
    write_indicators(con)
    write_presence(con, ())
    write_background(con)
    return con


def _read(programme: str, seats: Sequence[Seat], projects: Sequence[Project]) -> Reading:
    """Give what a reader would hand over for one programme; the last row of its file is lost."""
    fields = [(project.name, *field) for project in projects for field in project.fields]
    lost = Issue(
        "column-count",
        Severity.ROW_LOST,
        Text("Too few cells.", "Te weinig cellen."),
        0,
        len(seats) + 2,
    )
    return Reading(
        Package("cordis", programme, Path(f"{programme}.zip"), ("organization.csv",)),
        (
            _found("organization.csv", HEADINGS, [*(seat.cells() for seat in seats), ["lost"]]),
            _found("project.csv", ("id", "title"), [[p.name, f"About {p.name}"] for p in projects]),
            _found("euroSciVoc.csv", ("projectID", "code"), [[row[0], row[1]] for row in fields]),
        ),
        {
            "participation": _table([_participation(s, n) for n, s in enumerate(seats, 2)]),
            "project": _table([_project(p, n) for n, p in enumerate(projects, 2)]),
            "project_field": _table(
                [
                    {
                        "record_id": (2 << 32) + line,
                        "project_id": name,
                        "code": code,
                        "path": path,
                        "title": path.rsplit("/", 1)[1],
                    }
                    for line, (name, code, path) in enumerate(fields, 2)
                ]
                or [{"record_id": None, "project_id": None, "code": None, "path": None}]
            ).slice(0, len(fields)),
        },
        {"participation": 0, "project": 1, "project_field": 2},
        (lost,),
        CAVEATS[programme],
    )


def _participation(seat: Seat, line: int) -> dict[str, Any]:
    return {
        "record_id": line,
        "project_id": seat.project,
        "source_key": f"{seat.programme}:{seat.pic}",
        "pic": seat.pic,
        "programme": seat.programme,
        "position": line,
        "role": seat.role,
        "contribution_eur": seat.amount,
        "net_contribution_eur": seat.net,
        "name": seat.name,
        "is_sme": seat.sme,
        "activity_type": seat.kind,
        "city": "Somewhere",
        "country": seat.country,
        "nuts_code": seat.nuts,
    }


def _project(project: Project, line: int) -> dict[str, Any]:
    return {
        "record_id": (1 << 32) + line,
        "project_id": project.name,
        "programme": project.name.split("-")[0],
        "source_id": project.name.split("-")[1],
        "title": f"About {project.name}",
        "start_date": f"{project.year}-03-01" if project.year else None,
        "total_cost_eur": project.cost,
        "ec_max_contribution_eur": project.maximum,
    }


def _found(name: str, header: Sequence[str], rows: Sequence[Sequence[str]]) -> Found:
    texts = [_write_row(row) for row in rows]
    lines = pa.array(range(2, 2 + len(rows)), pa.int64())
    size = sum(map(len, texts))
    return Found(name, tuple(header), ";", "utf-8", size, lines, pa.array(texts, pa.string()))


def _write_row(row: Sequence[str]) -> str:
    text = io.StringIO()
    csv.writer(text, delimiter=";", quoting=csv.QUOTE_ALL, lineterminator="").writerow(row)
    return text.getvalue()


def _table(rows: Sequence[dict[str, Any]]) -> pa.Table:
    table = pa.Table.from_pylist(list(rows))
    place = table.column_names.index("record_id")
    return table.set_column(place, "record_id", table.column("record_id").cast(pa.int64()))


def _write_geography(con: duckdb.DuckDBPyConnection) -> None:
    con.execute(
        """
        create table region(record_id bigint, code varchar, level smallint, country varchar,
            name varchar, name_latin varchar, parent varchar, vintage varchar, latitude double,
            longitude double, outline varchar);
        create table region_former(record_id bigint, code varchar, name varchar, level smallint,
            country varchar, vintage varchar, successor varchar, change varchar);
        insert into region_former values
            (1, 'NL113', 'Overig', 3, 'NL', '2021', 'NL112', 'recoded'),
            (2, 'NL119', 'Gesplitst', 3, 'NL', '2016', null, 'split'),
            (3, 'NL112', 'Delfzijl', 3, 'NL', '2021', 'NL112', 'same');
        """
    )
    for place, (code, level, name) in enumerate(REGIONS):
        parent = code[:-1] if level else None
        x, y = 4000 + 10 * place, -3300 + 10 * place
        path = f"M{x},{y}l10,0 0,10 -10,0z"
        con.execute(
            "insert into region values (?, ?, ?, ?, ?, ?, ?, '2024', 53.0, 6.0, ?)",
            [place, code, level, code[:2], name, name, parent, path],
        )
    con.execute(
        """
        create table location as
        select place_id,
               case when country = 'NL' then 53.2 when country = 'US' then 40.7 end::double as latitude,
               case when country = 'NL' then 6.5 when country = 'US' then -74.0 end::double as longitude,
               case when country in ('NL', 'US') then 'geolocation' end as coordinate_method,
               case when length(nuts_code) = 5 then nuts_code end as nuts3,
               case when length(nuts_code) = 5 then 'nuts-code' end as nuts3_method,
               coalesce(nuts_code, country) as nuts_deepest, null::varchar as municipality,
               null::varchar as province, null::varchar as note_en,
               null::varchar as note_nl
        from place
        """
    )
