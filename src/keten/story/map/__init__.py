"""Draws a small schematic map: lines through stations, laid out plainly; a set system in, SVG out.

The only door: a better engine takes its place behind `draw_schematic`, and nobody else changes.
"""

from keten.story.map.schematic import MapLine, draw_schematic

__all__ = ["MapLine", "draw_schematic"]
