"""Developments to choose from, as people define them: criteria with a scale, and scores as bounds."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from keten.errors import UsageError
from keten.model import Given, Text, is_organisation_id

_KEYS: Final = (
    "content", "name", "label", "description", "source", "valid_from", "is_example", "is_invented",
    "chains", "criteria", "developments",
)  # fmt: skip
MOST: Final = 12  # alternatives, or criteria: beyond, nobody can compare them


@dataclass(frozen=True, slots=True)
class Criterion:
    """What a development is judged on: `worst` and `best` are the ends of its scale."""

    criterion: str
    label: Text
    description: Text
    worst: float
    best: float

    @property
    def lowest(self) -> float:
        """The lowest score that can be given."""
        return min(self.worst, self.best)

    @property
    def highest(self) -> float:
        """The highest score that can be given."""
        return max(self.worst, self.best)


@dataclass(frozen=True, slots=True)
class Development:
    """Something a region may go on with; `scores` holds a lower and an upper bound per criterion."""

    development: str
    label: Text
    description: Text
    scores: Mapping[str, tuple[float, float]]
    chains: tuple[str, ...] = ()
    parties: tuple[str, ...] = ()
    source: str = ""


@dataclass(frozen=True, slots=True)
class Portfolio:
    """Developments that are weighed against each other, and the criteria they are weighed by."""

    name: str
    label: Text
    description: Text
    criteria: tuple[Criterion, ...]
    developments: tuple[Development, ...]
    chains: tuple[str, ...]
    source: str
    valid_from: str
    is_example: bool


def read_developments(value: Mapping[str, Any]) -> Portfolio:
    """Give the developments of a definition; raises UsageError naming key, value and cure."""
    given = Given(value, f"The developments '{value.get('name', '')}'")
    given.only(*_KEYS)
    criteria = tuple(_read_criterion(each) for each in given.each("criteria"))
    _check_list(given, "criteria", [each.criterion for each in criteria])
    developments = tuple(read_development(each, criteria) for each in given.each("developments"))
    _check_list(given, "developments", [each.development for each in developments])
    return Portfolio(
        name=given.slug("name"),
        label=given.words("label"),
        description=given.words("description"),
        criteria=criteria,
        developments=developments,
        chains=given.texts("chains"),
        source=given.text("source"),
        valid_from=given.text("valid_from"),
        is_example=given.flag("is_example"),
    )


def read_development(given: Given, criteria: tuple[Criterion, ...]) -> Development:
    """Give one development; every criterion needs a score within its scale."""
    given.only("development", "label", "description", "scores", "chains", "parties", "source")
    parties = given.texts("parties")
    for party in parties:
        if not is_organisation_id(party):
            raise given.wrong("parties", "Name organisations by number, such as pic:999990267.")
    if not isinstance(given.value.get("scores"), Mapping):
        raise given.wrong("scores", "Write a score for each criterion: {name: [low, high]}.")
    scores = Given(given.value["scores"], f"{given.where}, scores")
    scores.only(*(each.criterion for each in criteria))
    return Development(
        development=given.slug("development"),
        label=given.words("label"),
        description=given.words("description"),
        scores={each.criterion: _read_score(scores, each) for each in criteria},
        chains=given.texts("chains"),
        parties=parties,
        source=given.text("source", "-").removeprefix("-"),
    )


def write_development(development: Development) -> dict[str, Any]:
    """Give a development as a definition holds it; `read_development` gives it back."""
    value: dict[str, Any] = {
        "development": development.development,
        "label": {"en": development.label.en, "nl": development.label.nl},
        "description": {"en": development.description.en, "nl": development.description.nl},
        "scores": {name: list(bounds) for name, bounds in development.scores.items()},
        "chains": list(development.chains),
        "parties": list(development.parties),
    }
    return value | ({"source": development.source} if development.source else {})


def _read_criterion(given: Given) -> Criterion:
    given.only("criterion", "label", "description", "direction", "scale")
    low, high = _read_pair(given, "scale")
    if low == high:
        raise given.wrong("scale", "Give the two ends of the scale, such as [0, 10].")
    direction = given.text("direction")
    if direction not in ("more", "less"):
        raise given.wrong("direction", "Write more or less: which of the two is better.")
    return Criterion(
        criterion=given.slug("criterion"),
        label=given.words("label"),
        description=given.words("description"),
        worst=low if direction == "more" else high,
        best=high if direction == "more" else low,
    )


def _read_score(given: Given, criterion: Criterion) -> tuple[float, float]:
    low, high = _read_pair(given, criterion.criterion)
    if low < criterion.lowest or high > criterion.highest:
        raise given.wrong(
            criterion.criterion,
            f"Keep it within the scale, from {criterion.lowest:g} to {criterion.highest:g}.",
        )
    return low, high


def _read_pair(given: Given, key: str) -> tuple[float, float]:
    found: Any = given.value.get(key)
    pair: list[Any] = list(found) if isinstance(found, (list, tuple)) else [found, found]
    is_number = all(isinstance(each, (int, float)) and not isinstance(each, bool) for each in pair)
    if len(pair) != 2 or not is_number or not -1e9 < pair[0] <= pair[1] < 1e9:
        raise given.wrong(key, "Write two numbers, the lower first, such as [4, 7].")
    return float(pair[0]), float(pair[1])


def _check_list(given: Given, key: str, names: list[str]) -> None:
    if not 2 <= len(names) <= MOST:
        raise UsageError(
            f"{given.where}: {len(names)} under '{key}'.", f"Write two or more, at most {MOST}."
        )
    if len(set(names)) < len(names):
        raise given.wrong(key, "Give each a name of its own.")
