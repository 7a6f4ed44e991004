"""`python -m benchmarks.classification.sample`: draws what is read, and writes it down for readers.

600 projects of Horizon Europe and 100 Dutch texts, half of each to tune on and half to report on. Every
project has a known chance of being drawn: subjects that are rare get a higher one, and so do projects for
which several kinds of hint speak. Only keys and halves are committed; `--texts FOLDER` writes the texts,
shuffled, without a word of why they were drawn.
"""

from __future__ import annotations

import argparse
import csv
import os
import sys
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Final

from benchmarks.classification.draw import chances, draw, half_of, number_of
from benchmarks.classification.signals import CHAINS
from benchmarks.classification.texts import SUBJECTS, Text, read_dutch, read_projects

HERE: Final = Path(__file__).parent
SEED: Final = "classification 1"
HALVES: Final = ("tune", "report")

# For each half: how many are drawn, and how many of a stratum are asked for. Overlap gives more.
PROJECTS: Final = 300
OF_PROJECTS: Final = {
    "several": 22,
    "one": 12,
    "nothing": 54,
    **{f"several:chain {name}": 24 for name in CHAINS},
    **{f"one:chain {name}": 10 for name in CHAINS},
}
DUTCH: Final = {
    "structural": (42, {"structural": 5, "structural-nothing": 14}),
    "subsidy": (8, {"subsidy": 1, "subsidy-nothing": 3}),
}
# What a sample owes, both halves together.
LEAST: Final = {**dict.fromkeys(SUBJECTS, 40), "nothing": 100}

BATCH: Final = 40
MOST_CHARACTERS: Final = 1200


def main(arguments: Sequence[str]) -> int:
    """Draw both samples; gives 1 when a committed sample is another than the one drawn."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--texts", type=Path, help="folder to write the texts for readers into")
    parser.add_argument("--write", action="store_true", help="write the samples to be committed")
    options = parser.parse_args(arguments)
    named = os.environ.get("KETEN_DATA", "").strip()
    if not named or not Path(named).is_dir():
        print("skipped: KETEN_DATA names no folder of open data.")
        return 0
    samples = {
        "sample": draw_projects(read_projects(Path(named))),
        "sample-dutch": draw_dutch(read_dutch(Path(named))),
    }
    counts = Counter(subject for text in samples["sample"] for subject in subjects_of(text))
    print(*(f"{subject}: {counts[subject]} candidates" for subject in LEAST), sep="\n")
    short = [subject for subject, least in LEAST.items() if counts[subject] < least]
    if short:
        raise SystemExit(f"Too few candidates of {', '.join(short)}: ask for more of them.")
    differs = False
    for name, texts in samples.items():
        path = HERE / f"{name}.csv"
        rows = [(text.key, half_of(text.key)) for text in texts]
        if options.write:
            write_sample(path, rows)
        is_same = path.exists() and read_sample(path) == rows
        differs |= not is_same
        print(f"{name}: {len(rows)} drawn, {'as' if is_same else 'NOT as'} committed")
        if options.texts:
            prefix = "dutch" if name == "sample-dutch" else "texts"
            print(f"{name}: {write_batches(options.texts, prefix, texts)} batches")
    return int(differs)


def draw_projects(texts: Iterable[Text]) -> list[Text]:
    """Draw the projects, in order of key."""
    return _draw(list(texts), PROJECTS, OF_PROJECTS)


def draw_dutch(texts: Iterable[Text]) -> list[Text]:
    """Draw the Dutch texts, in order of key."""
    texts = list(texts)
    drawn = []
    for kind, (size, wanted) in DUTCH.items():
        drawn += _draw([each for each in texts if each.key.startswith(kind)], size, wanted)
    return sorted(drawn, key=lambda text: text.key)


def subjects_of(text: Text) -> set[str]:
    """Give the technologies and chains that a project is a candidate for, or `nothing`."""
    return {stratum.partition(":")[2] or stratum for stratum in text.strata}


def write_sample(path: Path, rows: Iterable[tuple[str, str]]) -> None:
    """Write keys and halves."""
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream, lineterminator="\n")
        writer.writerow(("id", "half"))
        writer.writerows(rows)


def read_sample(path: Path) -> list[tuple[str, str]]:
    """Read keys and halves."""
    with path.open(encoding="utf-8", newline="") as stream:
        return [(row["id"], row["half"]) for row in csv.DictReader(stream)]


def write_batches(folder: Path, prefix: str, texts: Iterable[Text]) -> int:
    """Write texts in shuffled order, so many a file; gives the number of files."""
    folder.mkdir(parents=True, exist_ok=True)
    order = sorted(texts, key=lambda text: number_of(f"{SEED} order", text.key))
    batches = [order[start : start + BATCH] for start in range(0, len(order), BATCH)]
    for number, batch in enumerate(batches, start=1):
        parts = [f"## {text.key}\n**{text.title}**\n\n{_cut(text.body)}\n" for text in batch]
        (folder / f"{prefix}-{number:02}.md").write_text("\n".join(parts), encoding="utf-8")
    return len(batches)


def _draw(texts: Sequence[Text], size: int, wanted: dict[str, int]) -> list[Text]:
    drawn: set[str] = set()
    for half in HALVES:
        strata = {text.key: text.strata for text in texts if half_of(text.key) == half}
        drawn.update(draw(chances(strata, wanted), size, SEED))
    return sorted((text for text in texts if text.key in drawn), key=lambda text: text.key)


def _cut(text: str) -> str:
    """Shorten a text at the end of a word."""
    plain = " ".join(text.split())
    if len(plain) <= MOST_CHARACTERS:
        return plain
    return plain[:MOST_CHARACTERS].rpartition(" ")[0] + " …"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
