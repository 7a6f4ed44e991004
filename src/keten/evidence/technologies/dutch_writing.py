"""Writes which technologies Dutch texts are about: projects of structural funds, subsidies of ministries.

They are short and few of them were read, so that a chance is all that is told: not whether a thing is
developed or applied. What holds none of the words of a technology is not about it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from keten.evidence.technologies.dutch import (
    FEATURES,
    count_dutch,
    find_met,
    make_dutch_features,
)
from keten.evidence.technologies.plain_model import PlainModel, read_plain_model
from keten.evidence.technologies.signals import NAMES, Document, Hit
from keten.model import Taxonomy, TaxonomyEntry

if TYPE_CHECKING:
    import duckdb

Floats = NDArray[np.float64]

TABLES: Final = ("text_technology", "text_word")
LEAST: Final = 0.1  # what is less likely is not kept
# What is read of each source: its title, its text, and how these are called.
_TEXTS: Final = {
    "structural": (
        "structural_project where is_current and not is_person",
        ("title", "summary"),
    ),
    "subsidy": (
        "subsidy where recipient is not null",
        ("scheme", "recipient"),
    ),
}
_LABEL: Final = pa.schema(
    [
        ("source", pa.string()),
        ("record_id", pa.int64()),
        ("technology", pa.string()),
        ("probability", pa.float64()),
        ("tier", pa.string()),
    ]
)
_WORD: Final = pa.schema(
    [
        ("source", pa.string()),
        ("record_id", pa.int64()),
        ("technology", pa.string()),
        ("weight", pa.string()),
        ("term", pa.string()),
        ("place", pa.string()),
        ("starts", pa.int32()),
        ("ends", pa.int32()),
    ]
)


@dataclass(frozen=True, slots=True)
class Told:
    """Documents by entries: how likely each is, nought where no word was met; the words that were."""

    chance: Floats
    hits: list[Hit]


def read_dutch_model() -> PlainModel:
    """Give the model that the product ships with; raises BuildError when it fits other features."""
    return read_plain_model(
        "keten.evidence.technologies",
        "dutch.json",
        FEATURES,
        "python -m benchmarks.classification tune-dutch",
    )


def judge_dutch(
    entries: Sequence[TaxonomyEntry], documents: Sequence[Document], model: PlainModel
) -> Told:
    """Give how likely it is that each Dutch text is about each entry."""
    signals = count_dutch(entries, documents)
    chance = model.chance(make_dutch_features(signals.counts))
    return Told(np.where(find_met(signals.counts), chance, 0.0), signals.hits)


def classify_dutch(con: "duckdb.DuckDBPyConnection", taxonomy: Taxonomy | None) -> None:
    """Write `text_technology` and `text_word`.

    Reads `structural_project` and `subsidy`.
    """
    labels: list[tuple[Any, ...]] = []
    words: list[tuple[Any, ...]] = []
    if taxonomy is not None and taxonomy.entries:
        for source, (table, places) in _TEXTS.items():
            rows: dict[tuple[str, str], list[int]] = {}
            found = con.execute(
                f"select {places[0]}, {places[1]}, record_id from {table} "
                f"and {places[0]} is not null order by all"
            ).fetchall()
            for title, text, record in found:
                rows.setdefault((title, text or ""), []).append(record)
            told = _tell(source, rows, taxonomy.entries, places)
            labels += told[0]
            words += told[1]
    _insert(con, "text_technology", labels, _LABEL)
    _insert(con, "text_word", words, _WORD)


def _tell(
    source: str,
    rows: dict[tuple[str, str], list[int]],
    entries: Sequence[TaxonomyEntry],
    places: tuple[str, str],
) -> tuple[list[tuple[Any, ...]], list[tuple[Any, ...]]]:
    """Give the labels of each row, and the words behind them; a text that stands twice is read once."""
    model = read_dutch_model()
    documents = [Document(str(place), *text) for place, text in enumerate(rows)]
    told, records = judge_dutch(entries, documents, model), list(rows.values())
    cells = [(int(row), int(column)) for row, column in np.argwhere(told.chance >= LEAST)]
    labels = []
    for row, column in cells:
        chance = round(float(told.chance[row, column]), 4)
        labels += [
            (source, record, entries[column].entry, chance, model.tier(chance))
            for record in records[row]
        ]
    kept = set(cells)
    words = [
        (
            source, record, entries[hit.entry].entry, "names" if hit.kind == NAMES else "means",
            hit.term, places[0] if hit.place == "title" else places[1], hit.start, hit.end,
        )
        for hit in told.hits
        if (hit.document, hit.entry) in kept
        for record in records[hit.document]
    ]  # fmt: skip
    return labels, words


def _insert(
    con: "duckdb.DuckDBPyConnection", table: str, rows: Sequence[tuple[Any, ...]], schema: pa.Schema
) -> None:
    columns = list(zip(*rows, strict=True)) or [()] * len(schema)
    arrived = pa.table(
        [pa.array(column, field.type) for column, field in zip(columns, schema, strict=True)],
        schema,
    )
    con.register("arrived", arrived)
    con.execute(f"create or replace table {table} as select * from arrived order by all")
    con.unregister("arrived")
