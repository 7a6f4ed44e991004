"""The lines of the guide do what it says."""

import re
from pathlib import Path

import keten.metro
from keten.metro import write_geojson
from tests.metro.named import bundle_that_rejoins


def test_the_stages_of_the_guide_draw_a_map(tmp_path: Path) -> None:
    guide = Path("docs/metro.md").read_text(encoding="utf-8")
    (lines,) = re.findall(r"```python\n(network = read_geojson.*?)```", guide, re.DOTALL)[-1:]
    file = tmp_path / "net.json"
    file.write_text(write_geojson(bundle_that_rejoins()))
    known = {name: getattr(keten.metro, name) for name in keten.metro.__all__}
    exec(lines.replace("berlin.json", str(file)), known)
    assert "Berlin" in known["svg"]
    assert known["pdf"].startswith(b"%PDF")
