"""The technologies that the evidence was built with, by name."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from keten.atlas.technology_views import TechnologyName
from keten.errors import NotFoundError
from keten.evidence.figures import read_once, read_rows
from keten.model import Text

if TYPE_CHECKING:
    import duckdb


@read_once
def read_technologies(con: duckdb.DuckDBPyConnection) -> Mapping[str, TechnologyName]:
    """Give the technologies that the evidence was built with by name, in their order; none without."""
    rows = read_rows(con, "select * from technology order by rowid")
    return {
        row["technology"]: TechnologyName(
            row["technology"],
            Text(row["label_en"], row["label_nl"]),
            row["scheme"],
            row["version"],
            row["valid_from"],
            row["fingerprint"],
            row["model"],
        )
        for row in rows
    }


def find_technology(con: duckdb.DuckDBPyConnection, name: str) -> TechnologyName:
    """Give a technology by its name; raises NotFoundError."""
    known = read_technologies(con)
    if name not in known:
        raise NotFoundError(
            f"'{name[:60]}' is no technology in this evidence.",
            f"There are: {', '.join(known)}."
            if known
            else "Load a taxonomy of technologies, then build: keten load --examples; keten build",
        )
    return known[name]
