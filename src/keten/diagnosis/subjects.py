"""Subjects: what a region can be specialised in, a value chain or a field of science, and their names."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from keten.errors import NotFoundError, UsageError
from keten.evidence.figures import read_once
from keten.model import Scope

if TYPE_CHECKING:
    import duckdb

PROGRAMME: Final = "he"  # the only programme whose projects carry fields of science
REGION_LENGTH: Final = 4  # of a NUTS 2 code
# A chain can be told from words, a field cannot: its share is of the projects that carry any.
SIZE_MEASURES: Final = {"chain": "projects", "field": "fields_coverage"}


@dataclass(frozen=True, slots=True, order=True)
class Subject:
    """A chain by its slug, or a field by its EuroSciVoc code."""

    kind: str  # chain, field
    name: str

    @property
    def size_measure(self) -> str:
        """Name the count that its share is taken of."""
        return SIZE_MEASURES[self.kind]

    def scope(self, **more: str) -> Scope:
        """Give the scope of its projects."""
        return Scope.of(**{self.kind: self.name}, programme=PROGRAMME, **more)


@dataclass(frozen=True, slots=True)
class FieldName:
    """A field of science as the publisher names it, with the branches above it."""

    code: str
    title: str
    path: str


def read_subject(key: str) -> Subject:
    """Give the subject that a scope of two names: a code begins with a stroke, a slug never does."""
    return Subject("field" if key.startswith("/") else "chain", key)


def subject_of(scope: Scope) -> Subject:
    """Give the one subject of a scope; raises UsageError."""
    given = scope.as_dict()
    named = [Subject(kind, given[kind]) for kind in ("chain", "field") if kind in given]
    if len(named) != 1:
        raise UsageError("This figure needs one chain or one field.", "Add chain= or field=.")
    return named[0]


def region_of(scope: Scope) -> str:
    """Give the regions of a scope; raises UsageError."""
    region = scope.as_dict().get("region")
    if not region:
        raise UsageError("This figure needs the filter 'region'.", "Add region=<NUTS codes>.")
    return region


def are_related(one: str, other: str) -> bool:
    """Say whether one field is the other, or a branch of it: their meeting would mean nothing."""
    return one == other or one.startswith(f"{other}/") or other.startswith(f"{one}/")


@read_once
def read_fields(con: duckdb.DuckDBPyConnection) -> Mapping[str, FieldName]:
    """Read the names of all fields by code."""
    rows = con.execute("select code, title, path from field order by code").fetchall()
    return {row[0]: FieldName(*row) for row in rows}


@read_once
def read_regions(con: duckdb.DuckDBPyConnection) -> Mapping[str, str]:
    """Read the names of all NUTS 2 regions by code."""
    rows = con.execute(
        "select code, min(name) from region where level = 2 group by code order by code"
    ).fetchall()
    return dict(rows)


def list_regions(con: duckdb.DuckDBPyConnection, region: str) -> tuple[str, ...]:
    """Give the NUTS 2 regions that codes joined by + stand for.

    Raises: UsageError for a part of a NUTS 2 region, NotFoundError for a region that is not there.
    """
    known = read_regions(con)
    found: set[str] = set()
    for code in region.split("+"):
        if len(code) > REGION_LENGTH:
            raise UsageError(
                f"'{code}' is smaller than a NUTS 2 region; regions are compared at that level.",
                f"Use {code[:REGION_LENGTH]}, the region that it lies in.",
            )
        inside = {name for name in known if name.startswith(code)}
        if not inside:
            raise NotFoundError(
                f"No NUTS 2 region is known here as '{code}'.",
                "Choose from the list of regions.",
            )
        found |= inside
    return tuple(sorted(found))


def name_fields(con: duckdb.DuckDBPyConnection, codes: Sequence[str]) -> Mapping[str, FieldName]:
    """Give the names of fields by code; one that no project carries is named by its code."""
    known = read_fields(con)
    return {code: known.get(code, FieldName(code, code, code)) for code in codes}
