"""The texts of the caveats that figures carry by name, read once for each evidence and language."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

from keten.atlas.answers import show_sources
from keten.evidence.figures import keep_each
from keten.web.visit import Visit

if TYPE_CHECKING:
    import duckdb


def read_caveats(visit: Visit) -> Mapping[str, str]:
    """Give name to text of every caveat of the evidence in force."""
    return read_caveats_in(visit.con, visit.language)


@keep_each
def read_caveats_in(con: "duckdb.DuckDBPyConnection", language: str) -> Mapping[str, str]:
    """Give name to text of every caveat of an evidence in a language."""
    cards = [view.card for view in show_sources(con)]
    return {
        name: text.in_language(language) for card in cards for name, text in card.caveats.items()
    }
