"""The network around one party: who has worked with those it worked with, and how much that weighs.

All pairs that ever worked together are held as one sparse matrix (some 16 MB), read once for each
evidence and shared by all threads: a ranking then takes thousandths of a second, whoever is asked about.
Organisations lie in the order of their identifiers, so their places in the table stand for these.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np
import numpy.typing as npt
import scipy.sparse as sparse

from keten.errors import UsageError
from keten.evidence.figures import keep_each, read_once
from keten.methods.link_prediction import score_adamic_adar
from keten.methods.ranking import pick_best
from keten.model import KINDS, Chain

if TYPE_CHECKING:
    import duckdb

AMONG: Final = ("chain", "region", "abroad", "everyone")
Places = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]
_PAIRS: Final = """
    select o.rowid::integer as one, p.rowid::integer as other
    from collaboration c join organisation o on o.organisation_id = c.organisation_id
    join organisation p on p.organisation_id = c.partner_id
"""
_IN_CHAIN: Final = """
    select distinct o.rowid::bigint as place
    from involvement i join organisation o using (organisation_id)
    where i.project_id in (select project_id from chain_project where chain = $chain)
"""


@dataclass(frozen=True, slots=True)
class Ranked:
    """The best candidates with their scores, best first, and how many were in the running."""

    candidates: int
    best: tuple[tuple[str, float], ...]


def rank_candidates(
    con: duckdb.DuckDBPyConnection,
    party: str,
    chain: Chain | None,
    among: str,
    limit: int,
    kind: str = "",
) -> Ranked:
    """Rank those whom a party never worked with by Adamic-Adar; who shares nobody with it is left out.

    Raises: UsageError when `among` is none of AMONG, or speaks of a chain where there is none, or when
    `kind` is no kind of organisation.
    """
    network = read_network(con)
    running = find_candidates(con, party, chain, among).copy()
    if kind:
        if kind not in KINDS:
            raise UsageError(f"'{kind}' is no kind of organisation.", f"Use: {', '.join(KINDS)}.")
        running &= _read_kind(con, kind)
    place = find_places(con, (party,))[party]
    running[place] = False
    running[network.indices[network.indptr[place] : network.indptr[place + 1]]] = False
    scores = score_adamic_adar(network, np.array([place]))[0]
    reached = np.flatnonzero(running & (scores > 0))
    (head,) = pick_best(scores[np.newaxis, reached], limit)
    chosen = [int(at) for at in reached[head]]
    names = dict(
        con.execute(
            "select rowid, organisation_id from organisation where rowid in (select unnest($chosen))",
            {"chosen": chosen},
        ).fetchall()
    )
    best = tuple((str(names[at]), float(scores[at])) for at in chosen)
    return Ranked(int(running.sum()), best)


def score_pair(con: duckdb.DuckDBPyConnection, party: str, partner: str) -> float:
    """Give the score of two organisations, whether they met or not; nought when they share nobody."""
    places = find_places(con, (party, partner))
    scores = score_adamic_adar(read_network(con), np.array([places[party]]))[0]
    return float(scores[places[partner]])


@read_once
def read_network(con: duckdb.DuckDBPyConnection) -> sparse.csr_array:
    """Read who ever worked with whom, by place. Shapes: (n, n) of ones, each row in order."""
    found = con.execute(_PAIRS).fetchnumpy()
    one, other = (np.asarray(found[name]) for name in ("one", "other"))
    ((size,),) = con.execute("select count(*) from organisation").fetchall()
    order = np.argsort(one, kind="stable")  # they lie in this order already: that makes it quick
    starts = np.concatenate(([0], np.cumsum(np.bincount(one, minlength=int(size)))))
    # Each pair stands both ways, so that columns may be read as rows; turning them round sorts each.
    ones = np.ones(one.size, dtype=np.int8)
    shape = (int(size), int(size))
    columns = sparse.csc_array((ones, other[order], starts.astype(np.int32)), shape=shape)
    return columns.tocsr()


def find_places(con: duckdb.DuckDBPyConnection, names: tuple[str, ...]) -> dict[str, int]:
    """Give the places of organisations in arrays."""
    rows = con.execute(
        "select organisation_id, rowid from organisation "
        "where organisation_id in (select unnest($names))",
        {"names": list(names)},
    ).fetchall()
    return {str(name): int(place) for name, place in rows}


def find_candidates(
    con: duckdb.DuckDBPyConnection, party: str, chain: Chain | None, among: str
) -> Flags:
    """Say of each organisation, by place, whether it is among those to choose from."""
    if among not in AMONG:
        raise UsageError(
            f"'{among}' does not say from whom to choose.", f"Choose from: {', '.join(AMONG)}."
        )
    if among == "everyone":
        return _read_participants(con)
    if chain is None:
        raise UsageError(f"'{among}' speaks of a value chain, and none is named.", "Name a chain.")
    regions = tuple(sorted(chain.regions)) if among == "region" else ()
    found = _read_chain(con, (chain.chain, regions))
    if among == "abroad":
        ((country,),) = con.execute(
            "select country from organisation where organisation_id = $party", {"party": party}
        ).fetchall()
        found = found & ~_read_country(con, country)
    return found


@read_once
def _read_participants(con: duckdb.DuckDBPyConnection) -> Flags:
    """Flag who takes part in projects; the others, known by registers alone, met nobody."""
    return _flag(con, "select rowid as place from organisation where place_id is not null", {})


@keep_each
def _read_chain(con: duckdb.DuckDBPyConnection, asked: tuple[str, tuple[str, ...]]) -> Flags:
    """Flag the parties of a chain, in these regions where any are named."""
    chain, regions = asked
    values = {f"region_{number}": code for number, code in enumerate(regions)}
    tests = [f"starts_with(i.region, ${name})" for name in values]
    sql = f"{_IN_CHAIN} and ({' or '.join(tests)})" if tests else _IN_CHAIN
    return _flag(con, sql, {"chain": chain, **values})


@keep_each
def _read_kind(con: duckdb.DuckDBPyConnection, kind: str) -> Flags:
    return _flag(con, "select rowid as place from organisation where kind = $kind", {"kind": kind})


@keep_each
def _read_country(con: duckdb.DuckDBPyConnection, country: str | None) -> Flags:
    """Flag the organisations of a country, or those of which none is known."""
    sql = "select rowid as place from organisation where country is not distinct from $country"
    return _flag(con, sql, {"country": country})


def _flag(con: duckdb.DuckDBPyConnection, sql: str, values: dict[str, object]) -> Flags:
    flags = np.zeros(read_network(con).shape[0], dtype=np.bool_)
    flags[np.asarray(con.execute(sql, values).fetchnumpy()["place"], dtype=np.int64)] = True
    return flags
