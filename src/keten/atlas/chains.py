"""Value chains: the list of them, and one as a whole: parties by stage, network, coverage."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from keten.atlas.parties import OUTSIDE, PLACED, Narrowed, chain_scope, list_parties
from keten.atlas.views import (
    ChainRegion,
    ChainRow,
    ChainView,
    Match,
    PartyRow,
    StageView,
    Tie,
)
from keten.evidence.coverage import measure_coverage
from keten.evidence.figures import (
    current_organisations,
    keep_each,
    measure,
    measure_groups,
    measure_sets,
    read_labels,
)
from keten.evidence.figures.labels import read_region_names
from keten.evidence.figures.scope import write_condition
from keten.model import Chain, Figure, Judgement, Label, Scope

if TYPE_CHECKING:
    import duckdb

_MEASURES = ("projects", "organisations", "contribution_eur")
_TERMS = 200


def knows_chain(con: duckdb.DuckDBPyConnection, name: str) -> bool:
    """Say whether the evidence was built with a chain of this name."""
    return _read_fingerprint(con, name) is not None


def is_stale(con: duckdb.DuckDBPyConnection, chain: Chain) -> bool:
    """Say whether the definition of a chain is another than the one the evidence was built with."""
    return _read_fingerprint(con, chain.chain) != chain.fingerprint


def list_chains(con: duckdb.DuckDBPyConnection, chains: Sequence[Chain]) -> tuple[ChainRow, ...]:
    """Give the chains that the evidence knows, each with its figures in its own regions."""
    rows = []
    for chain in chains:
        if knows_chain(con, chain.chain):
            figures = _measure(con, chain_scope(chain))
            rows.append(ChainRow(chain, *figures))
    return tuple(rows)


def show_chain(
    con: duckdb.DuckDBPyConnection,
    chain: Chain,
    said: Sequence[Judgement] = (),
    narrowed: Narrowed = (),
) -> ChainView:
    """Give everything the first step of a chain shows; `said` are judgements of kind `party-stage`.

    `narrowed` are further filters, such as (("technology", "optics"),).
    """
    placed = [line for line in said if line.kind == PLACED]
    parties = list_parties(con, chain, placed, narrowed)
    inside = [party for party in parties if party.stage != OUTSIDE]
    projects, organisations, contribution = _count(con, chain_scope(chain, narrowed))
    core_projects, core_organisations, _ = _count(
        con, chain_scope(chain, narrowed).narrowed(way="word")
    )
    (everywhere, *_) = _count(con, Scope.of(chain=chain.chain, **dict(narrowed)))
    return ChainView(
        chain=chain,
        is_stale=is_stale(con, chain),
        projects=projects,
        organisations=organisations,
        contribution_eur=contribution,
        projects_everywhere=everywhere,
        core_projects=core_projects,
        core_organisations=core_organisations,
        stages=_fill_stages(con, chain, inside),
        outside=tuple(party for party in parties if party.stage == OUTSIDE),
        ties=list_ties(con, chain, inside, narrowed),
        readable=_count_readable(con, chain.region),
        coverage=measure_coverage(con),
        terms=list_terms(con, chain, narrowed),
        regions=_list_regions(con, (chain, narrowed)),
        group=_read_group(con, chain),
    )


@keep_each
def _list_regions(
    con: duckdb.DuckDBPyConnection, asked: tuple[Chain, Narrowed]
) -> tuple[ChainRegion, ...]:
    """Give the regions that take part in a chain, each with its figures, most projects first."""
    chain, narrowed = asked
    names = read_region_names(con, chain.regions)
    rows = []
    for code in chain.regions:
        figures = _measure(con, Scope.of(chain=chain.chain, region=code, **dict(narrowed)))
        projects, organisations, contribution = figures
        name = names.get(code, code)
        rows.append(ChainRegion(code, name, organisations, projects, contribution))
    return tuple(sorted(rows, key=lambda row: (-int(row.projects.value or 0), row.code)))


def _fill_stages(
    con: duckdb.DuckDBPyConnection, chain: Chain, parties: Sequence[PartyRow]
) -> tuple[StageView, ...]:
    """Give the stages with their parties, and in which of the chain's regions those of the core work."""
    views = [
        StageView(stage, tuple(party for party in parties if party.stage == stage.stage))
        for stage in chain.stages
    ]
    names = sorted({party.organisation.organisation_id for view in views for party in view.core})
    where: defaultdict[str, set[str]] = defaultdict(set)
    rows = con.execute(
        "select distinct i.organisation_id, c.code from involvement i, "
        "(select unnest($codes) as code) c where i.organisation_id in (select unnest($names)) "
        "and starts_with(i.region, c.code) order by 1, 2",
        {"codes": list(chain.regions), "names": names},
    ).fetchall()
    for name, code in rows:
        where[name].add(code)
    return tuple(
        replace(
            view,
            regions=tuple(
                sorted(
                    {c for party in view.core for c in where[party.organisation.organisation_id]}
                )
            ),
        )
        for view in views
    )


