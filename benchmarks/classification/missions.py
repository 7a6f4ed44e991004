"""`python -m benchmarks.classification.missions`: draws the projects that are read for missions.

120 projects of Horizon Europe with a text: 20 for each mission out of its candidates, 40 that are a
candidate of none. Candidates are told by few plain signs, written before and apart from the mapping that
the product ships with. Only keys are committed; `--texts FILE` writes the texts, shuffled, without a word
of why they were drawn. Labels are in `labels/read-missions.csv`: of a project and mission that do not stand
there the answer was a plain no. One reader read the title and the first 1,500 characters.
"""

from __future__ import annotations

import argparse
import csv
import re
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Final

import duckdb

from benchmarks.classification.draw import number_of
from benchmarks.classification.sample import HERE

SEED: Final = "classification missions"
EACH: Final = 20
NONE: Final = 40
OFTEN: Final = 2  # a word that stands there once is often in passing
PATH: Final = HERE / "sample-missions.csv"
# Part of the programme, branch of EuroSciVoc, and plain words of title or summary.
SIGNS: Final = {
    "energy-transition-sustainability": (
        "HORIZON.2.5", "/25/67",
        r"energy|hydrogen|battery|batteries|solar|wind turbine|carbon|climate|recycl|circular|emission",
    ),
    "agriculture-water-food": (
        "HORIZON.2.6", "/27",
        r"agricultur|farm|crop|food|soil|water|forest|fish|livestock|biodiversity|marine",
    ),
    "health-care": (
        "HORIZON.2.1", "/21",
        r"patient|disease|health|clinical|therap|cancer|medical|drug|hospital|infection",
    ),
    "security": (
        "HORIZON.2.3", "/23/47/295",
        r"security|crime|police|terror|attack|defence|border|disaster|privacy|military",
    ),
}  # fmt: skip


def list_candidates(con: duckdb.DuckDBPyConnection) -> dict[str, tuple[set[str], dict[str, str]]]:
    """Give the candidates of each mission, and under `none` all others; each with the texts."""
    texts = dict(
        con.execute(
            "select project_id, concat(coalesce(title, ''), '\n\n', objective) from project "
            "where programme = 'he' and objective is not null order by project_id"
        ).fetchall()
    )
    found: dict[str, set[str]] = {}
    for mission, (part, field, words) in SIGNS.items():
        codes = con.execute(
            "select distinct project_id from project_programme_part where starts_with(code, $part) "
            "union select distinct project_id from field_branch where code = $field order by 1",
            {"part": part, "field": field},
        ).fetchall()
        pattern = re.compile(words, re.IGNORECASE)
        met = {key for key, text in texts.items() if len(pattern.findall(text)) >= OFTEN}
        found[mission] = ({key for (key,) in codes} | met) & texts.keys()
    found["none"] = texts.keys() - set().union(*found.values())
    return {name: (keys, texts) for name, keys in found.items()}


def draw_sample(con: duckdb.DuckDBPyConnection) -> tuple[list[str], dict[str, str]]:
    """Give the keys that are drawn, in order, and all texts."""
    chosen: set[str] = set()
    candidates = list_candidates(con)
    for name, (keys, _) in candidates.items():
        size = NONE if name == "none" else EACH
        order = sorted(keys - chosen, key=lambda key: (number_of(f"{SEED} {name}", key), key))
        chosen |= set(order[:size])
    return sorted(chosen), candidates["none"][1]


def main(arguments: Sequence[str]) -> int:
    """Draw the sample; gives 1 when the committed one is another than the one drawn."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("evidence", type=Path, help="the file of an evidence built from open data")
    parser.add_argument("--texts", type=Path, help="a file to write the texts into, for a reader")
    parser.add_argument("--write", action="store_true", help="write the sample to be committed")
    options = parser.parse_args(arguments)
    with duckdb.connect(str(options.evidence), read_only=True) as con:
        keys, texts = draw_sample(con)
    if options.texts:
        order = sorted(keys, key=lambda key: number_of(f"{SEED} order", key))
        options.texts.write_text(
            "\n\n".join(f"=== {key}\n{texts[key]}" for key in order), encoding="utf-8"
        )
    if options.write:
        with PATH.open("w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file, lineterminator="\n")
            writer.writerow(["id"])
            writer.writerows([key] for key in keys)
    with PATH.open(encoding="utf-8", newline="") as file:
        kept = [row["id"] for row in csv.DictReader(file)]
    return 0 if kept == keys else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
