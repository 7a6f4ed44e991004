"""A judgement: what a person said, when and why; and the ruling, its form that enters a build."""

from dataclasses import dataclass
from datetime import datetime


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
