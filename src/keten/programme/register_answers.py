"""The door of the register for faces: initiatives with their leads, the matrix, who ought to meet."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from keten.evidence.figures import read_regions_by_code
from keten.model import Chain, Judgement
from keten.programme.matrix import Matrix, make_matrix
from keten.programme.meeting import Meeting, find_meetings
from keten.programme.owners import find_record, show_owners
from keten.programme.register import (
    SERVED,
    Registered,
    Wanted,
    choose,
    find_registered,
    overlap,
    read_register,
)
from keten.programme.views import OwnerView
from keten.workspace import Terms, read_terms

if TYPE_CHECKING:
    import duckdb

    from keten.workspace import Reader, Store

__all__ = [
    "SERVED",
    "Matrix",
    "Meeting",
    "Registered",
    "RegisteredPage",
    "Wanted",
    "choose",
    "find_meetings",
    "find_record",
    "group_by_element",
    "list_of_chain",
    "list_run_by",
    "make_matrix",
    "matrix_rows",
    "read_known_terms",
    "read_register",
    "show_leads",
    "show_registered",
]


@dataclass(frozen=True, slots=True)
class RegisteredPage:
    """An initiative, None where it no longer holds, with who runs it and every line on it."""

    held: Registered | None
    lead: OwnerView | None
    lines: tuple[Judgement, ...]
    like: tuple[Registered, ...]  # others that serve a precondition of it in a region of it


def read_known_terms(
    con: duckdb.DuckDBPyConnection | None, store: Store | None, home: str, today: date
) -> Terms:
    """Give all that an initiative can serve; regions are those of the home country."""
    known = read_regions_by_code(con) if con is not None else {}
    names = {code: one.name for code, one in known.items() if code[:2] == home and one.vintage}
    return read_terms(store, today, names)


def show_leads(
    con: duckdb.DuckDBPyConnection | None, rows: Sequence[Registered]
) -> Mapping[str, OwnerView]:
    """Give who runs each initiative, as the evidence knows them today, by slug."""
    owners = show_owners(con, (row.lead for row in rows))
    return {row.slug: owners[row.lead] for row in rows}


def show_registered(
    con: duckdb.DuckDBPyConnection | None, store: Store | None, slug: str, reader: Reader = None
) -> RegisteredPage:
    """Give one initiative; raises NotFoundError where nobody ever named it."""
    held, lines = find_registered(store, slug, reader)
    if held is None:
        return RegisteredPage(None, None, lines, ())
    elements, regions = set(held.serving("element")), held.serving("region")
    like = tuple(
        one
        for one in read_register(store, reader)
        if one.slug != slug
        and elements & set(one.serving("element"))
        and any(overlap(a, b) for a in regions for b in one.serving("region"))
    )
    return RegisteredPage(held, show_leads(con, [held])[slug], lines, like)


def list_of_chain(rows: Sequence[Registered], chain: Chain) -> tuple[Registered, ...]:
    """Give the initiatives that say that they serve a chain, or belong to its programme."""
    return tuple(row for row in rows if f"chain:{chain.chain}" in row.serving("chain"))


def list_run_by(rows: Sequence[Registered], keys: Sequence[str]) -> tuple[Registered, ...]:
    """Give the initiatives that are run by an organisation, by its records."""
    return tuple(row for row in rows if row.said.lead_record and row.said.lead_record in keys)


def group_by_element(
    rows: Sequence[Registered], chain: Chain
) -> Mapping[str, tuple[Registered, ...]]:
    """Give for each precondition the initiatives that serve it for a chain or in a region of it."""
    regions = [f"region:{code}" for code in chain.regions]
    found: dict[str, list[Registered]] = {}
    for row in rows:
        mine = row.serving("region")
        is_here = any(overlap(code, one) for code in regions for one in mine)
        if is_here or f"chain:{chain.chain}" in row.serving("chain"):
            for key in row.serving("element"):
                found.setdefault(key.partition(":")[2], []).append(row)
    return {name: tuple(each) for name, each in found.items()}


def matrix_rows(matrix: Matrix, terms: Terms, language: str) -> list[list[str]]:
    """Give the matrix as rows of a sheet: a heading, an initiative each, and how many serve what."""
    said = {
        "nl": ("Initiatief", "Wie voert het uit", "Samen"),
        "en": ("Initiative", "Lead", "Total"),
    }
    name, lead, total = said["nl" if language == "nl" else "en"]
    labels = [terms.label(column.key).in_language(language) for column in matrix.columns]
    rows = [[name, lead, *labels]]
    for place, row in enumerate(matrix.rows):
        marks = ["x" if place in column.served_by else "" for column in matrix.columns]
        rows.append([row.said.label, row.said.lead, *marks])
    rows.append([total, "", *(str(len(column.served_by)) for column in matrix.columns)])
    return rows
