"""Records: what people rule on two source records, and taking it back."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from keten.atlas.pairs import RULINGS
from keten.errors import ConflictError, UsageError
from keten.model import Judgement

if TYPE_CHECKING:
    from keten.workspace import Store


def rule_on_pair(
    store: Store,
    verdict: str,
    left: str,
    right: str,
    reason: str,
    author: str,
    made_at: datetime,
    *,
    seen: int | None = None,
) -> Judgement:
    """Write that two source records are the same organisation or different ones.

    `seen` is the ruling on this pair that the writer saw, None for none. Raises: UsageError for a
    verdict that is none, or without a reason; ConflictError when somebody else ruled meanwhile.
    """
    if verdict not in RULINGS:
        raise UsageError(f"'{verdict[:40]}' is no ruling.", f"Choose from: {', '.join(RULINGS)}.")
    if not reason.strip():
        raise UsageError("A ruling needs a reason.", "Say in a few words why: others will read it.")
    standing = find_ruling(store, left, right)
    if standing is not None and standing.number != seen:
        raise ConflictError(
            "Somebody ruled on these records meanwhile.",
            "Read what they wrote, and rule again if you see it otherwise.",
            later=standing.number,
        )
    return store.record(verdict, left, right, reason, author, made_at)


def find_ruling(store: Store, left: str, right: str) -> Judgement | None:
    """Give the public ruling that holds for a pair, or None."""
    lines = [
        line
        for line in store.judgements_on([left, right])
        if line.kind in RULINGS and {line.subject, line.object} == {left, right}
    ]
    return lines[-1] if lines else None
