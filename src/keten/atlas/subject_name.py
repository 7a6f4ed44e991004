"""The technologies, value chains and missions that the evidence was built with, by key."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Final

from keten.atlas.subject_views import Subject
from keten.errors import NotFoundError
from keten.evidence.figures import read_once
from keten.model import Text

if TYPE_CHECKING:
    import duckdb

TOLD: Final = ("chain", "mission")  # those that a project is about or not, and never develops
ONES: Final = ("technology", *TOLD)


@read_once
def read_subjects(con: duckdb.DuckDBPyConnection) -> Mapping[str, Subject]:
    """Give all of them by key, such as chain:photonics: technologies first, then chains, then missions."""
    found = {}
    for one in ONES:
        for name, english, dutch in con.execute(
            f"select {one}, label_en, label_nl from {one} order by rowid"
        ).fetchall():
            subject = Subject(one, name, Text(english, dutch))
            found[subject.key] = subject
    return found


def find_subject(con: duckdb.DuckDBPyConnection, key: str) -> Subject:
    """Give a chain or mission by its key; raises NotFoundError."""
    known = {each: found for each, found in read_subjects(con).items() if found.one in TOLD}
    if key not in known:
        raise NotFoundError(
            f"'{key[:60]}' is no value chain or mission in this evidence.",
            f"There are: {', '.join(known) or 'none'}. A new one enters with the next build.",
        )
    return known[key]


@read_once
def read_mission_fingerprint(con: duckdb.DuckDBPyConnection) -> str:
    """Give the hash of what mapped to missions when the evidence was built; nothing without any."""
    row = con.execute("select max(fingerprint) from mission").fetchone()
    return str(row[0]) if row and row[0] else ""
