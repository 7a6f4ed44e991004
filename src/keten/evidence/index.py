"""Index: the words of organisations, projects and places, in a file made for looking things up.

DuckDB has no text search that works offline, so the words stand in SQLite (FTS5). `word` and `word_gram`
are the vocabulary and its letter triples, with which a misspelt word finds its neighbours.
"""

import re
import sqlite3
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Final

from anyascii import anyascii

from keten.evidence.errand import Errand
from keten.evidence.pausing import without_collecting

if TYPE_CHECKING:
    import duckdb

MANY: Final = 20_000  # entries, from which on a process of its own is worth its start
Entry = tuple[str, str, str, str, str, str, float, str, str]

_WORD = re.compile(r"[a-z0-9]+")
# Pictures: transliterated they would be words (grinning) that nobody wrote.
_PICTURES = re.compile("[\u2600-\u27bf\U0001f000-\U0001faff]")
MIN_CORRECTED = 4  # shorter words have too many neighbours to guess between


def fold(text: str) -> str:
    """Bring a text to the letters that the index knows: plain ASCII, lower case."""
    if text.isascii():  # most are, and need no looking up
        return text.lower()
    return anyascii(_PICTURES.sub(" ", text)).lower()


def words(text: str) -> list[str]:
    """Split a text into the words that the index knows."""
    return _WORD.findall(fold(text))


def marked(word: str) -> str:
    """Give a word with its ends marked, so that its first and last letters make triples too."""
    return f"^{word}$"


def grams(word: str) -> set[str]:
    """Give the letter triples of a word, its ends marked."""
    text = marked(word)
    return {text[start : start + 3] for start in range(len(text) - 2)}


def send_index(
    con: "duckdb.DuckDBPyConnection", path: Path, *, many: int = MANY
) -> Errand[None] | None:
    """Have the index of the evidence behind `con` written to a new file.

    With fewer than `many` entries it is there at once; else it is being written, and what is given
    waits for it.
    """
    entries = _read_entries(con)
    if len(entries) < many:
        write_entries(entries, path)
        return None
    return Errand(write_entries, (entries, path), lambda: write_index(con, path))


def write_index(con: "duckdb.DuckDBPyConnection", path: Path) -> None:
    """Write the index of the evidence behind `con` to a new file."""
    write_entries(_read_entries(con), path)


def write_entries(entries: Sequence[Entry], path: Path) -> None:
    """Write the index of these entries to a new file."""
    path.unlink(missing_ok=True)
    with without_collecting():
        _write_entries(entries, path)


def _write_entries(given: Sequence[Entry], path: Path) -> None:
    index = sqlite3.connect(path)
    try:
        index.executescript(
            """
            pragma journal_mode = off; pragma synchronous = off; pragma cache_size = -64000;
            create table entry(number integer primary key, kind text, identifier text, title text,
                               subtitle text, country text, place text, weight real);
            create virtual table entry_text using fts5(title, other, content='', tokenize='ascii',
                                                       prefix='2 3 4');
            create table word(number integer primary key, word text, entries integer);
            create virtual table word_gram using fts5(word, content='', tokenize='trigram',
                                                      detail='full');
            """
        )
        counts: Counter[str] = Counter()
        entries = []
        texts = []
        for number, (*shown, title, weight, other, numbers) in enumerate(given, 1):
            kind, identifier, subtitle, country, place = shown
            title_words = words(title)
            other_words = words(other)
            keys = words(numbers)
            entries.append((number, kind, identifier, title, subtitle, country, place, weight))
            texts.append((number, " ".join(title_words), " ".join((*other_words, *keys))))
            # Numbers are typed whole or not at all: they are no neighbours of misspelt words.
            counts.update({word for word in (*title_words, *other_words) if not word.isdigit()})
        index.executemany("insert into entry values (?, ?, ?, ?, ?, ?, ?, ?)", entries)
        index.executemany("insert into entry_text(rowid, title, other) values (?, ?, ?)", texts)
        vocabulary = sorted(counts)
        index.executemany(
            "insert into word values (?, ?, ?)",
            ((number, word, counts[word]) for number, word in enumerate(vocabulary, 1)),
        )
        index.executemany(
            "insert into word_gram(rowid, word) values (?, ?)",
            (
                (number, marked(word))
                for number, word in enumerate(vocabulary, 1)
                if len(word) >= MIN_CORRECTED
            ),
        )
        index.execute("create unique index word_word on word(word)")
        for table in ("entry_text", "word_gram"):
            index.execute(f"insert into {table}({table}) values ('optimize')")
        index.commit()
    finally:
        index.close()


def _read_entries(con: "duckdb.DuckDBPyConnection") -> list[Entry]:
    with without_collecting():
        return list(_entries(con))


def _entries(con: "duckdb.DuckDBPyConnection") -> Iterator[Entry]:
    """Give what is shown of all that can be found (kind, identifier, subtitle, country, place),
    its title and weight, and further words and numbers that lead to it."""
    # Weights are logarithms, so that a giant stands before its namesakes but never hides a better
    # match.
    statements = (
        """
        with told as (
            select a.organisation_id, sum(s.participations) as participations,
                   string_agg(distinct 'pic:' || s.pic, ' ' order by 'pic:' || s.pic) as pics,
                   string_agg('ror:' || s.ror_id, ' ' order by s.ror_id) as rors,
                   string_agg('kvk:' || s.kvk_number, ' ' order by s.kvk_number) as kvks,
                   list_distinct(flatten(list(list_concat([s.name], s.other_names, s.acronyms))))
                       as names,
                   first(s.city order by a.is_anchor desc, s.participations desc, a.source_key)
                       filter (s.city is not null) as city
            from same_as a join source_organisation s using (source_key) group by a.organisation_id
        )
        select 'organisation', o.organisation_id, coalesce(place.city, told.city, ''),
               coalesce(o.country, ''), '', o.name, ln(1 + told.participations),
               concat_ws(' ', coalesce(place.city, told.city), array_to_string(list_sort(list_filter(
                             names, lambda one: one is distinct from o.name)), ' ')),
               concat_ws(' ', told.pics, told.rors, told.kvks)
        from organisation o join told using (organisation_id)
        left join place using (place_id)
        where o.name is not null order by o.organisation_id
        """,
        """
        select 'project', project_id,
               concat_ws(', ', case when title is not null then acronym end,
                         case programme when 'he' then 'Horizon Europe' else 'Horizon 2020' end,
                         year(start_date)::varchar),
               '', '', coalesce(title, acronym, source_id), 0.5::double,
               concat_ws(' ', acronym), concat_ws(' ', source_id, rcn)
        from project order by project_id
        """,
        """
        select 'place', code, code, country, level::varchar, coalesce(name_latin, name),
               (3.0 - level * 0.5)::double, concat_ws(' ', name, code), ''
        from region order by code
        """,
        """
        select 'place', m.nuts3, coalesce(r.name, m.nuts3), 'NL', 'municipality', m.name,
               1.0::double, '', ''
        from municipality m left join region r on r.code = m.nuts3
        where m.nuts3 is not null order by m.nuts3, m.name
        """,
    )
    for statement in statements:
        yield from con.execute(statement).fetchall()
