"""`keten metro`: a file in, a drawing out; what cannot be drawn ends in two lines."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from keten.cli import commands
from keten.metro import draw, write_geojson
from tests.metro.named import bundle_that_rejoins

SETS = {"sets": {"Food": ["a", "b", "c"], "Water": ["b", "c", "d"]}, "elements": {"a": "Alpha"}}


def call(*words: object) -> Result:
    return CliRunner().invoke(commands, [str(word) for word in words])


def test_sets_are_drawn_to_svg(tmp_path: Path) -> None:
    file = tmp_path / "chains.json"
    file.write_text(json.dumps(SETS))
    result = call("metro", "draw", file, "--title", "Chains")
    assert result.exit_code == 0, result.output
    svg = (tmp_path / "chains.svg").read_text()
    assert "Alpha" in svg
    assert "Chains" in svg


def test_a_pinned_network_is_drawn_to_html_and_measured(tmp_path: Path) -> None:
    network, pins = tmp_path / "net.json", tmp_path / "pins.yaml"
    network.write_text(write_geojson(bundle_that_rejoins()))
    pins.write_text("places: {c: [210, 120]}\nsides: {f: N}\n")
    out = tmp_path / "net.html"
    assert call("metro", "draw", network, "--pins", pins, "--out", out).exit_code == 0
    assert "Stop c" in out.read_text()
    drawn = tmp_path / "drawn.geojson"
    drawn.write_text(draw(bundle_that_rejoins()).to_geojson())
    result = call("metro", "score", drawn, "--reference", network)
    assert result.exit_code == 0
    assert "crossings" in result.output


def test_what_cannot_be_drawn_is_said(tmp_path: Path) -> None:
    file = tmp_path / "bad.json"
    file.write_text('{"features": []}')
    result = call("metro", "draw", file)
    assert result.exit_code == 2
    assert "line strings" in result.output
    file.write_text("not json")
    assert call("metro", "draw", file).exit_code == 2
    file.write_text(write_geojson(bundle_that_rejoins()))
    assert call("metro", "draw", file, "--out", tmp_path / "map.bmp").exit_code == 2


def test_a_table_of_sets_is_drawn(tmp_path: Path) -> None:
    file = tmp_path / "sets.csv"
    file.write_text("element;set;label\na;Food;Alpha\nb;Food;\nb;Water;\nc;Water;Gamma\n")
    result = call("metro", "draw", file, "--out", tmp_path / "sets.html")
    assert result.exit_code == 0, result.output
    assert "Gamma" in (tmp_path / "sets.html").read_text()


def test_a_drawing_begins_from_an_earlier_one_with_a_background(tmp_path: Path) -> None:
    network, ground, first = (
        tmp_path / name for name in ("net.json", "ground.json", "one.geojson")
    )
    network.write_text(write_geojson(bundle_that_rejoins()))
    ring = [[-500, -500], [220, -500], [220, 500], [-500, 500], [-500, -500]]
    shape = {"type": "Polygon", "coordinates": [ring]}
    feature = {"type": "Feature", "geometry": shape, "properties": {"name": "Polder"}}
    ground.write_text(json.dumps({"type": "FeatureCollection", "features": [feature]}))
    assert call("metro", "draw", network, "--out", first).exit_code == 0
    words = ("--start", first, "--background", ground, "--seconds", 60)
    result = call("metro", "draw", network, *words, "--out", tmp_path / "two.svg")
    assert result.exit_code == 0, result.output
    assert "POLDER" in (tmp_path / "two.svg").read_text()
    assert call("metro", "draw", network, "--start", ground).exit_code == 2


@pytest.mark.parametrize(("words", "told"), [
    (("draw", "net.json", "--pins", "half.yaml"), "pins 'a' at [1]"),
    (("draw", "net.json", "--pins", "list.yaml"), "holds no pins"),
    (("draw", "net.json", "--pins", "broken.yaml"), "neither YAML nor JSON"),
    (("draw", "net.json", "--pins", "side.yaml"), "cannot stand 'up'"),
    (("draw", "net.json", "--out", "no/such/map.svg"), "no folder no/such"),
    (("draw", "net.json", "--out", "map.bmp"), "'.bmp'"),
    (("draw", "net.json", "--font", "0"), "Letters of 0.0"),
    (("draw", "net.json", "--start", "table.csv"), "no JSON"),
    (("draw", "net.json", "--background", "points.json"), "no outline"),
    (("draw", "empty.json"), "is empty"),
    (("draw", "list.json"), "neither a line graph nor sets"),
    (("draw", "sets.json"), "has no names"),
    (("draw", "table.csv"), "columns foo, bar"),
    (("draw", "latin.csv"), "UTF-8"),
    (("draw", "none.json"), "does not exist"),
    (("score", "net.json", "--cell", "0"), "cells of 0.0"),
])  # fmt: skip
def test_a_wrong_file_or_option_ends_in_two_lines(
    words: tuple[str, ...], told: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    points = {"type": "Point", "coordinates": [0, 0]}
    files = {
        "net.json": write_geojson(bundle_that_rejoins()), "half.yaml": "places: {a: [1]}",
        "list.yaml": "- a", "broken.yaml": "places: {a: [1", "side.yaml": "sides: {a: up}",
        "table.csv": "foo;bar\n1;2\n", "empty.json": " ", "list.json": "[1, 2]",
        "sets.json": '{"sets": ["A"]}', "latin.csv": "element;set\ncaf\xe9;A\n",
        "points.json": json.dumps({"features": [{"geometry": points, "properties": {}}]}),
    }  # fmt: skip
    for name, text in files.items():
        (tmp_path / name).write_bytes(text.encode("latin-1"))
    monkeypatch.chdir(tmp_path)
    result = call("metro", *words)
    assert result.exit_code == 2
    assert told in result.output
    assert len(result.output.splitlines()) == 2


def test_empty_pins_pin_nothing_and_unknown_ones_are_told(tmp_path: Path) -> None:
    network, pins = tmp_path / "net.json", tmp_path / "pins.yaml"
    network.write_text(write_geojson(bundle_that_rejoins()))
    pins.write_text("places:\nsides: {nowhere: N}\n")
    result = call("metro", "draw", network, "--pins", pins)
    assert result.exit_code == 0, result.output
    assert "'nowhere'" in result.output


def test_time_that_is_up_is_said(tmp_path: Path) -> None:
    network = tmp_path / "net.json"
    network.write_text(write_geojson(bundle_that_rejoins()))
    # Letters so large that their search would go on.
    result = call("metro", "draw", network, "--seconds", 0, "--font", 1.6)
    assert result.exit_code == 0
    assert "ended early" in result.output
