"""Every name of a map shows in a browser and in a second renderer: ink where it should stand.

The browser is Chromium; the other is resvg, by which Typst draws SVG and which shares no code with it.
"""

from __future__ import annotations

import base64
import xml.etree.ElementTree as ET
from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest
from numpy.typing import NDArray
from playwright.sync_api import Page
from shapely.geometry import box

from keten.metro import Area, Drawing, add_background, draw, draw_sets, read_sets
from keten.metro.raster import to_png
from tests.metro.named import bundle_that_rejoins, star_of_eight, terminus_on_a_loop, triangle

ET.register_namespace("", "http://www.w3.org/2000/svg")
Picture = NDArray[np.float64]
Box = tuple[float, float, float, float]
ZOOM = 2


def with_background() -> Drawing:
    network = bundle_that_rejoins()
    areas = [
        Area("Polder", "region", box(-500, -500, 220, 500)),
        Area("Zee", "water", box(220, -500, 900, 500)),
    ]
    return add_background(draw(network, title="With a background"), network, areas)


def with_strange_labels() -> Drawing:
    network = triangle()
    nodes = dict(network.nodes)
    for key, label in {
        "a": "Άγιος Δημήτριος",
        "b": "Łódź Żabieniec",
        "c": "Ångström & <Söhne> " * 4,
    }.items():
        nodes[key] = replace(nodes[key], label=label)
    return draw(replace(network, nodes=nodes), title="Ünusual")


DRAWINGS: dict[str, Callable[[], Drawing]] = {
    "star": lambda: draw(star_of_eight()),
    "loop": lambda: draw(terminus_on_a_loop(), title="Loop"),
    "background": with_background,
    "strange labels": with_strange_labels,
    "sets": lambda: draw_sets(
        read_sets(
            {
                "Zuivel": ["Friesland", "Wageningen", "Zwolle"],
                "Vlees": ["Zwolle", "Oss", "Wageningen"],
            }
        )
    ),
}


def without_labels(svg: str) -> str:
    """The same drawing without the names of its stations."""
    root = ET.fromstring(svg)
    for parent in root.iter():
        for child in list(parent):
            if child.get("id") == "map-labels":
                parent.remove(child)
    return ET.tostring(root, encoding="unicode")


def read(page: Page, png: bytes) -> Picture:
    """Lightness, 0 to 1, by the browser's own reader of pictures. Shapes: (height, width)."""
    wide, tall, grey = page.evaluate(
        """async (address) => {
            const bitmap = await createImageBitmap(await (await fetch(address)).blob());
            const {width, height} = bitmap;
            const canvas = new OffscreenCanvas(width, height), pen = canvas.getContext('2d');
            pen.drawImage(bitmap, 0, 0);
            const {data} = pen.getImageData(0, 0, width, height);
            let grey = '';
            for (let i = 0; i < data.length; i += 4)
                grey += String.fromCharCode((data[i] + data[i + 1] + data[i + 2]) / 3);
            return [width, height, btoa(grey)];
        }""",
        f"data:image/png;base64,{base64.b64encode(png).decode()}",
    )
    return np.frombuffer(base64.b64decode(grey), np.uint8).reshape(tall, wide) / 255


def show(page: Page, svg: str) -> Picture:
    page.set_content(f"<body style='margin:0'>{svg}</body>")
    return read(page, page.locator("svg").screenshot())


def find_boxes(page: Page) -> dict[str, Box]:
    """Where the browser says that each line of each name stands, in pixels of the drawing."""
    found: dict[str, Box] = page.evaluate(
        """() => Object.fromEntries([...document.querySelectorAll('#map-labels tspan')].map((span, i) => {
            const text = span.parentElement, from = text.getCTM(), box = text.getBBox();
            const spans = [...text.querySelectorAll('tspan')], rank = spans.indexOf(span);
            const tall = box.height / spans.length, y = box.y + rank * tall;
            const corners = [[box.x, y], [box.x + box.width, y + tall],
                             [box.x, y + tall], [box.x + box.width, y]].map(
                ([a, b]) => new DOMPoint(a, b).matrixTransform(from));
            const xs = corners.map(p => p.x), ys = corners.map(p => p.y);
            return [`${i} ${span.textContent}`,
                    [Math.min(...xs), Math.min(...ys), Math.max(...xs), Math.max(...ys)]];
        }))"""
    )
    return found


def ink_in(full: Picture, bare: Picture, where: Box, zoom: float) -> float:
    """The share of a box that names made darker."""
    left, top, right, low = (round(value * zoom) for value in where)
    darker = bare[top:low, left:right] - full[top:low, left:right] > 0.25
    return float(darker.mean()) if darker.size else 0.0


@pytest.mark.browser
@pytest.mark.parametrize("name", DRAWINGS)
def test_every_name_shows_in_two_renderers(name: str, page: Page) -> None:
    made = DRAWINGS[name]()
    svg, bare = made.to_svg(), without_labels(made.to_svg())
    width = float(ET.fromstring(svg).get("width", "0"))
    page.set_viewport_size({"width": 1600, "height": 1400})
    beneath = show(page, bare)
    seen = show(page, svg)
    boxes = find_boxes(page)
    # Names may be broken with a hyphen, and lack a word that most of them share.
    words = "".join(text.split(" ", 1)[1] for text in boxes).replace(" ", "").replace("-", "")
    labels = [node.label for node in made.graph.nodes.values() if node.station and node.label]
    assert all(label.replace("-", "").split()[-1] in words for label in labels)
    drawn = read(page, to_png(svg, round(width) * ZOOM))
    under = read(page, to_png(bare, round(width) * ZOOM))
    for text, where in boxes.items():
        assert ink_in(seen, beneath, where, 1.0) > 0.03, f"{text} in the browser"
        assert ink_in(drawn, under, where, drawn.shape[1] / width) > 0.03, f"{text} in resvg"


@pytest.mark.browser
def test_a_name_that_does_not_show_would_be_noticed(page: Page) -> None:
    svg = draw(triangle()).to_svg().replace('id="map-labels"', 'id="map-labels" opacity="0"')
    beneath, seen = show(page, without_labels(svg)), show(page, svg)
    assert all(ink_in(seen, beneath, where, 1.0) == 0 for where in find_boxes(page).values())
    width = float(ET.fromstring(svg).get("width", "0"))
    drawn = read(page, to_png(svg, round(width)))
    under = read(page, to_png(without_labels(svg), round(width)))
    assert np.allclose(drawn, under)
