"""A comparison of two records of organisations: what speaks for one organisation, what against."""

from dataclasses import dataclass

from keten.model.text import Text


@dataclass(frozen=True, slots=True)
class ComparisonPart:
    """One step of the waterfall: what was compared, what was found, and how much it weighs.

    `weight` is in log-odds (natural logarithm): positive speaks for one organisation. `left` and
    `right` are the values as the sources wrote them, empty where a source has none.
    """

    part: str
    level: str
    title: Text
    found: Text
    left: str
    right: str
    weight: float


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two source organisations beside each other.

    The starting log-odds and the weights of all parts add up to `score`; `probability` is its
    logistic. `verdict` is what the build in force did: `same` (one organisation now), `review`
    (people are asked), `refused` (a ruling, or numbers of one register, forbid it), `apart`. `rule`
    says what decided: `same-pic`, `same-identifier`, `match`, `ruling` or `alone`. `rulings` are the
    numbers of the workspace lines that the two stand where they stand by,
    `record_ids` the two source records compared.
    """

    left_key: str
    right_key: str
    left_name: str
    right_name: str
    start: float
    parts: tuple[ComparisonPart, ...]
    score: float
    probability: float
    verdict: str
    rule: str
    rulings: tuple[int, ...]
    record_ids: tuple[int, int]
