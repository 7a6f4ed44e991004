"""Writes which projects are about which chain, how likely each is, and by what that was judged.

What a definition met is in, as its author said; the probability says how far to trust it. A project without
a text is judged by those with one in which the same kinds of codes spoke (`basis` topic).
"""

from collections import defaultdict
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import pyarrow as pa

from keten.evidence.chains.features import make_entry, make_features, name_kinds
from keten.evidence.chains.model import read_model
from keten.evidence.technologies.plain_model import PlainModel
from keten.evidence.technologies.signals import Document, count_signals
from keten.model import Chain

if TYPE_CHECKING:
    import duckdb

_MET: Final = "where project_id in (select project_id from chain_match)"
_ROW: Final = pa.schema(
    [
        ("chain", pa.string()),
        ("project_id", pa.string()),
        ("probability", pa.float64()),
        ("tier", pa.string()),
        ("basis", pa.string()),
    ]
)


def weigh_projects(con: "duckdb.DuckDBPyConnection", chains: Sequence[Chain]) -> None:
    """Write `chain_project` of all that `chain_match` holds.

    Reads `chain_match`, `project`, `project_topic` and `project_field`.
    """
    met = con.execute("select distinct chain, project_id from chain_match order by all").fetchall()
    documents = _read_met(con)
    rows = _weigh(met, documents, chains, read_model())
    columns = list(zip(*rows, strict=True)) or [()] * len(_ROW)
    table = pa.table([pa.array(c, f.type) for c, f in zip(columns, _ROW, strict=True)], _ROW)
    con.register("arrived", table)
    con.execute(
        "create or replace table chain_project as select * from arrived order by chain, project_id"
    )
    con.unregister("arrived")


def _weigh(
    met: Sequence[tuple[str, str]],
    documents: Sequence[Document],
    chains: Sequence[Chain],
    model: PlainModel,
) -> list[tuple[Any, ...]]:
    """Give a row for each chain and project that it met."""
    counts = count_signals([make_entry(chain) for chain in chains], documents).counts
    row = {document.key: place for place, document in enumerate(documents)}
    found: list[tuple[Any, ...]] = []
    for place, chain in enumerate(chains):
        mine = [project for name, project in met if name == chain.chain]
        at = np.array([row[project] for project in mine], np.int64)
        features = make_features(counts[at, place])
        told = np.array([documents[each].has_text for each in at.tolist()], np.bool_)
        chance, kinds = model.chance(features), name_kinds(features)
        for kind in np.unique(kinds[~told]):
            # The words that a lost text may have held say nothing against it: it counts as its like.
            alike, asked = told & (kinds == kind), ~told & (kinds == kind)
            chance[asked] = (chance[alike].sum() + chance[asked]) / (alike.sum() + 1)
        found += [
            (chain.chain, project, round(value, 4), _tier(model, round(value, 4), has_text),
             "text" if has_text else "topic")
            for project, value, has_text in zip(mine, chance.tolist(), told.tolist(), strict=True)
        ]  # fmt: skip
    return found


def _tier(model: PlainModel, chance: float, has_text: bool) -> str:
    """Give how sure a chance is; without a text nothing is, for that was never measured."""
    tier = model.tier(chance)
    return tier if has_text or tier != "sure" else "likely"


def _read_met(con: "duckdb.DuckDBPyConnection") -> list[Document]:
    """Give the projects that a chain met as documents, in order of their identifier."""
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
