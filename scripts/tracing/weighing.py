"""Weighs developments anew, by a Monte Carlo of its own, from the scores in the workspace's lines.

Another generator and another way to draw weights than the product's; what is drawn twice never agrees to
the last digit, so that a share is held within five standard errors of the difference of the two draws.
What is no draw (bounds of scores, ends of scales, counts, Wilson's bounds) is held exactly.
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl

import numpy as np
import numpy.typing as npt

from scripts.tracing.canvas import Held
from scripts.tracing.firms import wilson
from scripts.tracing.lines import Line, read_definitions, read_lines
from scripts.tracing.page import Shown, key_of
from scripts.tracing.site import Refusal, Site

MEASURES = frozenset({
    "developments", "draws", "scale_end", "score_bound", "rank_acceptability", "pairwise_winning",
    "central_weight", "confidence", "first_where", "worth_of_knowing",
})  # fmt: skip
_ERRORS = 5.0  # standard errors that two draws may differ by
_OURS = 40_000
_SEED = 71
_LOTS = 30
_THIRD, _TENTHS = 3, 10
Floats = npt.NDArray[np.float64]


def is_of_choice(shown: Shown) -> bool:
    """Say whether a figure is one of a choice."""
    scope = dict(parse_qsl(key_of(shown.why)))
    return "portfolio" in scope and scope.get("measure", "") in MEASURES


def hold_choice(site: Site, home: Path, figures: dict[str, Shown]) -> Held:
    """Hold every figure of a choice against the lines that people wrote."""
    held = Held()
    mine = {key: shown for key, shown in sorted(figures.items()) if is_of_choice(shown)}
    ledgers: dict[tuple[str, ...], _Ledger] = {}
    lines = read_lines(home) if mine else []
    draws = _read_draws(site) if mine else 0
    shares = {key: float(shown.raw) for key, shown in mine.items() if shown.raw is not None}
    for key, shown in mine.items():
        scope = dict(parse_qsl(key, keep_blank_values=True))
        weights = scope.pop("weights", ""), scope.pop("order", "")
        name = (scope.pop("portfolio"), *weights)
        if name not in ledgers:
            ledgers[name] = _Ledger(_read_portfolio(lines, name[0]), *weights, shares, draws, name)
        fault = ledgers[name].compare(scope, shown)
        held.recomputed += 1
        if fault:
            held.differences.append(f"{key}: {fault}")
    return held


def _read_draws(site: Site) -> int:
    """Give how often the words beside these figures say that was drawn."""
    words, _ = site.page("/en/methods")
    said = set(re.findall(r"Computed from ([0-9,]+) draws", words))
    if len(said) != 1:
        raise Refusal(
            f"/en/methods says that was drawn {sorted(said)} times; one number was expected"
        )
    return int(said.pop().replace(",", ""))


@dataclass(frozen=True)
class _Portfolio:
    """Criteria with the ends of their scales, developments with the bounds of their scores."""

    criteria: dict[str, tuple[float, float]]  # worst, best
    scores: dict[str, dict[str, tuple[float, float]]]


def _read_portfolio(lines: list[Line], name: str) -> _Portfolio:
    """Give a definition with what people changed, added or left out; what fits no scale is nothing."""
    said = read_definitions(lines, "developments")[name]
    criteria = {}
    for each in said["criteria"]:
        low, high = map(float, each["scale"])
        criteria[each["criterion"]] = (low, high) if each["direction"] == "more" else (high, low)
    scores = {each["development"]: _read_scores(each) for each in said["developments"]}
    latest = {
        line["object"]: line["value"]
        for line in lines
        if line["kind"] == "development" and line["subject"] == f"portfolio:{name}"
    }
    for development, value in latest.items():
        if value == "left-out":
            scores.pop(development, None)
        elif _fits(given := _read_scores(value), criteria):
            scores[development] = given
    return _Portfolio(criteria, scores)


def _read_scores(value: dict[str, Any]) -> dict[str, tuple[float, float]]:
    pairs = {
        name: given if isinstance(given, list) else [given, given]
        for name, given in value["scores"].items()
    }
    return {name: (float(low), float(high)) for name, (low, high) in pairs.items()}


def _fits(scores: dict[str, tuple[float, float]], criteria: dict[str, tuple[float, float]]) -> bool:
    return scores.keys() == criteria.keys() and all(
        min(criteria[name]) <= low <= high <= max(criteria[name])
        for name, (low, high) in scores.items()
    )


class _Ledger:
    def __init__(
        self, portfolio: _Portfolio, weights: str, order: str, shares: dict[str, float],
        draws: int, name: tuple[str, ...],
    ) -> None:  # fmt: skip
        self._portfolio, self._shares, self._name = portfolio, shares, name
        self._names, self._criteria = [*portfolio.scores], [*portfolio.criteria]
        self._weights, self._order = weights, order
        self._theirs = draws

    def compare(self, scope: dict[str, str], shown: Shown) -> str:
        """Say what is wrong with a figure, or nothing."""
        measure = scope["measure"]
        value = None if shown.raw is None else float(shown.raw)
        exact = self._exact(scope)
        if exact is not None:
            return "" if value == exact else f"shown {value}, the lines give {exact}"
        found, error = self._drawn(scope)
        if found is None or value is None:
            # Who comes first in hardly any draw may do so in none of theirs.
            may_be_none = measure in ("central_weight", "confidence")
            is_rare = may_be_none and self._first_share(scope) * self._theirs < _ERRORS**2
            return "" if is_rare else f"shown {value}, drawn anew {found}"
        if abs(value - found) > _ERRORS * error:
            return f"shown {value}, drawn anew {found:.4f} with an error of {error:.4f}"
        if measure in ("rank_acceptability", "confidence"):
            bounds = [float(each) for each, _ in shown.bounds]
            right = wilson(value * self._theirs, self._theirs)
            if len(bounds) != 2 or not np.allclose(bounds, right, rtol=0, atol=1e-9):
                return f"within {bounds}, Wilson gives {right}"
        return ""

    def _exact(self, scope: dict[str, str]) -> float | None:
        match scope["measure"]:
            case "developments":
                return float(len(self._names))
            case "draws":
                return float(self._theirs)
            case "scale_end":
                return self._portfolio.criteria[scope["criterion"]][scope["end"] == "best"]
            case "score_bound":
                pair = self._portfolio.scores[scope["development"]][scope["criterion"]]
                return pair[scope["end"] == "high"]
        return None

    def _drawn(self, scope: dict[str, str]) -> tuple[float | None, float]:
        """Give a figure drawn anew, and the standard error of its difference with the one shown."""
        place = self._names.index(scope["development"]) if "development" in scope else 0
        match scope["measure"]:
            case "rank_acceptability":
                return self._share(self._shares_of(int(scope["rank"]) - 1)[:, place])
            case "pairwise_winning":
                other = self._names.index(scope["against"])
                mine, theirs = self._values[:, place], self._values[:, other]
                return self._share((mine > theirs) + 0.5 * (mine == theirs))
            case "central_weight":
                return self._central(place, self._criteria.index(scope["criterion"]))
            case "confidence":
                return self._confidence(scope["development"], place)
            case "first_where":
                return self._first_where(place, scope)
        return self._worth(scope["about"])

    def _share(self, held: Floats, theirs: int | None = None) -> tuple[float, float]:
        share, many = float(held.mean()), held.size
        # One more of each keeps the error from nought where all draws agree.
        room = (held.sum() + 1) / (many + 2)
        return share, math.sqrt(room * (1 - room) * (1 / many + 1 / (theirs or self._theirs)))

    def _first_share(self, scope: dict[str, str]) -> float:
        place = self._names.index(scope["development"])
        return float(self._first[:, place].mean())

    def _central(self, place: int, criterion: int) -> tuple[float | None, float]:
        first, weight = self._first[:, place], self._drawn_weights[:, criterion]
        mine, theirs = float(first.sum()), float(first.mean()) * self._theirs
        if theirs < 1:
            return None, 0.0
        mean = float(first @ weight) / mine
        spread = math.sqrt(float(first @ (weight - mean) ** 2) / mine)
        return mean, spread * math.sqrt(1 / mine + 1 / theirs)

    def _confidence(self, development: str, place: int) -> tuple[float | None, float]:
        """Draw scores at the central weights that are shown, which are held by themselves."""
        if not self._first[:, place].any():
            return None, 0.0
        portfolio, weights, order = self._name
        said = {"portfolio": portfolio, "weights": weights, "order": order}
        central = []
        for criterion in self._criteria:
            asked = {**said, "measure": "central_weight", "criterion": criterion}
            wanted = {**{k: v for k, v in asked.items() if v}, "development": development}
            shares = [
                value for key, value in self._shares.items() if dict(parse_qsl(key)) == wanted
            ]
            central += shares[:1] or [self._central(place, self._criteria.index(criterion))[0] or 0]
        at = self._partial @ np.array(central)
        return self._share(_share_first(at)[:, place])

    def _first_where(self, place: int, scope: dict[str, str]) -> tuple[float, float]:
        quantity = self._quantity(scope["about"])
        low, high = np.quantile(quantity, [1 / _THIRD, 1 - 1 / _THIRD])
        part = quantity <= low if scope["end"] == "low" else quantity >= high
        share, error = self._share(self._first[part, place], self._theirs // _THIRD)
        # Where the third ends is drawn, too.
        end = 0.5 * math.sqrt((1 - 1 / _THIRD) * _THIRD * (1 / _OURS + 1 / self._theirs))
        return share, math.hypot(error, end)

    def _worth(self, about: str) -> tuple[float, float]:
        """Do what the words say on lots as large as theirs, and see how far these lie apart."""
        quantity, first = self._quantity(about), self._first
        chance = np.random.Generator(np.random.MT19937(_SEED))
        found = []
        for _ in range(_LOTS):
            lot = chance.choice(_OURS, self._theirs, replace=False)
            lot = lot[np.argsort(quantity[lot], kind="stable")]
            found.append(_gain(first[lot[::2]], first[lot[1::2]]))
        error = max(float(np.std(found, ddof=1)), 1 / self._theirs)
        return float(np.mean(found)), error * math.sqrt(1 + 1 / _LOTS)

    def _quantity(self, about: str) -> Floats:
        kind, *names = about.split(".")
        if kind == "weight":
            return self._drawn_weights[:, self._criteria.index(names[0])]
        place, criterion = self._names.index(names[0]), self._criteria.index(names[1])
        worst, best = self._portfolio.criteria[names[1]]
        return np.asarray(self._partial[:, place, criterion] * (best - worst), np.float64)

    @cached_property
    def _drawn_weights(self) -> Floats:
        """Gaps between sorted points on a line: even over all weights that sum to one."""
        chance = np.random.Generator(np.random.MT19937(_SEED))
        low, high = np.zeros(len(self._criteria)), np.ones(len(self._criteria))
        for part in filter(None, self._weights.split(",")):
            name, _, bounds = part.partition(":")
            place = self._criteria.index(name)
            low[place], high[place] = map(float, bounds.split("-"))
        ordered = [self._criteria.index(name) for name in self._order.split(",") if name]
        kept: list[Floats] = []
        while sum(map(len, kept)) < _OURS:
            cuts = np.sort(chance.random((_OURS, len(self._criteria) - 1)), axis=1)
            drawn = np.diff(cuts, axis=1, prepend=0.0, append=1.0)
            is_kept = np.all((drawn >= low) & (drawn <= high), axis=1)
            for more, less in pairwise(ordered):
                is_kept &= drawn[:, more] >= drawn[:, less]
            kept.append(drawn[is_kept])
        return np.concatenate(kept)[:_OURS]

    @cached_property
    def _partial(self) -> Floats:
        """Scores between their bounds, as shares of the way from worst to best."""
        chance = np.random.Generator(np.random.Philox(_SEED))
        found = np.empty((_OURS, len(self._names), len(self._criteria)))
        for a, scores in enumerate(self._portfolio.scores.values()):
            for c, (name, (worst, best)) in enumerate(self._portfolio.criteria.items()):
                low, high = scores[name]
                found[:, a, c] = (chance.uniform(low, high, _OURS) - worst) / (best - worst)
        return found

    @cached_property
    def _values(self) -> Floats:
        return np.asarray((self._partial * self._drawn_weights[:, None, :]).sum(axis=2), np.float64)

    @cached_property
    def _first(self) -> Floats:
        return _share_first(self._values)

    def _shares_of(self, rank: int) -> Floats:
        """Give what share of a rank each development has in each draw; equals share theirs."""
        mine, theirs = self._values[:, :, None], self._values[:, None, :]
        better, equal = (theirs > mine).sum(axis=2), (theirs == mine).sum(axis=2)
        return np.where((better <= rank) & (rank < better + equal), 1 / equal, 0.0)


def _share_first(values: Floats) -> Floats:
    is_first = values == values.max(axis=1, keepdims=True)
    return np.asarray(is_first / is_first.sum(axis=1, keepdims=True), np.float64)


def _gain(choosing: Floats, judging: Floats) -> float:
    """Choose on one half within each tenth, judge on the other: gain over choosing once for all."""
    now = int(choosing.sum(axis=0).argmax())
    better = 0.0
    for mine, theirs in zip(
        np.array_split(choosing, _TENTHS), np.array_split(judging, _TENTHS), strict=True
    ):
        chosen = int(mine.sum(axis=0).argmax())
        better += float(theirs[:, chosen].sum() - theirs[:, now].sum())
    return better / len(judging)
