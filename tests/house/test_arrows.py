"""Holds the table of rooms in ARCHITECTURE.md against the code, and proves that it can fail."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.house.arrows import (
    Room,
    find_broken_arrows,
    find_outside_reads,
    find_stray_duckdb,
    list_rooms,
    read_table,
)

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "src" / "keten"


@pytest.fixture(scope="module")
def rooms() -> dict[str, Room]:
    return read_table((ROOT / "ARCHITECTURE.md").read_text(encoding="utf-8"))


def test_the_table_is_one_of_rooms(rooms: dict[str, Room]) -> None:
    assert {"methods", "model", "sources", "evidence", "workspace", "web", "cli"} <= rooms.keys()
    named = set().union(*(room.may_import for room in rooms.values())) - {"everything"}
    assert named <= rooms.keys()
    assert not rooms["methods"].may_import
    assert not rooms["metro"].may_import


def test_the_arrows_of_the_table_have_no_circle(rooms: dict[str, Room]) -> None:
    open_rooms = {name: room.may_import for name, room in rooms.items()}
    while open_rooms:
        lowest = {name for name, below in open_rooms.items() if not below & open_rooms.keys()}
        assert lowest, f"these import one another in a circle: {sorted(open_rooms)}"
        open_rooms = {name: below for name, below in open_rooms.items() if name not in lowest}


def test_every_room_is_in_the_table_and_marked(rooms: dict[str, Room]) -> None:
    here = list_rooms(PACKAGE)
    assert here <= rooms.keys(), "a room under src/keten that ARCHITECTURE.md does not know"
    marked = {name for name, room in rooms.items() if room.is_here}
    assert here == marked, "the column `here` of ARCHITECTURE.md is out of date"


def test_no_arrow_is_broken(rooms: dict[str, Room]) -> None:
    assert find_broken_arrows(PACKAGE, rooms) == []


def test_only_evidence_opens_duckdb() -> None:
    assert find_stray_duckdb(PACKAGE) == []


def test_nothing_below_the_faces_reads_the_outside() -> None:
    assert find_outside_reads(PACKAGE) == []


# --- the check itself, on a small house built for it ----------------------------------------------


def build_house(root: Path, files: dict[str, str]) -> Path:
    package = root / "keten"
    for name, text in files.items():
        path = package / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return package


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("evidence/load.py", "from keten.atlas import answers"),
        ("evidence/load.py", "import keten.atlas.answers"),
        ("evidence/load.py", "from keten import atlas"),
        ("evidence/load.py", "from ..atlas.answers import find"),
        ("evidence/load.py", "from .. import atlas"),
        ("evidence/load.py", "def load():\n    from keten.atlas import answers"),
        ("evidence/load.py", "import importlib\nimportlib.import_module('keten.atlas')"),
        ("model/region.py", "from keten.sources import cordis"),
        ("atlas/answers.py", "from keten.sources import cordis"),
        ("atlas/answers.py", "from keten.diagnosis import answers"),
        ("methods/rca.py", "from keten.errors import KetenError"),
        ("sources/cordis.py", "if TYPE_CHECKING:\n    from keten.evidence import load"),
        ("newroom/thing.py", "from keten import model"),
    ],
)
def test_a_broken_arrow_is_found(
    tmp_path: Path, rooms: dict[str, Room], name: str, text: str
) -> None:
    package = build_house(tmp_path, {name: text, "atlas/__init__.py": "", "model/__init__.py": ""})
    assert len(find_broken_arrows(package, rooms)) == 1


def test_arrows_that_point_down_are_fine(tmp_path: Path, rooms: dict[str, Room]) -> None:
    package = build_house(
        tmp_path,
        {
            "evidence/load.py": "from keten.sources import cordis\nfrom . import link\nimport os",
            "evidence/link.py": "from keten.methods.rca import f\nfrom keten.errors import E",
            "atlas/answers.py": "from keten.evidence import read\nfrom keten.model import Figure",
            "web/app.py": "from keten.atlas import answers\nfrom keten import settings",
        },
    )
    assert find_broken_arrows(package, rooms) == []


def test_an_unknown_room_is_seen(tmp_path: Path) -> None:
    package = build_house(tmp_path, {"shed/tools.py": "", "attic.py": "", "atlas/x.py": ""})
    (package / "__pycache__").mkdir()
    assert list_rooms(package) == {"shed", "attic", "atlas"}


@pytest.mark.parametrize(
    ("name", "text", "count"),
    [
        ("atlas/answers.py", "import duckdb", 1),
        ("pipeline/build.py", "def f():\n    from duckdb import connect", 1),
        ("web/app.py", "import duckdb", 0),
        ("atlas/answers.py", "if TYPE_CHECKING:\n    import duckdb", 0),
        ("evidence/store.py", "import duckdb", 0),
    ],
)
def test_a_stray_duckdb_is_found(tmp_path: Path, name: str, text: str, count: int) -> None:
    assert len(find_stray_duckdb(build_house(tmp_path, {name: text}))) == count


@pytest.mark.parametrize(
    ("name", "text", "count"),
    [
        ("evidence/load.py", "import os\nx = os.environ['HOME']", 1),
        ("evidence/load.py", "from os import environ", 1),
        ("evidence/load.py", "import time as t\nx = t.time()", 1),
        ("evidence/load.py", "from datetime import datetime\nx = datetime.now()", 1),
        ("evidence/load.py", "import datetime as dt\nx = dt.date.today()", 1),
        ("sources/cordis.py", "import httpx", 1),
        ("sources/cordis.py", "from urllib.request import urlopen", 1),
        ("sources/fetch.py", "import httpx, time\nx = time.time()", 0),
        ("settings.py", "import os\nx = os.environ.get('KETEN_HOME')", 0),
        ("settings.py", "import time\nx = time.time()", 1),
        ("cli/demo.py", "import os, time\nx = os.environ, time.time()", 0),
        ("evidence/load.py", "import os, time\nx = os.fspath('a'), time.perf_counter()", 0),
    ],
)
def test_a_look_outside_is_found(tmp_path: Path, name: str, text: str, count: int) -> None:
    assert len(find_outside_reads(build_house(tmp_path, {name: text}))) == count
