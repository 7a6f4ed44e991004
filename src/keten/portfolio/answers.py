"""Answers: the developments of a chain weighed against each other, and what the choice hangs on."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from keten.evidence.figures import current_organisations, read_labels
from keten.model import Judgement, Label
from keten.portfolio.acceptability import hangs, weigh
from keten.portfolio.current import Current, list_portfolios, read_current
from keten.portfolio.definition import Criterion, Development, Portfolio
from keten.portfolio.dependence import show_dependence
from keten.portfolio.explain import explain
from keten.portfolio.figures import Figures
from keten.portfolio.method import METHODS, NOT_PUBLIC
from keten.portfolio.records import list_decisions
from keten.portfolio.views import (
    ChoiceView,
    CriterionView,
    DecisionView,
    DependenceView,
    DevelopmentView,
    HangingView,
    ScoreView,
)
from keten.portfolio.weights import read_weights

if TYPE_CHECKING:
    from datetime import datetime

    import duckdb

    from keten.workspace import Store

__all__ = [
    "METHODS",
    "NOT_PUBLIC",
    "explain",
    "list_choices",
    "show_choice",
    "show_dependence",
    "show_parties",
]


def list_choices(store: Store | None, chain: str) -> tuple[Portfolio, ...]:
    """Give the portfolios that a chain can be served by, those with fewest chains first."""
    found = [portfolio for portfolio in list_portfolios(store) if chain in portfolio.chains]
    return tuple(sorted(found, key=lambda portfolio: (len(portfolio.chains), portfolio.name)))


def show_choice(
    con: duckdb.DuckDBPyConnection,
    store: Store | None,
    name: str,
    *,
    weights: str = "",
    order: str = "",
    evidence: tuple[int, str] | None = None,
) -> ChoiceView:
    """Give a portfolio weighed, with what is said of the weights as `read_weights` reads it.

    `evidence` is the number and fingerprint of the one in force, to tell what changed since a decision.
    Raises: NotFoundError without such a portfolio, UsageError for weights that cannot be.
    """
    current = read_current(store, name)
    portfolio = current.portfolio
    said = read_weights(weights, order, portfolio.criteria)
    weighing = weigh(portfolio, said)
    figures = Figures(current, said, weighing)
    labels = _read_parties(con, portfolio)
    decision, earlier = list_decisions(store, name)
    return ChoiceView(
        name=portfolio.name,
        label=portfolio.label,
        description=portfolio.description,
        source=portfolio.source,
        valid_from=portfolio.valid_from,
        is_example=portfolio.is_example,
        definition=current.definition,
        weights=said,
        criteria=tuple(_show_criterion(figures, each) for each in portfolio.criteria),
        developments=tuple(
            _show_development(figures, each, labels) for each in portfolio.developments
        ),
        leader=portfolio.developments[weighing.leader].development,
        hanging=_show_hanging(figures),
        decision=_show_decision(current, decision, evidence) if decision else None,
        earlier=tuple(_show_decision(current, line, evidence) for line in earlier),
        changes=tuple(current.changes[key] for key in sorted(current.changes)),
        left_out=current.left_out,
        misfits=current.misfits,
        draws=figures.draws(),
        compared=figures.compared(),
    )


def show_parties(
    con: duckdb.DuckDBPyConnection, store: Store | None, choice: ChoiceView, now: datetime
) -> tuple[DependenceView, ...]:
    """Give the dependence of every party that a development names, each once, by name.

    For signed-in people only: who shows it sees to that.
    """
    wanted = {label.organisation_id for each in choice.developments for label in each.parties}
    found = [show_dependence(con, store, party, now) for party in sorted(wanted)]
    return tuple(
        sorted(found, key=lambda each: (each.label.name or "", each.label.organisation_id))
    )


def _read_parties(con: duckdb.DuckDBPyConnection, portfolio: Portfolio) -> dict[str, Label]:
    """Give the labels of all parties by the identifier that a development names them by."""
    wanted = sorted({party for each in portfolio.developments for party in each.parties})
    current = current_organisations(con, wanted)
    labels = read_labels(con, sorted(set(current.values())))
    return {party: labels[current[party]] for party in wanted if current.get(party) in labels}


def _show_criterion(figures: Figures, criterion: Criterion) -> CriterionView:
    name = criterion.criterion
    low, high = figures.weights.bounds.get(name, (None, None))
    order = figures.weights.order
    return CriterionView(
        criterion=name,
        label=criterion.label,
        description=criterion.description,
        less_is_better=criterion.best < criterion.worst,
        worst=figures.scale_end(name, "worst"),
        best=figures.scale_end(name, "best"),
        weight_low=low,
        weight_high=high,
        place=order.index(name) + 1 if name in order else None,
    )


def _show_development(
    figures: Figures, development: Development, labels: Mapping[str, Label]
) -> DevelopmentView:
    name, portfolio = development.development, figures.current.portfolio
    criteria = [each.criterion for each in portfolio.criteria]
    others = [each.development for each in portfolio.developments if each is not development]
    change = figures.current.changes.get(name)
    confidence = figures.confidence(name)
    return DevelopmentView(
        development=name,
        label=development.label,
        description=development.description,
        source=development.source,
        chains=development.chains,
        is_example=portfolio.is_example and change is None,
        change=change,
        scores=tuple(
            ScoreView(
                each,
                figures.score_bound(name, each, "low"),
                figures.score_bound(name, each, "high"),
            )
            for each in criteria
        ),
        ranks=tuple(
            figures.rank_acceptability(name, rank)
            for rank in range(1, len(portfolio.developments) + 1)
        ),
        confidence=confidence,
        central=tuple(figures.central_weight(name, each) for each in criteria)
        if confidence.value is not None
        else (),
        winning={other: figures.pairwise_winning(name, other) for other in others},
        parties=tuple(labels[party] for party in development.parties if party in labels),
        unknown_parties=tuple(party for party in development.parties if party not in labels),
    )


def _show_hanging(figures: Figures) -> tuple[HangingView, ...]:
    """Give every uncertain quantity, those worth most first."""
    found = []
    for about in figures.quantities():
        hanging = figures.hanging(about.name)
        low, high = (figures.leader_where(hanging, end) for end in ("low", "high"))
        found.append(
            HangingView(
                criterion=about.criterion,
                development=about.development,
                hangs=hangs(figures.weighing, hanging),
                leader_low=low,
                leader_high=high,
                low=figures.first_where(hanging, "low", low),
                high=figures.first_where(hanging, "high", high),
                worth=figures.worth_of_knowing(hanging),
            )
        )
    return tuple(
        sorted(
            found,
            key=lambda each: (
                not each.hangs, -float(each.worth.value or 0), each.development, each.criterion,
            ),
        )
    )  # fmt: skip


def _show_decision(
    current: Current, line: Judgement, evidence: tuple[int, str] | None
) -> DecisionView:
    value = line.value or {}
    standing = {
        each.development: {name: list(pair) for name, pair in each.scores.items()}
        for each in current.portfolio.developments
    }
    return DecisionView(
        judgement=line,
        chosen=tuple(value.get("developments", ())),
        shares=dict(value.get("shares", {})),
        evidence=int(value.get("evidence", 0)),
        fingerprint=str(value.get("fingerprint", "")),
        lines=tuple(value.get("lines", ())),
        scores_changed=value.get("scores") != standing,
        evidence_changed=evidence is not None and value.get("fingerprint") != evidence[1],
    )
