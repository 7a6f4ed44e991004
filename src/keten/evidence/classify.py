"""Classify: which projects are about which value chain, with every word, field and topic that says so.

Only what the definition of a chain names puts a project in; each match names the source row it was
found in, so that a reader can look for himself. How likely it is that such a project is about the chain
indeed, `chains` says.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

import duckdb
import pyarrow as pa

from keten.evidence.chains import weigh_projects
from keten.model import About, Chain

# Where words are looked for: the place as it is told, and the rows that hold the text.
_TEXTS = {
    "title": "select project_id, record_id, title as text from project where title is not null",
    "objective": (
        "select project_id, record_id, objective as text from project where objective is not null"
    ),
    "topic": (
        "select project_id, record_id, title as text from project_topic where title is not null"
    ),
}
# What may stand between the words of a phrase; written so that both engines read it alike.
GAP = "[\\t\\n\\r \u00a0\u2010\u2011\u2012\u2013\u2014\u2015-]+"
_MATCH = pa.schema(
    [
        ("chain", pa.string()),
        ("project_id", pa.string()),
        ("way", pa.string()),
        ("term", pa.string()),
        ("place", pa.string()),
        ("record_id", pa.int64()),
    ]
)


@dataclass(frozen=True, slots=True)
class Term:
    """A word or phrase of a definition, and how it is found; `head` is a part that must be there."""

    term: str
    head: str
    pattern: re.Pattern[str]

    def is_in(self, text: str) -> bool:
        """Say whether a text in lower case holds it."""
        return self.head in text and self.pattern.search(text) is not None


def write_pattern(word: str) -> str:
    """Write a word or phrase as a pattern: `*` is any ending, a space may be a hyphen or none."""
    stem = word.rstrip("*")
    body = GAP.join(re.escape(part) for part in re.split(r"[\s-]+", stem) if part)
    end = r"\w*" if word.endswith("*") else r"\b"
    return rf"\b{body}{end}"


def make_terms(words: Sequence[str]) -> list[Term]:
    """Make the terms of words, in the order of the definition."""
    return [
        Term(word, re.split(r"[\s*-]", word)[0], re.compile(write_pattern(word))) for word in words
    ]


def classify(
    con: duckdb.DuckDBPyConnection, chains: Sequence[Chain], abouts: Sequence[About] = ()
) -> None:
    """Write `chain`, `chain_match`, `chain_project`, `chain_word` and `chain_ruling`.

    `abouts` are what editors said; those of chains are obeyed. Reads `project`, `project_topic` and
    `project_field`.
    """
    con.execute(
        """
        create or replace table chain(chain varchar, label_en varchar, label_nl varchar,
            regions varchar, source varchar, valid_from varchar, is_example boolean,
            fingerprint varchar);
        create or replace table chain_match(chain varchar, project_id varchar, way varchar,
            term varchar, place varchar, record_id bigint);
        """
    )
    for chain in sorted(chains, key=lambda chain: chain.chain):
        con.execute(
            "insert into chain values (?, ?, ?, ?, ?, ?, ?, ?)",
            [chain.chain, chain.label.en, chain.label.nl, chain.region, chain.source,
             chain.valid_from, chain.is_example, chain.fingerprint],
        )  # fmt: skip
        _match_words(con, chain)
        _match_codes(con, chain)
    con.execute(
        """
        create or replace table chain_match as
        select distinct * from chain_match order by chain, project_id, way, term, place, record_id;
        """
    )
    weigh_projects(con, chains, abouts)


def _match_words(con: duckdb.DuckDBPyConnection, chain: Chain) -> None:
    near = _near_projects(con, chain)
    strong, weak = make_terms(chain.words), make_terms(chain.near_words)
    others = [term.pattern for term in make_terms(chain.not_words)]
    rows: list[tuple[str, str, str, str, str, int]] = []
    for place, sql in _TEXTS.items():
        for project_id, record_id, text in _candidates(con, sql, [*strong, *weak]):
            read = text
            for pattern in others:
                read = pattern.sub(" ", read)
            rows += [
                (chain.chain, project_id, "word", term.term, place, record_id)
                for term in (*strong, *(weak if project_id in near else ()))
                if term.is_in(read)
            ]
    columns = list(zip(*rows, strict=True)) or [()] * len(_MATCH)
    table = pa.table([pa.array(c, f.type) for c, f in zip(columns, _MATCH, strict=True)], _MATCH)
    con.register("arrived", table)
    con.execute("insert into chain_match select * from arrived")
    con.unregister("arrived")


def _candidates(
    con: duckdb.DuckDBPyConnection, sql: str, terms: Sequence[Term]
) -> list[tuple[str, int, str]]:
    """Give the texts, in lower case, that may hold a word: the engine looks far faster than we do.

    Its \\b and \\w know ASCII only, so it may find more than we do, never less.
    """
    if not terms:
        return []
    return con.execute(
        f"select project_id, record_id, lower(text) from ({sql}) "
        "where regexp_matches(lower(text), $words) order by record_id",
        {"words": "|".join(term.pattern.pattern for term in terms)},
    ).fetchall()


def _near_projects(con: duckdb.DuckDBPyConnection, chain: Chain) -> set[str]:
    rows = con.execute(
        "select distinct project_id from project_field, (select unnest($near) as near) "
        "where code = near or starts_with(code, near || '/')",
        {"near": list(chain.near_fields)},
    ).fetchall()
    return {project_id for (project_id,) in rows}


def _match_codes(con: duckdb.DuckDBPyConnection, chain: Chain) -> None:
    con.execute(
        """
        insert into chain_match
        select $chain, project_id, 'field', code, 'field', record_id
        from project_field, (select unnest($fields) as wanted)
        where code = wanted or starts_with(code, wanted || '/')
        """,
        {"chain": chain.chain, "fields": list(chain.fields)},
    )
    con.execute(
        """
        insert into chain_match
        select $chain, project_id, 'topic', topic, 'topic', record_id
        from project_topic, (select unnest($topics) as wanted) where starts_with(topic, wanted)
        """,
        {"chain": chain.chain, "topics": list(chain.topics)},
    )
