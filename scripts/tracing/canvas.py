"""Recomputes the figures of the canvas: values from the cells of the files, places by counting."""

from __future__ import annotations

import csv
import math
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl

from scripts.tracing.page import Shown, key_of
from scripts.tracing.raw import Raw
from scripts.tracing.sheets import find_head, is_sheet, read_grid
from scripts.tracing.site import Site

MEASURES = frozenset({
    "indicator_value", "indicator_percentile", "element_percentile", "indicator_regions",
    "canvas_index",
})  # fmt: skip
# By how much a count is multiplied after it was divided by the size of the region.
_TIMES = {
    "keten:participations": 1000, "keten:coordinations": 1000, "keten:company-contribution": 1,
    "keten:knowledge-participations": 1000, "keten:company-participations": 1000,
    "keten:shared-within": 1, "keten:partners": 1,
}  # fmt: skip
_MANY, _FEW = 30, 6
_COLUMN = {"scoreboard": "Value", "employment": "Empl_pers"}


@dataclass
class Held:
    """What came of it; `parts` are plain figures that others were made of, to be traced as any."""

    recomputed: int = 0
    differences: list[str] = field(default_factory=list)
    not_recomputed: list[str] = field(default_factory=list)
    parts: dict[str, Shown] = field(default_factory=dict)


def hold_canvas(site: Site, raw: Raw, data: Path, figures: dict[str, Shown]) -> Held:
    """Hold every figure of a canvas against what the files say."""
    held = Held()
    ledger = _Ledger(site, raw, data, held)
    # How many regions were compared is counted where their places are, so it comes last.
    ordered = sorted(figures.values(), key=lambda shown: _measure(shown.why) == "indicator_regions")
    for shown in ordered:
        if _measure(shown.why) in MEASURES and shown.raw is not None:
            ledger.hold(shown.why, float(shown.raw))
    return held


def is_of_canvas(shown: Shown) -> bool:
    """Say whether a figure is one of a canvas."""
    return _measure(shown.why) in MEASURES


def _measure(why: str) -> str:
    return dict(_pairs(why)).get("measure", "")


def _pairs(why: str) -> list[tuple[str, str]]:
    return parse_qsl(key_of(why), keep_blank_values=True)


