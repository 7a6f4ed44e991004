"""Writes which projects are about which mission, how likely each is, and by which words.

The weights are those of value chains, which know nothing of any one chain: a mission needs no other
definition than words, fields, topics and parts of programmes. It is wider than a chain, and has many more
words, so that those weights are too sure of it: two numbers, fitted on projects that were read, bring its
chances down (`missions.json`). A project is weighed when a word that names the mission, a field, topic or
part of it is met; what is then unlikely is not kept.
"""

import json
from collections.abc import Sequence
from importlib.resources import files
from typing import Final

import duckdb
import numpy as np

from keten.evidence.chains.likelihood import (
    WORD,
    Cell,
    insert,
    tell_words,
    weigh,
    write_projects,
    write_rulings,
)
from keten.evidence.chains.model import read_model
from keten.evidence.technologies.plain_model import PlainModel
from keten.evidence.technologies.reading import read_documents
from keten.evidence.technologies.signals import AT, Document, Signals, count_signals
from keten.model import About, Taxonomy, TaxonomyEntry

ONE: Final = "mission"
TABLES: Final = ("mission", "mission_project", "mission_word", "mission_ruling")
LEAST: Final = 0.1  # what is less likely is not kept
_MET: Final = ("title_names", "names", "topic_names", "field", "topic", "part")


def classify_missions(
    con: duckdb.DuckDBPyConnection, scheme: Taxonomy | None, abouts: Sequence[About] = ()
) -> None:
    """Write `mission`, `mission_project`, `mission_word` and `mission_ruling`.

    `abouts` are what editors said; those of scheme `mission` are obeyed. Reads `project`,
    `project_topic`, `project_field` and `project_programme_part`.
    """
    con.execute(
        """
        create or replace table mission(mission varchar, label_en varchar, label_nl varchar,
            scheme varchar, version varchar, valid_from varchar, fingerprint varchar,
            model varchar)
        """
    )
    # An entry that nothing maps to is no subject of any text, which is not the same as being in none.
    entries = [entry for entry in scheme.entries if entry.maps_to.clues] if scheme else []
    documents = read_documents(con) if entries else []
    if scheme is not None:
        _write_names(con, scheme, entries)
    model = read_mission_model()
    signals, chance = judge_missions(entries, documents, model)
    asked = _find_said(entries, documents, abouts)
    kept = {cell for cell, value in chance.items() if value >= LEAST}
    chance |= weigh(signals.counts, documents, set(asked) - set(chance), model)
    write_rulings(con, ONE, entries, documents, asked, chance)
    write_projects(con, ONE, entries, documents, kept, asked, chance, model)
    words = tell_words(entries, documents, signals.hits, kept | set(asked))
    insert(con, "mission_word", words, WORD, ONE)


def _write_names(
    con: duckdb.DuckDBPyConnection, scheme: Taxonomy, entries: Sequence[TaxonomyEntry]
) -> None:
    for entry in entries:
        con.execute(
            "insert into mission values (?, ?, ?, ?, ?, ?, ?, ?)",
            [entry.entry, entry.label.en, entry.label.nl, scheme.scheme, scheme.version,
             entry.valid_from, scheme.fingerprint, read_mission_model().version],
        )  # fmt: skip


def read_mission_model() -> PlainModel:
    """Give the model of chains with its chances brought down to what was found of missions."""
    value = json.loads(files("keten.evidence").joinpath("missions.json").read_text("utf-8"))
    slope, start = float(value["slope"]), float(value["start"])
    weights = slope * read_model().weights
    weights[0] += start
    return PlainModel(weights, float(value["given"]), float(value["sure"]), str(value["version"]))


def judge_missions(
    entries: Sequence[TaxonomyEntry], documents: Sequence[Document], model: PlainModel
) -> tuple[Signals, dict[Cell, float]]:
    """Give what was counted, and how likely each document is to be about each mission that it met."""
    signals = count_signals(entries, documents)
    met = np.argwhere(signals.counts[..., [AT[name] for name in _MET]].sum(axis=-1) > 0)
    cells = {(int(row), int(place)) for row, place in met}
    return signals, weigh(signals.counts, documents, cells, model)


def _find_said(
    entries: Sequence[TaxonomyEntry], documents: Sequence[Document], abouts: Sequence[About]
) -> dict[Cell, About]:
    """Give what editors said by document and entry; the last line of each holds."""
    places = {entry.entry: place for place, entry in enumerate(entries)}
    rows = {document.key: row for row, document in enumerate(documents)}
    return {
        (rows[about.project_id], places[about.entry]): about
        for about in sorted(abouts)
        if about.scheme == ONE and about.entry in places and about.project_id in rows
    }
