"""What a drawing looks like beyond its network: words, colours, what lies behind; constants of a sheet."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from shapely.geometry.base import BaseGeometry

from keten.metro.graph import XY

LETTER = 13.8  # pixels: the size of letters, whatever part of L that is
FONTS = "'DejaVu Sans Condensed', Arial, 'Liberation Sans', Helvetica, 'DejaVu Sans', sans-serif"
# Tints of the background: all so light that lines stand at 3:1 on them, and letters at 4.5:1.
GROUNDS = ("#f3efe8", "#edf3ee", "#f3eef2", "#eef1f4", "#f4f2e6", "#eaf1f3")
WATER = "#d9e8f3"
WORDS = {
    "en": {"line": "Line", "stations": "Stations", "map": "Map"},
    "nl": {"line": "Lijn", "stations": "Stations", "map": "Kaart"},
}


@dataclass(frozen=True)
class Ground:
    """A region or water behind the map, in the network's plane: `kind` is 'water' or another word.

    `tint` is a number that its neighbours do not have; its name stands at `spot`, if it has one.
    A `stream` is a river, too narrow for its name.
    """

    name: str
    kind: str
    shape: BaseGeometry
    tint: int = 0
    spot: XY | None = None
    size: float = 0.0
    stream: bool = False


@dataclass(frozen=True)
class Look:
    """What does not follow from the network: words, colours and what lies behind.

    `keys` are numbers that stand on the map, and the names that they stand for; without `heading`
    the title is not drawn, only told. `font` is one family or several; names are as wide as they were
    measured whatever font draws them.
    """

    title: str = ""
    about: str = ""
    names: Mapping[str, str] | None = None
    colours: Mapping[str, str] | None = None
    codes: Mapping[str, str] | None = None
    sources: str = ""
    date: str = ""
    aspect: float | None = None
    legend: bool = True
    keys: tuple[tuple[str, str], ...] = ()
    heading: bool = True
    language: str = "en"
    font: str = FONTS
    grounds: tuple[Ground, ...] = ()

    def word(self, key: str) -> str:
        """A word of the drawing itself in its language, English where that is not known."""
        return WORDS.get(self.language, WORDS["en"])[key]
