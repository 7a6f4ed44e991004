"""The network around one party: who has worked with those it worked with, and how much that weighs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np
import numpy.typing as npt

from keten.errors import UsageError
from keten.methods.link_prediction import join_pairs, score_adamic_adar
from keten.methods.ranking import pick_best
from keten.model import KINDS, Chain

if TYPE_CHECKING:
    import duckdb

AMONG: Final = ("chain", "region", "abroad", "everyone")
Values = dict[str, object]
Places = npt.NDArray[np.int64]
# Only who takes part in projects has a place; the others, known by registers alone, met nobody.
# Organisations lie in the order of their identifiers, so their places stand for these in arrays.
_WAYS: Final = """
    with near as materialized (
        select n.partner_id, z.rowid::bigint as place
        from collaboration n join organisation z on z.organisation_id = n.partner_id
        where n.organisation_id = $party
    ), candidate as materialized (
        select o.organisation_id, o.rowid::bigint as place from organisation o where {where}
    )
    select near.place as between_place, candidate.place as candidate_place
    from collaboration far
    join candidate on candidate.organisation_id = far.organisation_id
    join near on near.partner_id = far.partner_id
"""
_UNMET: Final = """
    o.place_id is not null and o.organisation_id <> $party and o.organisation_id not in (
        select partner_id from collaboration where organisation_id = $party)
"""
_IN_CHAIN: Final = """
    o.organisation_id in (
        select i.organisation_id from involvement i join chain_project c using (project_id)
        where c.chain = $chain and {where})
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
    condition, values = write_candidates(chain, among)
    if kind:
        if kind not in KINDS:
            raise UsageError(f"'{kind}' is no kind of organisation.", f"Use: {', '.join(KINDS)}.")
        condition, values = f"{condition} and o.kind = $kind", values | {"kind": kind}
    values = values | {"party": party}
    where = f"{_UNMET} and {condition}"
    ((counted,),) = con.execute(
        f"select count(*) from organisation o where {where}", values
    ).fetchall()
    places, scores = _score(con, party, where, values)
    if not places.size:
        return Ranked(int(counted), ())
    (head,) = pick_best(scores[np.newaxis, :], limit)
    chosen = [int(places[at]) for at in head]
    names = dict(
        con.execute(
            "select rowid, organisation_id from organisation where rowid in (select unnest($chosen))",
            {"chosen": chosen},
        ).fetchall()
    )
    best = tuple(
        (str(names[place]), float(scores[at])) for place, at in zip(chosen, head, strict=True)
    )
    return Ranked(int(counted), best)


def score_pair(con: duckdb.DuckDBPyConnection, party: str, partner: str) -> float:
    """Give the score of two organisations, whether they met or not; nought when they share nobody."""
    values = {"party": party, "partner": partner}
    _, scores = _score(con, party, "o.organisation_id = $partner", values)
    return float(scores[0]) if scores.size else 0.0


def write_candidates(chain: Chain | None, among: str) -> tuple[str, Values]:
    """Give the condition on organisations `o` that says who is in the running."""
    if among not in AMONG:
        raise UsageError(
            f"'{among}' does not say from whom to choose.", f"Choose from: {', '.join(AMONG)}."
        )
    if among == "everyone":
        return "true", {}
    if chain is None:
        raise UsageError(f"'{among}' speaks of a value chain, and none is named.", "Name a chain.")
    values: Values = {"chain": chain.chain}
    if among == "region":
        tests = []
        for number, code in enumerate(sorted(chain.regions)):
            values[f"region_{number}"] = code
            tests.append(f"starts_with(i.region, $region_{number})")
        return _IN_CHAIN.format(where=f"({' or '.join(tests)})"), values
    condition = _IN_CHAIN.format(where="true")
    if among == "abroad":
        condition += """ and o.country is distinct from (
            select country from organisation where organisation_id = $party)"""
    return condition, values


def _score(
    con: duckdb.DuckDBPyConnection, party: str, where: str, values: Mapping[str, object]
) -> tuple[Places, npt.NDArray[np.float64]]:
    """Give the places of those reached through somebody, in order, and their scores."""
    found = con.execute(_WAYS.format(where=where), dict(values)).fetchnumpy()
    between, through = np.unique(np.asarray(found["between_place"]), return_inverse=True)
    reached, to = np.unique(np.asarray(found["candidate_place"]), return_inverse=True)
    if not reached.size:
        return reached, np.empty(0)
    # The party is node 0, then those between, then those reached.
    near = np.arange(1, between.size + 1)
    far = 1 + between.size + np.arange(reached.size)
    network = join_pairs(
        np.concatenate([np.zeros(between.size, dtype=np.int64), through + 1]),
        np.concatenate([near, far[to]]),
        1 + between.size + reached.size,
    )
    degrees = np.zeros(network.shape[0], dtype=np.int64)
    degrees[near] = _read_degrees(con, party, between)
    scores = score_adamic_adar(network, np.array([0]), far, degrees)[0]
    return reached, scores


def _read_degrees(con: duckdb.DuckDBPyConnection, party: str, places: Places) -> Places:
    """Give how many partners those have who worked with a party, by their places."""
    rows = con.execute(
        """
        select z.rowid, k.partners from collaboration near
        join organisation z on z.organisation_id = near.partner_id
        join organisation_card k on k.organisation_id = near.partner_id
        where near.organisation_id = $party
        """,
        {"party": party},
    ).fetchall()
    by_place = dict(rows)
    return np.array([by_place[int(place)] for place in places], dtype=np.int64)
