"""Finds the calls in a data folder, and tells of which day they are."""

import re
from pathlib import Path

from keten.model import Package
from keten.sources.calls.card import CARD
from keten.sources.calls.layout import NOTICES, TEXTS

UNDATED = "undated"
_HEAD_BYTES = 4096
_MADE = re.compile(r'"generatedAt"\s*:\s*"(\d{4}-\d\d-\d\d)')


def find(root: Path) -> list[Package]:
    """Give the delivery in a data folder or in its folder `calls`; either file may be absent."""
    for folder in (root / "calls", root):
        members = tuple(name for name in (NOTICES, TEXTS) if (folder / name).is_file())
        if members:
            return [Package(CARD.source, _release(folder), folder, members)]
    return []


def _release(folder: Path) -> str:
    """Give the day the notices were made; texts alone carry no date."""
    path = folder / NOTICES
    if not path.is_file():
        return UNDATED
    with path.open("rb") as file:
        made = _MADE.search(file.read(_HEAD_BYTES).decode("utf-8", "replace"))
    return made[1] if made else UNDATED
