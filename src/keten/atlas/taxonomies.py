"""Taxonomies as they hold now: versions side by side, changes of people laid over, which is in force."""

from __future__ import annotations

import functools
import json
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any, Final

from keten.atlas.taxonomy import read_taxonomy
from keten.errors import NotFoundError, UsageError
from keten.model import Content, Judgement, Taxonomy

if TYPE_CHECKING:
    from keten.workspace import Store

CONTENT: Final = "taxonomy"
CHANGED: Final = "taxonomy-entry"  # the kind of judgement by which people change an entry
MEMBER: Final = "member"
PLACED: Final = "party-stage"  # places a party in a stage of a chain: a membership, too
# What people can change on the page; the rest is of the file.
CHANGEABLE: Final = ("label", "description", "synonyms", "maps_to")


def list_taxonomies(store: Store | None, scheme: str = "") -> tuple[Taxonomy, ...]:
    """Give every version of every scheme, with what people changed, oldest version of a scheme first.

    `scheme`: of that one only, which is quicker.
    """
    if store is None:
        return ()
    changes = read_changes(store)
    found = [
        lay_over(content, changes)
        for content in store.contents(CONTENT)
        if not scheme or content.name.startswith(f"{scheme}@")
    ]
    return tuple(sorted(found, key=lambda each: (each.scheme, each.valid_from, each.version)))


def in_force(taxonomies: Sequence[Taxonomy], today: date) -> tuple[Taxonomy, ...]:
    """Give of each scheme the version that holds today: the latest that has begun and is not over.

    Where none holds, the nearest: the latest that began, else the first to come.
    """
    found: dict[str, Taxonomy] = {}
    for each in sorted(taxonomies, key=lambda each: (each.scheme, each.valid_from, each.version)):
        if each.scheme not in found or each.valid_from <= today.isoformat():
            is_over = bool(each.valid_until) and each.valid_until < today.isoformat()
            if each.scheme not in found or not is_over:
                found[each.scheme] = each
    return tuple(found[scheme] for scheme in sorted(found))


def find_taxonomy(
    taxonomies: Sequence[Taxonomy], scheme: str, version: str, today: date
) -> Taxonomy:
    """Give a version of a scheme, the one in force where none is named; raises NotFoundError."""
    mine = [each for each in taxonomies if each.scheme == scheme]
    if not mine:
        schemes = sorted({each.scheme for each in taxonomies})
        raise NotFoundError(
            f"No taxonomy is known as '{scheme[:80]}'.",
            f"There are: {', '.join(schemes)}." if schemes else "Load one: keten load --examples",
        )
    if not version:
        return in_force(mine, today)[0]
    found = next((each for each in mine if each.version == version), None)
    if found is None:
        raise NotFoundError(
            f"The taxonomy '{scheme}' has no version '{version[:80]}'.",
            f"There are: {', '.join(each.version for each in mine)}.",
        )
    return found


def read_changes(store: Store) -> dict[tuple[str, str], Judgement]:
    """Give what people changed, by the name of the version and the entry."""
    return {
        (line.subject.removeprefix(f"{CONTENT}:"), line.object.removeprefix("entry:")): line
        for line in store.judgements(CHANGED, only_in_force=True)
        if not line.is_private and isinstance(line.value, Mapping)
    }


def lay_over(content: Content, changes: Mapping[tuple[str, str], Judgement]) -> Taxonomy:
    """Give a version with the changes of its entries; one that cannot be read any more is left out."""
    value = dict(content.value)
    entries: list[Any] = []
    for entry in value.get("entries", ()):
        line = changes.get((content.name, str(entry.get("entry"))))
        changed = (
            {**entry, **{k: line.value[k] for k in CHANGEABLE if k in line.value}}
            if line
            else entry
        )
        entries.append(changed if changed is entry or _is_readable(value, changed) else entry)
    text = json.dumps({**value, "entries": entries}, ensure_ascii=False)
    return replace(_read_once(text), number=content.number)


@functools.lru_cache(maxsize=64)
def _read_once(text: str) -> Taxonomy:
    """Read a definition once: pages ask for the same again and again, and reading checks every word."""
    return read_taxonomy(json.loads(text))


def list_members(store: Store | None, taxonomy: Taxonomy) -> dict[str, tuple[Judgement, ...]]:
    """Give for each entry the public memberships that hold: of it, or of a stage of it."""
    found: dict[str, list[Judgement]] = {entry.entry: [] for entry in taxonomy.entries}
    if store is None:
        return {}
    for kind in (MEMBER, PLACED):
        for line in store.judgements(kind, only_in_force=True):
            name = entry_of(taxonomy, line)
            if name in found and not line.is_private:
                found[name].append(line)
    return {entry: tuple(lines) for entry, lines in found.items()}


def entry_of(taxonomy: Taxonomy, line: Judgement) -> str:
    """Give the entry that a membership is of, or nothing: chain:photonics/end-suppliers is of photonics."""
    one, _, rest = line.object.partition(":")
    is_out = line.kind == PLACED and (line.value or {}).get("stage") == "none"
    return rest.partition("/")[0] if one == taxonomy.one and not is_out else ""


def _is_readable(value: Mapping[str, Any], entry: Mapping[str, Any]) -> bool:
    alone = {**entry, "broader": []}
    try:
        read_taxonomy({**value, "entries": [alone]})
    except UsageError:
        return False
    return True
