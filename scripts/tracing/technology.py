"""Recomputes the figures of technologies: shares, specialisations, and how good labels are.

What a text is about is told by a model, which nobody can tell anew in SQL: the labels are taken as the
pages give them, and all that is made of labels is made again. How good labels are is held against what
people read, with the labels of the pages of those very projects.
"""

from __future__ import annotations

import csv
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl

from scipy.stats import gamma, norm

from scripts.tracing.canvas import Held
from scripts.tracing.page import Shown, key_of
from scripts.tracing.site import Refusal, Site

MEASURES = frozenset({
    "text_chance", "text_labels", "chain_chance", "chain_model_chance", "mission_chance",
    "mission_model_chance",
    "technology_chance", "technology_develops", "technology_specialisation", "technology_expected",
    "technology_presence", "technology_likeness", "technology_share", "technology_share_before",
    "words_texts", "words_unseen", "words_unseen_before", "questions_asked", "questions_answered",
    "quality_precision", "quality_recall", "quality_f1", "quality_average_precision",
    "quality_calibration_error", "quality_mean", "quality_labels", "quality_said", "quality_true",
    "quality_texts", "weighted_projects", "organisation_about", "organisation_share", "organisation_judged",
})  # fmt: skip
_READ = Path(__file__).resolve().parents[2] / "benchmarks" / "classification"
_LEVEL = 0.95
_HALF = 0.5


def is_of_technology(shown: Shown) -> bool:
    """Say whether a figure is one that is made of labels of technologies."""
    return dict(parse_qsl(key_of(shown.why))).get("measure", "") in MEASURES


def hold_technologies(site: Site, figures: dict[str, Shown]) -> Held:
    """Hold every such figure against what it is made of."""
    held = Held()
    read = _Readings(site)
    for shown in figures.values():
        if is_of_technology(shown) and shown.raw is not None:
            _hold(site, shown, held, read)
    return held


def _hold(site: Site, shown: Shown, held: Held, read: _Readings) -> None:
    key = key_of(shown.why)
    scope = dict(parse_qsl(key, keep_blank_values=True))
    path, _, query = shown.why.partition("?")
    measure = scope.pop("measure")
    if measure.startswith("quality_"):
        expected = read.measure(measure, scope)
        if expected is None:
            held.not_recomputed.append(key)
        elif abs(expected - float(shown.raw or 0)) > 0.0001:
            held.differences.append(f"{key}: shown {shown.raw}, the readings give {expected:.4f}")
        else:
            held.recomputed += 1
        return
    if measure not in {"technology_share", "technology_specialisation", "technology_expected"}:
        held.not_recomputed.append(key)
        return
    told = site.twin(f"{path}?{query}")["why"]
    parts = [float(part["value"] or 0) for _, part in told["parts"]]
    for _, part in told["parts"]:
        if part["measure"] not in MEASURES:
            found = Shown(part["why"], str(part["value"]), "", "")
            held.parts.setdefault(key_of(part["why"]), found)
    figure = told["figure"]
    shown_values = [figure["value"]]
    if figure.get("interval"):
        shown_values += [figure["interval"]["low"], figure["interval"]["high"]]
    made = _make(measure, parts)
    room = 0.02 if measure == "technology_specialisation" else 0.006
    if all(abs(one - other) <= room for one, other in zip(shown_values, made, strict=True)):
        held.recomputed += 1
    else:
        held.differences.append(f"{key}: shown {shown_values}, its parts give {made}")


def _make(measure: str, parts: list[float]) -> list[float]:
    if measure == "technology_expected":
        size, of_it, of_all = parts
        return [size * of_it / of_all]
    if measure == "technology_specialisation":
        found, expected, shape = parts
        own = gamma(shape + found, scale=1 / (shape + expected))
        tail = (1 - _LEVEL) / 2
        return [float(own.mean()), float(own.ppf(tail)), float(own.ppf(1 - tail))]
    seen, of = parts
    z, share = float(norm.ppf((1 + _LEVEL) / 2)), seen / of
    middle, wide = share + z * z / (2 * of), 1 + z * z / of
    reach = z * (share * (1 - share) / of + z * z / (4 * of * of)) ** _HALF
    return [share, (middle - reach) / wide, (middle + reach) / wide]


class _Readings:
    """What people read, beside the labels that the pages of those projects bear."""

    def __init__(self, site: Site) -> None:
        self._site = site
        self._pairs: dict[str, list[tuple[bool, bool]]] | None = None

    def measure(self, measure: str, scope: dict[str, str]) -> float | None:
        """Give precision, recall, F1 or a count of labels; None for what is not made again here."""
        if scope.get("relation") != "about" or "technology" not in scope:
            return None
        if self._pairs is None:
            self._pairs = self._read()
        pairs = self._pairs.get(scope["technology"])
        if not pairs:
            return None
        true = sum(so for so, _ in pairs)
        found = sum(said for _, said in pairs)
        right = sum(so and said for so, said in pairs)
        made = {
            "quality_precision": (right, found),
            "quality_recall": (right, true),
            "quality_f1": (2 * right, true + found),
        }
        if measure == "quality_labels":
            return float({"true": true, "found": found, "right": right}[scope["counted"]])
        if measure not in made or not made[measure][1]:
            return None
        part, whole = made[measure]
        return part / whole

    def _read(self) -> dict[str, list[tuple[bool, bool]]]:
        """Read the half to report on, and the page of each of its projects."""
        keys = [row["id"] for row in _rows("sample.csv") if row["half"] == "report"]
        truth = {
            (row["project_id"], row["technology"])
            for row in _rows("labels/settled.csv")
            if row["label"] in {"develops", "applies"}
        }
        names = {technology for _, technology in truth}
        found: dict[str, list[tuple[bool, bool]]] = {}
        for key in keys:
            try:
                about: dict[str, Any] = self._site.twin(f"/en/projects/he-{key}")["about"]
            except Refusal:
                return {}  # other data than those that were read
            said = {
                row["name"]["technology"]
                for row in about["rows"]
                if row["relation"] in {"develops", "applies"}
            }
            for name in names:
                found.setdefault(name, []).append(((key, name) in truth, name in said))
        return found


def _rows(name: str) -> list[dict[str, str]]:
    with (_READ / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))
