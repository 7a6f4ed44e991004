"""Small evidences made by hand: the typed tables as `load` writes them, with rows of one's choice."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import duckdb
import pyarrow as pa

from keten.evidence import link, load, resolve
from keten.model import (
    Found,
    Issue,
    Package,
    Reading,
    Ruling,
    Severity,
    SourceCard,
    Text,
)

CARD = SourceCard(
    "cordis", Text("Projects", "Projecten"), "publisher", "licence", "https://example.org/licence",
    "https://example.org", "attribution", Text("all", "alles"), {"odd": Text("Odd.", "Vreemd.")},
)  # fmt: skip


@dataclass(frozen=True)
class Seat:
    """One participation: which project, which organisation as which programme knows it."""

    project: str  # he-1, h2020-7
    pic: str
    amount: str | None = "100.00"
    name: str | None = "Made Up"
    role: str = "participant"
    country: str | None = "NL"
    updated_at: str | None = None
    city: str | None = "Drachten"

    @property
    def programme(self) -> str:
        return self.project.split("-")[0]

    @property
    def source_key(self) -> str:
        return f"{self.programme}:{self.pic}"


def make_evidence(
    seats: Iterable[Seat], rulings: Iterable[Ruling] = ()
) -> duckdb.DuckDBPyConnection:
    """Give the evidence of these seats, resolved and linked."""
    con = typed_tables(list(seats))
    resolve.resolve(con, list(rulings))
    con.execute(
        """
        create table location as select place_id, null::varchar as nuts3,
               case when country is not null then country || '11' end as nuts_deepest from place
        """
    )
    link.link(con)
    return con


def typed_tables(seats: list[Seat]) -> duckdb.DuckDBPyConnection:
    """Give the tables that `load` would write for these seats."""
    con = duckdb.connect(config={"threads": 1})
    loader = load.Loader(con)
    projects = sorted({seat.project for seat in seats})
    fill(
        con,
        "project",
        [
            {
                "record_id": place,
                "project_id": name,
                "programme": name.split("-")[0],
                "source_id": name.split("-")[1],
                "title": f"About {name}",
                "start_date": f"20{15 + place % 10}-01-01",
            }
            for place, name in enumerate(projects, 2)
        ],
    )
    fill(
        con,
        "participation",
        [
            {
                "record_id": (2 << 32) + place,
                "project_id": seat.project,
                "source_key": seat.source_key,
                "pic": seat.pic,
                "programme": seat.programme,
                "role": seat.role,
                "contribution_eur": seat.amount,
                "name": seat.name,
                "country": seat.country,
                "updated_at": seat.updated_at,
                "city": seat.city,
            }
            for place, seat in enumerate(seats, 2)
        ],
    )
    loader.finish()
    return con


def fill(con: duckdb.DuckDBPyConnection, name: str, rows: list[dict[str, object]]) -> None:
    """Add rows to a table that `load` writes; what is left out is empty."""
    arrived = pa.Table.from_pylist(rows)
    con.register("arrived", arrived)
    con.execute(f"insert into {name} by name select * from arrived")
    con.unregister("arrived")


def ruling(number: int, verdict: str, left: str, right: str) -> Ruling:
    return Ruling(number, verdict, left, right, "somebody", "because", "2026-11-01")


def make_reading(
    rows: list[tuple[int, str, str]], *, found: int, lost: Iterable[int] = (), release: str = "he"
) -> Reading:
    """Give a reading of one file of topics: typed rows (line, project, topic), lines lost."""
    lines = list(range(2, 2 + found))
    return Reading(
        Package("cordis", release, Path("delivery.zip"), ("topics.csv",)),
        (
            Found("topics.csv", ("projectID", "topic"), ";", "utf-8", 10 * found,
                  pa.array(lines, pa.int64()), pa.array([f"row {line}" for line in lines])),
        ),
        {
            "project_topic": pa.table(
                {
                    "record_id": pa.array([line for line, _, _ in rows], pa.int64()),
                    "project_id": [project for _, project, _ in rows],
                    "topic": [topic for _, _, topic in rows],
                }
            )
        },
        {"project_topic": 0},
        tuple(Issue("column-count", Severity.ROW_LOST, Text("lost", "kwijt"), 0, line) for line in lost),
        ("odd",),
    )  # fmt: skip
