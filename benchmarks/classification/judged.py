"""Judges all projects in a process of its own: `python -m benchmarks.classification.judged EVIDENCE FILE`.

Writes the chances of the sample to FILE (numpy), and says as JSON what it took.
"""

from __future__ import annotations

import json
import os
import sys
import time
from pathlib import Path

import duckdb
import numpy as np

from benchmarks.classification.documents import read_dutch_documents, read_entries
from benchmarks.classification.readings import read_readings
from keten.evidence.technologies.judging import judge
from keten.evidence.technologies.model import read_model
from keten.evidence.technologies.reading import read_documents
from keten.model import TaxonomyEntry


def main(arguments: list[str]) -> None:
    """Judge, keep the chances of what was read by people, and print what it took as JSON."""
    evidence, kept = arguments
    started, entries, model = time.process_time(), read_entries(), read_model()
    with duckdb.connect(evidence, read_only=True) as con:
        documents = read_documents(con)
    before = time.perf_counter()
    judged = judge(entries, documents, (), model)
    wall, cpu = time.perf_counter() - before, time.process_time() - started
    place = {document.key: row for row, document in enumerate(documents)}
    rows = [place[f"he-{key}"] for key in read_readings("settled").keys]
    names_met = np.zeros((len(rows), len(entries)), np.bool_)
    at = {row: number for number, row in enumerate(rows)}
    for hit in judged.hits:
        if hit.document in at and hit.kind == 0 and hit.place in {"title", "objective"}:
            names_met[at[hit.document], hit.entry] = True
    fields = np.array(
        [[_has_field(entry, documents[row].fields) for entry in entries] for row in rows]
    )
    dutch = read_dutch_documents(Path(os.environ["KETEN_DATA"]))
    keys = read_readings("settled", "-dutch").keys
    by_dutch = judge(entries, [dutch[key] for key in keys], (), model)
    np.savez(
        kept, chance=judged.chance[rows], words=names_met, fields=fields, dutch=by_dutch.chance,
        all=judged.chance.astype(np.float32), has_text=judged.has_text,
        is_he=np.array([document.key.startswith("he-") for document in documents]),
        keys=np.array([document.key for document in documents]),
    )  # fmt: skip
    status = Path("/proc/self/status").read_text("ascii")
    peak = int(status.split("VmHWM:")[1].split()[0]) / 1024
    sys.stdout.write(json.dumps({"wall_s": wall, "cpu_s": cpu, "peak_mb": peak}) + "\n")


def _has_field(entry: TaxonomyEntry, codes: tuple[str, ...]) -> bool:
    clues = entry.maps_to.of_way("field")
    return any(
        code == clue.term or code.startswith(f"{clue.term}/")
        for clue in clues
        if clue.weight >= 1
        for code in codes
    )


if __name__ == "__main__":
    main(sys.argv[1:])
