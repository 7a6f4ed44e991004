"""Measures chains, missions and Dutch texts, and writes what was found as data for the page of quality."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

from benchmarks.classification.chains_report import report_chains
from benchmarks.classification.dutch import report_dutch
from benchmarks.classification.labels import FOLDER
from benchmarks.classification.missions_report import report_missions
from benchmarks.classification.missions_tune import LABELS
from keten.evidence.technology_quality import FURTHER


def report_further(evidence: Path, data: Path, today: str) -> list[str]:
    """Give the report of them, as lines of Markdown, and write the file that the product ships with."""
    chains, of_chains = report_chains(evidence)
    missions, of_missions = report_missions(evidence)
    dutch, of_dutch = report_dutch(data)
    readings = [
        FOLDER / f"{who}-{what}.csv"
        for who in ("first", "second", "settled")
        for what in ("chains", "chains-2", "dutch", "dutch-2")
    ] + [LABELS]
    value = {
        "measured_on": today,
        "readings": hashlib.sha256(b"\0".join(map(Path.read_bytes, readings))).hexdigest()[:16],
        "chains": of_chains,
        "missions": of_missions,
        "dutch": of_dutch,
    }
    FURTHER.write_text(json.dumps(value, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    return [
        "## Value chains\n", *chains, "\n## Missions\n", *missions, "\n## Dutch texts\n", *dutch,
    ]  # fmt: skip