class _Ledger:
    def __init__(self, site: Site, raw: Raw, data: Path, held: Held) -> None:
        self._site, self._raw, self._data, self._held = site, raw, data, held
        self._known: dict[str, float | None] = {}
        self._compared: dict[str, float] = {}

    def hold(self, why: str, value: float) -> None:
        """Compare a figure with what the files make of it."""
        key = key_of(why)
        if key not in self._known:
            path, _, query = why.partition("?")
            told = self._site.twin(f"{path}?{query}")["why"]
            self._follow([figure for _, figure in told["parts"]])
            self._known[key] = found = self._recompute(dict(_pairs(why)), told)
            if found is None:
                self._held.not_recomputed.append(key)
            else:
                self._held.recomputed += 1
        known = self._known[key]
        if known is not None and not math.isclose(known, value, rel_tol=1e-9, abs_tol=1e-9):
            self._held.differences.append(f"{key}: shown {value}, the files give {known}")

    def _follow(self, parts: list[dict[str, Any]]) -> None:
        """Hold the figures that one was made of; of a place among counts, a few of the regions."""
        for part in parts if len(parts) < _MANY else parts[:_FEW]:
            if part["measure"] == "indicator_regions" and part["scope"]["indicator"] in _TIMES:
                continue
            if part["measure"] in MEASURES:
                self.hold(part["why"], float(part["value"]))
            elif part["measure"] not in ("projects_shared_within", "partner_ties"):
                raw = None if part["value"] is None else str(part["value"])
                self._held.parts.setdefault(key_of(part["why"]), Shown(part["why"], raw, "", ""))

    def _recompute(self, scope: dict[str, str], told: dict[str, Any]) -> float | None:
        parts = [figure for _, figure in told["parts"]]
        values = [float(part["value"]) for part in parts if part["value"] is not None]
        indicator = scope.get("indicator", "")
        match scope["measure"]:
            case "indicator_value" if indicator in _TIMES:
                return _TIMES[indicator] * values[0] / values[1]
            case "indicator_value":
                return self._cell(told["record_ids"][0], indicator, told["figure"])
            case "indicator_regions" if indicator in _TIMES:
                return self._compared.get(indicator)
            case "indicator_regions":
                return float(len(told["record_ids"]))
            case "indicator_percentile" if "+" in scope["region"]:
                places = [part for part in parts if part["measure"] == scope["measure"]]
                return _mean([float(part["value"]) for part in places])
            case "indicator_percentile":
                return self._place(told, indicator)
            case "element_percentile":
                return _mean(values)
            case "canvas_index":
                return _pull(values, scope, parts)
        return None

    def _place(self, told: dict[str, Any], indicator: str) -> float:
        values = [part for _, part in told["parts"] if part["measure"] == "indicator_value"]
        mine = float(values[0]["value"])
        if indicator in _TIMES:
            cells = [float(part["value"]) for part in values]
        else:
            cells = [self._cell(record, indicator, values[0]) for record in told["record_ids"]]
        self._compared[indicator] = float(len(cells))
        worse = sum(cell < mine for cell in cells)
        better = sum(cell > mine for cell in cells)
        if not self._titles()[indicator][1]:
            worse, better = better, worse
        return 100 * (worse + (len(cells) - worse - better) / 2) / len(cells)

    def _cell(self, record: int, indicator: str, figure: dict[str, Any]) -> float:
        number, line = record >> 32, record & 0xFFFFFFFF
        file = self._raw.files[number]
        path, name = self._data / str(file["path"]), str(file["name"])
        if not is_sheet(name):
            row = _read_lines(path)[line - 1]
            heading = [cell.strip() for cell in _read_lines(path)[0]]
            return float(row[heading.index(str(figure["period"]))].split()[0])
        grid = read_grid(path, name)
        row = grid[line - 1]
        heading = [" ".join(str(cell).split()) for cell in grid[find_head(grid)]]
        source = str(file["source"])
        if source in _COLUMN:
            return float(row[heading.index(_COLUMN[source])])
        return float(row[heading.index(self._heading(indicator))])

    def _heading(self, indicator: str) -> str:
        """Give the publisher's heading of an indicator, as the pages name it in English."""
        return self._titles()[indicator][0]

    @lru_cache(maxsize=1)  # noqa: B019 - as long as the ledger
    def _titles(self) -> dict[str, tuple[str, bool]]:
        found: dict[str, tuple[str, bool]] = {}
        for chain in self._site.twin("/en/chains")["chains"]:
            view = self._site.twin(f"/en/chains/{chain['chain']['chain']}/canvas")["canvas"]
            for element in view["elements"]:
                found |= {
                    line["indicator"]: (line["title"], line["higher_is_better"])
                    for line in element["lines"]
                }
        return found


@lru_cache(maxsize=4)
def _read_lines(path: Path) -> tuple[tuple[str, ...], ...]:
    with path.open(encoding="utf-8", newline="") as text:
        return tuple(tuple(row) for row in csv.reader(text, delimiter="\t"))


def _mean(values: list[float]) -> float:
    return sum(values) / len(values)


def _pull(values: list[float], scope: dict[str, str], parts: list[dict[str, Any]]) -> float:
    """Work out the whole with the weakest pulling, as its own words say."""
    named = {
        part["scope"]["element"]: value / 100 for part, value in zip(parts, values, strict=True)
    }
    repaired = scope.get("repaired", "")
    if repaired:
        others = [value for name, value in named.items() if name != repaired]
        named[repaired] = _mean(others)
    least = min(named.values())
    return 100 * _mean([least + 1 - math.exp(least - value) for value in named.values()])
