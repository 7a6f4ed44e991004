"""The parties of a value chain in its regions: who they are, in which stage, and what put them there."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Final

from keten.atlas.views import Match, PartyRow, Placing
from keten.evidence.figures import (
    current_organisations,
    keep_each,
    measure_groups,
    read_labels,
    read_once,
)
from keten.evidence.figures.counting import make_nothing
from keten.evidence.figures.method import MEASURES
from keten.evidence.figures.scope import write_condition
from keten.model import Chain, ChainStage, Figure, Judgement, Label, Scope

if TYPE_CHECKING:
    import duckdb

PLACED: Final = "party-stage"  # the kind of judgement by which people place a party
Narrowed = tuple[tuple[str, str], ...]  # filters beside those of the chain itself
OUTSIDE: Final = "none"  # the stage of who does not belong in the chain
_MOST: Final = 2_000


def chain_scope(chain: Chain, narrowed: Narrowed = ()) -> Scope:
    """Give the scope of a chain in its own regions; `narrowed` are further filters."""
    return Scope.of(chain=chain.chain, region=chain.region, **dict(narrowed))


def list_parties(
    con: duckdb.DuckDBPyConnection,
    chain: Chain,
    said: Sequence[Judgement] = (),
    narrowed: Narrowed = (),
) -> tuple[PartyRow, ...]:
    """Give every party, those whose projects hold the chain's own words first.

    A party is an organisation of these regions with a project about the chain, or one that a person
    placed in it. `said` are the judgements of kind `party-stage`. With `narrowed`, such as
    (("technology", "optics"),), only those with projects about that too, whoever was placed.
    """
    scope = chain_scope(chain, narrowed)
    figures, matches = _count_parties(con, scope)
    placings = _read_placings(con, chain, said)
    wanted = sorted(figures if narrowed else {*figures, *placings})
    labels = read_labels(con, wanted)
    sizes = _read_sizes(con, wanted)
    rows = []
    for identifier in wanted:
        if identifier not in labels:
            continue
        label, found = labels[identifier], matches.get(identifier, ())
        own = figures.get(identifier) or _nothing(scope, identifier)
        stage, reason, word = propose_stage(chain.stages, label, sizes.get(identifier))
        rows.append(
            PartyRow(
                label, own["projects"], own["contribution_eur"], found,
                is_core=any(match.way in ("word", "editor") for match in found),
                is_sme=sizes.get(identifier),
                proposed=stage, reason=reason, reason_word=word,
                placing=placings.get(identifier),
            )
        )  # fmt: skip
    rows.sort(
        key=lambda row: (
            not (row.is_core or row.placing is not None),
            -int(row.projects.value or 0),
            row.organisation.name or "",
            row.organisation.organisation_id,
        )
    )
    return tuple(rows)


@keep_each
def _count_parties(
    con: duckdb.DuckDBPyConnection, scope: Scope
) -> tuple[Mapping[str, Mapping[str, Figure]], Mapping[str, tuple[Match, ...]]]:
    """Give the figures of each party, and what its projects hold: no word of a person is in these."""
    groups = measure_groups(
        con, ("projects", "contribution_eur"), scope, ("organisation",),
        first="projects", limit=_MOST,
    )  # fmt: skip
    figures = {group.keys["organisation"]: group.figures for group in groups}
    return figures, _read_matches(con, scope)


def propose_stage(
    stages: Sequence[ChainStage], label: Label, is_sme: bool | None
) -> tuple[str, str, str]:
    """Give the stage that the definition proposes, by which rule, and the word for a rule by name.

    A word in the name goes before the kind. Firms of unknown size are proposed as small: most are.
    """
    name = f"{label.name or ''} {label.short_name or ''}".lower()
    for stage in stages:
        for word in stage.words:
            if re.search(_as_pattern(word), name):
                return stage.stage, "name", word
    kind = label.kind or "unknown"
    for stage in stages:
        if kind in stage.kinds and (stage.sme is None or stage.sme is is_sme):
            return stage.stage, "size" if kind == "company" else "kind", ""
    return stages[-1].stage, "rest", ""


def _as_pattern(word: str) -> str:
    stem = re.escape(word.rstrip("*"))
    return rf"\b{stem}" + ("" if word.endswith("*") else r"\b")


def _read_matches(con: duckdb.DuckDBPyConnection, scope: Scope) -> Mapping[str, tuple[Match, ...]]:
    """Give for each party what of the definition its projects hold, most projects first."""
    condition = write_condition(scope, "participation")
    rows = con.execute(
        f"""
        select * from (
            select i.organisation_id, m.way, m.term, count(distinct m.project_id) as projects
            from involvement i join chain_match m on m.project_id = i.project_id
            where {condition.sql} and m.chain = $chain
            group by i.organisation_id, m.way, m.term
        )
        order by organisation_id, way = 'editor' desc, way = 'word' desc, way = 'topic' desc,
                 projects desc, term
        """,
        condition.values,
    ).fetchall()
    titles = _read_field_titles(con)
    found: dict[str, list[Match]] = defaultdict(list)
    for organisation, way, term, _ in rows:
        found[organisation].append(Match(way, term, titles.get(term, "") if way == "field" else ""))
    return {organisation: tuple(matches) for organisation, matches in found.items()}


@read_once
def _read_field_titles(con: duckdb.DuckDBPyConnection) -> Mapping[str, str]:
    rows = con.execute(
        "select code, min(title) from project_field group by code order by code"
    ).fetchall()
    return dict(rows)


def _read_sizes(con: duckdb.DuckDBPyConnection, wanted: Sequence[str]) -> dict[str, bool | None]:
    rows = con.execute(
        "select organisation_id, is_sme from organisation "
        "where organisation_id in (select unnest($wanted))",
        {"wanted": list(wanted)},
    ).fetchall()
    return dict(rows)


def _read_placings(
    con: duckdb.DuckDBPyConnection, chain: Chain, said: Sequence[Judgement]
) -> dict[str, Placing]:
    """Give where people placed organisations, by the organisation of today.

    A judgement names a source record, so that it stays where it was made when records are joined or
    parted; of two on one organisation the later holds.
    """
    mine = [line for line in said if line.object == f"chain:{chain.chain}"]
    current = current_organisations(con, (line.subject for line in mine))
    stages = {stage.stage for stage in chain.stages} | {OUTSIDE}
    found: dict[str, Placing] = {}
    for line in sorted(mine, key=lambda line: line.number):
        stage = (line.value or {}).get("stage", "")
        if line.subject in current and stage in stages:
            found[current[line.subject]] = Placing(stage, line)
    return found


def _nothing(scope: Scope, organisation: str) -> Mapping[str, Figure]:
    measures = [MEASURES["projects"], MEASURES["contribution_eur"]]
    group = make_nothing(measures, scope, {"organisation": organisation})
    return group.figures


def source_key_of(con: duckdb.DuckDBPyConnection, organisation: str) -> str:
    """Give the source record that an organisation is named after: what a judgement on it refers to."""
    ((key,),) = con.execute(
        "select anchor_key from organisation where organisation_id = $organisation",
        {"organisation": organisation},
    ).fetchall()
    return str(key)
