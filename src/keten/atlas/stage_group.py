"""The members of a stage as an example to others: who they are, and who could resemble them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

from keten.atlas.likely_views import Said
from keten.atlas.membership import REFUSED, check_stage, stage_key
from keten.atlas.parties import PLACED, list_parties
from keten.atlas.traits import Places, Traits, find_places
from keten.errors import UsageError
from keten.evidence.figures import current_organisations, keep_each, read_labels
from keten.model import Chain, ChainStage, Judgement

if TYPE_CHECKING:
    import duckdb

AMONG: Final = ("region", "country", "everyone")


@dataclass(frozen=True, slots=True)
class Group:
    """The members of a stage: by place those with projects, how many have none, and who is out.

    `out` are organisations that are not proposed: in a stage, placed by a person, or refused here;
    `near` those of the chain's wider ring; `lines` the judgements that made the group what it is.
    """

    stage: ChainStage
    members: Places
    silent: int
    out: frozenset[str]
    near: frozenset[str]
    placed: tuple[Said, ...]
    refused: tuple[Said, ...]

    @property
    def lines(self) -> tuple[int, ...]:
        """The lines that placed members here."""
        return tuple(each.line.number for each in self.placed)


def read_group(
    con: duckdb.DuckDBPyConnection,
    traits: Traits,
    chain: Chain,
    stage: str,
    said: Sequence[Judgement],
) -> Group:
    """Give the members of a stage; `said` are judgements of kinds `party-stage` and `no-member`.

    Raises: UsageError for another stage.
    """
    check_stage(chain, stage)
    parties = list_parties(con, chain, [line for line in said if line.kind == PLACED])
    held = [party for party in parties if party.is_core or party.placing]
    members = [party for party in held if party.stage == stage]
    places = find_places(con, [party.organisation.organisation_id for party in members])
    active = sorted(place for place in places.values() if traits.projects[place])
    refused = _read_refused(con, said, stage_key(chain.chain, stage))
    names = {party.organisation.organisation_id for party in held}
    return Group(
        stage=next(each for each in chain.stages if each.stage == stage),
        members=np.array(active, dtype=np.int64),
        silent=len(members) - len(active),
        out=frozenset(names | {each.organisation.organisation_id for each in refused}),
        near=frozenset(party.organisation.organisation_id for party in parties) - names,
        placed=tuple(Said(each.organisation, each.placing.judgement) for each in members if each.placing),
        refused=tuple(each for each in refused if each.organisation.organisation_id not in names),
    )  # fmt: skip


def find_others(
    con: duckdb.DuckDBPyConnection, traits: Traits, chain: Chain, group: Group, among: str
) -> Places:
    """Give who could be proposed, by place. Raises: UsageError where `among` is none of AMONG."""
    if among not in AMONG:
        raise UsageError(
            f"'{among[:40]}' does not say from whom to choose.", f"Choose from: {', '.join(AMONG)}."
        )
    found = _read_candidates(con, (among, tuple(sorted(chain.regions))))
    out = [*find_places(con, sorted(group.out)).values(), *group.members.tolist()]
    kept = np.setdiff1d(found, np.array(out, dtype=np.int64))
    return np.asarray(kept[traits.projects[kept] > 0], dtype=np.int64)


@keep_each
def _read_candidates(con: duckdb.DuckDBPyConnection, asked: tuple[str, tuple[str, ...]]) -> Places:
    among, regions = asked
    tests = {
        "region": "list_has_any([i.region[:n] for n in [2, 3, 4, 5]], $codes)",
        "country": "o.country in (select unnest($codes))",
        "everyone": "len($codes) >= 0",
    }
    codes = sorted({code[:2] for code in regions}) if among == "country" else list(regions)
    rows = con.execute(
        "select distinct o.rowid::bigint as place from involvement i "
        f"join organisation o using (organisation_id) where {tests[among]} order by place",
        {"codes": codes},
    ).fetchnumpy()
    return np.asarray(rows["place"], dtype=np.int64)


def _read_refused(
    con: duckdb.DuckDBPyConnection, said: Sequence[Judgement], key: str
) -> tuple[Said, ...]:
    mine = [line for line in said if line.kind == REFUSED and line.object == key]
    current = current_organisations(con, (line.subject for line in mine))
    by_name = {current[line.subject]: line for line in mine if line.subject in current}
    labels = read_labels(con, sorted(by_name))
    return tuple(Said(labels[name], by_name[name]) for name in sorted(by_name) if name in labels)
