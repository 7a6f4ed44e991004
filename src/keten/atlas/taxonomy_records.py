"""Records: what people change of an entry of a taxonomy, as lines that nothing overwrites."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Any

from keten.atlas.taxonomies import CHANGEABLE, CHANGED, CONTENT, read_changes
from keten.atlas.taxonomy import read_maps_to
from keten.errors import ConflictError, UsageError
from keten.model import Given, Judgement, Taxonomy

if TYPE_CHECKING:
    from keten.workspace import Store


def change_entry(
    store: Store,
    taxonomy: Taxonomy,
    entry: str,
    value: Mapping[str, Any],
    reason: str,
    author: str,
    made_at: datetime,
    *,
    seen: int,
) -> Judgement:
    """Keep what a person changed of an entry; `seen` is the line that they saw, 0 for none.

    Raises: UsageError when it cannot be read, or without a reason; ConflictError when somebody else
    changed it meanwhile.
    """
    if not reason.strip():
        raise UsageError("A change needs a reason.", "Say in a few words why: others will read it.")
    check_change(value)
    standing = read_changes(store).get((taxonomy.name, entry))
    holds = standing.number if standing else 0
    if holds != seen:
        raise ConflictError(
            "Somebody changed this entry meanwhile.",
            "Read what they wrote, and change it again if you see it otherwise.",
            later=holds,
        )
    return store.record(
        CHANGED, f"{CONTENT}:{taxonomy.name}", f"entry:{entry}", reason, author, made_at,
        value={key: value[key] for key in CHANGEABLE if key in value}, supersedes=holds or None,
    )  # fmt: skip


def check_change(value: Mapping[str, Any]) -> None:
    """Raise UsageError unless this can be laid over an entry."""
    given = Given(value, "This entry")
    given.only(*CHANGEABLE)
    given.words("label")
    if "description" in value:
        given.words("description")
    synonyms = Given(value.get("synonyms", {}), "This entry, synonyms")
    for language in ("en", "nl"):
        synonyms.texts(language)
    read_maps_to(Given(value.get("maps_to", {}), "This entry"))
