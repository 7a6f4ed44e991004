"""Rules as trees in three-valued logic: yes, no, or not known yet (Kleene); no scheme is known here.

Every fact stands at most once in a tree, and every condition can come out either way. So what is
undecided in a tree is exactly what can still change it: a proof that needs no trying of answers.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from keten.model import Text

Truth = bool | None  # None: not known yet
Answers = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Condition:
    """What one fact must be: one of `values`, or a number from `low` to `high`, both included."""

    rule: str
    label: Text
    fact: str
    values: frozenset[str] = frozenset()
    low: Decimal | None = None
    high: Decimal | None = None

    def holds(self, answer: str) -> bool:
        """Say whether an answer meets the condition."""
        if self.values:
            return answer in self.values
        number = Decimal(answer)
        return (self.low is None or number >= self.low) and (
            self.high is None or number <= self.high
        )


@dataclass(frozen=True, slots=True)
class Group:
    """Nodes of which all or any must hold, or one of which the opposite must (`not`).

    `is_waiver`: the first node waives the second, where any of the two will do.
    """

    kind: Literal["all", "any", "not"]
    nodes: tuple["Node", ...]
    is_waiver: bool = False


Node = Condition | Group


def evaluate(node: Node, answers: Answers) -> Truth:
    """Give what is known of a node."""
    if isinstance(node, Condition):
        return node.holds(answers[node.fact]) if node.fact in answers else None
    found = [evaluate(part, answers) for part in node.nodes]
    if node.kind == "not":
        return None if found[0] is None else not found[0]
    settles = node.kind == "any"  # one true settles any, one false settles all
    if settles in found:
        return settles
    return None if None in found else not settles


def list_conditions(node: Node) -> Iterator[Condition]:
    """Give every condition, in order."""
    if isinstance(node, Condition):
        yield node
        return
    for part in node.nodes:
        yield from list_conditions(part)


def list_open(node: Node, answers: Answers) -> Iterator[Condition]:
    """Give the conditions whose fact can still change the outcome."""
    if evaluate(node, answers) is not None:
        return
    if isinstance(node, Condition):
        yield node
        return
    for part in node.nodes:
        yield from list_open(part, answers)


def list_reasons(node: Node, answers: Answers) -> Iterator[Condition]:
    """Give the conditions that make a decided node what it is, and no others."""
    truth = evaluate(node, answers)
    if truth is None:
        return
    if isinstance(node, Condition):
        yield node
        return
    for part in node.nodes:
        if node.kind == "not" or evaluate(part, answers) is truth:
            yield from list_reasons(part, answers)
