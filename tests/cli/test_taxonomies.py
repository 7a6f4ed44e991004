"""`keten taxonomies`: lists, shows and compares, and carries memberships along with a reason."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest
import yaml
from click.testing import CliRunner, Result

from keten.cli.commands import commands
from keten.workspace import open_store
from tests.atlas.taxonomies_made import fifteen, fourteen

NOW = datetime(2026, 11, 21, 12, tzinfo=UTC)


@pytest.fixture
def home(tmp_path: Path) -> Path:
    home = tmp_path / "home"
    for value in (fifteen(), fourteen()):
        path = tmp_path / f"{value['version']}.yaml"
        path.write_text(yaml.safe_dump(value), encoding="utf-8")
        assert run(home, "load", str(path)).exit_code == 0
    with open_store(home) as store:
        store.record("member", "he:1", "chain:milk-robots", "makes them", "a tester", NOW)
    return home


def run(home: Path, *words: str) -> Result:
    return CliRunner().invoke(
        commands, [*words, "--home", str(home), "--lang", "en"], standalone_mode=False
    )


def test_both_versions_are_listed_and_one_is_in_force(home: Path) -> None:
    said = run(home, "taxonomies", "list").output
    assert "2025-04" in said
    (line,) = [line for line in said.splitlines() if "in force" in line]
    assert "2025-05" in line
    shown = run(home, "taxonomies", "show", "invented-chains", "--version", "2025-04").output
    assert "Quilts" in shown


def test_versions_are_compared_and_members_carried_along(home: Path) -> None:
    asked = ("taxonomies", "compare", "invented-chains", "2025-04", "2025-05")
    said = run(home, *asked).output
    assert "Fishing nets, Sports nets" in said
    assert "add --carry" in said
    assert run(home, *asked, "--carry").exit_code == 2
    done = run(home, *asked, "--carry", "--why", "the board decided", "--who", "a tester")
    assert "as batch" in done.output
    assert "No membership is left" in run(home, *asked).output
    with open_store(home) as store:
        lines = store.judgements("member", only_in_force=True)
    assert [line.object for line in lines] == ["chain:milk-robots", "chain:robots"]
    told = json.loads(run(home, *asked, "--json").output)["answer"]["view"]
    assert len(told["changes"]) == 14


def test_what_is_not_there_is_told(home: Path) -> None:
    assert run(home, "taxonomies", "show", "nothing").exit_code == 3
