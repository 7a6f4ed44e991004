"""What a project is about: each technology with its chance, what spoke for it, what people said."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING, Any, Final

from keten.atlas.technology_name import read_technologies
from keten.atlas.technology_records import list_said
from keten.atlas.technology_views import (
    AboutRow,
    CodeMet,
    Mark,
    ProjectAbout,
    Said,
    SpokenWord,
    TechnologyName,
)
from keten.evidence.figures import read_rows
from keten.evidence.technologies.signals import Document, is_met
from keten.model import Clue, Figure, Scope, Taxonomy

if TYPE_CHECKING:
    import duckdb

    from keten.workspace import Store

_TIERS: Final = {"sure": 0, "likely": 1, "perhaps": 2}
LABELS: Final = ("develops", "applies")
# A few hundred texts were read: nothing that was measured on them is surer than this, of a hundred.
LEAST: Final = 1
MOST: Final = 99


def show_about(
    con: duckdb.DuckDBPyConnection,
    store: Store | None,
    project_id: str,
    taxonomy: Taxonomy | None = None,
    only: str = "",
) -> ProjectAbout:
    """Give what a project is about; `taxonomy` is the one in force, of which codes are looked up.

    Words are marked of the technologies with a label; where one is named by `only`, of that.
    """
    names = read_technologies(con)
    rows = read_rows(
        con,
        "select technology, relation, probability, develops, tier, basis, ruling "
        "from project_technology where project_id = $project",
        {"project": project_id},
    )
    words = read_rows(
        con,
        "select technology, term, weight, place, starts, ends from technology_word "
        "where project_id = $project order by all",
        {"project": project_id},
    )
    source = read_rows(
        con,
        "select title, objective, record_id from project where project_id = $project",
        {"project": project_id},
    )
    said = {line.line.object.partition(":")[2]: line for line in list_said(con, store, project_id)}
    built_with = {name.fingerprint for name in names.values()}
    is_stale = taxonomy is not None and built_with != {taxonomy.fingerprint}
    codes = _find_codes(con, project_id, taxonomy) if taxonomy and not is_stale else {}
    found = tuple(
        sorted(
            (
                _make_row(row, names[row["technology"]], words, codes, said, project_id)
                for row in rows
                if row["technology"] in names
            ),
            key=_order,
        )
    )
    shown = {row.name.technology for row in found}
    marked = [only] if only else [r.name.technology for r in found if r.relation in LABELS]
    title, objective = (source[0]["title"], source[0]["objective"]) if source else ("", "")
    return ProjectAbout(
        found,
        mark_text(title, words, "title", marked),
        mark_text(objective, words, "objective", marked),
        "text" if objective else "topic",
        tuple(line for name, line in sorted(said.items()) if name not in shown),
        is_stale,
    )


def mark_text(
    text: str | None, words: Sequence[Mapping[str, Any]], place: str, wanted: Sequence[str]
) -> tuple[Mark, ...]:
    """Cut a text where words that speak for the wanted technologies begin and end."""
    if not text:
        return ()
    spans = [
        (max(word["starts"], 0), min(word["ends"], len(text)), word["technology"])
        for word in words
        if word["place"] == place and word["technology"] in wanted
    ]
    edges = sorted({0, len(text), *(at for start, end, _ in spans for at in (start, end))})
    marks: list[Mark] = []
    for start, end in pairwise(edges):
        over = tuple(name for name in wanted if any(
            first <= start and end <= last and whose == name for first, last, whose in spans
        ))  # fmt: skip
        if marks and marks[-1].technologies == over:
            marks[-1] = Mark(marks[-1].text + text[start:end], over)
        else:
            marks.append(Mark(text[start:end], over))
    return tuple(marks)


def _make_row(
    row: Mapping[str, Any],
    name: TechnologyName,
    words: Sequence[Mapping[str, Any]],
    codes: Mapping[str, tuple[CodeMet, ...]],
    said: Mapping[str, Said],
    project_id: str,
) -> AboutRow:
    scope = Scope.of(project=project_id, technology=name.technology)
    own = said.get(name.technology)
    return AboutRow(
        name,
        row["relation"],
        row["tier"],
        row["basis"],
        make_chance("technology_chance", row["probability"], scope, row["basis"]),
        make_chance("technology_develops", row["develops"], scope, row["basis"]),
        _gather_words([word for word in words if word["technology"] == name.technology]),
        codes.get(name.technology, ()),
        own,
        row["ruling"] is not None and (own is None or own.line.number != row["ruling"]),
    )


def _gather_words(words: Sequence[Mapping[str, Any]]) -> tuple[SpokenWord, ...]:
    """Gather words by their term: those that name the technology first, then those met most often."""
    by_term: defaultdict[tuple[str, str], list[str]] = defaultdict(list)
    for word in words:
        by_term[word["weight"], word["term"]].append(word["place"])
    found = [
        SpokenWord(term, weight, tuple(sorted(set(places), reverse=True)), len(places))
        for (weight, term), places in by_term.items()
    ]
    return tuple(sorted(found, key=lambda each: (each.weight != "names", -each.times, each.term)))


def _find_codes(
    con: duckdb.DuckDBPyConnection, project_id: str, taxonomy: Taxonomy
) -> dict[str, tuple[CodeMet, ...]]:
    """Find the fields, parts and topics of a project that map to each technology."""
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


def _order(row: AboutRow) -> tuple[bool, int, float, str]:
    return (
        row.relation not in LABELS,
        _TIERS[row.tier],
        -float(row.chance.value or 0),
        row.name.technology,
    )


def explain_chance(con: duckdb.DuckDBPyConnection, name: str, scope: Scope) -> Figure | None:
    """Give the chance of a project and a technology anew; None where the evidence has none."""
    given = scope.as_dict()
    row = con.execute(
        "select probability, develops, basis from project_technology "
        "where project_id = $project and technology = $technology",
        {"project": given.get("project", ""), "technology": given.get("technology", "")},
    ).fetchone()
    if row is None:
        return None
    value = row[0] if name == "technology_chance" else row[1]
    return make_chance(name, value, scope, row[2])


def make_chance(name: str, probability: float, scope: Scope, basis: str) -> Figure:
    """Give a chance of a hundred, no nearer to none or all than can be told, but for an editor's word."""
    value = round(100 * probability)
    if basis != "editor":
        value = min(max(value, LEAST), MOST)
    return Figure(value, "in-hundred", name, scope)
