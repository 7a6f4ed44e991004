"""What faces ask of this room: calls that fit a chain, the financing check, and why a figure is so."""

from collections.abc import Mapping, Sequence

from keten.funding.calls import list_calls, show_call
from keten.funding.check import Check, Outcome, check_financing, read_answer
from keten.funding.definition import read_finance_rules
from keten.funding.figures import explain
from keten.funding.method import METHODS
from keten.funding.scheme import NO, UNSURE, YES, Fact, Scheme, gather_facts
from keten.funding.telling import CheckView, tell_check, tell_question
from keten.workspace import Store

__all__ = [
    "METHODS",
    "NO",
    "UNSURE",
    "YES",
    "Check",
    "CheckView",
    "Fact",
    "Outcome",
    "Scheme",
    "check_financing",
    "explain",
    "gather_facts",
    "list_calls",
    "read_answer",
    "read_answers",
    "read_finance_rules",
    "read_schemes",
    "show_call",
    "tell_check",
    "tell_question",
]


def read_schemes(store: Store | None) -> tuple[Scheme, ...]:
    """Give the schemes that the workspace defines, by name; none when there is no workspace."""
    contents = store.contents("finance-rules") if store else ()
    return tuple(read_finance_rules(content.value) for content in contents)


def read_answers(schemes: Sequence[Scheme], given: Mapping[str, str]) -> dict[str, str]:
    """Give answers as rules read them, in the order given; raises UsageError for one that is none."""
    facts = gather_facts(schemes)
    return {
        name: read_answer(facts[name], text) if name in facts else text
        for name, text in given.items()
    }
