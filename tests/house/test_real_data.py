"""A green run without real data must say so, and data that are named but missing must be red."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

CONFTEST = Path(__file__).resolve().parents[1] / "conftest.py"
TESTS = """
import pytest

def test_asks_for_the_folder(data_dir):
    assert data_dir.is_dir()

def test_asks_for_a_file(data_file):
    assert data_file("rows.csv").read_text() == "a;b"

@pytest.mark.real_data
def test_is_only_marked():
    pass

def test_needs_none():
    pass
"""


def run_pytest(folder: Path, named: Path | None, *options: str) -> tuple[int, str]:
    """Runs the tests above under this project's conftest, with KETEN_DATA as told."""
    shutil.copyfile(CONFTEST, folder / "conftest.py")
    (folder / "test_it.py").write_text(TESTS, encoding="utf-8")
    (folder / "pytest.ini").write_text("[pytest]\nmarkers = real_data: x\n", encoding="utf-8")
    kept = {key: value for key, value in os.environ.items() if not key.startswith("PYTEST_")}
    environment = {**kept, "KETEN_DATA": str(named or "")}
    command = [sys.executable, "-m", "pytest", "-p", "no:cacheprovider", *options, str(folder)]
    done = subprocess.run(
        command, check=False, cwd=folder, env=environment, capture_output=True, text=True
    )
    return done.returncode, done.stdout


def test_without_data_they_are_skipped_and_counted(tmp_path: Path) -> None:
    code, output = run_pytest(tmp_path, None)
    assert code == 0
    assert "real data: 0 tests ran, 3 skipped" in output


@pytest.mark.parametrize("options", [(), ("-n", "2")])
def test_with_data_they_run_and_are_counted(tmp_path: Path, options: tuple[str, ...]) -> None:
    data = tmp_path / "data"
    data.mkdir()
    (data / "rows.csv").write_text("a;b", encoding="utf-8")
    code, output = run_pytest(tmp_path, data, *options)
    assert code == 0
    assert "real data: 3 tests ran, 0 skipped" in output


def test_a_missing_file_fails(tmp_path: Path) -> None:
    data = tmp_path / "data"
    data.mkdir()
    code, output = run_pytest(tmp_path, data)
    assert code == 1
    assert "rows.csv is not in it" in output


def test_a_missing_folder_fails(tmp_path: Path) -> None:
    code, output = run_pytest(tmp_path, tmp_path / "nowhere")
    assert code == 1
    assert "which is no folder" in output
