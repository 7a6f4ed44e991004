"""Gazetteer: the outlines of the regions, read once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from keten.atlas.views import Shape
from keten.evidence.figures.rows import read_once

if TYPE_CHECKING:
    import duckdb

Box = tuple[float, float, float, float]  # left, top, right, bottom


@dataclass(frozen=True, slots=True)
class Outline:
    """The outline of a region, and the box of its main body."""

    shape: Shape
    body: Box


@read_once
def read_outlines_by_level(con: duckdb.DuckDBPyConnection) -> Mapping[int, Sequence[Outline]]:
    """Read all outlines, by code within each level."""
    found: dict[int, list[Outline]] = {level: [] for level in _LEVELS}
    for code, name, level, path, *box in con.execute(
        """
        select code, name, level, outline, "left", top, "right", bottom
        from region join region_box using (code) order by level, code
        """
    ).fetchall():
        left, top, right, bottom = box
        shape = Shape(code, name, level, path, False)
        found[level].append(Outline(shape, (left, top, right, bottom)))
    return found


_LEVELS: Final = (0, 1, 2, 3)
