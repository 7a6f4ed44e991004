"""A programme made by hand, and what a draft of it is held against."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta
from typing import Any

from keten.model import Text
from keten.programme.draft import ActionDraft, InitiativeDraft, Known, StatusDraft, check_action
from keten.programme.records import record_action, record_initiative, record_status
from keten.programme.state import read_programme
from keten.programme.views import Action, Milestone, Owner, State
from keten.workspace import Store

CHAIN = "new-proteins"
NOON = datetime(2026, 11, 21, 12, tzinfo=UTC)
TODAY = NOON.date()
GAPS = {
    "element:finance": Text("Finance", "Financiering"),
    "element:talent": Text("Talent", "Talent"),
}
KNOWN_ORGANISATION = ("he:1", "Made Up")


def day(days: int) -> date:
    """Give a day so many days from today."""
    return TODAY + timedelta(days=days)


def find(identifier: str) -> tuple[str, str] | None:
    return KNOWN_ORGANISATION if identifier in {"pic:1", "he:1"} else None


def known(**initiatives: str) -> Known:
    return Known(TODAY, GAPS, {"food-1a": "Food", **initiatives}, find)


def typed(**cells: Any) -> Mapping[str, Any]:
    """Give the fields of an action that can be written, some of them otherwise."""
    return {"title": "Pilot plant", "owner": "Made Up (pic:1)", "reason": "it lacks"} | cells


def draft(**cells: Any) -> ActionDraft:
    made, problems = check_action(typed(**cells), cells.get("milestones", ()), known())
    assert problems == ()
    return made


def action_draft(
    title: str = "Pilot plant",
    starts: date | None = None,
    ends: date | None = None,
    milestones: tuple[Milestone, ...] = (),
    *,
    owner: Owner | None = None,
    initiative: str = "",
    gap: str = "",
) -> ActionDraft:
    return ActionDraft(
        title,
        initiative,
        owner or Owner("Made Up", "", "he:1"),
        starts,
        ends,
        milestones,
        gap,
        "so",
    )


def add_initiative(store: Store, label: str = "Food", made_at: datetime = NOON) -> str:
    drafted = InitiativeDraft(label, "more of it", Owner("Province"), "needed")
    return record_initiative(store, CHAIN, drafted, "an editor", made_at).object.split(":")[1]


def add_action(store: Store, made: ActionDraft | None = None, made_at: datetime = NOON) -> str:
    line = record_action(store, CHAIN, made or action_draft(), "an editor", made_at)
    return line.object.split(":")[1]


def tell(
    store: Store,
    slug: str,
    state: State,
    note: str = "a note",
    share: float | None = None,
    made_at: datetime = NOON,
) -> int:
    told = StatusDraft(state, share, note)
    return record_status(store, CHAIN, slug, told, "an editor", made_at).number


def the_action(store: Store, slug: str) -> Action:
    found = read_programme(store, CHAIN).action(slug)
    assert found is not None
    return found
