"""Corrections: what editors say of an organisation where its sources are wrong or behind."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from keten.atlas.named import Named, read_named, text_of, values_of
from keten.atlas.proposal import FIELDS
from keten.model import Judgement

if TYPE_CHECKING:
    import duckdb

    from keten.workspace import Reader, Store

CORRECTION: Final = (
    "correction"  # the kind of judgement: an organisation, `field:name`, {"says": ...}
)


@dataclass(frozen=True, slots=True)
class Correction:
    """What editors say of one thing of an organisation; `other` where it became part of another."""

    field: str
    says: str
    line: Judgement
    other: Named | None = None


def read_corrections(
    con: duckdb.DuckDBPyConnection,
    store: Store | None,
    lines: Iterable[Judgement],
    reader: Reader = None,
) -> tuple[Correction, ...]:
    """Give the corrections among the lines on an organisation that hold, the latest of each field."""
    latest: dict[str, Judgement] = {}
    for line in lines:
        field = line.object.removeprefix("field:")
        if line.kind == CORRECTION and field in FIELDS:
            latest[field] = line
    others = {text_of(values_of(line), "other") for line in latest.values()} - {""}
    named = read_named(con, store, others, reader)
    return tuple(
        Correction(
            field,
            text_of(values_of(latest[field]), "says"),
            latest[field],
            named.get(text_of(values_of(latest[field]), "other")),
        )
        for field in FIELDS
        if field in latest
    )
