"""Recomputes how likely two records are one organisation, from what the page of the two says was found.

What a finding weighs was learned and is measured elsewhere; here is held that the findings add up to the
chance, and that the money on a pair is that of its smaller side.
"""

from __future__ import annotations

import math
from decimal import Decimal
from functools import cache
from typing import Any
from urllib.parse import parse_qsl, quote, urlencode

from scripts.tracing.canvas import Held
from scripts.tracing.page import Shown, key_of
from scripts.tracing.site import Site

MEASURES = frozenset({
    "match_chance", "match_start", "match_after", "match_times", "pair_chance", "pair_money_eur",
})  # fmt: skip
# What counts as public money of an organisation.
_MONEY = ("contribution_eur", "innovation_fund_eur", "subsidies_eur", "structural_funds_eur")
_AT_LEAST, _NOT_KNOWN = 90.0, 50.0  # of one VAT number; of a succession without names


def is_of_pairs(shown: Shown) -> bool:
    """Say whether a figure is about two records."""
    return dict(parse_qsl(key_of(shown.why))).get("measure", "") in MEASURES


def hold_pairs(site: Site, figures: dict[str, Shown]) -> Held:
    """Hold every figure about two records against what was found of them."""
    held = Held()
    ledger = _Ledger(site)
    for key, shown in sorted(figures.items()):
        if is_of_pairs(shown) and shown.raw is not None:
            asked = dict(parse_qsl(key))
            values = ledger.values(asked)
            held.recomputed += 1
            if not any(_is_close(float(shown.raw), value) for value in values):
                held.differences.append(f"{key}: shown {shown.raw}, what was found gives {values}")
    return held


class _Ledger:
    def __init__(self, site: Site) -> None:
        self._site = site
        self._compare = cache(self._ask_comparison)
        self._money = cache(self._ask_money)

    def values(self, asked: dict[str, str]) -> list[float]:
        """Give what a figure may be: one value, but for chances that a rule replaces."""
        pair = self._compare(asked["left"], asked["right"])
        found = pair["comparison"]
        weights = [part["weight"] for part in found["parts"]]
        if asked["measure"] == "pair_money_eur":
            sides = {pair[side]["organisation"]["organisation_id"] for side in ("left", "right")}
            return [float(max(min(self._money(side) for side in sides), Decimal(0)))]
        if asked["measure"] == "match_start":
            return [_chance(found["start"])]
        if asked["measure"] in {"match_chance", "pair_chance"}:
            chance = _chance(found["start"] + sum(weights))
            is_asked = asked["measure"] == "pair_chance"
            return [chance, *([max(chance, _AT_LEAST), _NOT_KNOWN] if is_asked else [])]
        places = [at for at, part in enumerate(found["parts"]) if part["part"] == asked["compared"]]
        if not places:
            return []
        if asked["measure"] == "match_times":
            return [math.exp(abs(weights[places[0]]))]
        return [_chance(found["start"] + sum(weights[: places[0] + 1]))]

    def _ask_comparison(self, left: str, right: str) -> Any:
        one, other = (quote(key, safe=":") for key in (left, right))
        return self._site.twin(f"/en/organisations/{one}/compare/{other}")["pair"]

    def _ask_money(self, organisation: str) -> Decimal:
        total = Decimal(0)
        for measure in _MONEY:
            query = urlencode({"measure": measure, "organisation": organisation})
            value = self._site.twin(f"/en/why?{query}")["why"]["figure"]["value"]
            total += Decimal(str(value or 0))
        return total


def _chance(log_odds: float) -> float:
    return 100 / (1 + math.exp(-log_odds)) if log_odds > -700 else 0.0


def _is_close(one: float, other: float) -> bool:
    return math.isclose(one, other, rel_tol=1e-6, abs_tol=1e-6)
