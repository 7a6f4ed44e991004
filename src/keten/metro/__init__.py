"""Draws metro maps: a line graph or a set system in, a schematic drawing out.

`draw` and `draw_sets` go the whole way; each stage is a function of its own besides: `contract`,
`lay_out`, `polish`, `relax`, `order_lines`, `place_labels`, `render`. The library knows nothing of the
rest of keten and has its own errors.
"""

from keten.metro.background import Area, add_background, read_areas
from keten.metro.contraction import Contraction, contract
from keten.metro.drawing import Drawing, check_target, draw, make_texts
from keten.metro.earlier import Earlier, Pins, read_drawing
from keten.metro.errors import FormatError, GraphError, InputError, MetroError, OptionError
from keten.metro.geojson import read_geojson, read_json, write_geojson
from keten.metro.graph import Edge, Graph, Line, Node
from keten.metro.labelling import Label, Labelling, place_labels
from keten.metro.layout import GridLayout, Weights, lay_out
from keten.metro.look import LETTER, Look
from keten.metro.networks import from_networkx
from keten.metro.options import Text
from keten.metro.ordering import order_cost, order_lines
from keten.metro.polishing import polish
from keten.metro.relaxing import Aims, relax
from keten.metro.rendering import make_look, render
from keten.metro.scene import Scene, Style, make_scene
from keten.metro.scoring import Score, score
from keten.metro.setfiles import read_set_file
from keten.metro.sets import Element, SetSystem, arrange, draw_sets, make_network, read_sets
from keten.metro.svg import write_svg

__all__ = [
    "LETTER", "Aims", "Area", "Contraction", "Drawing", "Earlier", "Edge", "Element",
    "FormatError", "Graph", "GraphError", "GridLayout", "InputError", "Label", "Labelling",
    "Line", "Look", "MetroError", "Node", "OptionError", "Pins", "Scene", "Score", "SetSystem",
    "Style", "Text", "Weights", "add_background", "arrange", "check_target", "contract", "draw",
    "draw_sets", "from_networkx", "lay_out", "make_look", "make_network", "make_scene",
    "make_texts", "order_cost", "order_lines", "place_labels", "polish", "read_areas",
    "read_drawing", "read_geojson", "read_json", "read_set_file", "read_sets", "relax", "render",
    "score", "write_geojson", "write_svg",
]  # fmt: skip
