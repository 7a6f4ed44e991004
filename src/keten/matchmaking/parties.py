"""The parties of a chain to choose from: those in its regions, or all that a name is sought among."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING, Final

from keten.evidence.figures import measure_groups, read_labels
from keten.matchmaking.views import Parties, Party
from keten.model import Chain, Label, Scope

if TYPE_CHECKING:
    import duckdb

SHOWN: Final = 50
_ALL: Final = 100_000


def list_parties(
    con: duckdb.DuckDBPyConnection, chain: Chain, query: str = "", limit: int = SHOWN
) -> Parties:
    """Give the parties of a chain with most projects in it.

    Without a query those in the chain's regions; with one, whoever in the whole chain has all its words in
    a name, from their beginning.
    """
    wanted = _split(query)
    scope = Scope.of(chain=chain.chain, region=None if wanted else chain.region)
    groups = measure_groups(
        con, ("projects",), scope, ("organisation",), first="projects", limit=_ALL
    )
    labels = read_labels(con, [group.keys["organisation"] for group in groups])
    found = [
        Party(labels[group.keys["organisation"]], group.figures["projects"])
        for group in groups
        if _matches(labels[group.keys["organisation"]], wanted)
    ]
    return Parties(query, not wanted, tuple(found[:limit]), len(found) > limit)


def _matches(label: Label, wanted: list[str]) -> bool:
    names = _split(f"{label.name or ''} {label.short_name or ''} {label.organisation_id}")
    return all(any(name.startswith(word) for name in names) for word in wanted)


def _split(text: str) -> list[str]:
    """Give the words of a text without case and accents."""
    plain = unicodedata.normalize("NFKD", text.casefold())
    kept = "".join(letter if letter.isalnum() else " " for letter in plain if not _is_mark(letter))
    return kept.split()


def _is_mark(letter: str) -> bool:
    return unicodedata.combining(letter) != 0
