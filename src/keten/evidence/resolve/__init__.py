"""Resolve: decides which source organisations are one, and gives each a stable identity.

A *source organisation* is one organisation as one source knows it (`he:<PIC>`, `ror:<id>`). Three
kinds of reasons stand in order: what a person ruled, then identifiers, then matches from the most
probable down. Nothing ever links across a "different" ruling, not even through a third record: a
link that would is refused, and an issue says so.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Final

import duckdb

from keten.evidence.resolve.cluster import Held, Link, cluster, order_pair
from keten.evidence.resolve.gather import gather
from keten.evidence.resolve.identify import identify
from keten.evidence.resolve.organisation import write_aliases, write_organisations, write_same_as
from keten.evidence.resolve.queue import count_places, rank_questions, read_money, write_queue
from keten.evidence.resolve.register import read_registered
from keten.evidence.resolve.relations import find_ties, read_related, write_relations
from keten.evidence.resolve.rival import Match, find_rivalled
from keten.evidence.resolve.telling import tell_numbers, tell_refused, tell_splits, tell_unmet
from keten.evidence.resolve.verdict import Outcome, judge, list_questions, write_matches
from keten.model import Issue, Ruling

ACCEPTED: Final = 0.9
ASKED: Final = 0.1


def resolve(con: duckdb.DuckDBPyConnection, rulings: Sequence[Ruling]) -> list[Issue]:
    """Write the tables of the stage from the typed tables; gives the issues that came up."""
    gather(con)
    return decide(con, rulings)


def decide(
    con: duckdb.DuckDBPyConnection, rulings: Sequence[Ruling], matches: Sequence[Match] = ()
) -> list[Issue]:
    """Write who is one organisation, and what follows from it. Reads `source_organisation`."""
    registered = read_registered(con)
    ruled, apart, issues = apply_rulings(registered.keys, rulings)
    by_identifier = registered.list_links()
    grouping = cluster(
        registered.keys,
        [*ruled, *by_identifier, *choose_links(matches, registered.borne)],
        apart,
        Held(registered.borne, {(found.left, found.right): found.probability for found in matches}),
    )
    clusters = identify(grouping.groups, registered.pics)
    write_same_as(con, clusters, grouping.used)
    write_aliases(con, clusters, registered.pics)
    write_organisations(con)

    one = {key: found.organisation_id for found in clusters for key in found.members}
    outcome = Outcome(
        one,
        frozenset(order_pair(one[left], one[right]) for left, right in apart),
        {
            found.organisation_id: [
                borne for key in found.members for borne in registered.borne.get(key, ())
            ]
            for found in clusters
        },
    )
    verdicts = [judge(found, outcome, ACCEPTED, ASKED) for found in matches]
    write_matches(con, matches, verdicts)
    ties = find_ties(con, registered, one)
    write_relations(con, ties)
    same_entity = [link for link in by_identifier if link.rule == "same-identifier"]
    questions = list_questions(
        matches,
        verdicts,
        outcome,
        registered.borne,
        same_entity,
        ties,
        read_related(con),
    )
    ranked = rank_questions(questions, one, read_money(con))
    write_queue(con, ranked[: count_places(len(registered.keys))])
    return [
        *issues,
        *tell_refused(grouping.refused),
        *tell_splits(clusters, registered.pics),
        *tell_numbers(registered.changed),
    ]


def choose_links(matches: Iterable[Match], borne: Mapping[str, Sequence[str]]) -> list[Link]:
    """Give the matches that may join, the most probable first; rivals are left to people."""
    matches = list(matches)
    rivalled = find_rivalled(matches, borne, ACCEPTED)
    chosen = [
        found
        for found in matches
        if found.probability >= ACCEPTED and (found.left, found.right) not in rivalled
    ]
    chosen.sort(key=lambda found: (-found.score, found.left, found.right))
    return [Link(found.left, found.right, "match", found.probability) for found in chosen]


def latest_rulings(rulings: Iterable[Ruling]) -> list[Ruling]:
    """Give the ruling that holds for each pair: the latest; newest first."""
    holds: dict[tuple[str, str], Ruling] = {}
    for ruling in sorted(rulings):
        holds[order_pair(ruling.left, ruling.right)] = ruling
    return sorted(holds.values(), reverse=True)


def apply_rulings(
    keys: Iterable[str], rulings: Iterable[Ruling]
) -> tuple[list[Link], list[tuple[str, str]], list[Issue]]:
    """Give what people ruled: links, pairs that are apart, and issues for records that are gone."""
    known = set(keys)
    ruled: list[Link] = []
    apart: list[tuple[str, str]] = []
    issues: list[Issue] = []
    for ruling in latest_rulings(rulings):
        missing = [key for key in (ruling.left, ruling.right) if key not in known]
        if missing:
            issues.append(tell_unmet(ruling, missing))
        elif ruling.verdict == "different":
            apart.append(order_pair(ruling.left, ruling.right))
        else:
            ruled.append(Link(ruling.left, ruling.right, "ruling", 1.0, ruling.number))
    return ruled, apart, issues
