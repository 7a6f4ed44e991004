"""The whole way from a network to a drawing, and what a drawing can be written as.

Stages follow each other as in `draw`: contract, lay out on a grid (and polish, for who has time),
relax, order lines, place labels, and back to relax where a label asks for room.
Nothing here reads a clock; who wants to end early gives `stop`, which is asked between stages.
"""

from __future__ import annotations

import json
import math
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from keten.metro.contraction import contract, split_crowded
from keten.metro.earlier import Earlier, Pins, find_corners, mark_pins
from keten.metro.easing import settle
from keten.metro.errors import OptionError
from keten.metro.fitting import fit_labels
from keten.metro.geojson import read_geojson, to_mercator, write_geojson
from keten.metro.graph import XY, Graph, Node, check
from keten.metro.labelling import Label, Labelling, place_labels
from keten.metro.layout import Weights
from keten.metro.lettering import clean
from keten.metro.look import Look
from keten.metro.networks import from_networkx, is_networkx
from keten.metro.options import DIRECTIONS, Text
from keten.metro.ordering import order_lines
from keten.metro.page import list_lines
from keten.metro.palette import choose_codes
from keten.metro.polishing import polish
from keten.metro.relaxing import Aims
from keten.metro.rendering import make_look, render
from keten.metro.scene import Scene, Style, make_scene
from keten.metro.trying import TRIES, judge, try_layouts

CELL = 0.7  # of the mean edge: a finer grid bends less and stays nearer to the ground
PINNED = 40.0  # how much more than others a pinned station wants its place
POLISHED = 2.0  # the effort from which on the grid drawing is polished
FEW = 120  # more nodes than these are laid out twice, not as often as others
SMALLEST, LARGEST = 0.02, 5.0  # letters, in L
MOST_STRETCH = 1.4  # across as much as this and upward as much less, for a sheet's shape
LOYAL = 4.0  # the same for a station that stands in an earlier drawing
STAY = 3.0  # how much stations mind a cell away from where they stood, off the grid


@dataclass(frozen=True)
class Drawing:
    """A finished map. `notes` says in words what was relaxed; `work` counts what the search did.

    `pins` are what people fixed in it, or in the drawing that it began from.
    """

    scene: Scene
    labels: tuple[Label, ...]
    look: Look
    notes: tuple[str, ...]
    work: int = 0
    pins: Pins = field(default_factory=Pins)

    @property
    def graph(self) -> Graph:
        """The network as drawn: places, courses, orders."""
        return self.scene.graph

    def to_svg(self, *, name: str = "map") -> str:
        """One SVG file; `name` tells the drawings on one page apart."""
        return render(self.scene, self.labels, self.look, name=name)

    def to_geojson(self) -> str:
        """The drawn line graph, in the coordinates that it came in, with what people fixed in it."""
        extra = {"title": self.look.title, "notes": list(self.notes), "sides": self.directions()}
        return write_geojson(self.graph, extra=extra, marks=mark_pins(self.graph, self.pins))

    def to_label_geojson(self) -> str:
        """The ground of every label as polygons, in the coordinates that the network came in."""
        features = [
            {
                "type": "Feature",
                "geometry": {"type": "Polygon", "coordinates": [self._ring(label)]},
                "properties": {"station_id": label.station, "text": " ".join(label.lines)},
            }
            for label in self.labels
        ]
        return json.dumps({"type": "FeatureCollection", "features": features}, ensure_ascii=False)

    def _ring(self, label: Label) -> list[list[float]]:
        corners = label.corners()
        places = [self.graph.in_input(xy) for xy in (*corners, corners[0])]
        return [list(place) for place in places]

    def to_png(self, *, width: int = 2000) -> bytes:
        """A picture so many pixels wide."""
        return render(self.scene, self.labels, self.look, kind="png", width=width)

    def to_pdf(self) -> bytes:
        """One page of the drawing's own size."""
        return render(self.scene, self.labels, self.look, kind="pdf")

    def to_html(self) -> str:
        """One file that shows the map and, below it, every line with its stations; no script."""
        return render(self.scene, self.labels, self.look, "html", notes=self.notes)

    def table(self) -> list[tuple[str, str, tuple[str, ...]]]:
        """Code, name and stations of each line, the stations in the order of a walk along it."""
        return list_lines(self.graph, self.look)

    def directions(self) -> dict[str, str]:
        """The side that each label stands on."""
        return {label.station: label.direction for label in self.labels}

    def save(self, path: str | Path) -> None:
        """Write a file by its ending: svg, html, png, pdf, json or geojson."""
        path = check_target(path)
        writers: dict[str, Callable[[], str | bytes]] = {
            ".svg": self.to_svg, ".html": self.to_html, ".png": self.to_png, ".pdf": self.to_pdf,
            ".json": self.to_geojson, ".geojson": self.to_geojson,
        }  # fmt: skip
        content = writers[path.suffix.lower()]()
        path.write_bytes(content.encode() if isinstance(content, str) else content)

    def _repr_svg_(self) -> str:
        return self.to_svg()


