"""Conversation records: writes in the log of an organisation, and ticks off what is done."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Any, Final

from keten.atlas.conversations import DONE, NOTE, WAYS, Conversation
from keten.atlas.named import Named
from keten.errors import ConflictError, UsageError
from keten.model import Judgement

if TYPE_CHECKING:
    from keten.workspace import Store

LONGEST_TEXT: Final = 4_000
LONGEST_NEXT: Final = 300


@dataclass(frozen=True, slots=True)
class Draft:
    """A line of the log as it was typed; without `next_step` there is nothing to be done."""

    way: str
    day: date
    text: str
    next_step: str = ""
    due: date | None = None
    owner: int | None = None

    def as_value(self) -> dict[str, Any]:
        """Give what the line keeps beside its text."""
        value: dict[str, Any] = {"way": self.way, "day": self.day.isoformat()}
        if self.next_step:
            value["next"] = self.next_step
            if self.due is not None:
                value["due"] = self.due.isoformat()
            if self.owner is not None:
                value["owner"] = self.owner
        return value


def record_note(
    store: Store, about: Named, draft: Draft, author: str, made_at: datetime
) -> Judgement:
    """Write what was said to, or learnt of, an organisation; editors alone read it.

    Raises: UsageError for a way that is none, or without text.
    """
    if draft.way not in WAYS:
        raise UsageError(f"'{draft.way[:40]}' is no kind of note.", f"Choose: {', '.join(WAYS)}.")
    if not draft.text.strip():
        raise UsageError("The note is empty.", "Say in a few words what was said.")
    return store.record(
        NOTE, about.key, _make_key(about, draft, made_at), draft.text, author, made_at,
        value=draft.as_value(), is_private=True, shared_with="editor",
    )  # fmt: skip


def finish(
    store: Store, conversation: Conversation, reason: str, author: str, made_at: datetime
) -> Judgement:
    """Tick off what was to be done.

    Raises: UsageError where nothing was; ConflictError when somebody did so already.
    """
    follow_up, line = conversation.follow_up, conversation.line
    if follow_up is None:
        raise UsageError("Nothing was to be done about this.", "Write a note of its own.")
    if follow_up.done is not None:
        raise ConflictError(
            "Somebody ticked this off already.", "Read what they said.", later=follow_up.done.number
        )
    return store.record(
        DONE, line.subject, line.object, reason, author, made_at, is_private=True,
        shared_with="editor",
    )  # fmt: skip


def _make_key(about: Named, draft: Draft, made_at: datetime) -> str:
    text = f"{about.key} {sorted(draft.as_value().items())} {draft.text} {made_at.isoformat()}"
    return f"note:{hashlib.sha256(text.encode()).hexdigest()[:12]}"
