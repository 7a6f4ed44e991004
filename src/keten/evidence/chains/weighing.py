"""Writes which projects are about which chain, how likely each is, and by what that was judged.

What a definition met is in, as its author said; the probability says how far to trust it. A project without
a text is judged by those with one in which the same kinds of codes spoke (`basis` topic). What an editor
said goes before both: who denied a project takes it out, who said yes puts it in.
"""

from collections import defaultdict
from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from keten.evidence.chains.features import make_entry
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
from keten.evidence.technologies.signals import Document, count_signals
from keten.model import About, Chain

if TYPE_CHECKING:
    import duckdb

ONE: Final = "chain"
BY_EDITOR: Final = "editor"  # the way in which a project is met that an editor put in
_MET: Final = "where project_id in (select project_id from asked_about)"


def weigh_projects(
    con: "duckdb.DuckDBPyConnection", chains: Sequence[Chain], abouts: Sequence[About] = ()
) -> None:
    """Write `chain_project`, `chain_word` and `chain_ruling` of all that `chain_match` holds.

    `abouts` are what editors said; those of scheme `chain` are obeyed, in `chain_match` too. Reads
    `chain_match`, `project`, `project_topic` and `project_field`.
    """
    names = {chain.chain for chain in chains}
    said = [about for about in sorted(abouts) if about.scheme == ONE and about.entry in names]
    met = con.execute("select distinct chain, project_id from chain_match order by all").fetchall()
    con.execute("create or replace temp table asked_about(project_id varchar)")
    con.execute("insert into asked_about select distinct project_id from chain_match")
    if said:
        con.executemany("insert into asked_about values (?)", [[one.project_id] for one in said])
    documents = _read_met(con)
    con.execute("drop table asked_about")
    entries = [make_entry(chain) for chain in chains]
    model, signals = read_model(), count_signals(entries, documents)
    places = {chain.chain: place for place, chain in enumerate(chains)}
    rows = {document.key: row for row, document in enumerate(documents)}
    cells = {(rows[project], places[chain]) for chain, project in met}
    asked: dict[Cell, About] = {
        (rows[one.project_id], places[one.entry]): one for one in said if one.project_id in rows
    }
    chance = weigh(signals.counts, documents, cells, model)
    chance |= weigh(signals.counts, documents, set(asked) - cells, model)
    write_rulings(con, ONE, entries, documents, asked, chance)
    write_projects(con, ONE, entries, documents, cells, asked, chance, model)
    words = tell_words(entries, documents, signals.hits, cells | set(asked))
    insert(con, "chain_word", words, WORD, ONE)
    _obey(con)


def _obey(con: "duckdb.DuckDBPyConnection") -> None:
    """Take out of what was met what an editor denied, and put in what one said is about the chain."""
    con.execute(
        f"""
        delete from chain_match m where exists (
            select 1 from chain_ruling r where r.chain = m.chain and r.project_id = m.project_id
            and r.label = 'none');
        insert into chain_match
        select r.chain, r.project_id, '{BY_EDITOR}', ':{BY_EDITOR}', 'judgement', p.record_id
        from chain_ruling r join project p using (project_id) where r.label = 'about'
        order by r.chain, r.project_id;
        """
    )


def _read_met(con: "duckdb.DuckDBPyConnection") -> list[Document]:
    """Give the projects that a chain met, or an editor spoke of, as documents in order of identifier."""
    topics: defaultdict[str, list[tuple[str, str | None]]] = defaultdict(list)
    for project, topic, title in con.execute(
        f"select project_id, topic, title from project_topic {_MET} and topic is not null order by all"
    ).fetchall():
        topics[project].append((topic, title))
    fields: defaultdict[str, list[str]] = defaultdict(list)
    for project, code in con.execute(
        f"select project_id, code from project_field {_MET} and code is not null order by all"
    ).fetchall():
        fields[project].append(code)
    return [
        Document(project, title, objective, tuple(topics[project]), tuple(fields[project]))
        for project, title, objective in con.execute(
            f"select project_id, title, objective from project {_MET} order by project_id"
        ).fetchall()
    ]
