"""Draws a gallery of metro maps and takes pictures of them, at A4 and at the width of a phone.

python scripts/shots_metro.py            pictures into var/shots/metro, as `make shots` does
python scripts/shots_metro.py --docs     and the maps of docs/reviews/metro.md anew, as SVG

Maps of genuine networks are drawn where KETEN_DATA holds them, and stay out of the docs.
"""

from __future__ import annotations

import argparse
import math
import os
from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright
from shapely.geometry import LineString, Point, Polygon, box

from benchmarks.metro_networks import OWN
from benchmarks.metro_systems import make_system
from keten.metro import Area, Drawing, add_background, draw, draw_sets, read_geojson, read_sets
from scripts.shots import FLAGS, find_browser

DOCS = Path("docs/reviews/metro")
# CSS pixels: A4 lying on its side, and a phone.
SIZES = {"a4": (1123, 794), "phone": (360, 740)}


def main() -> int:
    """Draws and takes pictures; gives 1 when a page is wider than its screen."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("names", nargs="*", help="names to begin with; all when none")
    parser.add_argument("--into", type=Path, default=Path("var/shots/metro"))
    parser.add_argument("--docs", action="store_true", help="write the maps of the docs, too")
    asked = parser.parse_args()
    asked.into.mkdir(parents=True, exist_ok=True)
    gallery = list_gallery(Path(os.environ.get("KETEN_DATA", "data")))
    chosen = {
        name: make
        for name, make in gallery.items()
        if not asked.names or name.startswith(tuple(asked.names))
    }
    drawings = {name: make() for name, make in chosen.items()}
    if asked.docs:
        DOCS.mkdir(parents=True, exist_ok=True)
        for name in set(drawings) & set(INVENTED):
            drawings[name].save(DOCS / f"{name}.svg")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=find_browser(),
            args=[*FLAGS, *(["--no-sandbox"] if os.geteuid() == 0 else [])],
        )
        return take(browser, drawings, asked.into)


def take(browser: Browser, drawings: dict[str, Drawing], into: Path) -> int:
    """One picture of each map at each size; how many pages were wider than their screen."""
    failed = 0
    for size, (width, height) in SIZES.items():
        page = browser.new_page(viewport={"width": width, "height": height}, device_scale_factor=2)
        for name, drawing in drawings.items():
            page.set_content(drawing.to_html())
            if page.evaluate("document.documentElement.scrollWidth") > width:
                print(f"shots: {name} is wider than {width}")
                failed += 1
            page.screenshot(path=into / f"{name}-{size}.png")
        page.close()
    for name, drawing in drawings.items():
        drawing.save(into / f"{name}.pdf")
    print(f"shots: {len(drawings) * len(SIZES)} pictures of maps in {into}")
    return 1 if failed else 0


def list_gallery(data: Path) -> dict[str, Callable[[], Drawing]]:
    """What is drawn, by name."""
    genuine: dict[str, Callable[[], Drawing]] = {
        path.stem: lambda path=path: draw(read_geojson(path), title=path.stem.capitalize())  # type: ignore[misc]
        for path in sorted((data / "metro").glob("*.json"))
    }
    return INVENTED | genuine


def draw_ring() -> Drawing:
    """A ring with spurs, districts around it and a river through it."""
    network = OWN["ring"]()
    corners = [(30000 * math.cos(a), 30000 * math.sin(a)) for a in (0.3, 2.2, 3.9, 5.4)]
    districts = [
        Area(name, "region", Polygon([(0, 0), a, (1.5 * (a[0] + b[0]), 1.5 * (a[1] + b[1])), b]))
        for name, a, b in zip(
            ("Oosterwijk", "Noorderdijk", "Westerkade", "Zuiderpoort"),
            corners, [*corners[1:], corners[0]], strict=True,
        )
    ]  # fmt: skip
    course = [(1000.0 * i, 2600 * math.sin(i / 4) - 900) for i in range(-40, 41)]
    river = Area("De Stroom", "water", LineString(course))
    lake = Area("Meer", "water", Point(9500, -6500).buffer(1900))
    made = draw(network, title="A ring with spurs", sources="Invented", date="")
    return add_background(made, network, [*districts, river, lake])


def draw_corridor() -> Drawing:
    """A coast with the sea beside it."""
    network = OWN["corridor"]()
    sea = Polygon(
        [
            (-9000, -30000),
            *((700.0 * i, 900 * math.sin(i / 7) - 1500) for i in range(60)),
            (60000, -30000),
        ]
    )
    made = draw(network, title="A coast", aspect=1.414)
    return add_background(
        made,
        network,
        [Area("Zee", "water", sea), Area("Land", "region", box(-9e4, -9e4, 9e4, 9e4))],
    )


def draw_chains() -> Drawing:
    """Value chains as lines through those who are in several."""
    system = read_sets({
        "Protein": ["Wageningen", "Zwolle", "Leeuwarden", "Groningen", "Ede", "Oss"],
        "Photonics": ["Eindhoven", "Enschede", "Nijmegen", "Delft"],
        "Hydrogen": ["Groningen", "Delfzijl", "Rotterdam", "Delft", "Arnhem"],
        "Water": ["Leeuwarden", "Delft", "Wageningen", "Enschede"],
        "Medical": ["Nijmegen", "Groningen", "Leiden", "Eindhoven", "Oss"],
    })  # fmt: skip
    return draw_sets(system, title="Five chains and where they meet", sources="Invented")


INVENTED: dict[str, Callable[[], Drawing]] = {
    "ring": draw_ring,
    "corridor": draw_corridor,
    "country": lambda: draw(OWN["country"](), title="A country"),
    "chains": draw_chains,
    "sets": lambda: draw_sets(make_system(10, 100, 5), title="Ten sets of a hundred elements"),
}

if __name__ == "__main__":
    raise SystemExit(main())
