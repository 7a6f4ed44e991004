"""Partners that a party never worked with: ranked, each with its reasons and with who could introduce."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from keten.errors import NotFoundError
from keten.evidence.figures import measure, read_caveats, read_labels
from keten.matchmaking.backtest import SETUP
from keten.matchmaking.introducers import RECENT, find_middles
from keten.matchmaking.method import METHODS
from keten.matchmaking.network import rank_candidates
from keten.matchmaking.reasons import find_places, find_reasons
from keten.matchmaking.views import Suggestion, Suggestions
from keten.model import Chain, Figure, Scope

if TYPE_CHECKING:
    import duckdb

LIMIT: Final = 10


def rank_partners(
    con: duckdb.DuckDBPyConnection,
    organisation_id: str,
    chain: Chain | None = None,
    limit: int = LIMIT,
    *,
    among: str = "",
    kind: str = "",
    this_year: int,
) -> Suggestions:
    """Give the best partners that an organisation never worked with, by Adamic-Adar.

    `among` says from whom: `chain` (its parties anywhere), `region` (those in its regions), `abroad` (those
    in other countries than the organisation) or `everyone`; left out, the chain where one is named.
    `kind` leaves only one kind of organisation; `this_year` says what recent work is. Raises:
    NotFoundError for an identifier that is not current, UsageError for another `among` or `kind`.
    """
    party = read_labels(con, [organisation_id]).get(organisation_id)
    if party is None:
        raise NotFoundError(
            f"No organisation has the identifier '{organisation_id}' in this evidence.",
            'Look it up by name: keten find "<name>". Identifiers look like pic:999977366.',
        )
    among = among or ("everyone" if chain is None else "chain")
    ranked = rank_candidates(con, organisation_id, chain, among, limit, kind)
    names = [name for name, _ in ranked.best]
    caveats = read_caveats(con)
    labels = read_labels(con, names)
    middles = find_middles(con, organisation_id, names, this_year, caveats)
    reasons = find_reasons(con, organisation_id, names, chain.chain if chain else None, caveats)
    places = find_places(con, organisation_id, names)
    own = reasons.chain_projects.get(organisation_id)
    projects = measure(con, "projects", Scope.of(organisation=organisation_id), caveats)
    return Suggestions(
        party=party,
        projects=projects,
        is_thin=int(projects.value or 0) < SETUP.least_projects,
        partners=measure(con, "partners", Scope.of(organisation=organisation_id), caveats),
        chain_projects=own,
        is_in_chain=own is not None and bool(own.value),
        among=among,
        kind=kind,
        candidates=ranked.candidates,
        recent_from=this_year - RECENT,
        suggestions=tuple(
            Suggestion(
                partner=labels[name],
                score=make_figure("adamic_adar", score, organisation_id, name),
                common=make_figure("common_partners", middles[name].common, organisation_id, name),
                telling=middles[name].telling,
                introducers=middles[name].introducers,
                chain_projects=reasons.chain_projects.get(name),
                words=reasons.words.get(name, ()),
                fields=reasons.fields.get(name, ()),
                nearness=places[name],
                last_year=reasons.last_years.get(name),
            )
            for name, score in ranked.best
        ),
    )


def make_figure(name: str, value: float, party: str, partner: str) -> Figure:
    """Make a figure of a pair; its scope is all that is needed to compute it again."""
    method = METHODS[name]
    scope = Scope.of(organisation=party, partner=partner)
    return Figure(value, method.unit, name, scope, version=method.version)
