"""Outlines for server-drawn maps: SVG path data in kilometres of EPSG:3035, y pointing down.

All regions and municipalities share one projection (equal area, the one Eurostat prescribes for
maps), so that one map can mix levels. Coordinates are rounded to a fixed grid *before* differences
are taken: borders that two regions share stay shared, and errors do not add up along a ring.
"""

from typing import Any, Final

import numpy as np
import shapely
from pyproj import Transformer

# A tenth of a kilometre: below the accuracy of borders drawn for 1 to 20 million, and a
# twentieth of a pixel on a map of Europe, a fifth on one of a province.
GRID_PER_KM: Final = 10


def project(geometries: np.ndarray[Any, Any], crs: int) -> np.ndarray[Any, Any]:
    """Bring geometries from EPSG `crs` (x east, y north) to EPSG:3035, in metres."""
    transformer = Transformer.from_crs(crs, 3035, always_xy=True)

    def move(points: np.ndarray[Any, Any]) -> np.ndarray[Any, Any]:
        return np.column_stack(transformer.transform(points[:, 0], points[:, 1]))

    moved: np.ndarray[Any, Any] = shapely.transform(geometries, move)
    return moved


def draw_outline(geometry: Any) -> str:
    """Give one projected geometry (metres) as SVG path data in kilometres with relative steps."""
    parts: list[str] = []
    for polygon in shapely.get_parts(geometry):
        rings = (shapely.get_exterior_ring(polygon), *polygon.interiors)
        parts += [_draw_ring(shapely.get_coordinates(ring)) for ring in rings]
    return "".join(parts)


def _draw_ring(points: np.ndarray[Any, Any]) -> str:
    grid = np.rint(points * (GRID_PER_KM / 1000)).astype(np.int64)
    grid[:, 1] *= -1
    steps = np.diff(grid, axis=0)
    steps = steps[np.any(steps != 0, axis=1)]
    if len(steps) < 3:  # smaller than the grid: nothing to draw
        return ""
    # The last step only leads back to the start, which `z` does.
    moves = [_pair(x, y) for x, y in steps[:-1].tolist()]
    x, y = grid[0].tolist()
    return f"M{_pair(x, y)}l{' '.join(moves)}z"


def _pair(x: int, y: int) -> str:
    return f"{_number(x)},{_number(y)}"


def _number(grid: int) -> str:
    whole, tenth = divmod(abs(grid), GRID_PER_KM)
    text = f"{whole}.{tenth}" if tenth else str(whole)
    return f"-{text}" if grid < 0 else text
