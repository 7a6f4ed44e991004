"""How good it is told what projects are about: what was measured, as `make bench-classify` wrote it.

The file beside this module ships with the product. It says on which texts, with which weights and against
which readings it was measured, so that a page can tell when it no longer speaks of what is in force.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any, Final

from keten.model import Figure, Interval, Scope

PATH: Final = Path(__file__).with_suffix(".json")
FURTHER: Final = PATH.with_name("further_quality.json")  # chains and Dutch texts
RELATIONS: Final = ("about", "develops")  # develops or applies; develops
WHO: Final = ("keten", "keywords", "euroscivoc", "readers")


@dataclass(frozen=True, slots=True)
class Missed:
    """A pair of project and technology that was told wrongly: what is true, what was said, how likely."""

    project_id: str
    technology: str
    truth: str
    said: str
    chance: float
    is_arguable: bool


@dataclass(frozen=True, slots=True)
class Quality:
    """What was measured, on which day, on which texts; `value` is the file as it stands."""

    measured_on: str
    model: str
    is_current: bool  # measured with the weights that are in force
    readings: str
    reported_on: tuple[str, ...]
    tuned_on: tuple[str, ...]
    missed: tuple[Missed, ...]
    value: Mapping[str, Any]

    def of(self, relation: str, technology: str) -> Mapping[str, Any] | None:
        """Give what was measured of one technology, None where it was not."""
        found = self.value["relations"].get(relation, {}).get("technologies", {}).get(technology)
        return found if isinstance(found, Mapping) else None


@cache
def read_quality() -> Quality | None:
    """Give what was measured last; None where nothing was."""
    if not PATH.is_file():
        return None
    value = json.loads(PATH.read_text("utf-8"))
    weights = files("keten.evidence.technologies").joinpath("weights.json").read_bytes()
    return Quality(
        value["measured_on"],
        value["model"],
        value["weights"] == hashlib.sha256(weights).hexdigest()[:16],
        value["readings"],
        tuple(value["reported_on"]),
        tuple(value["tuned_on"]),
        tuple(
            Missed(
                row["project"], row["technology"], row["truth"], row["said"], row["chance"],
                row["arguable"],
            )
            for row in value["missed"]
        ),
        value,
    )  # fmt: skip


@cache
def read_further() -> Mapping[str, Any]:
    """Give what was measured last of chains and of Dutch texts; empty where nothing was."""
    found = json.loads(FURTHER.read_text("utf-8")) if FURTHER.is_file() else {}
    return found if isinstance(found, Mapping) else {}


def make_score(name: str, measured: list[float | None], **scope: str) -> Figure:
    """Make a figure of a value with its bounds; not known where nothing could be measured."""
    value, low, high = measured
    interval = Interval(low, high) if low is not None and high is not None else None
    return Figure(value, "score", name, Scope.of(**scope), interval=interval)
