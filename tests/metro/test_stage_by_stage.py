"""Each stage by its name on the tiny networks: what it takes, what it gives, what it must keep."""

import itertools
import math
import xml.etree.ElementTree as ET
from collections.abc import Callable
from dataclasses import replace

import pytest

from keten.metro import (
    Contraction,
    Graph,
    GridLayout,
    Labelling,
    OptionError,
    Scene,
    Style,
    contract,
    lay_out,
    make_look,
    make_scene,
    make_texts,
    order_cost,
    order_lines,
    place_labels,
    polish,
    relax,
    render,
    score,
)
from keten.metro.topology import find_adjacencies
from tests.metro.named import (
    bundle_that_rejoins,
    junction_without_a_stop,
    star_of_eight,
    terminus_on_a_loop,
    triangle,
)

CELL = 80.0
FOUR = [triangle, terminus_on_a_loop, bundle_that_rejoins, star_of_eight]
networks = pytest.mark.parametrize("make", FOUR, ids=lambda make: make.__name__)
Maker = Callable[[], Graph]


def contracted(network: Graph) -> Contraction:
    return contract(network, cell=CELL)


def laid_out(network: Graph) -> GridLayout:
    return polish(lay_out(contracted(network), cell=CELL))


def relaxed(network: Graph) -> Graph:
    homes = {key: node.xy for key, node in network.nodes.items()}
    return relax(laid_out(network).to_graph(), homes, cell=CELL)


def labelled(network: Graph) -> tuple[Scene, Labelling]:
    scene = make_scene(order_lines(relaxed(network)), Style().times(0.45))
    texts = make_texts(scene.graph)[0]
    first = place_labels(scene, texts)
    hemmed = {label.station for label in first.blocked}
    far = [replace(text, far=text.station in hemmed) for text in texts]
    return scene, place_labels(scene, far) if hemmed else first


@networks
def test_contract_keeps_every_station_on_a_chain_in_its_place(make: Maker) -> None:
    network = make()
    found = contracted(network)
    for chain in found.chains:
        assert chain.nodes[0] in found.kept
        assert chain.nodes[-1] in found.kept
        for number, ends in zip(chain.edges, itertools.pairwise(chain.nodes), strict=True):
            assert {found.graph.edges[number].u, found.graph.edges[number].v} == set(ends)
    held = {node for chain in found.chains for node in chain.nodes}
    assert held == set(network.nodes)
    assert sum(len(chain.edges) for chain in found.chains) == len(network.edges)


def test_contract_leaves_a_ring_three_nodes_and_a_loop_its_terminus() -> None:
    assert len(contracted(triangle()).kept) == 3
    # The loop's stations pass through but for those that lines branch at or are cut at.
    assert {"r0", "t"} <= set(contracted(terminus_on_a_loop()).kept)
    assert len(contracted(terminus_on_a_loop()).kept) < 7


def test_contract_merges_a_junction_into_what_is_near() -> None:
    network = junction_without_a_stop()
    near = replace(network.nodes["J"], x=20.0)
    moved = replace(network, nodes={**network.nodes, "J": near})
    courses = tuple(
        replace(e, points=(moved.nodes[e.u].xy, moved.nodes[e.v].xy)) for e in network.edges
    )
    found = contract(replace(moved, edges=courses), cell=CELL)
    assert found.merged == {"J": "a"}
    assert find_adjacencies(found.graph) == find_adjacencies(network)


@networks
def test_lay_out_and_polish_give_a_grid_drawing(make: Maker) -> None:
    network = make()
    for layout in (lay_out(contracted(network), cell=CELL), laid_out(network)):
        assert len(set(layout.places.values())) == len(layout.contraction.kept)
        drawn = layout.to_graph()
        assert find_adjacencies(drawn) == find_adjacencies(network)
        for edge in drawn.edges:
            for a, b in itertools.pairwise(edge.points):
                turns = math.atan2(b[1] - a[1], b[0] - a[0]) / (math.pi / 4)
                assert turns == pytest.approx(round(turns), abs=1e-6)


