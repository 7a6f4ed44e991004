"""Draws a small schematic map: lines through stations, laid out plainly; a set system in, SVG out.

The only door. `draw_metro` takes the same arguments and draws a metro map where lines meet.
"""

from keten.story.map.metro import draw_metro
from keten.story.map.schematic import MapLine, draw_schematic

__all__ = ["MapLine", "draw_metro", "draw_schematic"]
