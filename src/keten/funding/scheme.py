"""A scheme of financing as people define it, the facts it asks for, and the facts of several together."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Literal

from keten.errors import UsageError
from keten.funding.logic import Node, list_conditions
from keten.model import Text

FactKind = Literal["yes-no", "number", "choice", "region"]
YES, NO = "yes", "no"
UNSURE = "unknown"  # the answer of who does not know
_CENT = Decimal("0.01")


@dataclass(frozen=True, slots=True)
class Option:
    """One answer that can be chosen."""

    value: str
    label: Text


@dataclass(frozen=True, slots=True)
class Fact:
    """A question with the kind of its answer; `options` of a choice or region, `unit` of a number."""

    fact: str
    kind: FactKind
    question: Text
    help: Text
    options: tuple[Option, ...] = ()
    unit: str = ""

    @property
    def values(self) -> tuple[str, ...]:
        """The answers that can be chosen; none for a number."""
        return (YES, NO) if self.kind == "yes-no" else tuple(o.value for o in self.options)


@dataclass(frozen=True, slots=True)
class Scheme:
    """What is offered, by whom, under which rules, from which dated document.

    `has_ended`: its rules are history, and nobody can apply. `unknowns`: what the document at hand
    does not say. `valid_from`, `stated` and `contact` are empty where they are not known.
    """

    scheme: str
    label: Text
    agency: Text
    offers: Text
    document: Text
    source: str
    stated: str
    valid_from: str
    has_ended: bool
    is_example: bool
    facts: tuple[Fact, ...]
    rules: Node
    unknowns: tuple[Text, ...] = ()
    contact: Text | None = None


def gather_facts(schemes: Sequence[Scheme]) -> dict[str, Fact]:
    """Give the facts of all schemes by name, in order; the choices of one fact are joined.

    Raises: UsageError when two schemes mean different things by one fact.
    """
    facts: dict[str, Fact] = {}
    for scheme in schemes:
        for fact in scheme.facts:
            known = facts.setdefault(fact.fact, fact)
            if (known.kind, known.question, known.unit) != (fact.kind, fact.question, fact.unit):
                raise UsageError(
                    f"The scheme '{scheme.scheme}' asks '{fact.fact}' in other words, or for "
                    "another kind of answer, than a scheme before it.",
                    "Use the same kind and question, or give the fact another name.",
                )
            labels = {option.value: option for option in known.options}
            new = tuple(option for option in fact.options if option.value not in labels)
            facts[fact.fact] = replace(known, options=_last_elsewhere((*known.options, *new)))
    return facts


def _last_elsewhere(options: tuple[Option, ...]) -> tuple[Option, ...]:
    """Put the answer that none of the others fits at the end."""
    return tuple(sorted(options, key=lambda option: option.value in ("elsewhere", "other")))


def list_classes(fact: Fact, schemes: Sequence[Scheme]) -> tuple[str, ...]:
    """Give one answer for each way in which conditions can take a fact: all choices, or one number
    from each stretch between the bounds that the rules name."""
    if fact.kind != "number":
        return fact.values
    bounds: set[Decimal] = set()
    for scheme in schemes:
        for condition in list_conditions(scheme.rules):
            if condition.fact == fact.fact:
                # A stretch ends after `high`: the bound itself still belongs to it.
                bounds |= {condition.low} if condition.low is not None else set()
                bounds |= {condition.high + _CENT} if condition.high is not None else set()
    edges = sorted(bounds)
    return tuple(str(value) for value in (edges[0] - 1, *edges)) if edges else ("0",)
