"""Decision: who is one organisation, and all that follows from it.

Three kinds of reasons stand in order: what a person ruled, then identifiers, then matches from the
most probable down. Nothing ever links across a "different" ruling, not even through a third record: a
link that would is refused, and an issue says so.
"""

from collections.abc import Iterable, Sequence

import duckdb

from keten.evidence.resolve.cluster import Held, Link, cluster, order_pair
from keten.evidence.resolve.comparison import Scores, read_scores
from keten.evidence.resolve.identify import identify
from keten.evidence.resolve.learn import Ruled, learn
from keten.evidence.resolve.organisation import write_aliases, write_organisations, write_same_as
from keten.evidence.resolve.queue import count_places, rank_questions, read_money, write_queue
from keten.evidence.resolve.register import read_registered
from keten.evidence.resolve.relations import find_ties, read_related, write_relations
from keten.evidence.resolve.telling import tell_numbers, tell_refused, tell_splits, tell_unmet
from keten.evidence.resolve.unit import read_unit_keys
from keten.evidence.resolve.verdict import Match, Outcome, judge, list_questions, write_matches
from keten.evidence.resolve.weights import Model, shipped_model, store_weights
from keten.model import Issue, Ruling


def decide(con: duckdb.DuckDBPyConnection, rulings: Sequence[Ruling]) -> list[Issue]:
    """Write who is one organisation, and what follows from it.

    Reads `source_organisation` and what comparing them found.
    """
    scores = read_scores(con)
    model = learn(shipped_model(), list_ruled(con, rulings, scores))
    store_weights(con, model)
    return settle(con, rulings, scores.weigh(model), model)


def list_ruled(
    con: duckdb.DuckDBPyConnection, rulings: Iterable[Ruling], scores: Scores
) -> list[Ruled]:
    """Give the rulings that teach something: on two units that were compared."""
    latest = latest_rulings(rulings)
    named = {key for ruling in latest for key in (ruling.left, ruling.right)}
    units = read_unit_keys(con, sorted(named))
    verdicts = {
        order_pair(units[ruling.left], units[ruling.right]): ruling.verdict == "same"
        for ruling in reversed(latest)
        if ruling.left in units and ruling.right in units
    }
    found = scores.find(pair for pair in verdicts if pair[0] != pair[1])
    return [Ruled(numbers, verdicts[pair]) for pair, numbers in sorted(found.items())]


def settle(
    con: duckdb.DuckDBPyConnection,
    rulings: Sequence[Ruling],
    scored: Sequence[Match],
    model: Model,
) -> list[Issue]:
    """Write who is one organisation by rulings, identifiers and these matches, and what follows."""
    registered = read_registered(con)
    ruled, apart, issues = apply_rulings(registered.keys, rulings)
    by_identifier = registered.list_links()
    grouping = cluster(
        registered.keys,
        [*ruled, *by_identifier, *choose_links(scored, model.accept)],
        apart,
        Held(registered.borne, {(found.left, found.right): found.probability for found in scored}),
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
    verdicts = [judge(found, outcome, model.accept, model.ask) for found in scored]
    write_matches(con, scored, verdicts)
    ties = find_ties(con, registered, one)
    write_relations(con, ties)
    same_entity = [link for link in by_identifier if link.rule == "same-identifier"]
    questions = list_questions(
        scored,
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
