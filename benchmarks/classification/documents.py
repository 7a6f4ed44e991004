"""The texts of the sample as the product reads them, and the mapping that it ships with."""

from __future__ import annotations

from pathlib import Path

import yaml

from benchmarks.classification.texts import read_dutch
from keten.atlas.taxonomy import read_taxonomy
from keten.evidence.technologies.signals import Document
from keten.model import TaxonomyEntry
from keten.workspace.examples import FOLDER


def read_entries() -> tuple[TaxonomyEntry, ...]:
    """Give the ten technologies with what maps to each."""
    path = FOLDER / "taxonomy-technologies.yaml"
    value = yaml.safe_load(path.read_text(encoding="utf-8"))
    value["valid_from"] = str(value["valid_from"])
    return read_taxonomy(value).entries


def read_dutch_documents(data: Path) -> dict[str, Document]:
    """Give the Dutch texts by key."""
    return {text.key: Document(text.key, text.title, text.body) for text in read_dutch(data)}
