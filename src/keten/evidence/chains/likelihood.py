"""How likely projects are about chains or missions, written as tables: one set of weights for all of them.

Tables are called after what is told: `<one>_project`, `<one>_word`, `<one>_ruling`, where `<one>` is chain
or mission. A word of an editor is in the first as certain, and in the last with what the model said.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from keten.evidence.chains.features import make_features, name_kinds
from keten.evidence.technologies.plain_model import PlainModel
from keten.evidence.technologies.signals import NAMES, Document, Hit
from keten.model import About, TaxonomyEntry

if TYPE_CHECKING:
    import duckdb

Cell = tuple[int, int]  # the row of a document, the place of an entry
Chances = Mapping[Cell, float]

_PROJECT: Final = (
    ("project_id", pa.string()), ("probability", pa.float64()), ("tier", pa.string()),
    ("basis", pa.string()), ("ruling", pa.int64()),
)  # fmt: skip
_RULING: Final = (
    ("project_id", pa.string()), ("label", pa.string()), ("ruling", pa.int64()),
    ("probability", pa.float64()),
)  # fmt: skip
WORD: Final = (
    ("project_id", pa.string()), ("weight", pa.string()), ("term", pa.string()),
    ("place", pa.string()), ("topic", pa.string()), ("starts", pa.int32()), ("ends", pa.int32()),
)  # fmt: skip
# The row that holds the text in which a word was met.
_WITH_RECORDS: Final = """
    select a.{one}, a.project_id, a.weight, a.term, a.place,
        coalesce(t.record_id, p.record_id) as record_id, a.starts, a.ends
    from arrived a
    join project p using (project_id)
    left join (select project_id, topic, min(record_id) as record_id from project_topic group by all) t
        on t.project_id = a.project_id and t.topic = a.topic and a.place = 'topic'
    order by all
"""


def weigh(
    counts: NDArray[np.float32],
    documents: Sequence[Document],
    cells: Collection[Cell],
    model: PlainModel,
) -> dict[Cell, float]:
    """Give how likely each cell is, of `counts` (documents x entries x the counts of `signals`)."""
    found: dict[Cell, float] = {}
    told = np.array([document.has_text for document in documents], np.bool_)
    for place in sorted({place for _, place in cells}):
        at = np.array(sorted(row for row, other in cells if other == place), np.int64)
        features, has_text = make_features(counts[at, place]), told[at]
        chance, kinds = model.chance(features), name_kinds(features)
        for kind in np.unique(kinds[~has_text]):
            # The words that a lost text may have held say nothing against it: it counts as its like.
            alike, asked = has_text & (kinds == kind), ~has_text & (kinds == kind)
            chance[asked] = (chance[alike].sum() + chance[asked]) / (alike.sum() + 1)
        found |= {
            (int(row), place): round(value, 4)
            for row, value in zip(at.tolist(), chance.tolist(), strict=True)
        }
    return found


def write_projects(
    con: "duckdb.DuckDBPyConnection",
    one: str,
    entries: Sequence[TaxonomyEntry],
    documents: Sequence[Document],
    cells: Collection[Cell],
    said: Mapping[Cell, About],
    chance: Chances,
    model: PlainModel,
) -> None:
    """Write `<one>_project`: those of `cells`, as editors said where they spoke."""
    rows: list[tuple[Any, ...]] = []
    for cell in sorted({*cells, *said}):
        document, about = documents[cell[0]], said.get(cell)
        name = entries[cell[1]].entry
        if about is None:
            tier = _tier(model, chance[cell], document.has_text)
            basis = "text" if document.has_text else "topic"
            rows.append((name, document.key, chance[cell], tier, basis, None))
        elif about.label != "none":
            rows.append((name, document.key, 1.0, "sure", "editor", about.number))
    insert(con, f"{one}_project", rows, _PROJECT, one)


def write_rulings(
    con: "duckdb.DuckDBPyConnection",
    one: str,
    entries: Sequence[TaxonomyEntry],
    documents: Sequence[Document],
    said: Mapping[Cell, About],
    chance: Chances,
) -> None:
    """Write `<one>_ruling`: what editors said, beside the probability that the model gave."""
    rows = [
        (entries[cell[1]].entry, documents[cell[0]].key, about.label, about.number, chance[cell])
        for cell, about in said.items()
    ]
    insert(con, f"{one}_ruling", rows, _RULING, one)


def tell_words(
    entries: Sequence[TaxonomyEntry],
    documents: Sequence[Document],
    hits: Iterable[Hit],
    kept: Collection[Cell],
) -> list[tuple[Any, ...]]:
    """Give a row for each word that speaks for one of the cells that are kept."""
    return [
        (
            entries[hit.entry].entry, documents[hit.document].key,
            "names" if hit.kind == NAMES else "means", hit.term, hit.place, hit.topic, hit.start,
            hit.end,
        )
        for hit in hits
        if (hit.document, hit.entry) in kept
    ]  # fmt: skip


def insert(
    con: "duckdb.DuckDBPyConnection",
    table: str,
    rows: Sequence[tuple[Any, ...]],
    columns: Sequence[tuple[str, pa.DataType]],
    one: str,
) -> None:
    """Write a table of rows that begin with the name of the chain or mission, in order."""
    schema = pa.schema([(one, pa.string()), *columns])
    values = list(zip(*rows, strict=True)) or [()] * len(schema)
    arrived = pa.table(
        [pa.array(column, field.type) for column, field in zip(values, schema, strict=True)], schema
    )
    con.register("arrived", arrived)
    is_word = table.endswith("_word")
    sql = _WITH_RECORDS.format(one=one) if is_word else f"select * from arrived order by {one}, 2"
    con.execute(f"create or replace table {table} as {sql}")
    con.unregister("arrived")


def _tier(model: PlainModel, chance: float, has_text: bool) -> str:
    """Give how sure a chance is; without a text nothing is, for that was never measured."""
    tier = model.tier(chance)
    return tier if has_text or tier != "sure" else "likely"