def _read_group(con: duckdb.DuckDBPyConnection, chain: Chain) -> tuple[Label, ...]:
    parties = chain.group.parties if chain.group else ()
    current = current_organisations(con, parties)
    labels = read_labels(con, sorted(set(current.values())))
    order = dict.fromkeys(current[party] for party in parties if party in current)
    return tuple(labels[each] for each in order if each in labels)


@keep_each
def _count_readable(con: duckdb.DuckDBPyConnection, region: str) -> Figure:
    """Count in how many projects words can be looked for: it reads every text, whoever asks."""
    return measure(con, "readable_projects", Scope.of(region=region))


def list_ties(
    con: duckdb.DuckDBPyConnection,
    chain: Chain,
    parties: Sequence[PartyRow],
    narrowed: Narrowed = (),
) -> tuple[Tie, ...]:
    """Give the pairs of parties that share projects about the chain, closest first."""
    scope = chain_scope(chain, narrowed)
    known = {party.organisation.organisation_id: party.organisation for party in parties}
    condition = write_condition(scope, "participation")
    pairs = con.execute(
        f"""
        with seat as (
            select distinct i.project_id, i.organisation_id from involvement i
            where {condition.sql} and i.organisation_id in (select unnest($known))
        ),
        elsewhere as (
            select distinct project_id, organisation_id from involvement
            where organisation_id in (select unnest($known))
        )
        select a.organisation_id, b.organisation_id, count(*) as projects
        from seat a join elsewhere b
          on a.project_id = b.project_id and a.organisation_id < b.organisation_id
        group by all order by projects desc, a.organisation_id, b.organisation_id
        """,
        {**condition.values, "known": sorted(known)},
    ).fetchall()
    return tuple(
        Tie(
            known[one],
            known[other],
            Figure(
                projects,
                "count",
                "shared_projects",
                scope.narrowed(organisation=one, partner=other),
            ),
        )
        for one, other, projects in pairs
    )


def list_terms(
    con: duckdb.DuckDBPyConnection, chain: Chain, narrowed: Narrowed = ()
) -> tuple[tuple[Match, Figure], ...]:
    """Give every word, topic and field that was met here, with its projects."""
    return _list_terms(con, (chain, narrowed))


@keep_each
def _list_terms(
    con: duckdb.DuckDBPyConnection, asked: tuple[Chain, Narrowed]
) -> tuple[tuple[Match, Figure], ...]:
    chain, narrowed = asked
    ways = {
        term: (way, title)
        for way, term, title in con.execute(
            """
            select m.way, m.term, max(f.title) from chain_match m
            left join project_field f on m.way = 'field' and f.code = m.term
            where m.chain = $chain group by all order by all
            """,
            {"chain": chain.chain},
        ).fetchall()
    }
    groups = measure_groups(
        con, ("matches",), chain_scope(chain, narrowed), ("term",), first="matches", limit=_TERMS
    )
    return tuple(
        (
            Match(ways[term][0], term, ways[term][1] or ""),
            group.figures["matches"],
        )
        for group in groups
        if (term := group.keys["term"]) in ways
    )


@keep_each
def _count(con: duckdb.DuckDBPyConnection, scope: Scope) -> tuple[Figure, Figure, Figure]:
    """Give the three figures of a scope; a page asks for them again and again."""
    return _measure(con, scope)


def _measure(con: duckdb.DuckDBPyConnection, scope: Scope) -> tuple[Figure, Figure, Figure]:
    ((group,),) = measure_sets(con, _MEASURES, scope, [()])
    projects, organisations, contribution = (group.figures[name] for name in _MEASURES)
    return projects, organisations, contribution


def _read_fingerprint(con: duckdb.DuckDBPyConnection, name: str) -> str | None:
    row = con.execute("select fingerprint from chain where chain = $chain", {"chain": name})
    found = row.fetchone()
    return None if found is None else str(found[0])
