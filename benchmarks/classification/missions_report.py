"""How well it is told which projects are about missions, on the half of those read that nobody tuned on."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Final

from benchmarks.classification.asked import (
    calibrate,
    compare,
    gain,
    measure_subjects,
    plain,
    write_asked,
)
from benchmarks.classification.measures import estimate, precision
from benchmarks.classification.missions_tune import read_asked
from keten.evidence.missions import read_mission_model

NAMES: Final = {"keten": "keten", "definition": "all that the mapping meets"}


def report_missions(evidence: Path) -> tuple[list[str], dict[str, Any]]:
    """Give the report, as lines of Markdown and as data."""
    model = read_mission_model()
    asked = read_asked(evidence, "report", model)
    error, _ = calibrate(asked, asked.told)
    sure = asked.chance >= model.sure
    exact = estimate(lambda drawn: precision(asked.truth[drawn], sure[drawn]), len(sure))
    above = gain(asked, "definition")
    about = "read by one person; two numbers for all missions were fitted on other projects"
    lines = [
        f"{len(asked.truth)} projects, {about}.\n",
        *write_asked(asked, NAMES), "",
        f"Expected calibration error of the {int(asked.told.sum())} pairs met: {error:.3f}.",
        f"Precision of the {int(sure.sum())} sure labels: {exact}.",
        f"Macro F1 above {NAMES['definition']}: {above}.",
    ]  # fmt: skip
    value = {
        "version": model.version, "given": model.given, "sure": model.sure,
        "texts": len(asked.truth), "pairs_met": int(asked.told.sum()),
        "about": {"missions": measure_subjects(asked), "compared": compare(asked)},
        "above": {"definition": above}, "calibration_error": error,
        "sure_labels": {"labels": int(sure.sum()), "precision": exact},
    }  # fmt: skip
    return lines, plain(value)
