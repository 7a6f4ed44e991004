"""`python -m benchmarks.classification.second`: draws the second samples, and writes them for readers.

180 projects of Horizon Europe for three value chains and 100 Dutch texts, none of them in the first
samples; half of each to tune on and half to report on. Only keys and halves are committed, and sheets with
a line to fill for each; `--texts FOLDER` writes the texts, shuffled, without a word of why they were drawn.
"""

from __future__ import annotations

import argparse
import os
import re
import sys
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Final

from benchmarks.classification.defined import read_chain_texts
from benchmarks.classification.draw import chances, draw, half_of, number_of
from benchmarks.classification.labels import FOLDER, FORMS
from benchmarks.classification.sample import HALVES, HERE, read_sample, write_sample
from benchmarks.classification.signals import CHAINS
from benchmarks.classification.texts import Text, read_dutch, tidy

SEED: Final = "classification 2"

# For each half: how many are drawn, and how many of a stratum are asked for. Overlap gives more.
PROJECTS: Final = (90, {"named": 12, "hinted": 8, "around": 3, "nothing": 22})
DUTCH: Final = {
    "structural": (
        38,
        {
            "structural": 4,
            "structural:quantum": 2,
            "structural:cybersecurity": 2,
            "structural-nothing": 6,
        },
    ),
    "subsidy": (12, {"subsidy": 1, "subsidy-research": 5, "subsidy-nothing": 1}),
}
# What the sample of chains owes, both halves together.
LEAST: Final = {**dict.fromkeys(CHAINS, 25), "nothing": 20}
# A scheme that may be for a technology, though its words name none.
RESEARCH: Final = re.compile(
    r"innov|topsector|\btki|technolog|eurostar|energie|onderzoek|wetenschap|research", re.IGNORECASE
)
BATCH: Final = 34


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
        "chains-2": draw_projects(read_chain_texts(Path(named))),
        "dutch-2": draw_more_dutch(read_dutch(Path(named))),
    }
    counts = count_candidates(samples["chains-2"])
    print(*(f"{name}: {counts[name]} candidates" for name in LEAST), sep="\n")
    short = [name for name, least in LEAST.items() if counts[name] < least]
    if short:
        raise SystemExit(f"Too few candidates of {', '.join(short)}: ask for more of them.")
    differs = False
    for name, texts in samples.items():
        path, rows = HERE / f"sample-{name}.csv", [(each.key, half_of(each.key)) for each in texts]
        if options.write:
            write_sample(path, rows)
            write_blank(name, [text.key for text in order_of(texts)])
        is_same = path.exists() and read_sample(path) == rows
        differs |= not is_same
        print(f"{name}: {len(rows)} drawn, {'as' if is_same else 'NOT as'} committed")
        if options.texts:
            print(f"{name}: {write_texts(options.texts, name, texts)} files")
    return int(differs)


def draw_projects(texts: Iterable[Text]) -> list[Text]:
    """Draw the projects, in order of key."""
    return draw_halves(_not_in("sample", texts), *PROJECTS)


def draw_more_dutch(texts: Iterable[Text]) -> list[Text]:
    """Draw the Dutch texts, in order of key."""
    left = [_mark_research(text) for text in _not_in("sample-dutch", texts)]
    drawn = []
    for kind, (size, wanted) in DUTCH.items():
        drawn += draw_halves([each for each in left if each.key.startswith(kind)], size, wanted)
    return sorted(drawn, key=lambda text: text.key)


def draw_halves(texts: Sequence[Text], size: int, wanted: Mapping[str, int]) -> list[Text]:
    """Draw so many of each half, in order of key."""
    drawn: set[str] = set()
    for half in HALVES:
        strata = {text.key: text.strata for text in texts if half_of(text.key) == half}
        drawn.update(draw(chances(strata, wanted), size, SEED))
    return sorted((text for text in texts if text.key in drawn), key=lambda text: text.key)


def count_candidates(texts: Iterable[Text]) -> Counter[str]:
    """Count for each chain the texts with a hint of it, and those with a hint of none."""
    return Counter(
        stratum.partition(":")[2] or stratum for text in texts for stratum in text.strata
    )


def order_of(texts: Iterable[Text]) -> list[Text]:
    """Give texts in the order in which they are read: shuffled, the same at every time."""
    return sorted(texts, key=lambda text: number_of(f"{SEED} order", text.key))


def write_texts(folder: Path, name: str, texts: Iterable[Text]) -> int:
    """Write title and whole text, so many a file; gives the number of files."""
    folder.mkdir(parents=True, exist_ok=True)
    order = order_of(texts)
    batches = [order[start : start + BATCH] for start in range(0, len(order), BATCH)]
    for number, batch in enumerate(batches, start=1):
        parts = [f"## {text.key}\n**{tidy(text.title)}**\n\n{tidy(text.body)}\n" for text in batch]
        (folder / f"{name}-{number:02}.md").write_text("\n".join(parts), encoding="utf-8")
    return len(batches)


def write_blank(name: str, keys: Iterable[str]) -> None:
    """Write the sheet that a reader copies and fills: a line for each text, in the order of reading."""
    form = next(form for form in FORMS if form.ending == f"-{name}")
    lines = [",".join(form.columns), *(f"{key},,," for key in keys)]
    (FOLDER / f"blank-{name}.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")


def _not_in(sample: str, texts: Iterable[Text]) -> list[Text]:
    known = {key for key, _ in read_sample(HERE / f"{sample}.csv")}
    return [text for text in texts if text.key not in known]


def _mark_research(text: Text) -> Text:
    if text.strata == {"subsidy-nothing"} and RESEARCH.search(f"{text.title} {text.body}"):
        return replace(text, strata=frozenset({"subsidy-research"}))
    return text


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
