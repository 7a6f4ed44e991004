"""Search: finds organisations, projects and places by words, whole, begun or misspelt.

A word that the vocabulary lacks is read as the beginning of one or, failing that, as a slip of the
pen for its nearest neighbours by letter triples and edit distance; the answer then names the words
it used.
"""

import math
import sqlite3
from collections.abc import Sequence, Set

from rapidfuzz.distance import DamerauLevenshtein

from keten.atlas.views import Hit, SearchView
from keten.evidence import index

MOST_HITS = 400  # candidates ranked for one question
MOST_NARROWED = 30_000  # and where only some of what is found counts
MOST_NEIGHBOURS = 40  # words compared letter by letter with a misspelt one


def search(
    connection: sqlite3.Connection,
    query: str,
    *,
    kind: str | None = None,
    limit: int = 20,
    offset: int = 0,
    among: Set[str] | None = None,
) -> SearchView:
    """Give the best answers to `query`, best first; `kind` is organisation, project or place.

    `among`: only what has one of these identifiers; many more candidates are then looked at.
    """
    asked = index.words(query)
    if not asked:
        return SearchView(query, None, (), has_more=False)
    hits = _look_up(connection, [[word] for word in asked[:-1]], asked[-1], kind, among=among)
    corrected = None
    if not hits:
        choices = [_choices(connection, word) for word in asked]
        readings = [words[0] for words in choices]
        hits = _look_up(connection, choices[:-1], None, kind, choices[-1], among)
        if not hits and len(asked) > 1:
            hits = _look_up(
                connection, [], None, kind, [word for words in choices for word in words], among
            )
        if hits and readings != asked:
            corrected = " ".join(readings)
    page = hits[offset : offset + limit]
    return SearchView(query, corrected, tuple(page), has_more=len(hits) > offset + limit)


def suggest(connection: sqlite3.Connection, query: str, limit: int = 8) -> tuple[Hit, ...]:
    """Give what somebody may be typing: the last word may be a beginning."""
    return search(connection, query, limit=limit).hits


def _look_up(
    connection: sqlite3.Connection,
    needed: Sequence[Sequence[str]],
    begun: str | None,
    kind: str | None,
    last: Sequence[str] = (),
    among: Set[str] | None = None,
) -> list[Hit]:
    """Find entries that hold one of each `needed` group, and `begun` as a beginning or one of
    `last`."""
    parts = [_any_of(group) for group in needed]
    if begun is not None:
        parts.append(f'"{begun}"*' if len(begun) > 1 else f'"{begun}"')
    if last:
        parts.append(_any_of(last))
    rows = connection.execute(
        """
        select e.kind, e.identifier, e.title, e.subtitle, e.country, e.place, e.weight, found.rank
        from (select rowid, rank from entry_text where entry_text match ?
              and rank match 'bm25(4.0, 1.0)' order by rank limit ?) as found
        join entry e on e.number = found.rowid
        """
        if kind is None
        else """
        select e.kind, e.identifier, e.title, e.subtitle, e.country, e.place, e.weight, found.rank
        from entry_text as found join entry e on e.number = found.rowid
        where entry_text match ? and rank match 'bm25(4.0, 1.0)' and e.kind = ?
        order by found.rank limit ?
        """,
        [
            " AND ".join(parts),
            *([kind] if kind else []),
            MOST_HITS if among is None else MOST_NARROWED,
        ],
    ).fetchall()
    if among is not None:
        rows = [row for row in rows if row[1] in among][:MOST_HITS]
    wanted = (
        {word for group in needed for word in group} | set(last) | ({begun} if begun else set())
    )
    hits = [_hit(row, wanted) for row in rows]
    hits.sort(key=lambda hit: (-hit.score, hit.kind, hit.title, hit.identifier))
    return hits


def _any_of(words: Sequence[str]) -> str:
    return "(" + " OR ".join(f'"{word}"' for word in words) + ")"


def _hit(row: tuple[str, str, str, str, str, str, float, float], wanted: set[str]) -> Hit:
    kind, identifier, title, subtitle, country, place, weight, rank = row
    title_words = index.words(title)
    matched = [word for word in title_words if word in wanted]
    # A title that consists of the words asked for is what was meant, whatever else mentions them.
    exactness = len(matched) / len(title_words) if title_words else 0.0
    score = -rank + 6.0 * exactness + 1.5 * weight
    return Hit(
        kind, identifier, title, subtitle, " ".join(matched), round(score, 4), country, place
    )


def _choices(connection: sqlite3.Connection, word: str) -> list[str]:
    """Give the words that `word` may stand for: itself where it is known, else its neighbours."""
    known = connection.execute("select 1 from word where word = ?", [word]).fetchone()
    if known or word.isdigit() or len(word) < index.MIN_CORRECTED:
        return [word]
    return _neighbours(connection, word) or [word]


def _neighbours(connection: sqlite3.Connection, word: str) -> list[str]:
    """Give up to three known words within one or two slips of `word`, nearest and commonest
    first."""
    reach = 1 if len(word) < 6 else 2
    any_gram = " OR ".join(f'"{gram}"' for gram in sorted(index.grams(word)))
    rows = connection.execute(
        """
        select w.word, w.entries from (
            select rowid, rank from word_gram where word_gram match ? order by rank limit 200
        ) as near
        join word w on w.number = near.rowid
        where length(w.word) between ? and ?
        order by near.rank, w.entries desc, w.word limit ?
        """,
        [any_gram, len(word) - reach, len(word) + reach, MOST_NEIGHBOURS],
    ).fetchall()
    scored = []
    for candidate, entries in rows:
        distance = DamerauLevenshtein.distance(word, candidate, score_cutoff=reach)
        if distance <= reach:
            scored.append((distance - 0.1 * math.log1p(entries), candidate))
    return [candidate for _, candidate in sorted(scored)[:3]]
