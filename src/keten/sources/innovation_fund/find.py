"""Finds the list of the Innovation Fund in a data folder."""

import re
from pathlib import Path

from keten.model import Package
from keten.sources.indicators import find_files
from keten.sources.innovation_fund.card import CARD

_NAME = re.compile(r"innovation[ _-]?fund.*\.xlsx", re.IGNORECASE)


def find(root: Path) -> list[Package]:
    """Give the workbooks in a data folder, or in a folder of it, sorted by name."""
    return find_files(root, _NAME, CARD.source)
