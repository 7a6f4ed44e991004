"""Likely members: who resembles the members of a stage, why, and how far that can be trusted."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

import numpy as np

from keten.atlas.likely_method import make_figure
from keten.atlas.likely_reasons import find_reasons
from keten.atlas.likely_views import LikelyMember, LikelyMembers
from keten.atlas.resembling import HEAD, find_left_out, score_members
from keten.atlas.stage_group import Group, find_others, read_group
from keten.atlas.traits import Places, Traits, find_names, read_traits
from keten.evidence.figures import keep_each, measure, read_caveats, read_labels
from keten.methods.proportion import find_wilson_interval
from keten.methods.ranking import pick_best
from keten.model import Chain, Figure, Interval, Judgement, Scope

if TYPE_CHECKING:
    import duckdb

FEWEST: Final = 2  # members that it takes to leave one out


def find_likely_members(
    con: duckdb.DuckDBPyConnection,
    chain: Chain,
    stage: str,
    said: Sequence[Judgement],
    among: str = "region",
    limit: int = HEAD,
) -> LikelyMembers:
    """Give who resembles the members of a stage and is in no stage yet, best first, each with reasons.

    `said` are the public judgements of kinds `party-stage` and `no-member`; `among` says from whom to
    choose: region (the chain's), country (its countries) or everyone. Equal scores stand in the order of
    identifiers. Raises: UsageError for another stage or `among`.
    """
    traits = read_traits(con)
    group = read_group(con, traits, chain, stage, said)
    others = find_others(con, traits, chain, group, among)
    best = _rank(traits, others, group.members, limit)
    names = find_names(con, [place for place, _ in best])
    labels = read_labels(con, list(names.values()))
    scope = Scope.of(chain=chain.chain, chain_stage=stage)
    reasons = find_reasons(con, traits, group.members, [place for place, _ in best], scope, names)
    caveats = read_caveats(con)
    found, by_size = find_again(con, group, others, scope.narrowed(among=among))
    return LikelyMembers(
        chain=chain,
        stage=group.stage,
        among=among,
        members=make_figure("likely_members", group.members.size, scope),
        silent=make_figure("likely_silent", group.silent, scope),
        candidates=make_figure("likely_candidates", others.size, scope.narrowed(among=among)),
        suggestions=tuple(
            LikelyMember(
                labels[names[place]],
                make_figure("likely_score", score, scope.narrowed(organisation=names[place])),
                measure(con, "projects", Scope.of(organisation=names[place]), caveats),
                reasons[place],
                names[place] in group.near,
            )
            for place, score in best
        ),
        found=found,
        by_size=by_size,
        placed=group.placed,
        refused=group.refused,
    )


def find_again(
    con: duckdb.DuckDBPyConnection,
    group: Group,
    others: Places,
    scope: Scope,
) -> tuple[Figure | None, Figure | None]:
    """Give how often a member that is left out stands at the head, by likeness and by projects alone."""
    if group.members.size < FEWEST:
        return None, None
    asked = (tuple(others.tolist()), tuple(group.members.tolist()))
    hits = _count_found(con, asked)
    figures = []
    for ranking, seen in zip(("likeness", "size"), hits, strict=True):
        low, high = find_wilson_interval(seen, group.members.size)
        interval = Interval(float(low), float(high))
        share = seen / group.members.size
        figures.append(
            make_figure("likely_found", share, scope.narrowed(ranking=ranking), interval)
        )
    return figures[0], figures[1]


@keep_each
def _count_found(
    con: duckdb.DuckDBPyConnection, asked: tuple[tuple[int, ...], tuple[int, ...]]
) -> tuple[int, int]:
    others, members = (np.array(places, dtype=np.int64) for places in asked)
    ranks = find_left_out(read_traits(con), others, members)
    by_likeness, by_size = (ranks <= HEAD).sum(axis=1)
    return int(by_likeness), int(by_size)


def _rank(traits: Traits, others: Places, members: Places, limit: int) -> list[tuple[int, float]]:
    """Give the best by place with their scores; nobody where there are no members to resemble."""
    if not members.size or not others.size:
        return []
    scores = score_members(traits, others, members)
    (head,) = pick_best(scores[np.newaxis, :], limit)
    return [(int(others[at]), float(scores[at])) for at in head]
