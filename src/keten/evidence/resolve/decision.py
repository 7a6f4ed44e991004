"""Decision: writes who is one organisation, and all that follows from it."""

from collections.abc import Iterable, Sequence

import duckdb

from keten.evidence.pausing import without_collecting
from keten.evidence.resolve.cluster import Pair, order_pair
from keten.evidence.resolve.joining import join, latest_rulings
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
    with without_collecting():
        ruled = list_ruled(con, read_verdicts(con, rulings))
        model = learn(shipped_model(), ruled)
        store_weights(con, model)
        scored = weigh_matches(con, model) if ruled else read_matches(con)
        return settle(con, rulings, scored, model)


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
    same_pic, same_entity = registered.list_links()
    joined = join(registered, rulings, [*same_pic, *same_entity], scored, model.accept)
    write_same_as(con, joined.clusters, joined.used)
    write_aliases(con, joined.clusters, registered.pics)
    write_organisations(con)

    one = {key: found.organisation_id for found in joined.clusters for key in found.members}
    outcome = Outcome(
        one,
        {found.organisation_id: found.members for found in joined.clusters},
        {order_pair(one[left], one[right]) for left, right in joined.apart},
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
        *(tell_unmet(*unmet) for unmet in joined.unmet),
        *tell_refused(joined.refused),
        *tell_splits(one, registered.pics),
        *tell_numbers(registered.changed),
    ]
