"""Decision: who is one organisation, and all that follows from it.

Three kinds of reasons stand in order: what a person ruled, then identifiers, then matches from the
most probable down. Nothing ever links across a "different" ruling, not even through a third record: a
link that would is refused, and an issue says so.
"""

from collections.abc import Iterable, Sequence

import duckdb

from keten.evidence.resolve.cluster import Held, Link, Pair, cluster, order_pair
from keten.evidence.resolve.identify import identify
from keten.evidence.resolve.learn import learn
from keten.evidence.resolve.organisation import write_aliases, write_organisations, write_same_as
from keten.evidence.resolve.queue import count_places, rank_questions, read_money, write_queue
from keten.evidence.resolve.register import read_registered
from keten.evidence.resolve.relations import find_ties, read_related, write_relations
from keten.evidence.resolve.scoring import list_ruled, read_matches, weigh_matches
from keten.evidence.resolve.telling import tell_numbers, tell_refused, tell_splits, tell_unmet
from keten.evidence.resolve.unit import read_unit_keys
from keten.evidence.resolve.verdict import Match, Outcome, judge, list_questions, write_matches
from keten.evidence.resolve.weights import Model, shipped_model, store_weights
from keten.model import Issue, Ruling


def decide(con: duckdb.DuckDBPyConnection, rulings: Sequence[Ruling]) -> list[Issue]:
    """Write who is one organisation, and what follows from it.

    Reads `source_organisation` and what comparing them found.
    """
    ruled = list_ruled(con, read_verdicts(con, rulings))
    model = learn(shipped_model(), ruled)
    store_weights(con, model)
    return settle(con, rulings, weigh_matches(con, model) if ruled else read_matches(con), model)


def read_verdicts(con: duckdb.DuckDBPyConnection, rulings: Iterable[Ruling]) -> dict[Pair, bool]:
    """Give the rulings on two units of which the records are there: whether they are one."""
    latest = latest_rulings(rulings)
    units = read_unit_keys(con, sorted({key for r in latest for key in (r.left, r.right)}))
    return {
        order_pair(units[ruling.left], units[ruling.right]): ruling.verdict == "same"
        for ruling in reversed(latest)
        if ruling.left in units
        and ruling.right in units
        and units[ruling.left] != units[ruling.right]
    }


def settle(
    con: duckdb.DuckDBPyConnection,
    rulings: Sequence[Ruling],
    scored: Sequence[Match],
    model: Model,
) -> list[Issue]:
    """Write who is one organisation by rulings, identifiers and these matches, and what follows."""
    registered = read_registered(con)
    ruled, apart, issues = apply_rulings(registered.keys, rulings)
    same_pic, same_entity = registered.list_links()
    links = [*ruled, *same_pic, *same_entity, *choose_links(scored, model.accept)]
    # Most records have no link: they are groups of their own, and need no clustering.
    linked = {key for link in links for key in (link.left, link.right)}
    borne = {key: registered.list_borne(key) for key in linked}
    chance = {(found.left, found.right): found.probability for found in scored}
    grouping = cluster(sorted(linked), links, apart, Held(borne, chance))
    alone = [[key] for key in registered.keys if key not in linked]
    clusters = identify(grouping.groups + alone, registered.pics)
    write_same_as(con, clusters, grouping.used)
    write_aliases(con, clusters, registered.pics)
    write_organisations(con)

    one = {key: found.organisation_id for found in clusters for key in found.members}
    outcome = Outcome(
        one,
        {found.organisation_id: found.members for found in clusters},
        {order_pair(one[left], one[right]) for left, right in apart},
        registered.list_borne,
    )
    verdicts = [judge(found, outcome, model.accept, model.ask) for found in scored]
    write_matches(con, scored, verdicts)
    ties = find_ties(con, same_entity, one)
    write_relations(con, ties)
    questions = list_questions(scored, verdicts, outcome, same_entity, ties, read_related(con))
    ranked = rank_questions(questions, one, read_money(con))
    write_queue(con, ranked[: count_places(len(registered.keys))])
    return [
        *issues,
        *tell_refused(grouping.refused),
        *tell_splits(one, registered.pics),
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
