"""The door for faces: what is planned for a chain, whether it is on course, and how that is known."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from keten.errors import NotFoundError
from keten.model import Figure, Scope, Text
from keten.programme.count import count, explain
from keten.programme.course import judge_action, judge_milestone
from keten.programme.draft import Known
from keten.programme.gaps import read_gaps
from keten.programme.method import METHODS
from keten.programme.owners import find_record, show_owners
from keten.programme.state import read_programme
from keten.programme.views import (
    Action,
    ActionView,
    Initiative,
    InitiativeView,
    Milestone,
    MilestoneView,
    Owner,
    OwnerView,
    Programme,
    ProgrammeView,
)

if TYPE_CHECKING:
    import duckdb

    from keten.workspace import Store

__all__ = [
    "METHODS",
    "count",
    "due_milestones",
    "explain",
    "prepare",
    "show_action",
    "show_initiative",
    "show_programme",
    "view_programme",
]

TOTALS = (
    "actions",
    "actions_running",
    "actions_done",
    "actions_late",
    "milestones",
    "milestones_late",
    "milestones_soon",
)
OF_INITIATIVE = ("actions", "actions_done", "actions_late", "milestones_late", "milestones_soon")
NO_OWNER = OwnerView(Owner())


def show_programme(
    con: duckdb.DuckDBPyConnection | None,
    store: Store | None,
    chain: str,
    today: date,
    *,
    reader: str | None = None,
) -> ProgrammeView:
    """Give a chain's programme as it stands on a day; without a store, an empty one."""
    programme = read_programme(store, chain, reader=reader)
    return view_programme(con, programme, read_gaps(store), today)


def view_programme(
    con: duckdb.DuckDBPyConnection | None,
    programme: Programme,
    gaps: dict[str, Text],
    today: date,
) -> ProgrammeView:
    """Give the view of a programme that was read already."""
    owners = show_owners(con, _owners(programme))
    views = [_view(programme, one, owners[one.owner], gaps, today) for one in programme.actions]
    views.sort(key=_order)
    known = {one.slug for one in programme.initiatives}
    groups = []
    for initiative in (*programme.initiatives, None):
        mine = tuple(
            view
            for view in views
            if (view.action.initiative if view.action.initiative in known else "")
            == (initiative.slug if initiative else "")
        )
        if initiative is None and not mine:
            continue
        scope = {"chain": programme.chain, "initiative": initiative.slug if initiative else "none"}
        groups.append(
            InitiativeView(
                initiative,
                owners[initiative.lead] if initiative else NO_OWNER,
                mine,
                {name: count(programme, name, scope, today) for name in OF_INITIATIVE},
            )
        )
    groups.sort(key=_order_of_group)
    totals = {name: count(programme, name, {"chain": programme.chain}, today) for name in TOTALS}
    return ProgrammeView(programme.chain, today, tuple(groups), totals, gaps)


@dataclass(frozen=True, slots=True)
class ActionPage:
    """An action with its programme: what holds, or only its history when it was withdrawn."""

    programme: Programme
    view: ActionView | None
    initiative: Initiative | None
    gaps: dict[str, Text]


def show_action(
    con: duckdb.DuckDBPyConnection | None,
    store: Store | None,
    chain: str,
    slug: str,
    today: date,
    *,
    reader: str | None = None,
) -> ActionPage:
    """Give one action; raises NotFoundError when nobody ever wrote it."""
    programme = read_programme(store, chain, reader=reader)
    gaps = read_gaps(store)
    action = programme.action(slug)
    if action is None:
        if f"action:{slug}" not in programme.withdrawn:
            raise NotFoundError(
                f"There is no action '{slug}' in the programme of '{chain}'.",
                "See which there are in the programme of the chain.",
            )
        return ActionPage(programme, None, None, gaps)
    owner = show_owners(con, [action.owner])[action.owner]
    view = _view(programme, action, owner, gaps, today)
    return ActionPage(programme, view, programme.initiative(action.initiative), gaps)


def show_initiative(
    con: duckdb.DuckDBPyConnection | None,
    store: Store | None,
    chain: str,
    slug: str,
    *,
    reader: str | None = None,
) -> tuple[Programme, Initiative | None, OwnerView]:
    """Give one initiative, None when it was withdrawn; raises NotFoundError."""
    programme = read_programme(store, chain, reader=reader)
    initiative = programme.initiative(slug)
    if initiative is None:
        if f"initiative:{slug}" not in programme.withdrawn:
            raise NotFoundError(
                f"There is no initiative '{slug}' in the programme of '{chain}'.",
                "See which there are in the programme of the chain.",
            )
        return programme, None, NO_OWNER
    return programme, initiative, show_owners(con, [initiative.lead])[initiative.lead]


def prepare(
    con: duckdb.DuckDBPyConnection | None, store: Store | None, chain: str, today: date
) -> Known:
    """Give what a draft for this chain is held against."""
    programme = read_programme(store, chain)
    return Known(
        today=today,
        gaps=read_gaps(store),
        initiatives={one.slug: one.label for one in programme.initiatives},
        find=lambda identifier: find_record(con, identifier),
    )


def _view(
    programme: Programme, action: Action, owner: OwnerView, gaps: dict[str, Text], today: date
) -> ActionView:
    course, late_by = judge_action(action, today)
    share = None
    if action.statuses and action.statuses[-1].share_done is not None:
        scope = Scope.of(chain=programme.chain, action=action.slug)
        share = Figure(action.statuses[-1].share_done, "share", "share_done", scope)
    return ActionView(
        action=action,
        owner=owner,
        state=action.state,
        course=course,
        late_by=late_by,
        milestones=tuple(_view_milestone(one, action, today) for one in action.milestones),
        gap=gaps.get(action.gap, Text(action.gap, action.gap)) if action.gap else None,
        share_done=share,
    )


def _view_milestone(milestone: Milestone, action: Action, today: date) -> MilestoneView:
    return MilestoneView(milestone, judge_milestone(milestone, action.state, today))


def _owners(programme: Programme) -> Iterable[Owner]:
    yield from (one.owner for one in programme.actions)
    yield from (one.lead for one in programme.initiatives)


def _order(view: ActionView) -> tuple[date, str, str]:
    return view.next_day or date.max, view.action.title, view.action.slug


def _order_of_group(group: InitiativeView) -> tuple[bool, date, str]:
    first = min((view.next_day or date.max for view in group.actions), default=date.max)
    return group.initiative is None, first, group.initiative.label if group.initiative else ""


def due_milestones(views: Sequence[ActionView]) -> tuple[tuple[ActionView, MilestoneView], ...]:
    """Give every open milestone of these actions with its action, the first due first."""
    found = [
        (view, one)
        for view in views
        for one in view.milestones
        if one.course in {"late", "soon", "ahead"}
    ]
    return tuple(sorted(found, key=lambda pair: (pair[1].milestone.day, pair[1].milestone.title)))
