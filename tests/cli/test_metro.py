"""`keten metro`: a file in, a drawing out; what cannot be drawn ends in two lines."""

import json
from pathlib import Path

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
