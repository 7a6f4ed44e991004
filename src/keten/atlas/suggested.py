"""Suggested: organisations that visitors proposed and editors accepted, found by their names."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from keten.atlas.named import OWN_ROW, Named, is_own, name_own
from keten.atlas.suggestion_records import LIST_KEY

if TYPE_CHECKING:
    from keten.workspace import Store

MOST: Final = 20


def find_suggested(store: Store | None, query: str) -> tuple[Named, ...]:
    """Give the accepted organisations whose name or place holds every word, by name."""
    words = query.casefold().split()
    if store is None or not words:
        return ()
    found = [
        name_own(line)
        for line in store.judgements_on([LIST_KEY])
        if line.kind == OWN_ROW and line.object == LIST_KEY and is_own(line.subject)
    ]
    fitting = [
        one for one in found if all(word in f"{one.name} {one.city}".casefold() for word in words)
    ]
    return tuple(sorted(fitting, key=lambda one: (one.name.casefold(), one.key)))[:MOST]
