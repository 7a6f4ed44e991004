"""A judgement: what a person said, when and why; and the forms of it that enter a build."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any


@dataclass(frozen=True, slots=True)
class Judgement:
    """One line of the append-only store; a later line may supersede it and then names it."""

    number: int
    kind: str
    subject: str
    object: str
    reason: str
    author: str
    made_at: datetime
    supersedes: int | None = None
    is_private: bool = False
    value: Any = field(default=None, hash=False)  # what JSON can hold
    shared_with: str | None = None  # of a private line: the role that may read it beside its author
    batch: int | None = None  # the lines it was recorded with, as one


@dataclass(frozen=True, slots=True)
class Content:
    """A definition that people keep as data: a value chain, a set of elements, the rules of a loan.

    `number` is that of the line of the workspace that holds it; `value` is the file as it was read.
    """

    kind: str
    name: str
    value: Mapping[str, Any]
    number: int
    author: str
    made_at: datetime


@dataclass(frozen=True, slots=True, order=True)
class Ruling:
    """That two source organisations are the `same` or `different`, as a build takes it in.

    `number` orders rulings in time; where two contradict each other the later one holds.
    """

    number: int
    verdict: str
    left: str
    right: str
    author: str
    reason: str
    made_on: str
