"""Which room explains which figure: plain counts are explained by their rows, all others by their room."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final

import duckdb

from keten.atlas import (
    dutch_texts,
    identity_method,
    identity_why,
    inferred_method,
    inferred_why,
    likely_method,
    likely_why,
    portrait_method,
    subject_method,
    taxonomy_method,
    technology_method,
    technology_why,
)
from keten.diagnosis import answers as diagnosis
from keten.evidence import coverage
from keten.funding import answers as funding
from keten.matchmaking import answers as matchmaking
from keten.model import Explanation, Method, Scope
from keten.portfolio import answers as portfolio
from keten.programme import answers as programme
from keten.workspace import Store

Explain = Callable[[duckdb.DuckDBPyConnection, Store | None, str, Scope], Explanation]


@dataclass(frozen=True, slots=True)
class Explainer:
    """The methods of a room, and the function that makes one of their figures anew."""

    methods: Mapping[str, Method]
    explain: Explain
    not_public: frozenset[str] = frozenset()  # measures that only signed-in people may see


# One line a room. What rests on no line of the workspace is handed none.
EXPLAINERS: Final[tuple[Explainer, ...]] = (
    Explainer(coverage.METHODS, lambda con, _, name, __: coverage.explain_coverage(con, name)),
    Explainer(identity_method.METHODS, identity_why.explain),
    Explainer(taxonomy_method.METHODS, taxonomy_method.explain),
    Explainer(likely_method.METHODS, likely_why.explain),
    Explainer(technology_method.METHODS, technology_why.explain),
    Explainer(inferred_method.METHODS, lambda con, _, *asked: inferred_why.explain(con, *asked)),
    Explainer(portrait_method.METHODS, portrait_method.explain),
    Explainer(subject_method.METHODS, subject_method.explain),
    Explainer(dutch_texts.METHODS, lambda con, _, *asked: dutch_texts.explain(con, *asked)),
    Explainer(diagnosis.METHODS, diagnosis.explain),
    Explainer(matchmaking.METHODS, matchmaking.explain),
    Explainer(portfolio.METHODS, portfolio.explain, portfolio.NOT_PUBLIC),
    Explainer(funding.METHODS, funding.explain),
    Explainer(programme.METHODS, programme.explain),
)


def find_explainer(measure: str) -> Explainer | None:
    """Give the room that explains a figure; None for plain counts and for what nobody knows."""
    return next((found for found in EXPLAINERS if measure in found.methods), None)


def role_to_see(measure: str) -> str | None:
    """Give the role that somebody needs to see a figure; None: everybody may."""
    found = find_explainer(measure)
    return "visitor" if found and measure in found.not_public else None


def list_methods() -> dict[str, Method]:
    """Give the methods of all rooms by name."""
    return {name: method for found in EXPLAINERS for name, method in found.methods.items()}
