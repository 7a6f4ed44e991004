"""Maps: outlines and spots for the small maps that a face draws itself, in kilometres of EPSG:3035.

A region is shown among those of its level: within its country, or within its part of the country when
it is one of hundreds. Spots are shown among the countries, or among the regions when they lie close.
"""

from __future__ import annotations

import functools
import math
import re
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, Final

import pyarrow as pa
from pyproj import Transformer

from keten.atlas.rows import read_rows
from keten.atlas.views import MapView, Shape, Spot
from keten.model import region_level

if TYPE_CHECKING:
    import duckdb

Box = tuple[float, float, float, float]  # left, top, right, bottom

MARGIN: Final = 0.04  # of the larger side
NARROWEST: Final = 300.0  # kilometres: a single spot is shown with its surroundings
FAR_AWAY: Final = 500.0  # islands beyond this from the largest body do not widen a map
REACH: Final = 4500.0  # kilometres from the projection's centre; beyond it shapes are distorted
REGIONAL: Final = 700.0  # a map narrower than this shows regions, not countries only
_CENTRE_LATITUDE, _CENTRE_LONGITUDE = 52.0, 10.0

_RING = re.compile(r"M([^Mz]*)z")
_NUMBER = re.compile(r"-?[0-9]+(?:\.[0-9]+)?")


def outline(con: duckdb.DuckDBPyConnection, codes: Sequence[str]) -> MapView | None:
    """Give the map of a region or a set of regions; None where no outline is known."""
    level = max(region_level(code) for code in codes)
    scopes = {_surroundings(code) for code in codes}
    # A country is divided by its largest regions; others stand among those of their own level.
    shown = level or 1
    rows = _read_shapes(
        con,
        "code in (select unnest($codes)) or (level = $level and "
        "exists (select 1 from (select unnest($scopes) as head) where starts_with(code, head)))",
        {"codes": list(codes), "level": shown, "scopes": sorted(scopes)},
    )
    subjects = [row for row in rows if row["code"] in codes]
    if not subjects:
        return None
    around = [row for row in rows if level and row["code"] not in codes]
    frame = _frame(_join([_body(row) for row in (*around, *subjects)]))
    return MapView(
        view_box=frame,
        backdrop=_backdrop(con, _corners_of(frame)),
        shapes=tuple(_shape(row, row["code"] in codes) for row in sorted(rows, key=_order)),
        spots=(),
    )


def outline_places(
    con: duckdb.DuckDBPyConnection, places: Sequence[tuple[str, str, float, float]]
) -> MapView | None:
    """Give the map of places: identifier, label, latitude, longitude; None when there is none."""
    spots, left_out = _project(places)
    if not spots:
        return None
    box = _join([(spot.x, spot.y, spot.x, spot.y) for spot in spots])
    frame = _frame(box)
    shown = _corners_of(frame)
    return MapView(
        view_box=frame,
        backdrop=_backdrop(con, shown),
        shapes=_regional(con, shown) if max(frame[2:]) < REGIONAL else (),
        spots=tuple(spots),
        left_out=left_out,
    )


def outline_project(con: duckdb.DuckDBPyConnection, project_id: str) -> MapView | None:
    """Give the map of a project's participants, where they are located."""
    rows = con.execute(
        "select distinct organisation_id, place_id from involvement where project_id = $project",
        {"project": project_id},
    ).fetchall()
    where = {
        row[0]: row[1:]
        for row in con.execute(
            "select place_id, latitude, longitude from location "
            "where place_id in (select unnest($places)) and latitude is not null",
            {"places": [row[1] for row in rows]},
        ).fetchall()
    }
    places = [(one, one, *where[place]) for one, place in sorted(rows) if place in where]
    return outline_places(con, places)


def write_boxes(con: duckdb.DuckDBPyConnection) -> None:
    """Write `region_box`: how far the outline of each region reaches, and its main body."""
    rows = con.execute(
        "select code, outline from region where outline is not null and outline <> '' order by code"
    ).fetchall()
    boxes = [_measure_body(path) for _, path in rows]
    table = pa.table(
        {
            "code": pa.array([code for code, _ in rows], pa.string()),
            **{
                side: pa.array([box[place] for box in boxes], pa.float64())
                for place, side in enumerate(("left", "top", "right", "bottom"))
            },
        }
    )
    con.register("arrived", table)
    con.execute("create or replace table region_box as select * from arrived order by code")
    con.unregister("arrived")


def _measure_body(path: str) -> Box:
    """Give the box of a path's largest ring and of all that lies near it."""
    boxes = [_measure_ring(found.group(1)) for found in _RING.finditer(path)]
    largest = max(boxes, key=lambda box: (box[2] - box[0]) * (box[3] - box[1]))
    return _join([box for box in boxes if _gap(box, largest) <= FAR_AWAY])


