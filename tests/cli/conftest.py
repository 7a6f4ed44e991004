"""A small invented region, built once, and a way to call the command line on it."""

import json
import os
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from keten.cli import commands

Keten = Callable[..., Result]


def call(*words: str | Path, **environment: str) -> Result:
    """Run one command with a clean environment."""
    clean: dict[str, str | None] = {name: None for name in os.environ if name.startswith("KETEN_")}
    return CliRunner().invoke(commands, [str(word) for word in words], env=clean | environment)


def read_json(result: Result) -> dict[str, Any]:
    assert result.exit_code == 0, result.stderr
    answer: dict[str, Any] = json.loads(result.stdout)
    return answer


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with `data` and `home`, as `keten sample` and `keten build` leave it."""
    folder = tmp_path_factory.mktemp("region")
    where = ("--home", folder / "home", "--data", folder / "data")
    sampled = call("sample", "--organisations", "150", "--seed", "3", "--into", folder / "data")
    assert sampled.exit_code == 0, sampled.stderr
    result = call("build", *where)
    assert result.exit_code == 0, result.stderr
    return folder


@pytest.fixture
def home(built: Path, tmp_path: Path) -> Path:
    """A home of the test's own with that evidence in it."""
    shutil.copytree(built / "home", tmp_path / "home")
    return tmp_path / "home"


@pytest.fixture
def keten(home: Path, built: Path) -> Keten:
    """Runs a command on that home, in English."""

    def run(*words: str | Path) -> Result:
        place = {"KETEN_HOME": str(home), "KETEN_DATA": str(built / "data")}
        return call(*words, **place, KETEN_LANGUAGE="en")

    return run
