"""What a person says about weights: bounds for some, an order of some; the rest stays open."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

import numpy as np
from numpy.typing import NDArray

from keten.errors import UsageError
from keten.methods.acceptability import sample_weights
from keten.model import Scope
from keten.portfolio.definition import Criterion

_BOUND: Final = re.compile(
    r"([a-z0-9-]+):(0(?:\.\d{1,4})?|1(?:\.0+)?)-(0(?:\.\d{1,4})?|1(?:\.0+)?)"
)


@dataclass(frozen=True, slots=True)
class Weights:
    """Bounds (0..1) of the weights of some criteria, and criteria from most to least important."""

    bounds: Mapping[str, tuple[float, float]] = field(default_factory=dict)
    order: tuple[str, ...] = ()

    @property
    def is_open(self) -> bool:
        """Whether nothing is said of any weight."""
        return not self.bounds and not self.order

    @property
    def text(self) -> str:
        """The bounds in their one right spelling, as `read_weights` reads them."""
        return ",".join(
            f"{name}:{low:g}-{high:g}" for name, (low, high) in sorted(self.bounds.items())
        )

    def within(self, scope: Scope) -> Scope:
        """Give a scope with these weights in it."""
        return scope.narrowed(weights=self.text or None, order=",".join(self.order) or None)


def read_weights(weights: str, order: str, criteria: Sequence[Criterion]) -> Weights:
    """Read weights as a scope or an address writes them: `task:0.2-0.5,money:0-0.3` and `task,money`.

    Raises: UsageError for what cannot be read, is no criterion, or leaves no weights at all.
    """
    known = [each.criterion for each in criteria]
    bounds: dict[str, tuple[float, float]] = {}
    for part in filter(None, (each.strip() for each in weights.split(","))):
        match = _BOUND.fullmatch(part)
        if match is None or float(match[2]) > float(match[3]):
            raise UsageError(
                f"'{part}' is no bound of a weight.",
                "Write criterion:low-high with shares from 0 to 1, such as task:0.2-0.5.",
            )
        bounds[match[1]] = (float(match[2]), float(match[3]))
    ordered = tuple(filter(None, (each.strip() for each in order.split(","))))
    for name in (*bounds, *ordered):
        if name not in known:
            raise UsageError(f"'{name}' is no criterion here.", f"Criteria: {', '.join(known)}.")
    if len(set(ordered)) < len(ordered):
        raise UsageError(f"'{order}' names a criterion twice.", "Name each once.")
    bounds = {name: pair for name, pair in bounds.items() if pair != (0.0, 1.0)}
    found = Weights(bounds, ordered if len(ordered) > 1 else ())
    draw_weights(found, criteria, 100, np.random.default_rng(0))
    return found


def draw_weights(
    weights: Weights, criteria: Sequence[Criterion], samples: int, rng: np.random.Generator
) -> NDArray[np.float64]:
    """Draw weights that keep what is said of them; (samples, criteria). Raises UsageError."""
    names = [each.criterion for each in criteria]
    pairs = [weights.bounds.get(name, (0.0, 1.0)) for name in names]
    try:
        return sample_weights(
            samples,
            len(names),
            rng,
            low=[low for low, _ in pairs],
            high=[high for _, high in pairs],
            order=[names.index(name) for name in weights.order],
        )
    except ValueError as error:
        raise UsageError(
            f"No choice can be computed with these weights: {error}.",
            "Together they make up the whole: widen a bound, or take the order away.",
        ) from error