Progress = Callable[[str, float], None]
ENDINGS = (".svg", ".html", ".png", ".pdf", ".json", ".geojson")


def check_target(path: str | Path) -> Path:
    """The path itself, if a drawing can be written there.

    Raises: OptionError for an ending that is not known, or a folder that is not there.
    """
    path = Path(path)
    if path.suffix.lower() not in ENDINGS:
        raise OptionError(
            f"A map cannot be written as {path.suffix or path.name!r}.",
            f"End the file's name in {', '.join(ENDINGS[:-1])} or {ENDINGS[-1]}.",
        )
    if not path.parent.is_dir():
        raise OptionError(f"There is no folder {path.parent}.", "Make it first.")
    return path


def draw(
    source: Graph | str | Path | Mapping[str, Any] | Any,
    *,
    title: str = "",
    about: str = "",
    sources: str = "",
    date: str = "",
    language: str = "en",
    style: Style | None = None,
    weights: Weights | None = None,
    aims: Aims | None = None,
    cell: float | None = None,
    aspect: float | None = None,
    own_colours: bool = False,
    shorten: bool = True,
    seed: int = 0,
    effort: float = 1.0,
    pins: Pins | None = None,
    start: Drawing | Earlier | None = None,
    progress: Progress | None = None,
    stop: Callable[[], bool] | None = None,
) -> Drawing:
    """Draw a network: a `Graph`, a networkx graph, or a GeoJSON line graph.

    Units: `cell` (the grid's, by default 0.8 of the mean edge) in those of the plane,
    `aspect` is width by height: the network is drawn out towards it where no station is pinned, and
    the sheet has it. `effort` scales counted work; the same input, seed and effort give
    the same bytes. With `start`, stations keep to where they stood there. `shorten` leaves out of
    the labels the words that most of them end with. Between stages `stop` is asked whether to end
    early; the drawing is whole all the same, and says so.
    Raises: InputError where the source cannot be drawn, OptionError for an option without meaning.
    """
    if not (math.isfinite(effort) and effort > 0):
        raise OptionError(f"An effort of {effort} draws nothing.", "Give more than nought.")
    if aspect is not None and not 0.05 <= aspect <= 20:
        raise OptionError(f"No sheet is {aspect} as wide as high.", "Give 0.05 to 20.")
    ending = Ending(stop)
    style, aims = style or Style(), aims or Aims()
    if not SMALLEST <= style.font <= LARGEST:
        raise OptionError(
            f"Letters of {style.font} of the distance between stations cannot be drawn.",
            f"Give {SMALLEST} to {LARGEST}; 0.3 is usual.",
        )
    pins, progress = pins or Pins(), progress or (lambda _stage, _share: None)
    if start is not None:
        pins = start.pins.with_later(pins)
        aims = replace(aims, home=max(aims.home, STAY))
    graph, aside = set_aside(check(read_source(source)))
    if aspect is not None and not pins.places:
        graph = stretch(graph, aspect)
    graph = split_crowded(graph)
    cell = cell or CELL * graph.mean_edge_length
    progress("layout", 0.0)
    wishes, loyal = _wishes(graph, pins, start)
    wished = graph.moved(wishes) if start else graph
    corners = find_corners(start.graph) if start else ()
    contraction = contract(wished, cell=cell, keep=_nodes_of(graph, [*pins.places, *corners]))
    pinned = _nodes_of(graph, pins.places)
    pull = dict.fromkeys(loyal, LOYAL) | dict.fromkeys(pinned, PINNED)
    tried = try_layouts(
        contraction, cell=cell, seed=seed, effort=effort, weights=weights or Weights(), aims=aims,
        wishes=wishes, pull=pull, firm=frozenset(pinned),
        tries=1 if start else TRIES if len(contraction.kept) <= FEW else 2,
    )  # fmt: skip
    if effort >= POLISHED and not ending.ask():
        progress("polish", 0.4)
        polished = polish(tried.grid, effort=effort / POLISHED)
        tried = judge(polished, wishes, cell, aims, frozenset(pinned))
    easer, drawn = tried.easer, tried.drawn
    progress("order", 0.6)
    drawn = order_lines(drawn, effort=effort)
    progress("labels", 0.7)
    texts, dropped = make_texts(drawn, pins, shorten=shorten)
    before = start.directions() if start else None
    scene, labelling = fit_labels(
        easer, drawn, style, texts, effort=effort, seed=seed, before=before, stop=ending.ask
    )
    if not pull:
        scene, labelling = settle(scene, labelling, wishes)
    notes = [*scene.graph.notes, *dropped, *_late_notes(scene, labelling, pins, cell)]
    if ending.came:
        notes.append("the search was ended early: more time would place labels better")
    if aside:
        scene = _park(scene, aside, style)
        more = place_labels(scene, make_texts(scene.graph, pins)[0], seed=seed)
        labelling = Labelling(
            (*labelling.labels, *(m for m in more.labels if m.station in aside)), ()
        )
        notes.append(f"{len(aside)} stations on no line stand below the map")
    progress("done", 1.0)
    labels = (*labelling.labels, *labelling.blocked)
    look = make_look(
        scene.graph, labels, title=title, about=about, sources=sources, date=date, aspect=aspect,
        own_colours=own_colours, language=language, called={t.station: t.text for t in texts},
    )  # fmt: skip
    return Drawing(scene, labels, look, tuple(notes), tried.grid.work, pins)


