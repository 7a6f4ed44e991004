"""Finds the lists of the structural funds in a data folder, those of the social fund in folders below."""

import re
from pathlib import Path

from keten.model import Package
from keten.sources.structural_funds.card import CARD

_FOLDER = re.compile(r"(?:nl-)?structural[-_ ]?funds.*", re.IGNORECASE)
_PROJECTS = re.compile(r"structuralfundsnl.*\.csv", re.IGNORECASE)
_ESF = re.compile(r"eusf.*publicatielijst.*\.csv", re.IGNORECASE)
_EARLIER = re.compile(r"esf.*publicatielijst.*\.xls", re.IGNORECASE)


def find(root: Path) -> list[Package]:
    """Give the lists as one package for each folder that holds any, sorted by path."""
    if not root.is_dir():
        return []
    folders = [root, *(path for path in root.iterdir() if path.is_dir() and _is_ours(path))]
    packages = []
    for folder in sorted(folders):
        depth = (folder.glob("*"), folder.glob("esf*/*")) if folder != root else (folder.glob("*"),)
        files = [path for paths in depth for path in paths if path.is_file()]
        members = tuple(
            sorted(path.relative_to(folder).as_posix() for path in files if _is_list(path.name))
        )
        if members:
            packages.append(Package(CARD.source, "nl", folder, members))
    return packages


def is_esf(member: str) -> bool:
    """Say whether a member is a list of the social fund alone."""
    return is_earlier(member) or bool(_ESF.fullmatch(Path(member).name))


def is_earlier(member: str) -> bool:
    """Say whether a member is a list of 2007 to 2013, in an old form of Excel."""
    return bool(_EARLIER.fullmatch(Path(member).name))


def _is_ours(folder: Path) -> bool:
    return bool(_FOLDER.fullmatch(folder.name))


def _is_list(name: str) -> bool:
    return is_esf(name) or bool(_PROJECTS.fullmatch(name))
