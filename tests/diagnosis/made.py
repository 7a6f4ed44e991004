"""A handful of regional indicators and projects, written by hand, and a canvas over them."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import duckdb

from keten.diagnosis.indicators import GDP
from keten.evidence.load import TYPED
from keten.model import Chain, Text
from keten.workspace import Store, open_store

NOW = datetime(2026, 11, 21, 12, tzinfo=UTC)
WORDS = {"en": "words", "nl": "woorden"}
REGIONS = ("AA11", "AA12", "BB11", "BB12", "BB13", "CC10")
ELEMENTS: dict[str, Any] = {
    "content": "elements",
    "name": "three",
    "label": {"en": "Three elements", "nl": "Drie elementen"},
    "source": "made up",
    "valid_from": "2026-01-01",
    "elements": [
        {
            "element": "talent",
            "label": {"en": "Talent", "nl": "Talent"},
            "explanation": WORDS,
            "lines": [{"indicator": "s:skills"}, {"indicator": "s:idle"}],
        },
        {
            "element": "finance",
            "label": {"en": "Finance", "nl": "Financiering"},
            "explanation": WORDS,
            "lines": [{"indicator": "s:money"}, {"indicator": "s:law"}, {"indicator": "s:gone"}],
        },
        {
            "element": "culture",
            "label": {"en": "Culture", "nl": "Cultuur"},
            "explanation": WORDS,
            "lines": [{"indicator": "s:law"}],
            "missing": WORDS,
        },
    ],
}


def chain(*regions: str) -> Chain:
    """A chain in some regions."""
    return Chain(
        "made", Text("Made", "Gemaakt"), Text("", ""), regions, Text("Here", "Hier"), (), ("word",)
    )


def make_evidence() -> duckdb.DuckDBPyConnection:
    """Regional values of six regions, published in every odd way, and a few participations."""
    con = duckdb.connect()
    for name, columns in TYPED.items():
        con.execute(f"create table {name}({columns})")
    con.execute(
        """
        create table region(code varchar, level smallint, name varchar);
        create table region_former(code varchar, level smallint, vintage varchar,
            successor varchar, change varchar);
        create table source(source varchar, title_en varchar, title_nl varchar);
        create table caveat(caveat varchar, source varchar, release varchar);
        create table involvement(record_id bigint, project_id varchar, organisation_id varchar,
            programme varchar, year smallint, role varchar, contribution_eur decimal(18,2),
            country varchar, region varchar, kind varchar, is_sme boolean, has_field boolean);
        insert into source values ('s', 'A source', 'Een bron');
        insert into caveat values ('s-odd', 's', 's1');
        insert into region values ('AA', 0, 'A'), ('BB', 0, 'B'), ('CC', 0, 'C'), ('CC1', 1, 'C');
        insert into region_former values
            ('BB19', 2, '2016', 'BB13', 'recoded'), ('BB18', 2, '2016', null, 'split'),
            ('AA18', 2, '2016', 'AA12', 'merged');
        """
    )
    for code in REGIONS:
        con.execute("insert into region values (?, 2, ?)", [code, f"Region {code}"])
    _add(
        con,
        "s:skills",
        True,
        {"AA11": 10, "AA12": 20, "BB11": 30, "BB12": 40, "BB19": 50, "CC": 60},
    )
    _add(con, "s:idle", False, {"AA11": 9, "AA12": 8, "BB11": 1, "BB12": 2, "BB13": 3, "CC1": 4})
    _add(con, "s:money", True, {"AA11": 5, "AA12": 4, "BB11": 3, "BB12": 2, "BB18": 99, "AA18": 99})
    _add(con, "s:law", True, {"AA11": 7, "AA12": 7, "BB11": 5, "BB12": 6, "BB13": 4, "CC10": 1})
    _add(con, GDP, None, dict.fromkeys(REGIONS, 500.0))
    _add(con, "s:skills", True, {"AA11": 1, "AA12": 2}, year=2023)  # too few regions for that year
    con.execute(
        "insert into indicator_area values (900, 's', 'BB_C', 'B and round it', 'BB13', 'B')"
    )
    return con


def _add(
    con: duckdb.DuckDBPyConnection,
    indicator: str,
    higher_is_better: bool | None,
    values: dict[str, float],
    year: int = 2022,
) -> None:
    (first,) = con.execute("select count(*) from indicator").fetchall()
    for number, (region, value) in enumerate(values.items(), first[0] + 1):
        con.execute(
            "insert into indicator values (?, ?, ?, ?, ?, 'things', null)",
            [number, indicator, region, year, value],
        )
    con.execute(
        "insert into indicator_name select 1, ?, 's', ?, ?, 'things', null, null, ? "
        "where not exists (select 1 from indicator_name where indicator = ?)",
        [indicator, f"About {indicator}", f"Over {indicator}", higher_is_better, indicator],
    )


def seat(
    con: duckdb.DuckDBPyConnection,
    record: int,
    project: str,
    organisation: str,
    region: str,
    role: str = "participant",
    kind: str = "company",
    amount: float | None = 100.0,
) -> None:
    """Add a participation."""
    con.execute(
        "insert into involvement values (?, ?, ?, 'he', 2022, ?, ?, ?, ?, ?, false, false)",
        [record, project, organisation, role, amount, region[:2], region, kind],
    )


def make_store(home: Path) -> Store:
    """A workspace with the three elements."""
    store = open_store(home)
    store.define("elements", "three", ELEMENTS, "To try.", "somebody", NOW)
    return store
