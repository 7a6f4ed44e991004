"""Maps: outlines and spots for the small maps that a face draws itself, in kilometres of EPSG:3035.

A region is shown among those of its level: within its country, or within its part of the country when
it is one of hundreds. Spots are shown among the countries, or among the regions when they lie close.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Final

import pyarrow as pa

from keten.atlas.gazetteer import Box, Outline, read_outlines_by_level
from keten.atlas.projection import project
from keten.atlas.views import MapView, Shape, Spot
from keten.model import region_level

if TYPE_CHECKING:
    import duckdb

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
    scopes = tuple(sorted({_surroundings(code) for code in codes}))
    # A country is divided by its largest regions; others stand among those of their own level.
    shown = level or 1
    outlines = read_outlines_by_level(con)
    rows = [
        one
        for at, known in outlines.items()
        for one in known
        if one.shape.code in codes or (at == shown and one.shape.code.startswith(scopes))
    ]
    if not any(one.shape.code in codes for one in rows):
        return None
    framed = [one.body for one in rows if level or one.shape.code in codes]
    frame = _frame(_join(framed))
    return MapView(
        view_box=frame,
        backdrop=_meeting(outlines[0], _corners_of(frame)),
        shapes=tuple(replace(one.shape, is_subject=one.shape.code in codes) for one in rows),
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
    outlines = read_outlines_by_level(con)
    return MapView(
        view_box=frame,
        backdrop=_meeting(outlines[0], shown),
        shapes=_meeting(outlines[2], shown) if max(frame[2:]) < REGIONAL else (),
        spots=tuple(spots),
        left_out=left_out,
    )


def outline_project(con: duckdb.DuckDBPyConnection, project_id: str) -> MapView | None:
    """Give the map of a project's participants, where they are located."""
    rows = con.execute(
        """
        select i.organisation_id, i.place_id, l.latitude, l.longitude
        from involvement i join location l on l.place_id = i.place_id
        where i.project_id = $project and l.latitude is not null
        """,
        {"project": project_id},
    ).fetchall()
    return outline_places(con, [(one, one, *where) for one, _, *where in sorted(set(rows))])


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


def _meeting(outlines: Iterable[Outline], box: Box) -> tuple[Shape, ...]:
    """Pick the outlines of which something may lie within a box."""
    left, top, right, bottom = box
    return tuple(
        one.shape
        for one in outlines
        if one.body[0] <= right
        and one.body[2] >= left
        and one.body[1] <= bottom
        and one.body[3] >= top
    )


def _project(
    places: Sequence[tuple[str, str, float, float]],
) -> tuple[list[Spot], tuple[str, ...]]:
    """Bring places onto the plane of the outlines; name those too far away for it."""
    spots: list[Spot] = []
    left_out: list[str] = []
    for identifier, label, latitude, longitude in places:
        if _distance_km(latitude, longitude) > REACH:
            left_out.append(identifier)
        else:
            x, y = project(latitude, longitude)
            spots.append(Spot(identifier, label, round(x / 1000, 1), round(-y / 1000, 1)))
    return spots, tuple(left_out)


def _distance_km(latitude: float, longitude: float) -> float:
    """Give the distance over the globe from the projection's centre."""
    here, there = math.radians(_CENTRE_LATITUDE), math.radians(latitude)
    turn = math.radians(longitude - _CENTRE_LONGITUDE)
    cosine = math.sin(here) * math.sin(there) + math.cos(here) * math.cos(there) * math.cos(turn)
    return 6371.0 * math.acos(max(-1.0, min(1.0, cosine)))
