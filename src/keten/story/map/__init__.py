"""Draws a small schematic map: lines through stations; a set system in, SVG out.

The only door. `draw_metro` draws a metro map where lines meet, and else what `draw_schematic` draws:
every line in a row of its own.
"""

from keten.story.map.metro import draw_metro
from keten.story.map.schematic import MapLine, draw_schematic

__all__ = ["MapLine", "draw_metro", "draw_schematic"]
