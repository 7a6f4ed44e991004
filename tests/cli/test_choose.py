"""`keten choose`: the same answer as the page, decisions kept, and words for what cannot be."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from starlette.testclient import TestClient

from keten.evidence import latest
from keten.settings import Settings
from keten.web.app import create_app
from tests.cli.conftest import Keten, read_json

CHAIN = "new-proteins"


def _without_authors(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _without_authors(item) for key, item in value.items() if key != "author"}
    return [_without_authors(item) for item in value] if isinstance(value, list) else value


def test_the_choice_is_that_of_the_page(keten: Keten, home: Path) -> None:
    assert keten("load", "--examples").exit_code == 0
    assert keten("build").exit_code == 0
    decided = keten(
        "choose", CHAIN, "--go", "bean-kitchen", "--why", "Most firms", "--who", "The board"
    )
    assert decided.exit_code == 0, decided.stderr
    for words in ("A bean kitchen", "What the choice hangs on", "Most firms", "The board"):
        assert words in decided.stdout
    ours = read_json(keten("choose", CHAIN, "--weights", "task:0.8-1", "--json"))
    with TestClient(create_app(Settings(home=home, home_country="QN"))) as client:
        theirs = client.get(f"/en/chains/{CHAIN}/choice.json?low-task=80").json()
    assert _without_authors(ours["answer"]) == theirs["answer"]
    assert ours["answer"]["choice"]["leader"] == "duckweed-ponds"
    for wrong, code in (
        (("--weights", "zeal:0-1"), 2),
        (("--go", "bean-kitchen"), 2),
        (("--go", "moon", "--why", "x", "--who", "y"), 2),
        (("--portfolio", "moon"), 3),
    ):
        refused = keten("choose", CHAIN, *wrong)
        assert (refused.exit_code, len(refused.stderr.splitlines())) == (code, 2), wrong
    assert keten("choose", "moon").exit_code == 3
    row = latest(home).cursor().execute("select min(organisation_id) from subsidy_match").fetchone()
    assert row is not None
    party = read_json(keten("choose", CHAIN, "--party", row[0], "--json"))
    assert party["answer"]["dependence"]["ministry_years"] == [2015]
    assert "concentration of funders" in keten("choose", CHAIN, "--party", row[0]).stdout
