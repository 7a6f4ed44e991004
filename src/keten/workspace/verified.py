"""Verified: somebody looked again, and a line is still right; what it says does not change by that."""

from collections.abc import Iterable
from datetime import datetime
from typing import Final

from keten.model import Judgement
from keten.workspace.lines import Reader
from keten.workspace.rules import refusal, unknown
from keten.workspace.store import Store

VERIFIED: Final = "verified"


def verify(
    store: Store, number: int, reason: str, author: str, made_at: datetime, *, reader: Reader = None
) -> Judgement:
    """Record that a line is still right; it is as private as the line.

    Raises: WorkspaceError when there is no such line for `reader`, or it no longer holds.
    """
    line = next(iter(store.numbered([number], reader=reader)), None)
    if line is None:
        raise unknown(number)
    on_pair = store.judgements_on([line.subject], reader=reader)
    if number not in {each.number for each in on_pair}:
        raise refusal(f"Judgement {number} no longer holds.", "Verify what took its place.")
    return store.record(
        VERIFIED, line.subject, line.object, reason, author, made_at, value={"line": number},
        is_private=line.is_private, shared_with=line.shared_with,
    )  # fmt: skip


def last_verified(
    store: Store, lines: Iterable[Judgement], *, reader: Reader = None
) -> dict[int, datetime]:
    """Give of each line when it was last known to be right: as it was made, or verified since."""
    found = {line.number: line.made_at for line in lines}
    for line in store.judgements(VERIFIED, only_in_force=True, reader=reader):
        number = line.value.get("line") if isinstance(line.value, dict) else None
        if number in found:
            found[number] = max(found[number], line.made_at)
    return found
