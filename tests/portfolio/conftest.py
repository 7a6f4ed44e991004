"""A small evidence with subsidies, and a workspace with developments to choose from."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import duckdb
import pytest

from keten.evidence.receipts import write_receipts
from keten.evidence.resolve.keys import key_recipient
from keten.evidence.subsidies import match_subsidies
from keten.workspace import Store, open_store
from tests.atlas.made import make_atlas

NOW = datetime(2026, 11, 21, 12, tzinfo=UTC)


def words(text: str) -> dict[str, str]:
    return {"en": text, "nl": f"{text} (nl)"}


def definition(**more: Any) -> dict[str, Any]:
    """Three developments on two criteria; A is best on work, B on cost, C on neither."""
    return {
        "content": "developments",
        "name": "made",
        "label": words("Made"),
        "description": words("For a test"),
        "source": "A test.",
        "valid_from": "2026-11-01",
        "is_example": True,
        "chains": ["new-proteins"],
        "criteria": [
            {"criterion": "work", "label": words("Work"), "description": words("Work"),
             "direction": "more", "scale": [0, 10]},
            {"criterion": "cost", "label": words("Cost"), "description": words("Cost"),
             "direction": "less", "scale": [0, 100]},
        ],
        "developments": [
            {"development": "a", "label": words("A"), "description": words("A"),
             "chains": ["new-proteins"], "parties": ["pic:100"],
             "scores": {"work": [8, 9], "cost": [70, 90]}},
            {"development": "b", "label": words("B"), "description": words("B"),
             "scores": {"work": [2, 4], "cost": [10, 20]}},
            {"development": "c", "label": words("C"), "description": words("C"),
             "scores": {"work": [1, 2], "cost": [80, 95]}},
        ],
    } | more  # fmt: skip


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with open_store(tmp_path) as opened:
        opened.define("developments", "made", definition(), "to begin", "a test", NOW)
        yield opened


@pytest.fixture(scope="session")
def con() -> Iterator[duckdb.DuckDBPyConnection]:
    """The small evidence of the atlas, with days of projects and subsidies of ministries."""
    made = make_atlas()
    made.execute("update project set end_date = start_date + interval 2 year - interval 1 day")
    made.executemany(
        "insert into subsidy values (?, 2015, 'M', ?, ?, 'organisation', true, '1', ?)",
        [
            [9_001, "Innovation", "ALPHA B.V.", 300],
            [9_002, "Innovation", "Alpha", 100],
            [9_003, "Training", "Alpha bv", 600],
            [9_004, "Training", "Nobody B.V.", 50],
        ],
    )
    # Whose names these are was decided elsewhere.
    made.executemany(
        "insert into same_as values (?, 'pic:100', false, 'match', .99, null)",
        [
            [key]
            for key in sorted({key_recipient(name) for name in ("Alpha B.V.", "Alpha", "Alpha bv")})
        ],
    )
    write_receipts(made)
    match_subsidies(made)
    yield made
    made.close()
