"""An earlier drawing as it was kept in a file: enough for the next one to look like it."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from keten.metro.errors import FormatError
from keten.metro.geojson import read_geojson
from keten.metro.graph import Graph


@dataclass(frozen=True)
class Earlier:
    """A drawing's network as drawn, and the side that each label stood on."""

    graph: Graph
    sides: dict[str, str]

    def directions(self) -> dict[str, str]:
        """The side that each label stood on."""
        return dict(self.sides)


def read_drawing(source: str | Path) -> Earlier:
    """An earlier drawing from the GeoJSON that `Drawing.to_geojson` wrote, to begin the next from.

    Raises: FormatError when it is no such file.
    """
    try:
        text = (
            source if isinstance(source, str) and "{" in source else Path(source).read_text("utf-8")
        )
        loaded: Any = json.loads(text)
        sides = {str(k): str(v) for k, v in (loaded.get("sides") or {}).items()}
    except (OSError, UnicodeDecodeError, json.JSONDecodeError, AttributeError) as why:
        raise FormatError(f"This is no earlier drawing: {why}.", "Give one as GeoJSON.") from why
    return Earlier(read_geojson(loaded), sides)
