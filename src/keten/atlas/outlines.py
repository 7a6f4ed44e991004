"""Outlines: the shapes of regions for a map drawn on the server, and where a point falls on it.

Units: kilometres of EPSG:3035 with y pointing down, as the geography source gives them.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Final

import duckdb
from pyproj import Transformer

from keten.model import region_level

# Europe on EPSG:3035: islands far outside it would shrink the rest of their country to a dot.
_LEFT, _TOP, _RIGHT, _BOTTOM = 2400.0, -5600.0, 7500.0, -1300.0
_MARGIN_KM: Final = 6.0
_DEEPEST: Final = 3


@dataclass(frozen=True, slots=True)
class Outline:
    """The shape of one region; `is_asked` says that the map is about it."""

    code: str
    name: str
    path: str
    is_asked: bool


@dataclass(frozen=True, slots=True)
class MapView:
    """Outlines with the box that holds them, and a point on them."""

    outlines: tuple[Outline, ...]
    left: float
    top: float
    width: float
    height: float
    spot: tuple[float, float] | None = None


def show_map(
    con: duckdb.DuckDBPyConnection,
    codes: Sequence[str],
    *,
    latitude: float | None = None,
    longitude: float | None = None,
) -> MapView | None:
    """Give the countries of these regions, the regions marked; None where no outline is known.

    A country is drawn by its regions one level below the shallowest that was asked for.
    """
    if not codes:
        return None
    level = min(max(region_level(code) for code in codes) or 1, _DEEPEST)
    rows = con.execute(
        """
        select code, name, outline from region
        where level = $level and country in (select unnest($countries)) and outline is not null
        order by code
        """,
        {"level": level, "countries": sorted({code[:2] for code in codes})},
    ).fetchall()
    outlines = []
    boxes = []
    for code, name, path in rows:
        inside, box = _crop(path)
        if box:
            boxes.append(box)
            outlines.append(Outline(code, name, inside, code.startswith(tuple(codes))))
    if not boxes:
        return None
    left, top = min(box[0] for box in boxes), min(box[1] for box in boxes)
    right, bottom = max(box[2] for box in boxes), max(box[3] for box in boxes)
    spot = None
    if latitude is not None and longitude is not None:
        x, y = _to_grid().transform(longitude, latitude)
        spot = (x / 1000, -y / 1000)
        if not (left <= spot[0] <= right and top <= spot[1] <= bottom):
            spot = None
    return MapView(
        tuple(outlines),
        left - _MARGIN_KM,
        top - _MARGIN_KM,
        right - left + 2 * _MARGIN_KM,
        bottom - top + 2 * _MARGIN_KM,
        spot,
    )


@cache
def _to_grid() -> Transformer:
    return Transformer.from_crs(4326, 3035, always_xy=True)


@lru_cache(maxsize=4_096)
def _crop(path: str) -> tuple[str, tuple[float, float, float, float] | None]:
    """Give the rings of a path that begin in Europe, and the box that holds them."""
    kept = []
    box: tuple[float, float, float, float] | None = None
    for ring in re.findall(r"M[^M]*", path):
        numbers = [float(number) for number in re.findall(r"-?[0-9.]+", ring)]
        x, y = numbers[0], numbers[1]
        if not (_LEFT <= x <= _RIGHT and _TOP <= y <= _BOTTOM):
            continue
        kept.append(ring)
        xs, ys = [x], [y]
        for dx, dy in zip(numbers[2::2], numbers[3::2], strict=True):
            x, y = x + dx, y + dy
            xs.append(x)
            ys.append(y)
        corners = (min(xs), min(ys), max(xs), max(ys))
        box = corners if box is None else _joined(box, corners)
    return "".join(kept), box


def _joined(
    one: tuple[float, float, float, float], other: tuple[float, float, float, float]
) -> tuple[float, float, float, float]:
    return (
        min(one[0], other[0]),
        min(one[1], other[1]),
        max(one[2], other[2]),
        max(one[3], other[3]),
    )
