"""Draws the small map of a plan as a metro map: behind the same door, with the same arguments.

Where a metro map would say less than rows do (lines that meet nowhere, a line of one station, a name
that found no place, letters too small at the width asked for), the plain rows are drawn.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import lru_cache
from itertools import chain
from math import inf
from typing import TYPE_CHECKING, Final

from keten.story.map.schematic import MapLine, draw_schematic

if TYPE_CHECKING:
    from keten.metro import SetSystem

_SHARES: Final = (1.0, 0.8)  # of the usual letters: where names are crowded, smaller ones are tried
_LEAST: Final = 5.5  # points: smaller letters are not read
_ENOUGH: Final = 6.2  # points: larger ones need not be
_FONT: Final = "Libertinus Serif"
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
    links: Sequence[tuple[str, str]] = (),
    link_label: str = "",
) -> str:
    """Draw lines through stations (identifier to label), those on several lines as interchanges.

    Lines keep the order of their stations; unlike rows they may contradict each other's. `links` are
    pairs of stations that a thin line joins, named in the legend. A line without stations stands in
    the legend, its track broken. Raises: UsageError where rows have to be drawn and lines contradict
    each other.
    """
    kept = {station: stations[station] for line in lines for station in line.stations}
    seen = tuple(pair for pair in links if set(pair) <= set(kept))
    drawn = _draw(tuple(lines), tuple(kept.items()), seen, link_label, title, about, name, width)
    return drawn or draw_schematic(
        lines, stations, title=title, about=about, name=name, width=width
    )


@lru_cache(maxsize=64)
def _draw(
    lines: tuple[MapLine, ...],
    stations: tuple[tuple[str, str], ...],
    links: tuple[tuple[str, str], ...],
    link_label: str,
    title: str,
    about: str,
    name: str,
    width: float,
) -> str:
    """The metro map, or nothing where rows say more."""
    met = Counter(chain.from_iterable(line.stations for line in lines))
    told = [line for line in lines if line.stations]
    if len(told) < 2 or any(len(line.stations) == 1 for line in told):
        return ""
    if not links and max(met.values()) < 2:
        return ""
    # Drawing brings a compiler and a solver along; who draws no map does without them.
    from keten.metro import MetroError, read_sets

    try:
        system = read_sets(
            {line.line: line.stations for line in lines},
            dict(stations),
            ordered=True,
            labels={line.line: line.label for line in lines},
            links=links,
            link_label=link_label,
        )
        tries = [_try(system, share, title, about, name, width) for share in _SHARES[:1]]
        if tries[0][0] > 0:
            tries += [_try(system, share, title, about, name, width) for share in _SHARES[1:]]
    except MetroError:
        return ""
    return min(tries, key=lambda one: one[0])[1]


def _try(
    system: SetSystem, share: float, title: str, about: str, name: str, width: float
) -> tuple[float, str]:
    """How many names stand aslant or far off, and the map; nothing where one found no place."""
    from keten.metro import LETTER, Style, draw_sets, score

    style = Style().times(share)
    made = draw_sets(system, about=about, style=style, shorten=False, tries=2)
    found = score(made.graph, labels={label.station: label.ground for label in made.labels})
    if found.labels_missing or found.label_overlaps or any(label.key for label in made.labels):
        return inf, ""
    svg = replace(made, look=replace(made.look, title=title, heading=False, font=_FONT)).to_svg(
        name=name
    )
    # What names say is of sources, numbers and all.
    for group in ("stations", "labels"):
        svg = svg.replace(
            f'<g id="{name}-{group}"', f'<g class="source-text" id="{name}-{group}"', 1
        )
    smallest = min(label.size for label in made.labels) / made.scene.scale
    svg = _fit(svg, smallest / style.font * LETTER, width)
    odd = sum(label.angle != 0 or label.leader is not None for label in made.labels)
    return (odd if svg else inf), svg


def _fit(svg: str, smallest: float, width: float) -> str:
    """The map as wide as asked, its letters no larger than need be; nothing where they are too small.

    `smallest` are the letters of the smallest name, in the drawing's own pixels.
    """
    size = _SIZE.search(svg)
    if size is None:
        return ""
    wide, tall = float(size["wide"]), float(size["tall"])
    letters = smallest * width / wide
    if letters < _LEAST:
        return ""
    # A page has little height to spare: what is large enough stands with space on both sides.
    spare = wide * max(0.0, letters / _ENOUGH - 1) / 2
    whole = wide + 2 * spare
    return svg.replace(
        size[0],
        f'viewBox="{-spare:.1f} 0 {whole:.1f} {tall:.1f}" width="{width:.0f}" '
        f'height="{tall * width / whole:.1f}"',
        1,
    ).replace("<svg ", '<svg class="k-schematic k-metro" ', 1)
