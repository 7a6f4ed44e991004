"""The fields, parts of programmes and topics of a project that map to entries of a taxonomy."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from keten.atlas.technology_views import CodeMet
from keten.evidence.technologies.signals import Document, is_met
from keten.model import Clue, Taxonomy

if TYPE_CHECKING:
    import duckdb


def find_codes(
    con: duckdb.DuckDBPyConnection, project_id: str, taxonomy: Taxonomy
) -> dict[str, tuple[CodeMet, ...]]:
    """Find the fields, parts and topics of a project that map to each entry."""
    given = {"project": project_id}
    fields = con.execute(
        "select code, path, record_id from project_field where project_id = $project order by all",
        given,
    ).fetchall()
    parts = con.execute(
        "select code, title, record_id from project_programme_part where project_id = $project "
        "order by all",
        given,
    ).fetchall()
    topics = con.execute(
        "select topic, title, record_id from project_topic where project_id = $project order by "
        "all",
        given,
    ).fetchall()
    rows = [
        (way, code, title or "", record)
        for way, found in (("field", fields), ("part", parts), ("topic", topics))
        for code, title, record in found
        if code
    ]
    whole = _read_codes((way, code) for way, code, _, _ in rows)
    met = {
        entry.entry: [
            clue for clue in entry.maps_to.clues if clue.way != "word" and is_met(clue, whole)
        ]
        for entry in taxonomy.entries
    }
    return {
        name: tuple(
            CodeMet(way, code, title, record, max(weights))
            for way, code, title, record in rows
            if (weights := _weigh(clues, way, code))
        )
        for name, clues in met.items()
    }


def _weigh(clues: Sequence[Clue], way: str, code: str) -> list[float]:
    """Give the weights of the clues that one code answers to."""
    document = _read_codes([(way, code)])
    return [clue.weight for clue in clues if clue.way == way and is_met(clue, document)]


def _read_codes(codes: Iterable[tuple[str, str]]) -> Document:
    """Give codes as a document of nothing else."""
    of: dict[str, list[str]] = {"field": [], "part": [], "topic": []}
    for way, code in codes:
        of[way].append(code)
    return Document(
        "", None, None, tuple((topic, None) for topic in of["topic"]), tuple(of["field"]),
        tuple(of["part"]),
    )  # fmt: skip
