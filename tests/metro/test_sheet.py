"""The sheet around a map: legends of any length whole, in a free corner where there is one."""

import math
import subprocess
import sys
import xml.etree.ElementTree as ET
from dataclasses import replace
from pathlib import Path

import pytest
from shapely.geometry import MultiPoint, Polygon

from keten.metro import Area, Graph, Line, add_background, draw
from keten.metro.drawing import stretch
from keten.metro.scene import Style, make_scene
from keten.metro.sheet import draw_legend
from tests.metro.named import make, triangle


@pytest.mark.parametrize("lines", [1, 2, 5, 7, 11, 24])
@pytest.mark.parametrize("wide", [0.0, 90.0, 700.0, 5000.0])
def test_a_legend_names_every_line_whatever_its_shape(lines: int, wide: float) -> None:
    letters = "abcdefghijklmnopqrstuvwx"[:lines]
    network = make({"a": (0, 0), "b": (100, 0)}, {"a-b": letters})
    made = draw(network)
    for legend in (
        draw_legend(made.scene, made.look, wide=wide),
        draw_legend(made.scene, made.look, tall=100.0),
    ):
        assert all(f">Line {letter}<" in legend.content for letter in letters)
        assert legend.height > 0


def test_a_legend_stands_in_a_free_corner_of_the_map() -> None:
    diagonal = {f"s{i}": (100.0 * i, 100.0 * i) for i in range(9)}
    network = make(diagonal, {f"s{i}-s{i + 1}": "x" for i in range(8)})
    made = draw(network)
    alone = replace(made, look=replace(made.look, legend=False)).to_svg()
    size = [ET.fromstring(svg).get("viewBox") for svg in (alone, made.to_svg())]
    assert size[0] == size[1]
    assert "Line x" in made.to_svg()


def test_legend_and_table_list_lines_by_number_and_name_none_twice() -> None:
    network = make({"a": (0, 0), "b": (100, 0)}, {"a-b": "abc"})
    labels = {"a": "U10", "b": "U2", "c": "Harbour line"}
    lines = {key: replace(line, label=labels[key]) for key, line in network.lines.items()}
    made = draw(replace(network, lines=lines))
    assert [row[0] for row in made.table()] == ["A", "U2", "U10"]
    legend = draw_legend(made.scene, made.look).content
    assert legend.index("Harbour") < legend.index("U2") < legend.index("U10")
    assert legend.count("U10") == 1


def test_where_round_corners_of_regions_meet_no_paper_shows() -> None:
    network = make({"a": (0, 0), "b": (100, 0), "c": (0, 100)}, {"a-b": "x", "a-c": "y"})
    thirds = [
        Area(name, "region", Polygon([(40, 30), *ends]))
        for name, ends in (
            ("P", [(-999, -999), (-999, 999), (40, 999)]), ("Q", [(40, 999), (999, 999), (999, -999)]),
            ("R", [(999, -999), (-999, -999)]),
        )
    ]  # fmt: skip
    svg = add_background(draw(network), network, thirds).to_svg()
    ground = svg.split('id="map-background"', 1)[1].split('id="map-lines"', 1)[0]
    assert ground.count("<path") == 6  # each once below, to the border, and once with round corners


def test_a_quiet_line_has_a_thin_stroke_and_no_badge() -> None:
    network = triangle()
    quiet = {**network.lines, "x": Line("x", "Together", quiet=True)}
    made = draw(replace(network, lines=quiet))
    assert made.look.codes == {}
    assert made.table() == []
    assert "Together" in made.to_svg()
    assert not any(label.badges for label in made.labels)


def test_a_larger_sheet_keeps_the_size_of_letters() -> None:
    network = triangle()
    scene = make_scene(network, Style().times(0.5))
    assert scene.style.font == pytest.approx(0.15)
    sizes = {
        text.get("font-size")
        for share in (1.0, 0.5)
        for text in ET.fromstring(draw(network, style=Style().times(share)).to_svg()).iter(
            "{http://www.w3.org/2000/svg}text"
        )
    }
    assert "13.8" in sizes
    assert len(sizes) <= 2


def test_a_notebook_shows_a_drawing_as_svg() -> None:
    assert draw(triangle())._repr_svg_().startswith("<svg")


@pytest.mark.parametrize("aspect", [0.7, 1.414, 2.5])
def test_a_sheet_has_the_shape_asked_for_and_the_map_leans_to_it(aspect: float) -> None:
    places = {f"s{i}": (100.0 * (i % 3), 80.0 * (i // 3)) for i in range(9)}
    edges = {f"s{i}-s{i + 1}": "x" for i in range(8)} | {"s0-s3": "y", "s3-s6": "y"}
    network = make(places, edges)

    def shape_of(made: Graph) -> float:
        left, low, right, high = MultiPoint([n.xy for n in made.nodes.values()]).bounds
        return (right - left) / (high - low)

    shaped = draw(network, aspect=aspect)
    wide, tall = (
        float(ET.fromstring(shaped.to_svg()).get(key, "0")) for key in ("width", "height")
    )
    assert wide / tall == pytest.approx(aspect, rel=0.01)
    assert abs(math.log(shape_of(stretch(network, aspect)) / aspect)) < 0.5


def test_a_page_has_its_heading_outside_the_map() -> None:
    html = draw(triangle(), title="Three & more").to_html()
    assert html.count("Three &amp; more") == 4  # window, page, and twice for who cannot see
    assert "<h1>Three &amp; more</h1>" in html


def test_warming_up_leaves_nothing_to_compile() -> None:
    code = (
        "import numba, keten.metro.warm as w, keten.metro as m\n"
        "from tests.metro.named import NAMED\n"
        "w.warm_up()\n"
        "import sys, numba.core.dispatcher as d\n"
        "def all_of(): return sum(len(v.signatures) for n, k in list(sys.modules.items())\n"
        "    if n.startswith('keten.metro') for v in vars(k).values() if isinstance(v, d.Dispatcher))\n"
        "before = all_of()\n"
        "[m.draw(make()) for make in NAMED.values()]\n"
        "print(all_of() - before)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=Path.cwd()
    )
    assert done.stdout.split()[-1] == "0"