def stretch(graph: Graph, aspect: float) -> Graph:
    """The network drawn out towards the shape of a sheet, at most so that it is still itself."""
    xs, ys = zip(*(node.xy for node in graph.nodes.values()), strict=True)
    wide, tall = max(xs) - min(xs), max(ys) - min(ys)
    if min(wide, tall) < 0.05 * max(wide, tall):
        return graph
    factor = min(MOST_STRETCH, max(1 / MOST_STRETCH, math.sqrt(aspect * tall / wide)))
    return graph.stretched(factor, 1 / factor)


class Ending:
    """Asks whether to end early, and remembers that it was so."""

    def __init__(self, stop: Callable[[], bool] | None) -> None:
        self.stop = stop
        self.came = False

    def ask(self) -> bool:
        """Whether to end now; once it is so, it stays so."""
        self.came = self.came or (self.stop is not None and self.stop())
        return self.came


def read_source(source: Any) -> Graph:
    """A network from whatever it came as."""
    if isinstance(source, Graph):
        return source
    if is_networkx(source):
        return from_networkx(source)
    return read_geojson(source)


def set_aside(graph: Graph) -> tuple[Graph, dict[str, Node]]:
    """The network without its stations on no edge, and those by station."""
    alone = {n.station: n for n in graph.nodes.values() if n.station and not graph.incident[n.id]}
    nodes = {key: node for key, node in graph.nodes.items() if graph.incident[key]}
    held = {node.station for node in nodes.values()}
    aside = {station: node for station, node in alone.items() if station not in held}
    return (graph if len(nodes) == len(graph.nodes) else replace(graph, nodes=nodes)), aside


def _park(scene: Scene, aside: Mapping[str, Node], style: Style) -> Scene:
    """Stations on no line in rows below the map."""
    step = 4.0 * scene.scale
    boxes = [shape.bounds for shape in (*scene.bands, *scene.marks.values())]
    left, right = min(b[0] for b in boxes), max(b[2] for b in boxes)
    low = min(b[1] for b in boxes) - 3.0 * scene.scale
    across = max(1, int((right - left) / step))
    nodes = dict(scene.graph.nodes)
    for i, node in enumerate(aside.values()):
        row, column = divmod(i, across)
        nodes[node.id] = replace(node, x=left + column * step, y=low - row * scene.scale)
    return make_scene(replace(scene.graph, nodes=nodes), style)


def _nodes_of(graph: Graph, stations: Iterable[str]) -> list[str]:
    """The first node of each station; what is no station may be a node, such as a bend."""
    return [
        node
        for key in stations
        for node in graph.station_nodes.get(key, (key,) if key in graph.nodes else ())[:1]
    ]


def _wishes(
    graph: Graph, pins: Pins, start: Drawing | Earlier | None
) -> tuple[dict[str, XY], frozenset[str]]:
    """Where each node wants to be, and which want it because they stood there before."""
    wishes = {key: node.xy for key, node in graph.nodes.items()}
    loyal: set[str] = set()
    if start is not None:
        stood = start.graph.nodes
        by_station = {n.station: n.xy for n in stood.values() if n.station}
        for key, node in graph.nodes.items():
            place = stood[key].xy if key in stood else by_station.get(str(node.station))
            if place is not None:
                wishes[key] = place
                loyal.add(key)
        wishes |= _place_new(graph, wishes, loyal)
    for station, place in pins.places.items():
        for pinned in _nodes_of(graph, [station]):
            wishes[pinned] = to_mercator(*place) if graph.lonlat else place
    return wishes, frozenset(loyal)


