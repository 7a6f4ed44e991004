"""Classify calls: which calls are about a value chain, by its words, or by where its projects were paid.

A call is in by a word of the chain in its title, keywords or text. Words that say little by
themselves count only in a *part* of the programme that pays for such projects: the identifier of a
topic without its years, numbers and kinds of action (HORIZON-CL6-FARM2FORK). Which parts those are
the evidence tells: parts in which the chain's projects, found by word, are several and far more
common than among all projects. Calls of such a part that hold no word at all are told apart.
"""

import re
from collections import Counter
from collections.abc import Iterable, Sequence

import duckdb
import pyarrow as pa

from keten.evidence.classify import make_terms
from keten.model import Chain

MIN_PROJECTS = 5  # fewer are chance
MIN_LIFT = 4.0  # times as common as among all projects of the programme

PART = "part"  # the place of a match that no word made
_PLACES = ("title", "keywords", "description")
_KEPT = 3  # programme, cluster and destination; what follows is finer than a destination
_ACTIONS = frozenset(
    (
        "RIA", "IA", "CSA", "IAFLAG", "COFUND", "PCP", "PPI", "LS", "TMA", "SGA", "FPA", "PRIZE",
        "TWO", "SINGLE", "STAGE", "SG",
    )
)  # fmt: skip
_MATCH = pa.schema(
    [
        ("chain", pa.string()),
        ("call_id", pa.string()),
        ("term", pa.string()),
        ("place", pa.string()),
        ("record_id", pa.int64()),
    ]
)


def part_of(topic: str) -> str:
    """Give the part of the programme that a topic's identifier names."""
    words = (word for word in re.split(r"[-_.]", topic.upper()) if word)
    kept = [word for word in words if not word.isdigit() and word not in _ACTIONS]
    return "-".join(kept[:_KEPT])


def classify_calls(con: duckdb.DuckDBPyConnection, chains: Sequence[Chain]) -> None:
    """Write `chain_part`, `chain_term` and `chain_call`.

    Reads `call`, `project_topic` and `chain_match`.
    """
    con.execute(
        """
        create or replace table chain_part(chain varchar, part varchar, projects bigint,
            all_projects bigint, lift double);
        create or replace table chain_term(chain varchar, term varchar, calls bigint);
        create or replace table chain_call(chain varchar, call_id varchar, term varchar,
            place varchar, record_id bigint);
        """
    )
    calls = con.execute(
        "select call_id, record_id, identifier, kind, title, keywords, description from call "
        "order by call_id"
    ).fetchall()
    paid = _paid_parts(con)
    rows: list[tuple[str, str, str, str, int]] = []
    for chain in sorted(chains, key=lambda chain: chain.chain):
        parts = _write_parts(con, chain, paid)
        finder = _Finder(chain, parts)
        for call_id, record_id, identifier, kind, *texts in calls:
            part = part_of(identifier or "") if kind == "topic" else ""
            rows += [
                (chain.chain, call_id, term, place, record_id)
                for term, place in finder.find(texts, part)
            ]
        if finder.calls:
            con.executemany(
                "insert into chain_term values (?, ?, ?)",
                [[chain.chain, term, calls] for term, calls in sorted(finder.calls.items())],
            )
    columns = list(zip(*rows, strict=True)) or [()] * len(_MATCH)
    table = pa.table([pa.array(c, f.type) for c, f in zip(columns, _MATCH, strict=True)], _MATCH)
    con.register("arrived", table)
    con.execute(
        "create or replace table chain_call as select * from arrived "
        "order by chain, call_id, term, place"
    )
    con.unregister("arrived")


class _Finder:
    """Finds what of one chain a call holds; `calls` counts the calls that hold each term at all."""

    def __init__(self, chain: Chain, parts: frozenset[str]) -> None:
        self._terms = make_terms([*chain.words, *chain.near_words])
        self._weak = frozenset(chain.near_words) - frozenset(chain.words)
        self._others = [term.pattern for term in make_terms(chain.not_words)]
        self._parts = parts
        self.calls: Counter[str] = Counter()

    def find(self, texts: Sequence[str | None], part: str) -> Iterable[tuple[str, str]]:
        """Give each term that counts with the place it was met in; the part alone when none does."""
        is_near = part in self._parts
        met: list[tuple[str, str]] = []
        for place, text in zip(_PLACES, texts, strict=True):
            read = self._read(text)
            met += [(term.term, place) for term in self._terms if term.is_in(read)]
        self.calls.update({term for term, _ in met})
        found = [(term, place) for term, place in met if is_near or term not in self._weak]
        return found or ([(part, PART)] if is_near else [])

    def _read(self, text: str | None) -> str:
        """Give a text in lower case, without phrases in which a word means something else."""
        read = (text or "").lower()
        for pattern in self._others:
            read = pattern.sub(" ", read)
        return read


def _paid_parts(con: duckdb.DuckDBPyConnection) -> dict[str, frozenset[str]]:
    """Give for each part of the programmes the projects it paid."""
    rows = con.execute("select distinct project_id, topic from project_topic").fetchall()
    found: dict[str, set[str]] = {}
    for project_id, topic in rows:
        found.setdefault(part_of(topic), set()).add(project_id)
    return {part: frozenset(projects) for part, projects in found.items()}


def _write_parts(
    con: duckdb.DuckDBPyConnection, chain: Chain, paid: dict[str, frozenset[str]]
) -> frozenset[str]:
    """Write the parts that pay for projects of a chain, and give them."""
    mine = {
        project_id
        for (project_id,) in con.execute(
            "select distinct project_id from chain_match where chain = ? and way = 'word'",
            [chain.chain],
        ).fetchall()
    }
    here = Counter({part: len(projects & mine) for part, projects in paid.items()})
    placed = len(mine & frozenset().union(*paid.values()))
    whole = len(frozenset().union(*paid.values()))
    kept = []
    for part, projects in sorted(here.items()):
        if projects < MIN_PROJECTS:
            continue
        lift = (projects / placed) / (len(paid[part]) / whole)
        if lift >= MIN_LIFT:
            kept.append([chain.chain, part, projects, len(paid[part]), lift])
    if kept:
        con.executemany("insert into chain_part values (?, ?, ?, ?, ?)", kept)
    return frozenset(str(row[1]) for row in kept)
