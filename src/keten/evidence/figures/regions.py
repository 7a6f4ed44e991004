"""The regions by code, and what followed former ones, read once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from keten.evidence.figures.rows import read_once, read_rows
from keten.model import Region, region_level

if TYPE_CHECKING:
    import duckdb


@dataclass(frozen=True, slots=True)
class Former:
    """What became of a former region; a region that was divided has several."""

    successor: str | None
    name: str
    vintage: str
    change: str


@read_once
def read_regions_by_code(con: duckdb.DuckDBPyConnection) -> Mapping[str, Region]:
    """Read all regions: those of the classification, and countries outside it that have a row."""
    former: dict[str, list[tuple[str, str]]] = {}
    for code, successor, change in con.execute(
        "select distinct code, successor, change from region_former where code <> successor "
        "order by all"
    ).fetchall():
        former.setdefault(successor, []).append((code, change))
    rows = read_rows(con, "select code, level, name, name_latin, parent, vintage from region")
    found = {row["code"]: Region(**row, former=tuple(former.get(row["code"], ()))) for row in rows}
    for (code,) in con.execute(
        "select distinct country from place where length(country) = 2 order by country"
    ).fetchall():
        found.setdefault(code, unnamed(code))
    return found


@read_once
def read_former_by_code(con: duckdb.DuckDBPyConnection) -> Mapping[str, Sequence[Former]]:
    """Read what became of every code that a former classification used."""
    found: dict[str, list[Former]] = {}
    for code, *row in con.execute(
        "select distinct code, successor, name, vintage, change from region_former order by all"
    ).fetchall():
        found.setdefault(code, []).append(Former(*row))
    return found


def unnamed(code: str) -> Region:
    """Make a region that the classification does not hold: a country, or an undivided part."""
    parent = code[:-1] if len(code) > 2 else None
    return Region(code, region_level(code), code, code, parent, "", ())
