"""`keten connect`: the same answer as the page, and words for what cannot be answered."""

from __future__ import annotations

from pathlib import Path

import pytest
from starlette.testclient import TestClient

from keten.evidence import latest
from keten.settings import Settings
from keten.web.app import create_app
from tests.cli.conftest import Keten, read_json

CHAIN = "new-proteins"


@pytest.fixture
def party(keten: Keten, home: Path) -> str:
    """Someone with partners, after a build that knows the chain."""
    assert keten("load", "--examples").exit_code == 0
    assert keten("build").exit_code == 0
    row = (
        latest(home)
        .cursor()
        .execute(
            "select organisation_id from organisation_card order by partners desc, 1 limit 1 offset 3"
        )
        .fetchone()
    )
    assert row is not None
    return str(row[0])


def test_the_answer_is_that_of_the_page(keten: Keten, home: Path, party: str) -> None:
    ours = read_json(keten("connect", CHAIN, party, "--among", "everyone", "--json"))
    address = f"/en/chains/{CHAIN}/connections.json?party={party}&among=everyone"
    with TestClient(create_app(Settings(home=home))) as client:
        theirs = client.get(address).json()
    assert ours["answer"] == theirs["answer"]
    rows = ours["answer"]["suggestions"]["suggestions"]
    printed = keten("connect", CHAIN, party, "--among", "everyone", "--limit", "3").stdout
    assert [row["partner"]["organisation_id"] in printed for row in rows[:3]] == [True] * 3
    assert "Of ten such suggestions" in printed
    assert keten("connect", "moon", party).exit_code == 3
    wrong = keten("connect", CHAIN, "pic:1")
    assert wrong.exit_code == 3
    assert "pic:1" in wrong.stderr