@networks
def test_relax_turns_nothing_and_evens_distances_out(make: Maker) -> None:
    network = make()
    before, after = laid_out(network).to_graph(), relaxed(network)
    for one, other in zip(before.edges, after.edges, strict=True):
        assert [_octant(*piece) for piece in _pieces(one.points)] == [
            _octant(*piece) for piece in _pieces(other.points)
        ]
    assert score(after).spacing_cv <= score(before).spacing_cv + 1e-6
    assert find_adjacencies(after) == find_adjacencies(network)


def _pieces(points: tuple[tuple[float, float], ...]) -> list[tuple[tuple[float, float], ...]]:
    """Straight pieces of a course; those of one direction that follow each other are one."""
    pieces: list[tuple[tuple[float, float], ...]] = []
    for piece in itertools.pairwise(points):
        if pieces and _octant(*pieces[-1]) == _octant(*piece):
            pieces[-1] = (pieces[-1][0], piece[1])
        else:
            pieces.append(piece)
    return pieces


def _octant(a: tuple[float, float], b: tuple[float, float]) -> int:
    return round(math.atan2(b[1] - a[1], b[0] - a[0]) / (math.pi / 4)) % 8


@networks
def test_order_lines_changes_nothing_but_the_order(make: Maker) -> None:
    network = make()
    before = relaxed(network)
    after = order_lines(before)
    assert order_cost(after) <= order_cost(before)
    assert not after.notes
    for one, other in zip(before.edges, after.edges, strict=True):
        assert sorted(one.lines) == sorted(other.lines)
        assert one.points == other.points


def test_a_bundle_that_rejoins_comes_in_an_order_that_crosses_less() -> None:
    # As drawn y lies between x and z, and must leave on one side of both.
    network = relaxed(bundle_that_rejoins())
    tangled = network.with_order(
        ("x", "y", "z") if "y" in e.lines and len(e.lines) > 1 else e.lines for e in network.edges
    )
    assert order_cost(tangled) > 0
    assert order_cost(order_lines(tangled)) == 0


@networks
def test_place_labels_names_every_station_apart_from_all_others(make: Maker) -> None:
    network = make()
    scene, found = labelled(network)
    assert not found.blocked
    assert {label.station for label in found.labels} == set(network.station_nodes)
    for one, other in itertools.combinations(found.labels, 2):
        assert not one.ground.intersects(other.ground)
    for label in found.labels:
        assert not any(label.ground.intersects(band) for band in scene.bands)


@networks
def test_render_draws_every_line_station_and_name(make: Maker) -> None:
    network = make()
    scene, found = labelled(network)
    svg = render(scene, found, make_look(scene.graph, found.labels, title="All of it"))
    groups = [str(e.get("id")) for e in ET.fromstring(svg).iter("{http://www.w3.org/2000/svg}g")]
    for kind, many in (("line", network.lines), ("station", network.station_nodes)):
        assert len([g for g in groups if g.startswith(f"map-{kind}-")]) == len(many)
    words = "".join(ET.fromstring(svg).itertext())
    assert all(node.label in words for node in network.nodes.values())
    assert svg == render(scene, found.labels, make_look(scene.graph, title="All of it"))


def test_place_labels_tells_who_found_no_place() -> None:
    scene = make_scene(order_lines(relaxed(star_of_eight())), Style(font=0.3))
    found = place_labels(scene, make_texts(scene.graph)[0])
    assert [label.station for label in found.blocked] == ["m"]  # track leaves it on all sides


def test_render_is_one_door_to_every_format() -> None:
    scene, found = labelled(triangle())
    assert render(scene, found).startswith("<svg")
    assert render(scene, found, kind="html").startswith("<!doctype html>")
    assert render(scene, found, kind="pdf").startswith(b"%PDF")
    small, large = (render(scene, found, kind="png", width=width) for width in (80, 160))
    assert [int.from_bytes(png[16:20]) for png in (small, large)] == [80, 160]
    with pytest.raises(OptionError, match="'bmp'"):
        render(scene, found, kind="bmp")  # type: ignore[call-overload]
    with pytest.raises(OptionError, match="0 pixels"):
        render(scene, found, kind="png", width=0)
