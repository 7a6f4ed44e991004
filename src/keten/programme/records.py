"""Records: writes what people plan, line upon line; nothing is ever overwritten.

An edit supersedes the line that the writer saw. Whoever saw an older one is told so: `Clash`.
"""

import hashlib
import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Final

from anyascii import anyascii

from keten.errors import NotFoundError, WorkspaceError
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


def is_outdated(store: Store, chain: str, thing: str, seen: int) -> bool:
    """Say whether `thing` (`action:<slug>`) was changed or withdrawn since line `seen` was read."""
    programme = read_programme(store, chain)
    kind, _, slug = thing.partition(":")
    now = programme.initiative(slug) if kind == INITIATIVE else programme.action(slug)
    return now is None or now.number != seen


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

    Raises: WorkspaceError when the line superseded no longer holds.
    """
    slug = slug or make_slug(draft.label, author, made_at)
    return store.record(
        INITIATIVE,
        f"chain:{chain}",
        f"{INITIATIVE}:{slug}",
        draft.reason,
        author,
        made_at,
        value=write_initiative(draft.label, draft.aim, draft.lead),
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

    Raises: WorkspaceError when the line superseded no longer holds.
    """
    slug = slug or make_slug(draft.title, author, made_at)
    value = write_action(
        draft.title,
        draft.initiative,
        draft.owner,
        draft.starts,
        draft.ends,
        _name_milestones(draft.milestones, slug, made_at),
        draft.gap,
    )
    return store.record(
        ACTION,
        f"chain:{chain}",
        f"{ACTION}:{slug}",
        draft.reason,
        author,
        made_at,
        value=value,
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

    `seen` is the newest status that the writer saw (0: none); a newer one raises WorkspaceError.
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
        raise clash(f"{ACTION}:{slug}")
    return store.record(
        STATUS,
        f"chain:{chain}",
        f"{ACTION}:{slug}",
        draft.note,
        author,
        made_at,
        value={"status": draft.state, "share_done": draft.share_done, "note": draft.note},
    )


def clash(thing: str) -> WorkspaceError:
    """Give the error for what somebody else changed meanwhile."""
    error = WorkspaceError(
        f"Somebody changed {thing} meanwhile.", "Look at both versions and say which holds."
    )
    error.http_status = 409
    return error


def make_slug(words: str, author: str, made_at: datetime) -> str:
    """Make a name for addresses: words that can be read, and letters that make it this one's own."""
    plain = re.sub(r"[^a-z0-9]+", "-", anyascii(words).lower()).strip("-")[:_MOST_SLUG].strip("-")
    return f"{plain or 'item'}-{_digest(words, author, made_at.isoformat())}"


def _name_milestones(
    milestones: Sequence[Milestone], slug: str, made_at: datetime
) -> list[Milestone]:
    return [
        one
        if one.key
        else replace(one, key=_digest(slug, made_at.isoformat(), str(place), one.title))
        for place, one in enumerate(milestones)
    ]


def _digest(*parts: str) -> str:
    return hashlib.blake2s("\0".join(parts).encode(), digest_size=3).hexdigest()
