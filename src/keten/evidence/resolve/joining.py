"""Joining: makes organisations of records, by rulings, identifiers and matches, in this order.

Nothing ever links across a "different" ruling, not even through a third record: a link that would is
refused. Pure values in, pure values out: the order of rows, rulings and matches plays no part.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from keten.evidence.resolve.cluster import Held, Link, Pair, Refusal, cluster, order_pair
from keten.evidence.resolve.identify import Cluster, identify
from keten.evidence.resolve.register import Registered
from keten.evidence.resolve.verdict import Match
from keten.model import Ruling


@dataclass(frozen=True, slots=True)
class Joined:
    """The organisations, the links that made them and those refused, and what people ruled.

    `apart` are the records ruled different, `unmet` the rulings on records that are gone, with these.
    """

    clusters: list[Cluster]
    used: list[Link]
    refused: list[Refusal]
    apart: list[Pair]
    unmet: list[tuple[Ruling, list[str]]]


def join(
    registered: Registered,
    rulings: Iterable[Ruling],
    by_identifier: Sequence[Link],
    scored: Sequence[Match],
    accepted: float,
) -> Joined:
    """Give the organisations; matches join from the probability `accepted` on."""
    known = set(registered.keys)
    ruled: list[Link] = []
    apart: list[Pair] = []
    unmet: list[tuple[Ruling, list[str]]] = []
    for ruling in latest_rulings(rulings):
        missing = [key for key in (ruling.left, ruling.right) if key not in known]
        if missing:
            unmet.append((ruling, missing))
        elif ruling.verdict == "different":
            apart.append(order_pair(ruling.left, ruling.right))
        else:
            ruled.append(Link(ruling.left, ruling.right, "ruling", 1.0, ruling.number))
    links = [*ruled, *by_identifier, *choose_links(scored, accepted)]
    # Most records have no link: they are groups of their own, and need no clustering.
    linked = {key for link in links for key in (link.left, link.right)}
    borne = {key: registered.list_borne(key) for key in linked}
    chance = {(found.left, found.right): found.probability for found in scored}
    grouping = cluster(sorted(linked), links, apart, Held(borne, chance))
    alone = [[key] for key in registered.keys if key not in linked]
    clusters = identify(grouping.groups + alone, registered.pics)
    return Joined(clusters, grouping.used, grouping.refused, apart, unmet)


def choose_links(scored: Iterable[Match], accepted: float) -> list[Link]:
    """Give the matches that may join without anybody's eye, the most probable first."""
    chosen = [found for found in scored if found.may_link and found.probability >= accepted]
    chosen.sort(key=lambda found: (-found.score, found.left, found.right))
    return [Link(found.left, found.right, "match", found.probability) for found in chosen]


def latest_rulings(rulings: Iterable[Ruling]) -> list[Ruling]:
    """Give the ruling that holds for each pair: the latest; newest first."""
    holds: dict[tuple[str, str], Ruling] = {}
    for ruling in sorted(rulings):
        holds[order_pair(ruling.left, ruling.right)] = ruling
    return sorted(holds.values(), reverse=True)
