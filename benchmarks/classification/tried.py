"""Says how well a model did on the half that it was tuned on, cross-validated."""

from __future__ import annotations

import numpy as np

from benchmarks.classification.agreement import macro, micro
from benchmarks.classification.measures import average_precision, reliability
from benchmarks.classification.tune import Tried
from keten.evidence.technologies.model import RELATIONS, Model


def write_tried(tried: Tried, model: Model) -> list[str]:
    """Give lines of Markdown: F1, mean log loss of a text, average precision, and what chances say."""
    truth = tried.truth
    lines = [
        f"Labels from {model.given} on, sure from {model.sure}.\n",
        "| seen | relation | micro F1 | macro F1 | micro, clear | macro, clear | AP | log loss |",
        "|---|---|---:|---:|---:|---:|---:|---:|",
    ]
    everything = np.ones(truth.levels.shape, np.bool_)
    ways = {"as it is": tried.plain, "without words of its own": tried.spared}
    for way, chance in ways.items():
        for level, relation in enumerate(RELATIONS, start=1):
            so, likely = truth.levels >= level, chance[..., level - 1]
            hat = likely >= model.given[level - 1]
            cells = [
                mean(so, hat, kept)
                for kept in (everything, ~truth.arguable)
                for mean in (micro, macro)
            ]
            sharp = np.clip(np.where(so, likely, 1 - likely), 1e-4, 1)
            cells += [
                average_precision(so.ravel(), likely.ravel()),
                float(-np.log(sharp).sum(axis=1).mean()),
            ]
            lines.append(f"| {way} | {relation} | {' | '.join(f'{each:.3f}' for each in cells)} |")
    for way, chance in ways.items():
        steps = reliability((truth.levels >= 1).ravel(), chance[..., 0].ravel())
        said = ", ".join(f"{said:.2f}: {true:.2f}" for said, true, _ in steps)
        lines.append(f"\nChance said and true, {way}: {said}.")
    return lines
