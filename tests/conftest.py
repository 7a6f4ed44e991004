"""What every test may ask for: the open data where they are at hand, and the browser."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

MARKER = "real_data"


@pytest.fixture(scope="session")
def data_dir() -> Path:
    """The folder of open data that KETEN_DATA names; the test is skipped when it names none."""
    named = os.environ.get("KETEN_DATA", "").strip()
    if not named:
        pytest.skip("real data: KETEN_DATA is not set, so there are no open data to test on")
    folder = Path(named).resolve()
    if not folder.is_dir():
        pytest.fail(f"KETEN_DATA is {named!r}, which is no folder", pytrace=False)
    return folder


@pytest.fixture(scope="session")
def data_file(data_dir: Path) -> Callable[[str], Path]:
    """Finds one file in the data folder. Data that are at hand but incomplete are a failure."""

    def find(name: str) -> Path:
        path = data_dir / name
        if not path.exists():
            pytest.fail(f"KETEN_DATA is {data_dir}, but {name} is not in it", pytrace=False)
        return path

    return find


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Whoever asks for the data is marked, and whoever is marked asks for the data."""
    for item in items:
        fixtures: list[str] = getattr(item, "fixturenames", [])
        if "data_dir" in fixtures:
            item.add_marker(MARKER)
        elif item.get_closest_marker(MARKER) and "data_dir" not in fixtures:
            fixtures.insert(0, "data_dir")


def pytest_terminal_summary(terminalreporter: Any) -> None:
    """Says how many tests met real data, so that a green run without them is not mistaken."""
    ran, skipped = count_real_data(terminalreporter.stats)
    terminalreporter.write_line(f"real data: {ran} tests ran, {skipped} skipped")


def count_real_data(stats: dict[str, list[Any]]) -> tuple[int, int]:
    """Tests on real data that ran to an end, good or bad, and those that were skipped."""
    marked = {
        outcome: {report.nodeid for report in reports if MARKER in getattr(report, "keywords", ())}
        for outcome, reports in stats.items()
    }
    ran = marked.get("passed", set()) | marked.get("failed", set()) | marked.get("xfailed", set())
    return len(ran), len(marked.get("skipped", set()) - ran)


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    """Debian's own Chromium: the download that Playwright would make may be out of reach."""
    names = ("chromium", "chromium-browser", "google-chrome")
    found = next(filter(None, map(shutil.which, names)), None)
    if found is None:
        pytest.fail("no Chromium is installed; `make setup-dev` installs it", pytrace=False)
    quiet = [
        "--disable-quic",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
    ]
    # Chromium refuses its sandbox to root.
    sandbox = ["--no-sandbox"] if os.geteuid() == 0 else []
    return {**browser_type_launch_args, "executable_path": found, "args": [*quiet, *sandbox]}
