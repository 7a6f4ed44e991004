"""Counts the figures of a programme anew, from the lines of the workspace as its file has them."""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl

from scripts.tracing.lines import Line, read_lines
from scripts.tracing.page import Shown, key_of

MEASURES = frozenset({
    "initiatives", "actions", "actions_running", "actions_done", "actions_stopped", "actions_late",
    "actions_soon", "milestones", "milestones_done", "milestones_late", "milestones_soon",
    "share_done",
})  # fmt: skip
_SOON = timedelta(days=30)
_OVER = ("done", "stopped")


@dataclass
class Held:
    """What came of it."""

    recomputed: int = 0
    differences: list[str] = field(default_factory=list)
    not_recomputed: list[str] = field(default_factory=list)


def hold_programme(home: Path, figures: dict[str, Shown]) -> Held:
    """Hold every figure of a programme against the lines that people wrote."""
    held = Held()
    mine = {key: shown for key, shown in sorted(figures.items()) if is_of_programme(shown)}
    lines = read_lines(home) if mine else []
    for key, shown in mine.items():
        found = _count(lines, _scope(shown))
        if found is None:
            held.not_recomputed.append(key)
            continue
        held.recomputed += 1
        if shown.raw is None or not math.isclose(found, float(shown.raw), abs_tol=1e-9):
            held.differences.append(f"{key}: shown {shown.raw}, the lines give {found}")
    return held


def is_of_programme(shown: Shown) -> bool:
    """Say whether a figure is one of a programme."""
    return _scope(shown).get("measure", "") in MEASURES


def _scope(shown: Shown) -> dict[str, str]:
    return dict(parse_qsl(key_of(shown.why), keep_blank_values=True))


def _count(lines: list[Line], scope: dict[str, str]) -> float | None:
    told: dict[str, dict[str, Any]] = {"action": {}, "initiative": {}, "status": {}}
    for line in lines:
        if line["subject"] == f"chain:{scope.get('chain')}" and line["kind"] in told:
            told[line["kind"]][line["object"]] = line["value"]
    actions = [
        {**action, "status": told["status"].get(name, {}).get("status", "planned"), "name": name}
        for name, action in told["action"].items()
    ]
    measure = scope["measure"]
    if measure == "initiatives":
        return len(told["initiative"])
    if measure == "share_done":
        share = told["status"].get(f"action:{scope['action']}", {}).get("share_done")
        return None if share is None else float(share)
    if "initiative" in scope:
        wanted = scope["initiative"]
        actions = [
            each for each in actions
            if (each["initiative"] in told["initiative"] and each["initiative"] == f"initiative:{wanted}")
            or (wanted == "none" and each["initiative"] not in told["initiative"])
        ]  # fmt: skip
    if "gap" in scope:
        actions = [each for each in actions if each["gap"] == scope["gap"]]
    today = date.fromisoformat(scope.get("today", "0001-01-01"))
    thing, _, which = measure.partition("_")
    if thing == "actions":
        return sum(_is_action(each, which, today) for each in actions)
    return sum(
        _is_milestone(one, each["status"], which, today)
        for each in actions
        for one in each["milestones"]
    )


def _is_action(action: dict[str, Any], which: str, today: date) -> bool:
    if which in {"", "running", "done", "stopped"}:
        return which in {"", action["status"]}
    if action["status"] in _OVER:
        return False
    days = [one["day"] for one in action["milestones"] if not one["done_on"]]
    days += [action["ends"]] if action["ends"] else []
    begins = action["starts"] if action["status"] == "planned" else None
    late = any(_day(day) < today for day in days) or bool(begins and _day(begins) < today)
    soon = any(today <= _day(day) <= today + _SOON for day in days)
    return late if which == "late" else soon and not late


def _is_milestone(one: dict[str, Any], status: str, which: str, today: date) -> bool:
    if which == "":
        return True
    if which == "done":
        return bool(one["done_on"])
    if one["done_on"] or status in _OVER:
        return False
    day = _day(one["day"])
    return day < today if which == "late" else today <= day <= today + _SOON


def _day(text: str) -> date:
    return date.fromisoformat(text)
