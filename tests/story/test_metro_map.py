"""The same door drawn as a metro map: every name there, rows where a metro map would say less."""

from xml.etree import ElementTree as ET

from keten.story.map import MapLine, draw_metro, draw_schematic

LINES = [
    MapLine("k", "Knowledge", ("wur", "tno", "uu")),
    MapLine("g", "Growing", ("agr", "wur", "far")),
    MapLine("p", "Processing <1>", ("far", "tno")),
]
NAMES = {"wur": "Wageningen & Co", "tno": "TNO", "uu": "Utrecht", "agr": "Agri", "far": "Farm"}


def test_all_names_and_lines_are_in_the_map() -> None:
    svg = draw_metro(LINES, NAMES, title="Parties", about="Three lines.", name="m")
    root = ET.fromstring(svg)
    told = " ".join(
        "".join(each.itertext()) for each in root.iter("{http://www.w3.org/2000/svg}text")
    )
    for word in ("Wageningen", "TNO", "Utrecht", "Agri", "Farm", "Knowledge", "Processing <1>"):
        assert word in told
    assert root.get("class") == "k-schematic"
    assert root.get("width") == "510"
    assert "Parties" not in told
    assert svg == draw_metro(LINES, NAMES, title="Parties", about="Three lines.", name="m")


def test_an_empty_line_is_drawn_in_rows_with_its_head() -> None:
    lines = [*LINES, MapLine("e", "Empty", ())]
    asked = {"title": "Parties", "about": "Four lines.", "name": "m"}
    assert draw_metro(lines, NAMES, **asked) == draw_schematic(lines, NAMES, **asked)
