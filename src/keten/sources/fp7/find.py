"""Finds the two deliveries of FP7 in a data folder: the tables of 2018, and the network."""

import re
from pathlib import Path

from keten.errors import SourceError
from keten.model import Package
from keten.sources.delivery import read_member
from keten.sources.fp7.card import CARD

_FOLDER = re.compile(r"(?:cordis-)?fp7.*", re.IGNORECASE)
_TABLES = ("organization.csv", "project.csv")
_EDGES = re.compile(r"fp7edges.*\.csv", re.IGNORECASE)
_ORGANISATIONS = re.compile(r"fp7org.*\.csv", re.IGNORECASE)
_HEAD_BYTES = 4096


def find(root: Path) -> list[Package]:
    """Give the deliveries in a data folder's folders `cordis-fp7…` or `fp7…`, sorted by release."""
    if not root.is_dir():
        return []
    folders = [path for path in root.iterdir() if path.is_dir() and _FOLDER.fullmatch(path.name)]
    found = [
        package
        for folder in sorted(folders)
        for package in (_tables(folder), _network(folder))
        if package is not None
    ]
    return sorted(found, key=lambda package: (package.release, package.path))


def _tables(folder: Path) -> Package | None:
    if not all((folder / name).is_file() for name in _TABLES):
        return None
    try:
        head = read_member(folder, _TABLES[0], _HEAD_BYTES)
    except SourceError:
        return None
    # The files of later programmes bear the same names; only these have a day for each row.
    if b"last_update" not in head.split(b"\n", 1)[0]:
        return None
    return Package(CARD.source, "tables", folder, _TABLES)


def _network(folder: Path) -> Package | None:
    names = sorted(path.name for path in folder.iterdir() if path.is_file())
    edges = [name for name in names if _EDGES.fullmatch(name)]
    organisations = [name for name in names if _ORGANISATIONS.fullmatch(name)]
    if len(edges) != 1 or len(organisations) != 1:
        return None
    return Package(CARD.source, "network", folder, (edges[0], organisations[0]))
