"""Views: what a choice, and the dependence of a party, show; figures with all that explains them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from keten.model import Figure, Judgement, Label, Text
from keten.portfolio.weights import Weights


@dataclass(frozen=True, slots=True)
class CriterionView:
    """A criterion with the ends of its scale, and the bounds that a person put on its weight."""

    criterion: str
    label: Text
    description: Text
    less_is_better: bool
    worst: Figure
    best: Figure
    weight_low: float | None = None
    weight_high: float | None = None
    place: int | None = None  # in the order of importance, where one was given


@dataclass(frozen=True, slots=True)
class ScoreView:
    """The bounds of a development's score on a criterion."""

    criterion: str
    low: Figure
    high: Figure


@dataclass(frozen=True, slots=True)
class DevelopmentView:
    """A development with what the weighing says of it.

    `change` is the line that people wrote over the file's definition; without one, and in a file of
    examples, the scores are examples. `ranks` run from the first rank to the last; `central` is empty
    where the development never comes first.
    """

    development: str
    label: Text
    description: Text
    source: str
    chains: tuple[str, ...]
    is_example: bool
    change: Judgement | None
    scores: tuple[ScoreView, ...]
    ranks: tuple[Figure, ...]
    confidence: Figure
    central: tuple[Figure, ...]
    winning: Mapping[str, Figure]
    parties: tuple[Label, ...]
    unknown_parties: tuple[str, ...] = ()  # named, but not in this evidence


@dataclass(frozen=True, slots=True)
class HangingView:
    """How the first place hangs on a weight (`development` is empty) or a score.

    `is_weight_of` the criterion; `low` and `high` are the figures of who leads where the quantity is
    low and high; `leader_*` their names.
    """

    criterion: str
    development: str
    hangs: bool
    leader_low: str
    leader_high: str
    low: Figure
    high: Figure
    worth: Figure


@dataclass(frozen=True, slots=True)
class DecisionView:
    """A decision, and whether what it stood on has changed since.

    `chosen` names developments; `lines` are the lines of the workspace it stood on.
    """

    judgement: Judgement
    chosen: tuple[str, ...]
    shares: Mapping[str, float]
    evidence: int
    fingerprint: str
    lines: tuple[int, ...]
    scores_changed: bool
    evidence_changed: bool


@dataclass(frozen=True, slots=True)
class ChoiceView:
    """A portfolio weighed: everything that the page of a choice shows."""

    name: str
    label: Text
    description: Text
    source: str
    valid_from: str
    is_example: bool
    definition: int
    weights: Weights
    criteria: tuple[CriterionView, ...]
    developments: tuple[DevelopmentView, ...]
    leader: str
    hanging: tuple[HangingView, ...]
    decision: DecisionView | None
    earlier: tuple[DecisionView, ...]
    changes: tuple[Judgement, ...]
    left_out: tuple[str, ...]
    misfits: tuple[Judgement, ...]
    draws: Figure
    compared: Figure


@dataclass(frozen=True, slots=True)
class YearView:
    """A year of a party: what it had from whom, and how dependent that makes it, where known."""

    year: int
    eu: Figure
    ministries: Figure | None
    subsidy: Figure
    revenue: Figure | None
    private_capital: Figure | None
    other_subsidy: Figure | None
    dependence: Figure | None
    entered: Judgement | None
    is_to_come: bool


@dataclass(frozen=True, slots=True)
class LineView:
    """A programme part or scheme that a party has money from."""

    funder: str  # eu, ministry
    name: str
    amount: Figure


@dataclass(frozen=True, slots=True)
class DependenceView:
    """A party's subsidies over the years, from open data and from what people entered."""

    label: Label
    years: tuple[YearView, ...]
    lines: tuple[LineView, ...]
    count: Figure
    concentration: Figure
    slope: Figure
    dependence_slope: Figure
    seen_since: int | None
    ministry_years: tuple[int, ...]
    trend: str  # falls, rises, level, unknown
    as_of: datetime
