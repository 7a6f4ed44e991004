"""What a mapping catches: the projects in which its clues are met, and those near by that it misses.

The mapping may be one that nobody kept yet: an editor sees at once what a change would do. A project is
caught when the weights of the different clues met in it add up to one or more.
"""

from __future__ import annotations

import hashlib
import math
import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from keten.atlas.finder import Finder
from keten.atlas.taxonomy_views import Caught, ClueCount, Met, NearWord, Sample
from keten.evidence.classify import make_terms
from keten.evidence.figures import keep_each
from keten.model import MapsTo

if TYPE_CHECKING:
    import duckdb

SAMPLES: Final = 8
NEAR_WORDS: Final = 16
_ENOUGH: Final = 1 - 1e-9
_FEWEST: Final = 3  # titles that a word must stand in to tell anything
_TIMES: Final = math.log(3)  # how much more often than elsewhere

# Where words are looked for: the place as it is told, and the rows that hold the text.
_TEXTS: Final = {
    "title": "select project_id, record_id, title as text from project where title is not null",
    "objective": (
        "select project_id, record_id, objective as text from project where objective is not null"
    ),
    "topic": (
        "select project_id, record_id, title as text from project_topic where title is not null"
    ),
}
# What a code is met in: the code itself, or one below it.
_CODES: Final = {
    "field": (
        "select f.project_id, c.term, f.record_id from project_field f, wanted c "
        "where f.code = c.term or starts_with(f.code, c.term || '/') "
        "or lower(f.path) = lower(c.term) or starts_with(lower(f.path), lower(c.term) || '/')"
    ),
    "part": (
        "select p.project_id, c.term, p.record_id from project_programme_part p, wanted c "
        "where rtrim(p.code, '.') = rtrim(c.term, '.') "
        "or starts_with(p.code, rtrim(c.term, '.') || '.')"
    ),
    "topic": (
        "select t.project_id, c.term, t.record_id from project_topic t, wanted c "
        "where starts_with(t.topic, c.term)"
    ),
}


@keep_each
def count_caught(con: duckdb.DuckDBPyConnection, maps_to: MapsTo) -> Caught:
    """Give which projects a mapping catches, and in how many each clue was met."""
    met = find_met(con, maps_to)
    weights = {(clue.way, clue.term): clue.weight for clue in maps_to.clues}
    found: dict[str, set[tuple[str, str]]] = defaultdict(set)
    for each in met:
        found[each.project_id].add((each.way, each.term))
    caught = tuple(
        sorted(
            project
            for project, clues in found.items()
            if sum(weights[clue] for clue in clues) >= _ENOUGH
        )
    )
    inside = set(caught)
    counts = Counter(clue for clues in found.values() for clue in clues)
    helped = Counter(clue for project in inside for clue in found[project])
    alone = Counter(
        next(iter(clues))
        for project, clues in found.items()
        if project in inside and len(clues) == 1
    )
    return Caught(
        caught,
        tuple(
            ClueCount(clue, counts[key], helped[key], alone[key])
            for clue in maps_to.clues
            for key in [(clue.way, clue.term)]
        ),
    )


def find_met(
    con: duckdb.DuckDBPyConnection, maps_to: MapsTo, projects: Sequence[str] | None = None
) -> list[Met]:
    """Give every clue met, with the row it was met in; of some projects only where they are named."""
    met = _find_words(con, maps_to, projects)
    for way, sql in _CODES.items():
        terms = [clue.term for clue in maps_to.of_way(way)]
        if terms:
            rows = con.execute(
                f"with wanted as (select unnest($terms) as term) select * from ({sql}) m "
                "where $all or m.project_id in (select unnest($projects)) order by 3, 2",
                {"terms": terms, "all": projects is None, "projects": list(projects or ())},
            ).fetchall()
            met += [Met(project, way, term, way, record) for project, term, record in rows]
    return met


def _find_words(
    con: duckdb.DuckDBPyConnection, maps_to: MapsTo, projects: Sequence[str] | None
) -> list[Met]:
    """Look for words in two steps: the engine is far faster than we are, and may find more, never less."""
    terms = make_terms([clue.term for clue in maps_to.of_way("word")])
    if not terms:
        return []
    finder = Finder(terms, make_terms(maps_to.not_words))
    met = []
    for place, sql in _TEXTS.items():
        rows = con.execute(
            f"select project_id, record_id, lower(text) from ({sql}) t "
            "where regexp_matches(lower(text), $words) "
            "and ($all or project_id in (select unnest($projects))) order by record_id",
            {
                "words": "|".join(term.pattern.pattern for term in terms),
                "all": projects is None,
                "projects": list(projects or ()),
            },
        ).fetchall()
        met += [
            Met(project, "word", term, place, record)
            for project, record, text in rows
            for term in finder.find(text)
        ]
    return met


