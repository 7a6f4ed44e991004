"""Owners: finds the organisation that is typed, and the one that a record belongs to today.

A record stays what it is; builds may merge or split the organisation around it. So a line keeps the
record, and the organisation is looked up anew whenever it is shown.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Final

from keten.evidence.figures import current_organisations, find_source_record, read_labels
from keten.model import Label, is_organisation_id
from keten.programme.views import Owner, OwnerView
from keten.workspace.terms import plain

if TYPE_CHECKING:
    import duckdb

# "Rijksuniversiteit Groningen (pic:999856337)", as lists of proposals write it, or the bare number.
_NAMED: Final = re.compile(
    r"^(?P<name>.*?)\s*\((?P<id>[a-z0-9]+:[0-9A-Za-z.-]{1,40})\)$", re.DOTALL
)
_PERSON: Final = re.compile(
    r"@|\b(?:dhr|mevr|mw|mr|mrs|ms)\.|\b(?:mevrouw|meneer|mijnheer|de heer)\b|(?:\d[ -]?){9,}",
    re.IGNORECASE,
)


def split_identifier(text: str) -> tuple[str, str]:
    """Split what is typed into a name and an identifier; one of them may be empty."""
    text = text.strip()
    if is_organisation_id(text):
        return "", text
    named = _NAMED.match(text)
    if named and is_organisation_id(named["id"]):
        return named["name"], named["id"]
    return text, ""


def find_record(con: duckdb.DuckDBPyConnection | None, identifier: str) -> tuple[str, str] | None:
    """Give the source record and the name that an identifier stands for; None: not in this evidence.

    An organisation's own identifier stands for its anchor record; a source key for itself.
    """
    if con is None:
        return None
    found = find_source_record(con, identifier)
    return (found[0], found[1].name or identifier) if found else None


def show_owners(
    con: duckdb.DuckDBPyConnection | None, owners: Iterable[Owner]
) -> Mapping[Owner, OwnerView]:
    """Give each owner with the organisation that its record belongs to today."""
    owners = set(owners)
    known = _find_current(con, sorted({one.record for one in owners if one.record}))
    return {one: _show(one, known.get(one.record), con is not None) for one in owners}


def names_person(text: str) -> bool:
    """Say whether words look like those for a person: a form of address, a mail or phone number."""
    return _PERSON.search(text) is not None


def _show(owner: Owner, current: Label | None, has_evidence: bool) -> OwnerView:
    if not owner.record:
        return OwnerView(owner)
    if current is None:
        return OwnerView(owner, is_lost=has_evidence)
    is_moved = bool(current.name) and plain(current.name or "") != plain(owner.name)
    return OwnerView(owner, current, is_moved=is_moved)


def _find_current(
    con: duckdb.DuckDBPyConnection | None, identifiers: list[str]
) -> dict[str, Label]:
    if con is None or not identifiers:
        return {}
    found = current_organisations(con, identifiers)
    labels = read_labels(con, sorted(set(found.values())))
    return {alias: labels[current] for alias, current in found.items() if current in labels}
