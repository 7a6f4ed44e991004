"""Finds the lists of subsidies in a data folder; the heading says what a file is."""

import re
from pathlib import Path

from keten.errors import SourceError
from keten.model import Package
from keten.sources.delivery import read_member
from keten.sources.rijkssubsidies.card import CARD
from keten.sources.rijkssubsidies.layout import REQUIRED, YEAR
from keten.sources.tabular import read_sheet

_NAME = re.compile(r".*subsid.*\.csv", re.IGNORECASE)
_FOLDER = re.compile(r"(nl-subsidies-rijk|rijkssubsidies).*", re.IGNORECASE)
_HEAD_BYTES = 1 << 16


def find(root: Path) -> list[Package]:
    """Give the lists in a data folder or in its folders `nl-subsidies-rijk…`, sorted by year."""
    places = [root, *(path for path in root.iterdir() if path.is_dir() and _is_ours(path))]
    paths = sorted({path for place in places for path in place.iterdir() if path.is_file()})
    packages = [
        Package(CARD.source, year, path, (path.name,))
        for path in paths
        if _NAME.fullmatch(path.name) and (year := _year(path))
    ]
    return sorted(packages, key=lambda package: (package.release, package.path))


def _is_ours(folder: Path) -> bool:
    return bool(_FOLDER.fullmatch(folder.name))


def _year(path: Path) -> str:
    """Give the year that the first rows name; nothing when this is another list."""
    try:
        head = read_member(path.parent, path.name, _HEAD_BYTES)
        sheet = read_sheet(head, path.name, keep={YEAR})
    except SourceError:
        return ""
    if not set(REQUIRED) <= set(sheet.found.header):
        return ""
    years = [year for year in sheet.columns[YEAR].to_pylist() if year]
    return max(set(years), key=years.count) if years else "unknown"
