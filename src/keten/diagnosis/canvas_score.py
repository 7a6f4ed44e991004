"""Scores of the canvas: which indicators count, what they make of an element, and of all elements."""

from collections.abc import Collection, Mapping, Sequence

import numpy as np

from keten.diagnosis.elements import Element, ElementLine, ElementSet
from keten.diagnosis.standing import Indicator
from keten.methods.composite import average_known, penalise_for_bottleneck
from keten.model import Figure, Scope

Standing = Mapping[str, Indicator]


def find_weakest(scores: Mapping[str, float]) -> str:
    """Give the element with the lowest score, of equal ones the first by name; nothing without any."""
    return min(scores, key=lambda name: (scores[name], name), default="")


def list_counted(
    element: Element, standing: Standing, regions: Sequence[str], without: Collection[str]
) -> tuple[Indicator, ...]:
    """Give the indicators of an element that count in these regions."""
    return tuple(
        standing[line.indicator]
        for line in element.lines
        if not find_why_not(line, standing, regions, without)
    )


def find_why_not(
    line: ElementLine, standing: Standing, regions: Sequence[str], without: Collection[str]
) -> str:
    """Say why an indicator does not count in these regions; nothing when it does."""
    found = standing.get(line.indicator)
    if found is None or not found.values:
        return "unknown"
    if found.higher_is_better is None:
        return "no-direction"
    if not any(region in found.values for region in regions):
        return "no-value"
    if not line.counts_national and found.is_national_in(regions):
        return "national"
    return "left-out" if line.indicator in without else ""


def score_element(
    chosen: ElementSet,
    element: Element,
    standing: Standing,
    regions: Sequence[str],
    without: Collection[str],
) -> Figure | None:
    """Give the figure of an element in these regions; None when no indicator of it counts."""
    value = average_places(list_counted(element, standing, regions, without), regions)
    if value is None:
        return None
    own = sorted({line.indicator for line in element.lines} & set(without))
    scope = Scope.of(
        elements=chosen.name,
        element=element.element,
        region="+".join(sorted(regions)),
        without=",".join(own) or None,
    )
    return Figure(value, "percentile", "element_percentile", scope)


def score_whole(
    chosen: ElementSet,
    regions: Sequence[str],
    without: Sequence[str],
    scores: Mapping[str, float],
    repaired: str = "",
) -> Figure | None:
    """Give the figure of all elements together, with `repaired` raised to the mean of the others."""
    if not scores:
        return None
    others = [value for name, value in scores.items() if name != repaired]
    raised = {**scores, repaired: sum(others) / len(others)} if repaired else scores
    shares = np.array([raised[name] for name in sorted(raised)]) / 100
    value = 100 * float(penalise_for_bottleneck(shares).mean())
    scope = Scope.of(
        elements=chosen.name,
        region="+".join(sorted(regions)),
        without=",".join(sorted(without)) or None,
        repaired=repaired or None,
    )
    return Figure(value, "index", "canvas_index", scope)


def average_places(indicators: Sequence[Indicator], regions: Sequence[str]) -> float | None:
    """Give the mean over indicators of the mean over regions; what is not known is left out."""
    return average_known(
        [
            average_known([found.percentiles.get(region) for region in regions])
            for found in indicators
        ]
    )
