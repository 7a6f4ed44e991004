"""The lines of a workspace as its file has them, and which of them hold."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

Line = dict[str, Any]


def read_lines(home: Path, until: str = "") -> list[Line]:
    """Give the public lines that hold, oldest first: no line that holds names them as superseded.

    `until`: as they stood at that moment.
    """
    path = home / "workspace.sqlite"
    if not path.is_file():
        return []
    with closing(sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True)) as con:
        con.row_factory = sqlite3.Row
        rows = [dict(row) for row in con.execute(
            "select number, kind, subject, object, value, supersedes from judgement "
            "where not is_private and (? = '' or replace(made_at, ' ', 'T') <= ?) "
            "order by number desc", [until, f"{until[:19]}.999999"],
        )]  # fmt: skip
    later: dict[int, list[int]] = {}
    for row in rows:
        later.setdefault(row["supersedes"], []).append(row["number"])
    holds: dict[int, bool] = {}
    for row in rows:  # the newest first, so that what comes after a line is known
        number = row["number"]
        holds[number] = not any(holds[each] for each in later.get(number, ()))
        row["value"] = json.loads(row["value"]) if row["value"] else None
    return [row for row in reversed(rows) if holds[row["number"]]]


def read_definitions(lines: list[Line], kind: str) -> dict[str, dict[str, Any]]:
    """Give the definitions of a kind by name."""
    return {
        line["subject"].removeprefix(f"{kind}:"): line["value"]
        for line in lines
        if line["kind"] == kind and line["object"] == "definition"
    }
