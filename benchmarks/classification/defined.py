"""What hints that a project is about a value chain: its definition, and nets wider than that.

The definitions are those of the day on which the second sample was drawn (`chains-2.json`), not those
that the product ships with today: words may be mended, while the chance of having been drawn must stay
known.
"""

from __future__ import annotations

import csv
import gzip
import json
import re
from pathlib import Path
from typing import Final

from benchmarks.classification.signals import CHAINS
from benchmarks.classification.texts import (
    Text,
    count_kinds,
    read_by_project,
    read_table,
)
from keten.evidence.classify import write_pattern

DEFINITIONS: Final = Path(__file__).parent / "chains-2.json"


class Definition:
    """The words, fields and topics of one chain, to be held against a project."""

    def __init__(self, chain: str, parts: dict[str, list[str]]) -> None:
        """Make the patterns of the definition of a chain."""
        self.net = CHAINS[chain]
        self._strong = _compile(parts["words"])
        self._weak = _compile(parts["near_words"])
        self._not = _compile(parts["not_words"])
        self._fields, self._near = parts["fields"], parts["near_fields"]
        self._topics = tuple(parts["topics"])

    def is_named(self, text: str, codes: list[str]) -> bool:
        """Say whether the words of the definition find a project by its text."""
        read = self._not.sub(" ", text.lower())
        if self._strong.search(read):
            return True
        return _is_below(codes, self._near) and self._weak.search(read) is not None

    def is_around(self, codes: list[str], topics: list[str]) -> bool:
        """Say whether a field or a topic of the definition finds a project."""
        return _is_below(codes, self._fields) or any(
            topic.startswith(self._topics) for topic in topics
        )


def read_definitions() -> dict[str, Definition]:
    """Give the three definitions as they stood when the sample was drawn."""
    kept = json.loads(DEFINITIONS.read_text(encoding="utf-8"))
    return {chain: Definition(chain, parts) for chain, parts in kept.items()}


def read_chain_texts(data: Path) -> list[Text]:
    """Give every project of Horizon Europe with the strata that its hints put it in.

    For each chain a project is `named` by a word of the definition, else `hinted` by a wider net, else
    `around` it by a field or topic of the definition; who has none of these for any chain is in `nothing`.
    """
    definitions = read_definitions()
    codes = read_by_project(data, "euroSciVoc", "euroSciVocCode")
    paths = read_by_project(data, "euroSciVoc", "euroSciVocPath")
    topics, titles = (read_by_project(data, "topics", column) for column in ("topic", "title"))
    with gzip.open(data / "cordis" / "keywords.csv.gz", "rt", encoding="utf-8") as stream:
        keywords = {
            row["projectID"]: row["keywords"] for row in csv.DictReader(stream, delimiter=";")
        }
    texts = []
    for row in read_table(data, "project"):
        key, words, strata = row["id"], f"{row['title']}\n{row['objective']}", set()
        for chain, definition in definitions.items():
            if definition.is_named("\n".join((words, *titles[key])), codes[key]):
                strata.add(f"named:{chain}")
            elif count_kinds(
                definition.net, paths[key], keywords.get(key, ""), titles[key], [], words
            ):
                strata.add(f"hinted:{chain}")
            elif definition.is_around(codes[key], topics[key]):
                strata.add(f"around:{chain}")
        texts.append(Text(key, row["title"], row["objective"], frozenset(strata or {"nothing"})))
    return texts


def _compile(words: list[str]) -> re.Pattern[str]:
    """Make one pattern of words; of none, one that is found nowhere."""
    return re.compile("|".join(map(write_pattern, words)) or r"(?!)")


def _is_below(codes: list[str], wanted: list[str]) -> bool:
    return any(code == each or code.startswith(f"{each}/") for code in codes for each in wanted)
