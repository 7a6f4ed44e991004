"""How well it is told which projects are about three value chains, on the half nobody tuned on."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

from benchmarks.classification.asked import (
    Asked,
    calibrate,
    compare,
    gain,
    measure_subjects,
    plain,
    write_asked,
)
from benchmarks.classification.chains import (
    Scene,
    leave_out,
    read_scene,
    read_truth,
)
from benchmarks.classification.measures import estimate, precision
from keten.evidence.chains.model import read_model
from keten.evidence.technologies.plain_model import PlainModel

NAMES = {
    "keten": "keten",
    "definition": "all that the definition meets",
    "words": "words of the definition alone",
    "euroscivoc": "EuroSciVoc alone",
    "left_out": "keten, with weights that know nothing of that chain",
    "readers": "reader against reader",
}


def report_chains(evidence: Path) -> tuple[list[str], dict[str, Any]]:
    """Give the report, as lines of Markdown and as data."""
    model, scene = read_model(), read_scene(evidence, "report")
    other = leave_out(read_scene(evidence, "tune"), scene)
    part, develops = _ask(scene, model, other, 1), _ask(scene, model, other, 2)
    develops = _only(develops, scene.is_second)
    error, steps = calibrate(part, part.told)
    error_of_all, _ = calibrate(part, part.told | ~part.told)
    error_left_out, _ = calibrate(replace(part, chance=other), part.told)
    sure = part.chance >= model.sure
    exact = estimate(lambda drawn: precision(part.truth[drawn], sure[drawn]), len(sure))
    above = {name: gain(part, name) for name in ("definition", "words", "euroscivoc")}
    lines = [
        f"### In the chain at all: {len(part.truth)} projects\n", *write_asked(part, NAMES), "",
        "| said | true | of all pairs met |  |", "|---:|---:|---:|---|",
        *(f"| {said:.2f} | {true:.2f} | {share:.3f} | {'#' * round(true * 40)} |"
          for said, true, share in steps),
        "",
        _tell_calibration(int(part.told.sum()), error, error_of_all, error_left_out),
        f"Precision of the {int(sure.sum())} sure labels: {exact}.",
        *(f"Macro F1 above {NAMES[name]}: {each}." for name, each in above.items()),
        f"\n### Develops it: {len(develops.truth)} projects of the second sample\n",
        *write_asked(develops, NAMES),
    ]  # fmt: skip
    value = {
        "version": model.version, "given": model.given, "sure": model.sure,
        "texts": len(part.truth), "pairs_met": int(part.told.sum()),
        "about": {"chains": measure_subjects(part), "compared": compare(part)},
        "develops": {
            "texts": len(develops.truth), "chains": measure_subjects(develops),
            "compared": compare(develops),
        },
        "above": above, "calibration_error": error, "calibration_error_of_all": error_of_all,
        "calibration_error_left_out": error_left_out,
        "reliability": [
            plain({"said": said, "true": true, "pairs": round(share * int(part.told.sum()))})
            for said, true, share in steps
        ],
        "sure_labels": {"labels": int(sure.sum()), "precision": exact},
    }  # fmt: skip
    return lines, plain(value)


def _tell_calibration(pairs: int, error: float, of_all: float, left_out: float) -> str:
    return (
        f"Expected calibration error of the {pairs} pairs met: {error:.3f}, with weights that know nothing "
        f"of the chain {left_out:.3f}; of all pairs, those not met counted as nought: {of_all:.3f}."
    )


def _ask(scene: Scene, model: PlainModel, left_out: Any, level: int) -> Asked:
    first, second = read_truth("first", "report"), read_truth("second", "report")
    return Asked(
        scene.truth.subjects, scene.truth.levels >= level, scene.truth.arguable,
        scene.chance >= model.given, scene.chance,
        {
            "definition": scene.met, "words": scene.words, "euroscivoc": scene.fields,
            "left_out": left_out >= model.given,
        },
        (first.levels >= level, second.levels >= level), scene.met,
    )  # fmt: skip


def _only(asked: Asked, rows: Any) -> Asked:
    """Give the same of some texts."""
    return Asked(
        asked.subjects, asked.truth[rows], asked.arguable[rows], asked.said[rows],
        asked.chance[rows], {name: said[rows] for name, said in asked.others.items()},
        (asked.readers[0][rows], asked.readers[1][rows]) if asked.readers else None,
        asked.told[rows],
    )  # fmt: skip
