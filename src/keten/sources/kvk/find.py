"""Finds the register in a data folder: a list of names and numbers without a heading."""

import re
from pathlib import Path

from keten.model import Package
from keten.sources.indicators import find_files
from keten.sources.kvk.card import CARD

_NAME = re.compile(r"ind-recognised-sponsors.*\.(?:txt|csv)", re.IGNORECASE)


def find(root: Path) -> list[Package]:
    """Give the registers in a data folder, or in a folder of it, sorted by name."""
    return find_files(root, _NAME, CARD.source)