def _measure_ring(ring: str) -> Box:
    numbers = [float(found) for found in _NUMBER.findall(ring)]
    x, y = numbers[0], numbers[1]
    left, top, right, bottom = x, y, x, y
    for step_x, step_y in zip(numbers[2::2], numbers[3::2], strict=True):
        x, y = x + step_x, y + step_y
        left, top = min(left, x), min(top, y)
        right, bottom = max(right, x), max(bottom, y)
    return left, top, right, bottom


def _gap(one: Box, other: Box) -> float:
    across = max(0.0, other[0] - one[2], one[0] - other[2])
    down = max(0.0, other[1] - one[3], one[1] - other[3])
    return math.hypot(across, down)


def _join(boxes: Sequence[Box]) -> Box:
    lefts, tops, rights, bottoms = zip(*boxes, strict=True)
    return min(lefts), min(tops), max(rights), max(bottoms)


def _frame(box: Box) -> tuple[float, float, float, float]:
    """Give the view box around a box: with a margin, and never too narrow to recognise."""
    width, height = box[2] - box[0], box[3] - box[1]
    margin = MARGIN * max(width, height)
    wide = max(width + 2 * margin, NARROWEST)
    high = max(height + 2 * margin, NARROWEST)
    x, y = (box[0] + box[2] - wide) / 2, (box[1] + box[3] - high) / 2
    return round(x, 1), round(y, 1), round(wide, 1), round(high, 1)


def _corners_of(frame: tuple[float, float, float, float]) -> Box:
    return frame[0], frame[1], frame[0] + frame[2], frame[1] + frame[3]


def _surroundings(code: str) -> str:
    """Give the region that a region is shown within: its country; of the smallest, the part."""
    return code[:3] if region_level(code) == 3 else code[:2]


def _read_shapes(
    con: duckdb.DuckDBPyConnection, where: str, values: Mapping[str, object]
) -> list[dict[str, Any]]:
    return read_rows(
        con,
        f"""
        select code, name, level, outline, "left", top, "right", bottom
        from region join region_box using (code) where {where} order by level, code
        """,
        values,
    )


def _backdrop(con: duckdb.DuckDBPyConnection, box: Box) -> tuple[Shape, ...]:
    rows = _read_shapes(con, f"level = 0 and {_MEETS}", _sides(box))
    return tuple(_shape(row, False) for row in rows)


def _regional(con: duckdb.DuckDBPyConnection, box: Box) -> tuple[Shape, ...]:
    rows = _read_shapes(con, f"level = 2 and {_MEETS}", _sides(box))
    return tuple(_shape(row, False) for row in rows)


_MEETS: Final = (
    '"left" <= $right_side and "right" >= $left_side '
    "and top <= $lower_side and bottom >= $upper_side"
)


def _sides(box: Box) -> dict[str, object]:
    return dict(zip(("left_side", "upper_side", "right_side", "lower_side"), box, strict=True))


def _body(row: Mapping[str, Any]) -> Box:
    return row["left"], row["top"], row["right"], row["bottom"]


def _shape(row: Mapping[str, Any], is_subject: bool) -> Shape:
    return Shape(row["code"], row["name"], row["level"], row["outline"], is_subject)


def _order(row: Mapping[str, Any]) -> tuple[int, str]:
    return row["level"], row["code"]


@functools.cache
def _transformer() -> Transformer:
    return Transformer.from_crs(4326, 3035, always_xy=True)


def _project(
    places: Sequence[tuple[str, str, float, float]],
) -> tuple[list[Spot], tuple[str, ...]]:
    """Bring places onto the plane of the outlines; name those too far away for it."""
    if not places:
        return [], ()
    xs, ys = _transformer().transform(
        [place[3] for place in places], [place[2] for place in places]
    )
    spots: list[Spot] = []
    left_out: list[str] = []
    for (identifier, label, latitude, longitude), x, y in zip(places, xs, ys, strict=True):
        if _distance_km(latitude, longitude) > REACH:
            left_out.append(identifier)
        else:
            spots.append(Spot(identifier, label, round(x / 1000, 1), round(-y / 1000, 1)))
    return spots, tuple(left_out)


def _distance_km(latitude: float, longitude: float) -> float:
    """Give the distance over the globe from the projection's centre."""
    here, there = math.radians(_CENTRE_LATITUDE), math.radians(latitude)
    turn = math.radians(longitude - _CENTRE_LONGITUDE)
    cosine = math.sin(here) * math.sin(there) + math.cos(here) * math.cos(there) * math.cos(turn)
    return 6371.0 * math.acos(max(-1.0, min(1.0, cosine)))
