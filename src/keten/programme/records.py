"""Records: writes what people plan, line upon line; nothing is ever overwritten.

An edit supersedes the line that the writer saw; whoever saw an older one gets a ConflictError.
"""

import hashlib
import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any, Final

from anyascii import anyascii

from keten.errors import ConflictError, NotFoundError
from keten.model import Judgement
from keten.programme.draft import ActionDraft, InitiativeDraft, StatusDraft
from keten.programme.state import (
    ACTION,
    INITIATIVE,
    STATUS,
    read_programme,
    write_action,
    write_initiative,
)
from keten.programme.views import Milestone
from keten.workspace import Store

_MOST_SLUG: Final = 40


def write_draft(draft: InitiativeDraft | ActionDraft) -> dict[str, Any]:
    """Give the value that a draft would be written as; new milestones have no key yet."""
    if isinstance(draft, InitiativeDraft):
        return write_initiative(draft.label, draft.aim, draft.lead)
    return write_action(
        draft.title,
        draft.initiative,
        draft.owner,
        draft.starts,
        draft.ends,
        draft.milestones,
        draft.gap,
    )


def record_initiative(
    store: Store,
    chain: str,
    draft: InitiativeDraft,
    author: str,
    made_at: datetime,
    *,
    slug: str = "",
    supersedes: int | None = None,
) -> Judgement:
    """Write an initiative, or with `slug` and `supersedes` another version of one.

    Raises: ConflictError when the line superseded no longer holds.
    """
    slug = slug or make_slug(draft.label, author, made_at)
    # What is said beside name, aim and lead stays: who writes those says nothing of the rest.
    before = store.value(supersedes) if supersedes is not None else None
    beside = before if isinstance(before, dict) else {}
    return store.record(
        INITIATIVE,
        f"chain:{chain}",
        f"{INITIATIVE}:{slug}",
        draft.reason,
        author,
        made_at,
        value={**beside, **write_draft(draft)},
        supersedes=supersedes,
    )


def record_action(
    store: Store,
    chain: str,
    draft: ActionDraft,
    author: str,
    made_at: datetime,
    *,
    slug: str = "",
    supersedes: int | None = None,
) -> Judgement:
    """Write an action, or with `slug` and `supersedes` another version of one.

    Raises: ConflictError when the line superseded no longer holds.
    """
    slug = slug or make_slug(draft.title, author, made_at)
    named = replace(draft, milestones=_name_milestones(draft.milestones, slug, made_at))
    return store.record(
        ACTION,
        f"chain:{chain}",
        f"{ACTION}:{slug}",
        draft.reason,
        author,
        made_at,
        value=write_draft(named),
        supersedes=supersedes,
    )


def record_status(
    store: Store,
    chain: str,
    slug: str,
    draft: StatusDraft,
    author: str,
    made_at: datetime,
    *,
    seen: int | None = None,
) -> Judgement:
    """Write how an action stands: a line beside the earlier ones, which stay true of their day.

    `seen` is the newest status that the writer saw (0: none); a newer one raises
    ConflictError.
    Raises: NotFoundError when there is no such action.
    """
    action = read_programme(store, chain).action(slug)
    if action is None:
        raise NotFoundError(
            f"There is no action '{slug}' in the programme of '{chain}'.",
            "See which there are with: keten act " + chain,
        )
    newest = action.statuses[-1].number if action.statuses else 0
    if seen is not None and newest != seen:
        raise ConflictError(
            f"Somebody told meanwhile how the action '{slug}' stands.",
            "Look at what was told, and tell yours if it still holds.",
            later=newest,
        )
    return store.record(
        STATUS,
        f"chain:{chain}",
        f"{ACTION}:{slug}",
        draft.note,
        author,
        made_at,
        value={"status": draft.state, "share_done": draft.share_done, "note": draft.note},
    )


def make_slug(words: str, author: str, made_at: datetime) -> str:
    """Make a name for addresses: words that can be read, and letters that make it this one's own."""
    plain = re.sub(r"[^a-z0-9]+", "-", anyascii(words).lower()).strip("-")[:_MOST_SLUG].strip("-")
    return f"{plain or 'item'}-{_digest(words, author, made_at.isoformat())}"


def _name_milestones(
    milestones: Sequence[Milestone], slug: str, made_at: datetime
) -> tuple[Milestone, ...]:
    return tuple(
        one
        if one.key
        else replace(one, key=_digest(slug, made_at.isoformat(), str(place), one.title))
        for place, one in enumerate(milestones)
    )


def _digest(*parts: str) -> str:
    return hashlib.blake2s("\0".join(parts).encode(), digest_size=3).hexdigest()
