"""Finds files of ROR in a data folder: dumps as zip, JSON, JSON lines, or csv with Python literals."""

import re
from pathlib import Path

from keten.model import Package
from keten.sources.ror.card import CARD

_FOLDER = re.compile(r"ror(?:[-_. ].*)?", re.IGNORECASE)
_NAME = re.compile(
    r"(?:.*[^a-z])?ror[-_](?:records|data|.*\d{4}).*\.(?:jsonl?(?:\.gz)?|csv|zip)", re.IGNORECASE
)


def find(root: Path) -> list[Package]:
    """Give the files of one folder as one package: the newest record of an organisation wins."""
    if not root.is_dir():
        return []
    folders = [root, *(path for path in root.iterdir() if path.is_dir() and _is_ours(path))]
    packages = []
    for folder in sorted(folders):
        members = sorted(
            path.name for path in folder.iterdir() if path.is_file() and _is_file(path)
        )
        if members:
            packages.append(Package(CARD.source, "records", folder, tuple(members)))
    return packages


def _is_ours(folder: Path) -> bool:
    return bool(_FOLDER.fullmatch(folder.name))


def _is_file(path: Path) -> bool:
    return bool(_NAME.fullmatch(path.name))
