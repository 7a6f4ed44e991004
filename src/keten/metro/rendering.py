"""The last stage: a scene and its labels drawn as SVG, HTML, PNG or PDF, by one door."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Literal, overload

from keten.metro import raster
from keten.metro.errors import OptionError
from keten.metro.graph import Graph
from keten.metro.labelling import Label, Labelling
from keten.metro.look import Look
from keten.metro.page import list_lines, order_of_lines, write_page
from keten.metro.palette import INK, choose_codes, choose_colours
from keten.metro.scene import Scene
from keten.metro.svg import write_svg

Kind = Literal["svg", "html", "png", "pdf"]
Labels = Labelling | Sequence[Label]


@overload
def render(
    scene: Scene, labels: Labels, look: Look | None = None, kind: Literal["svg", "html"] = "svg",
    *, name: str = "map", width: int = 2000, notes: Sequence[str] = (),
) -> str: ...  # fmt: skip
@overload
def render(
    scene: Scene, labels: Labels, look: Look | None = None, *, kind: Literal["png", "pdf"],
    name: str = "map", width: int = 2000, notes: Sequence[str] = (),
) -> bytes: ...  # fmt: skip
def render(
    scene: Scene,
    labels: Labels,
    look: Look | None = None,
    kind: Kind = "svg",
    *,
    name: str = "map",
    width: int = 2000,
    notes: Sequence[str] = (),
) -> str | bytes:
    """Draw a labelled scene: text for "svg" and "html", bytes for "png" and "pdf".

    Units: `width` in pixels, of a PNG. Without a `look` lines have the palette's colours and the
    sheet no title. `name` tells the drawings on one page apart; `notes` stand below an HTML page's table.
    Raises: OptionError for another kind, MissingPieceError where PNG or PDF cannot be written here.
    """
    placed = (*labels.labels, *labels.blocked) if isinstance(labels, Labelling) else tuple(labels)
    look = look or make_look(scene.graph, placed)
    if kind == "svg":
        return write_svg(scene, placed, look, name=name)
    if kind == "html":
        # The page has a heading of its own, which does not scroll with the map.
        svg = write_svg(scene, placed, replace(look, heading=False), name=name)
        rows = list_lines(scene.graph, look)
        colours = [
            (look.colours or {}).get(line, INK) for line in order_of_lines(scene.graph, look)
        ]
        return write_page(svg, look, rows, colours, notes)
    if kind == "png":
        if width < 1:
            raise OptionError(f"No picture is {width} pixels wide.", "Give one at least.")
        return raster.to_png(write_svg(scene, placed, look, name=name), width)
    if kind == "pdf":
        return raster.to_pdf(write_svg(scene, placed, look, name=name), look.title)
    raise OptionError(f"A map cannot be drawn as {kind!r}.", "Take svg, html, png or pdf.")


def make_look(
    graph: Graph,
    labels: Sequence[Label] = (),
    *,
    title: str = "",
    about: str = "",
    sources: str = "",
    date: str = "",
    aspect: float | None = None,
    own_colours: bool = False,
    language: str = "en",
    called: Mapping[str, str] | None = None,
) -> Look:
    """Names, codes and colours of a network's lines, and what its numbered labels stand for.

    `called` are names of stations other than their labels.
    """
    called = called or {s: graph.nodes[nodes[0]].label for s, nodes in graph.station_nodes.items()}
    keys = [(label.key, called[label.station]) for label in labels if label.key]
    return Look(
        title,
        about or describe(graph),
        name_lines(graph),
        choose_colours(graph.lines, own=own_colours),
        choose_codes(graph.lines.values()),
        sources,
        date,
        aspect,
        keys=tuple(sorted(keys, key=lambda key: int(key[0]))),
        language=language,
    )


def describe(graph: Graph) -> str:
    """A sentence for who cannot see the map."""
    told = [name for key, name in name_lines(graph).items() if not graph.lines[key].quiet]
    stations = len(graph.station_nodes)
    return f"A schematic map of {len(told)} lines and {stations} stations: {', '.join(told)}."


def name_lines(graph: Graph) -> dict[str, str]:
    """What each line is called: its label, else its code."""
    codes = choose_codes(graph.lines.values())
    return {key: line.label or codes.get(key, "") for key, line in graph.lines.items()}
