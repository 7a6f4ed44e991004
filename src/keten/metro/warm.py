"""`python -m keten.metro.warm`: compiles what is compiled, so that the first map need not wait.

Numba keeps what it compiled beside the modules, or where NUMBA_CACHE_DIR says.
"""

from __future__ import annotations

from keten.metro.contraction import contract
from keten.metro.drawing import draw
from keten.metro.graph import Edge, Graph, Line, Node
from keten.metro.layout import lay_out
from keten.metro.polishing import polish
from keten.metro.sets import draw_sets, read_sets


def warm_up() -> None:
    """Draw a small network and a few sets: every compiled function is called by one of them."""
    places = [(0.0, 0.0), (100.0, 10.0), (200.0, 0.0), (110.0, 90.0), (90.0, -80.0)]
    nodes = {str(i): Node(str(i), x, y, str(i), f"Stop {i}") for i, (x, y) in enumerate(places)}
    pairs = (("0", "1", "ab"), ("1", "2", "ab"), ("3", "1", "c"), ("1", "4", "c"))
    edges = tuple(Edge(u, v, tuple(ids), (nodes[u].xy, nodes[v].xy)) for u, v, ids in pairs)
    network = Graph(nodes, edges, {line: Line(line) for line in "abc"})
    draw(network, effort=0.1)
    polish(lay_out(contract(network, cell=80.0), cell=80.0, effort=0.1))
    draw_sets(read_sets({"a": "pqrs", "b": "qrt", "c": "spu"}), effort=0.1, tries=1)


if __name__ == "__main__":
    warm_up()
