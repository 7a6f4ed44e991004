"""The schematic map: stations in order on their lines, labels whole and apart, readable without sight."""

from __future__ import annotations

from itertools import combinations
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from keten.errors import UsageError
from keten.story.map import MapLine, draw_schematic
from keten.story.map.layout import place_stations
from keten.story.map.lettering import break_label, measure_text
from keten.story.map.schematic import Box, arrange

SVG = "{http://www.w3.org/2000/svg}"
NAMES = st.text(
    st.characters(codec="utf-8", exclude_categories=("Cs", "Cc")), min_size=1, max_size=60
)


@st.composite
def maps(draw: st.DrawFn) -> tuple[list[MapLine], dict[str, str]]:
    """Lines through stations that all keep one order, so that none contradicts another."""
    stations = {f"s{n}": draw(NAMES) for n in range(draw(st.integers(0, 14)))}
    lines = []
    for number in range(draw(st.integers(1, 5))):
        chosen = [each for each in stations if draw(st.integers(0, 2)) == 0][:6]
        lines.append(MapLine(f"l{number}", draw(NAMES), tuple(chosen)))
    return lines, stations


@settings(max_examples=60, deadline=None)
@given(maps())
def test_every_line_keeps_its_stations_in_order(made: tuple[list[MapLine], dict[str, str]]) -> None:
    lines, _ = made
    placed = place_stations([line.stations for line in lines])
    taken: set[tuple[int, int]] = set()
    for row, line in enumerate(lines):
        columns = [placed[station].column for station in line.stations]
        assert columns == sorted(set(columns))
        assert all(row in placed[station].rows for station in line.stations)
    for place in placed.values():
        # Between the lines that it joins no other station stands in its way.
        cells = {(row, place.column) for row in range(place.rows[0], place.rows[-1] + 1)}
        assert not cells & taken
        taken |= cells


@settings(max_examples=60, deadline=None)
@given(maps())
def test_no_label_overlaps_another_and_none_is_cut_off(
    made: tuple[list[MapLine], dict[str, str]],
) -> None:
    lines, stations = made
    plan = arrange(lines, stations, 510.0)
    for one, other in combinations([label.box for label in plan.labels], 2):
        assert not overlap(one, other)
    for label in plan.labels:
        assert label.box.left >= 0
        assert label.box.left + label.box.width <= plan.width + 0.01
        assert label.box.top + label.box.height <= plan.height
        # No line of the map runs through it.
        for y in plan.heights:
            assert not label.box.top < y < label.box.top + label.box.height


@settings(max_examples=60, deadline=None)
@given(NAMES, st.floats(40, 200))
def test_a_broken_label_holds_all_of_the_name(name: str, width: float) -> None:
    lines = break_label(name, width, 7.0)
    assert all(measure_text(line, 7.0) <= width for line in lines)
    whole = "".join(name.split())
    joined = "".join("".join(lines).split())
    assert joined.replace("-", "") == whole.replace("-", "")


def overlap(one: Box, other: Box) -> bool:
    return (
        one.left < other.left + other.width - 0.01
        and other.left < one.left + one.width - 0.01
        and one.top < other.top + other.height - 0.01
        and other.top < one.top + one.height - 0.01
    )


def test_lines_that_contradict_each_other_are_refused() -> None:
    with pytest.raises(UsageError, match="a, b"):
        place_stations([("a", "b"), ("b", "a")])
    with pytest.raises(UsageError, match="twice"):
        place_stations([("a", "a")])


def test_the_drawing_says_what_it_is_and_shows_a_letter_for_each_line() -> None:
    lines = [MapLine("k", "Knowledge <1>", ("a", "b")), MapLine("s", "Empty", ())]
    svg = draw_schematic(
        lines, {"a": "A & B", "b": "<script>"}, title="Parties", about="Who is where", name="m"
    )
    root = ET.fromstring(svg)
    assert root.get("role") == "img"
    assert root.get("aria-labelledby") == "m-t m-d"
    ids = {each.get("id"): each.text for each in root.iter() if each.get("id")}
    assert ids == {"m-t": "Parties", "m-d": "Who is where"}
    texts = ["".join(each.itertext()) for each in root.iter(f"{SVG}text")]
    assert texts == ["A", "Knowledge <1>", "B", "Empty", "A & B", "<script>"]
    assert "style" not in svg
    assert svg == draw_schematic(
        lines, {"a": "A & B", "b": "<script>"}, title="Parties", about="Who is where", name="m"
    )


def test_a_station_that_lines_share_joins_them() -> None:
    svg = draw_schematic(
        [MapLine("x", "X", ("a", "b")), MapLine("y", "Y", ("b",))],
        {"a": "A", "b": "B"},
        title="T",
        about="A",
    )
    assert svg.count('class="k-tube"') == 1
    assert svg.count('class="k-station"') == 3