def _place_new(graph: Graph, wishes: Mapping[str, XY], loyal: Collection[str]) -> dict[str, XY]:
    """Where what is new belongs: as far from the nearest node that stood there as in the input."""
    found: dict[str, XY] = {}
    near = {key: key for key in graph.nodes if key in loyal}
    walk = list(near)
    for here in walk:
        for number in graph.incident[here]:
            there = graph.edges[number].other(here)
            if there not in near:
                near[there] = near[here]
                walk.append(there)
                old, (a, b) = graph.nodes[near[here]], wishes[near[here]]
                found[there] = (a + graph.nodes[there].x - old.x, b + graph.nodes[there].y - old.y)
    return found


def make_texts(
    graph: Graph, pins: Pins | None = None, *, shorten: bool = False
) -> tuple[list[Text], list[str]]:
    """What is written at each station: its label, and badges of the lines that end there."""
    pins = pins or Pins()
    labels = {s: clean(graph.nodes[nodes[0]].label) for s, nodes in graph.station_nodes.items()}
    notes: list[str] = []
    if shorten:
        for end in (True, False):
            labels, more = drop_common_word(labels, end=end)
            notes += more
    codes = choose_codes(graph.lines.values())
    badges = find_badges(graph)
    for station, side in pins.sides.items():
        if side not in DIRECTIONS:
            raise OptionError(
                f"A label cannot stand {side!r} of {station!r}.",
                "Take N, NE, E, SE, S, SW, W or NW.",
            )
    return [
        Text(
            station,
            label,
            tuple((line, codes[line]) for line in badges.get(station, ())),
            pins.sides.get(station),
        )
        for station, label in labels.items()
        if label or station in badges
    ], notes


def drop_common_word(labels: Mapping[str, str], *, end: bool) -> tuple[dict[str, str], list[str]]:
    """Labels without a last (or first) word that more than half of them share, and a note of it."""
    at = -1 if end else 0
    shared = Counter(words[at] for x in labels.values() if len(words := x.split()) > 1)
    common = [
        word for word, count in shared.items() if count > 0.5 * len(labels) and len(labels) > 4
    ]
    if not common:
        return dict(labels), []
    word = common[0]
    shorter = {
        s: label.removesuffix(f" {word}") if end else label.removeprefix(f"{word} ")
        for s, label in labels.items()
    }
    bare = any(sum(map(str.isalpha, shorter[s])) < 3 for s in labels if shorter[s] != labels[s])
    if bare or len(set(shorter.values())) < len(set(labels.values())):
        return dict(labels), []
    return shorter, [f"'{word}' is left out of {shared[word]} labels"]


def find_badges(graph: Graph) -> dict[str, list[str]]:
    """For each station the lines that end there; a line without an end is named once all the same."""
    found: dict[str, list[str]] = {}
    ended: set[str] = set()
    for station, nodes in graph.station_nodes.items():
        for node in nodes:
            for line in graph.lines_at(node):
                if graph.lines[line].quiet:
                    ended.add(line)
                elif sum(line in graph.edges[n].lines for n in graph.incident[node]) == 1:
                    found.setdefault(station, []).append(line)
                    ended.add(line)
    for line in graph.lines:
        calls = [
            (len(graph.lines_at(nodes[0])), station)
            for station, nodes in graph.station_nodes.items()
            if line in graph.lines_at(nodes[0])
        ]
        if line not in ended and calls:
            found.setdefault(min(calls)[1], []).append(line)
    return found


def _late_notes(scene: Scene, labelling: Labelling, pins: Pins, cell: float) -> list[str]:
    """What could not be had, in words."""
    notes: list[str] = []
    names = {s: scene.graph.nodes[n[0]].label for s, n in scene.graph.station_nodes.items()}
    if labelling.blocked:
        which = ", ".join(names[label.station] for label in labelling.blocked)
        notes.append(f"these labels found no free place: {which}")
    keyed = [label for label in labelling.labels if label.key]
    if keyed:
        which = ", ".join(names[label.station] for label in keyed)
        notes.append(f"these stations have a number, and their names stand in the legend: {which}")
    usual = max((label.size for label in labelling.labels), default=0.0)
    small = [label for label in labelling.labels if label.size < 0.8 * usual]
    if small:
        which = ", ".join(names[label.station] for label in small)
        notes.append(f"these labels are written smaller: {which}")
    notes += [
        f"nothing here is called {station!r}, so that its pin holds nothing"
        for station in dict.fromkeys((*pins.places, *pins.sides))
        if not _nodes_of(scene.graph, [station])
    ]
    for station, place in pins.places.items():
        for node in _nodes_of(scene.graph, [station]):
            here = scene.graph.nodes[node].xy
            there = to_mercator(*place) if scene.graph.lonlat else place
            if max(abs(here[0] - there[0]), abs(here[1] - there[1])) > 0.05 * cell:
                notes.append(
                    f"{names.get(station) or station} could not be drawn just where it is pinned"
                )
    return notes
