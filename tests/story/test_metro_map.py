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
    assert root.get("class") == "k-schematic k-metro"
    assert root.get("width") == "510"
    assert "Parties" not in told
    assert svg == draw_metro(LINES, NAMES, title="Parties", about="Three lines.", name="m")


def test_an_empty_line_stands_in_the_legend_with_its_track_broken() -> None:
    lines = [*LINES, MapLine("e", "Empty", ())]
    svg = draw_metro(lines, NAMES, title="Parties", about="Four lines.", name="m")
    assert "k-metro" in svg
    assert "Empty" in svg
    assert svg.count("stroke-dasharray") == 1


def test_lines_that_meet_nowhere_are_joined_by_links_or_drawn_in_rows() -> None:
    apart = [MapLine("k", "Knowledge", ("wur", "tno")), MapLine("g", "Growing", ("agr", "far"))]
    asked = {"title": "Parties", "about": "Two lines.", "name": "m"}
    assert draw_metro(apart, NAMES, **asked) == draw_schematic(apart, NAMES, **asked)
    joined = draw_metro(apart, NAMES, links=[("tno", "agr")], link_label="Shared", **asked)
    assert "k-metro" in joined
    assert "Shared" in joined
    stray = draw_metro(apart, NAMES, links=[("tno", "elsewhere")], link_label="Shared", **asked)
    assert "k-metro" not in stray


def test_a_line_of_one_station_is_drawn_in_rows() -> None:
    lines = [*LINES, MapLine("o", "One", ("wur",))]
    assert "k-metro" not in draw_metro(lines, NAMES, title="Parties", about="Four lines.")


def test_no_number_stands_on_the_map_that_no_name_holds() -> None:
    svg = draw_metro(LINES, NAMES, title="Parties", about="Three lines.", name="m")
    texts = [
        each.text or ""
        for each in ET.fromstring(svg).iter()
        if each.tag.endswith(("text", "tspan"))
    ]
    assert not any(letter.isdigit() for text in texts for letter in text if "<1>" not in text)


def test_names_too_long_for_the_page_are_drawn_in_rows() -> None:
    long = {
        key: f"{name} " + "Foundation for Research in Agriculture " * 3
        for key, name in NAMES.items()
    }
    svg = draw_metro(LINES, long, title="Parties", about="Three lines.", width=200.0)
    assert "k-metro" not in svg
