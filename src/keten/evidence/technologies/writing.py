"""Writes what projects are about: chances, in which tier each is, and the words and codes that spoke.

A label says of what it was made: `basis` is text (title and objective), topic (topic and programme alone,
for want of a text) or editor. None is inferred from who takes part; specialisation, relatedness and
cross-overs therefore cannot prove themselves by them.
"""

from collections.abc import Callable, Sequence
from typing import Any, Final

import duckdb
import numpy as np
import pyarrow as pa

from keten.evidence.technologies.judging import TOLD, Judged, judge
from keten.evidence.technologies.model import Model, read_model
from keten.evidence.technologies.reading import read_documents
from keten.evidence.technologies.signals import HINTS, MEANS, NAMES, Document
from keten.model import About, Taxonomy

TABLES: Final = ("technology", "project_judged", "project_technology", "technology_word")
LEAST: Final = TOLD  # what is less likely is not kept
LEAST_BY_TOPIC: Final = (
    0.25  # nor what a broad topic alone makes as likely as all others of its kind
)
_WEIGHTS: Final = {NAMES: "names", MEANS: "means", HINTS: "leans"}  # leans: no word of the mapping
_PROJECT: Final = pa.schema(
    [
        ("project_id", pa.string()),
        ("technology", pa.string()),
        ("relation", pa.string()),
        ("probability", pa.float64()),
        ("develops", pa.float64()),
        ("tier", pa.string()),
        ("basis", pa.string()),
        ("ruling", pa.int64()),
    ]
)
_JUDGED: Final = pa.schema([("project_id", pa.string()), ("basis", pa.string())])
_WORD: Final = pa.schema(
    [
        ("project_id", pa.string()),
        ("technology", pa.string()),
        ("weight", pa.string()),
        ("term", pa.string()),
        ("place", pa.string()),
        ("topic", pa.string()),
        ("starts", pa.int32()),
        ("ends", pa.int32()),
    ]
)


def classify_technologies(
    con: duckdb.DuckDBPyConnection,
    taxonomy: Taxonomy | None,
    abouts: Sequence[About] = (),
    progress: Callable[[int, int], None] = lambda _done, _all: None,
) -> None:
    """Write `technology`, `project_judged`, `project_technology` and `technology_word`.

    Reads `project`, `project_topic`, `project_field` and `project_programme_part`.
    """
    con.execute(
        """
        create or replace table technology(technology varchar, label_en varchar, label_nl varchar,
            scheme varchar, version varchar, valid_from varchar, fingerprint varchar,
            model varchar);
        create or replace table project_judged(project_id varchar, basis varchar);
        create or replace table project_technology(project_id varchar, technology varchar,
            relation varchar, probability double, develops double, tier varchar, basis varchar,
            ruling bigint);
        create or replace table technology_word(project_id varchar, technology varchar,
            weight varchar, term varchar, place varchar, record_id bigint, starts integer,
            ends integer);
        """
    )
    if taxonomy is None or not taxonomy.entries:
        return
    model = read_model()
    for entry in taxonomy.entries:
        con.execute(
            "insert into technology values (?, ?, ?, ?, ?, ?, ?, ?)",
            [entry.entry, entry.label.en, entry.label.nl, taxonomy.scheme, taxonomy.version,
             entry.valid_from, taxonomy.fingerprint, model.version],
        )  # fmt: skip
    documents = read_documents(con)
    if not documents:
        return
    mine = [about for about in abouts if about.scheme == taxonomy.scheme]
    judged = judge(taxonomy.entries, documents, mine, model, progress)
    names = [entry.entry for entry in taxonomy.entries]
    rows = _label(judged, documents, names, model)
    _insert(con, "select * from arrived order by project_id, technology", "project_technology",
            rows, _PROJECT)  # fmt: skip
    _insert(con, "select * from arrived order by project_id", "project_judged",
            _tell_basis(judged, documents, model), _JUDGED)  # fmt: skip
    kept = {(row[0], row[1]) for row in rows}
    words = [
        (documents[hit.document].key, names[hit.entry],
         _WEIGHTS[hit.kind], hit.term, hit.place, hit.topic, hit.start,
         hit.end)
        for hit in judged.hits
        if (documents[hit.document].key, names[hit.entry]) in kept
    ]  # fmt: skip
    _insert(con, _WITH_RECORDS, "technology_word", words, _WORD)


# The row that holds the text in which a word was met.
_WITH_RECORDS: Final = """
    select a.project_id, a.technology, a.weight, a.term, a.place,
        coalesce(t.record_id, p.record_id), a.starts, a.ends
    from arrived a
    join project p using (project_id)
    left join (select project_id, topic, min(record_id) as record_id from project_topic group by all) t
        on t.project_id = a.project_id and t.topic = a.topic and a.place = 'topic'
    order by all
"""


def _label(
    judged: Judged, documents: Sequence[Document], names: Sequence[str], model: Model
) -> list[tuple[Any, ...]]:
    """Give a row for each project and technology that may have to do with each other."""
    spoken = set(judged.said)
    least = np.where(judged.has_text, LEAST, LEAST_BY_TOPIC)[:, None]
    cells = {(int(row), int(column)) for row, column in np.argwhere(judged.chance[..., 0] >= least)}
    rows: list[tuple[Any, ...]] = []
    for row, column in sorted(cells | spoken):
        chance, develops = (float(round(value, 4)) for value in judged.chance[row, column])
        is_given = chance >= model.given[0]
        relation = "develops" if develops >= model.given[1] and is_given else "applies"
        about = judged.said.get((row, column))
        basis = "editor" if about else "text" if judged.has_text[row] else "topic"
        tier = "sure" if chance >= model.sure else "likely" if is_given else "perhaps"
        rows.append(
            (documents[row].key, names[column],
             about.label if about else relation if is_given else "perhaps", chance, develops, tier,
             basis, about.number if about else None)
        )  # fmt: skip
    return rows


def _tell_basis(
    judged: Judged, documents: Sequence[Document], model: Model
) -> list[tuple[Any, ...]]:
    """Give for each project by what it could be judged: its text, its topic, an editor, or nothing.

    A topic that makes nothing likely says nothing: what such a project is about is not known, which is not
    the same as being about none of it. So a topic speaks for an entry, and never against one.
    """
    spoken = {row for row, _ in judged.said}
    is_vague = (judged.chance[..., 0].max(axis=1) < model.given[0]) & ~judged.has_text
    return [
        (
            document.key,
            "text" if judged.has_text[row] else "editor" if row in spoken
            else "unknown" if is_vague[row] else "topic",
        )
        for row, document in enumerate(documents)
    ]  # fmt: skip


def _insert(
    con: duckdb.DuckDBPyConnection,
    sql: str,
    table: str,
    rows: Sequence[tuple[Any, ...]],
    schema: pa.Schema,
) -> None:
    columns = list(zip(*rows, strict=True)) or [()] * len(schema)
    arrived = pa.table(
        [pa.array(column, field.type) for column, field in zip(columns, schema, strict=True)],
        schema,
    )
    con.register("arrived", arrived)
    con.execute(f"insert into {table} {sql}")
    con.unregister("arrived")
