"""Records of the register: writes an initiative as a line; nothing is ever overwritten."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from keten.model import INITIATIVE, Judgement, write_said
from keten.programme.records import make_slug
from keten.programme.register import Registered
from keten.programme.register_draft import RegisteredDraft

if TYPE_CHECKING:
    from keten.workspace import Store


def record_registered(
    store: Store,
    draft: RegisteredDraft,
    author: str,
    made_at: datetime,
    *,
    before: Registered | None = None,
) -> Judgement:
    """Write an initiative of a region, or another version of one; that stays where it belongs.

    Raises: ConflictError when the line it was made from no longer holds.
    """
    value = write_said(draft.said)
    if before is None:
        thing = f"{INITIATIVE}:{make_slug(draft.said.label, author, made_at)}"
        return store.record(INITIATIVE, thing, "", draft.reason, author, made_at, value=value)
    line = before.line
    old = line.value if isinstance(line.value, dict) else {}
    # What a list or another version of keten keeps beside it goes along.
    beside = {name: old[name] for name in ("row", "cells", "at") if name in old}
    return store.record(
        INITIATIVE, line.subject, line.object, draft.reason, author, made_at,
        value={**value, **beside}, supersedes=line.number, is_private=line.is_private,
        shared_with=line.shared_with,
    )  # fmt: skip
