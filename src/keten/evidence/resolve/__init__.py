"""Resolve: decides which source organisations are one, and gives each a stable identity.

A *source organisation* is one organisation as one source knows it (`he:<PIC>`, `ror:<id>`). Three
kinds of reasons stand in order: what a person ruled, then identifiers, then matches from the most
probable down. Nothing ever links across a "different" ruling, not even through a third record: a
link that would is refused, and an issue says so.
"""

from collections.abc import Iterable, Sequence

import duckdb

from keten.evidence.resolve.cluster import Held, Link, cluster, order_pair
from keten.evidence.resolve.gather import gather
from keten.evidence.resolve.identify import identify
from keten.evidence.resolve.organisation import write_aliases, write_organisations, write_same_as
from keten.evidence.resolve.register import read_registered
from keten.evidence.resolve.telling import tell_numbers, tell_refused, tell_splits, tell_unmet
from keten.model import Issue, Ruling


def resolve(con: duckdb.DuckDBPyConnection, rulings: Sequence[Ruling]) -> list[Issue]:
    """Write the tables of the stage from the typed tables; gives the issues that came up."""
    gather(con)
    return decide(con, rulings)


def decide(con: duckdb.DuckDBPyConnection, rulings: Sequence[Ruling]) -> list[Issue]:
    """Write `same_as`, `organisation_alias` and `organisation`. Reads `source_organisation`."""
    registered = read_registered(con)
    ruled, apart, issues = apply_rulings(registered.keys, rulings)
    grouping = cluster(
        registered.keys, [*ruled, *registered.list_links()], apart, Held(registered.borne)
    )
    clusters = identify(grouping.groups, registered.pics)
    write_same_as(con, clusters, grouping.used)
    write_aliases(con, clusters, registered.pics)
    write_organisations(con)
    return [
        *issues,
        *tell_refused(grouping.refused),
        *tell_splits(clusters, registered.pics),
        *tell_numbers(registered.changed),
    ]


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