@keep_each
def show_samples(con: duckdb.DuckDBPyConnection, maps_to: MapsTo) -> tuple[Sample, ...]:
    """Give some of the projects caught, always the same ones, each with what was met in it."""
    chosen = _choose(count_caught(con, maps_to).projects)
    met: dict[str, dict[tuple[str, str], None]] = defaultdict(dict)
    for each in find_met(con, maps_to, chosen):
        met[each.project_id][each.way, each.term] = None
    return tuple(
        Sample(project, title, tuple(met[project])) for project, title in _read_titles(con, chosen)
    )


@keep_each
def find_near(
    con: duckdb.DuckDBPyConnection, maps_to: MapsTo
) -> tuple[tuple[NearWord, ...], tuple[Sample, ...]]:
    """Give words that titles of caught projects share and the mapping does not name, and what is missed.

    A word is telling when it stands in titles of caught projects at least three times as often as in
    others. Missed are projects that the mapping does not catch with the most telling words in their title.
    """
    caught = count_caught(con, maps_to).projects
    if not caught:
        return (), ()
    rows = con.execute(
        r"""
        with word as (
            select project_id, unnest(list_distinct(
                regexp_extract_all(lower(title), '[a-z][a-z-]{3,40}'))) as word,
                project_id in (select unnest($caught)) as is_caught
            from project where title is not null
        ),
        total as (
            select count(distinct project_id) filter (where is_caught) as inside,
                   count(distinct project_id) filter (where not is_caught) as outside from word
        )
        select word, count(*) filter (where is_caught) as a, count(*) filter (where not is_caught) as b,
               any_value(inside), any_value(outside)
        from word, total group by word having a >= $fewest order by a desc, word
        """,
        {"caught": list(caught), "fewest": _FEWEST},
    ).fetchall()
    named = make_terms([clue.term for clue in maps_to.of_way("word")])
    telling: list[tuple[float, str, float, int]] = []
    for word, inside, outside, all_inside, all_outside in rows:
        times = math.log((inside / max(all_inside, 1)) / ((outside + 0.5) / (all_outside + 1)))
        # A word that is part of a clue, or holds one, is no news.
        is_named = any(word in term.term or term.pattern.search(word) for term in named)
        if times >= _TIMES and not is_named:
            telling.append((-inside * times, word, times, inside))
    best = sorted(telling)[: 2 * NEAR_WORDS]
    weights = {word: times for _, word, times, _ in best}
    words = tuple(NearWord(word, count) for _, word, _, count in best[:NEAR_WORDS])
    return words, _find_missed(con, caught, weights)


def _find_missed(
    con: duckdb.DuckDBPyConnection, caught: Sequence[str], weights: dict[str, float]
) -> tuple[Sample, ...]:
    if not weights:
        return ()
    pattern = r"\b(" + "|".join(re.escape(word) for word in sorted(weights)) + r")\b"
    rows = con.execute(
        "select project_id, title from project where title is not null "
        "and regexp_matches(lower(title), $pattern) "
        "and project_id not in (select unnest($caught)) order by project_id",
        {"pattern": pattern, "caught": list(caught)},
    ).fetchall()
    scored = []
    for project, title in rows:
        held = sorted({w for w in re.findall(r"[a-z][a-z-]{3,40}", title.lower()) if w in weights})
        if held:
            scored.append((-sum(weights[word] for word in held), project, title, held))
    return tuple(
        Sample(project, title, tuple(("word", word) for word in held))
        for _, project, title, held in sorted(scored)[:SAMPLES]
    )


def _choose(projects: Sequence[str]) -> list[str]:
    """Choose a few that stay the same as long as they are caught: those of the lowest hash."""
    return sorted(projects, key=lambda each: hashlib.sha256(each.encode()).hexdigest())[:SAMPLES]


def _read_titles(con: duckdb.DuckDBPyConnection, projects: Sequence[str]) -> list[tuple[str, str]]:
    return con.execute(
        "select project_id, coalesce(title, acronym, source_id) from project "
        "where project_id in (select unnest($projects)) order by project_id",
        {"projects": list(projects)},
    ).fetchall()
