"""Finds deliveries of CORDIS in a data folder, and tells from their content which they are."""

import re
from pathlib import Path, PurePosixPath

from keten.errors import SourceError
from keten.model import Package
from keten.sources.cordis.card import CARD
from keten.sources.cordis.layout import FILES, FRAMEWORKS, IGNORED_FILES, ORGANIZATION, PROJECT
from keten.sources.delivery import list_members, read_member
from keten.sources.tabular import read_sheet

_HEAD_BYTES = 1 << 20
_PUBLISHERS_NAME = re.compile(r"cordis-.*projects?-csv.*", re.IGNORECASE)
_STEMS = {stem.casefold(): stem for stem in (*(each.stem for each in FILES), *IGNORED_FILES)}


def find(root: Path) -> list[Package]:
    """Give the deliveries that lie in a data folder or in its folder `cordis`, sorted by release.

    Looks at zips and at folders that hold project and organization as csv; other folders of open
    data may hold files of the same names, so they count only when `root` is that folder itself.
    Raises: SourceError when a zip is damaged.
    """
    if not root.is_dir():
        raise SourceError(f"{root} is no folder.", "Name the folder in which the open data lie.")
    packages = [package for path in _candidates(root) if (package := _package(path)) is not None]
    packages.sort(key=lambda package: (package.release, package.path))
    return packages


def stem_of(member: str) -> str:
    """Give the publisher's name of a file, or nothing: project_df_100.csv is project."""
    path = PurePosixPath(member)
    if path.suffix.lower() not in (".csv", ".tsv", ".txt"):
        return ""
    word = re.split(r"[_\-. (]", path.stem, maxsplit=1)[0].casefold()
    return _STEMS.get(word.replace("organisation", "organization"), "")


def _candidates(root: Path) -> list[Path]:
    own = root / "cordis"
    places = [root, own, *root.iterdir(), *(own.iterdir() if own.is_dir() else ())]
    folders = [
        path
        for path in places
        if path.is_dir() and (path in (root, own) or _PUBLISHERS_NAME.fullmatch(path.name))
    ]
    zips = [path for path in places if path.suffix.lower() == ".zip" and path.is_file()]
    return sorted({*folders, *zips})


def _package(path: Path) -> Package | None:
    """Give the delivery at a path, or None when something else is there."""
    is_ours = path.is_file() and _is_named_as_ours(path)
    try:
        members = list_members(path)
    except SourceError:
        if is_ours:
            raise
        return None
    stems = {stem_of(member) for member in members}
    needed = {PROJECT.stem, ORGANIZATION.stem}
    # A zip with the publisher's name and half of its tables is reported when it is read.
    if not needed <= stems and not (is_ours and needed & stems):
        return None
    return Package(CARD.source, _release(path, members), path, members)


def _is_named_as_ours(path: Path) -> bool:
    return path.parent.name == "cordis" or bool(_PUBLISHERS_NAME.fullmatch(path.name))


def _release(path: Path, members: tuple[str, ...]) -> str:
    """Give the programme that the first projects name; `unknown` when none is named."""
    member = next((each for each in members if stem_of(each) == PROJECT.stem), None)
    if member is None:
        return "unknown"
    try:
        head = read_member(path, member, _HEAD_BYTES)
        sheet = read_sheet(head, member, keep={"frameworkProgramme"})
    except SourceError:
        return "unknown"  # `read` says what is wrong with it
    found = sheet.columns.get("frameworkProgramme")
    names = [name for name in (found.to_pylist() if found is not None else []) if name]
    name = max(set(names), key=names.count) if names else ""
    return FRAMEWORKS.get(name.strip().upper(), name.strip().lower() or "unknown")
