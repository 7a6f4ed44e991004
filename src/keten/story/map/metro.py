"""Draws the same small map as a metro map: behind the same door, with the same arguments.

Where a metro map would say less than rows do (too few stations in common, letters too small at the
width asked for), the plain rows are drawn.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import pairwise
from typing import Final

from keten.metro import MetroError, Style, draw_sets, read_sets
from keten.story.map.schematic import MapLine
from keten.story.map.schematic import draw_schematic as draw_rows

_LEAST: Final = 5.5  # points: smaller letters are not read
_ASPECT: Final = 2.0
_SIZE: Final = re.compile(
    r'viewBox="0 0 (?P<wide>[\d.]+) (?P<tall>[\d.]+)" width="[\d.]+" height="[\d.]+"'
)


def draw_metro(
    lines: Sequence[MapLine],
    stations: Mapping[str, str],
    *,
    title: str,
    about: str,
    name: str = "schematic",
    width: float = 510.0,
) -> str:
    """Draw lines through stations (identifier to label), those on several lines as interchanges.

    Lines keep the order of their stations; unlike rows they may contradict each other's.
    Raises: UsageError where rows have to be drawn and lines contradict each other.
    """

    def as_rows() -> str:
        return draw_rows(lines, stations, title=title, about=about, name=name, width=width)

    drawn = [line for line in lines if len(line.stations) > 1]
    met = {a for line in drawn for pair in pairwise(line.stations) for a in pair}
    shared = [s for s in met if sum(s in line.stations for line in drawn) > 1]
    if len(drawn) < len(lines) or not shared or len(drawn) < 2:
        return as_rows()
    system = read_sets(
        {line.line: line.stations for line in drawn},
        {station: stations[station] for station in sorted(met)},
        ordered=True,
        labels={line.line: line.label for line in drawn},
    )
    try:
        made = draw_sets(system, about=about, style=Style(font=0.34), aspect=_ASPECT, shorten=False)
    except MetroError:
        return as_rows()
    look = replace(made.look, title=title, heading=False)
    svg = replace(made, look=look).to_svg(name=name)
    size = _SIZE.search(svg)
    if size is None or 0.34 * 46 * width / float(size["wide"]) < _LEAST:
        return as_rows()
    tall = float(size["tall"]) * width / float(size["wide"])
    return svg.replace(
        size[0],
        f'viewBox="0 0 {size["wide"]} {size["tall"]}" width="{width:.0f}" height="{tall:.1f}"',
        1,
    ).replace("<svg ", '<svg class="k-schematic" ', 1)
