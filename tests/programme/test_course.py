"""On course or not: by days and by what was told, at the edges of each rule."""

from __future__ import annotations

from datetime import date

import pytest

from keten.programme.course import SOON, judge_action, judge_milestone
from keten.programme.views import Action, Milestone, Owner, State, Status
from tests.programme.made import NOON, TODAY, day


def action(
    state: State | None = None,
    starts: date | None = None,
    ends: date | None = None,
    *milestones: Milestone,
) -> Action:
    statuses = (Status(2, state, None, "", NOON),) if state else ()
    return Action(
        "a", "A", "", Owner(), starts, ends, milestones, "", 1, NOON, "", statuses=statuses
    )


@pytest.mark.parametrize(
    ("days", "course"),
    [(-1, "late"), (0, "soon"), (SOON.days, "soon"), (SOON.days + 1, "ahead")],
)
def test_a_milestone_by_its_day(days: int, course: str) -> None:
    assert judge_milestone(Milestone("k", "M", day(days)), "running", TODAY) == course


def test_a_milestone_that_was_reached_or_dropped() -> None:
    assert judge_milestone(Milestone("k", "M", day(-9), day(-1)), "stopped", TODAY) == "done"
    assert judge_milestone(Milestone("k", "M", day(-9)), "stopped", TODAY) == "dropped"
    assert judge_milestone(Milestone("k", "M", day(-9)), "done", TODAY) == "dropped"


LATE = Milestone("k", "M", day(-1))
SOON_DUE = Milestone("k", "M", day(1))
FAR = Milestone("k", "M", day(99))


@pytest.mark.parametrize(
    ("made", "course", "late_by"),
    [
        (action(), "undated", ()),
        (action(None, day(-1)), "late", ("start",)),
        (action(None, day(0)), "undated", ()),
        (action("running", day(-1)), "undated", ()),
        (action("running", day(-9), day(-1)), "late", ("end",)),
        (action("running", day(-9), day(0)), "soon", ()),
        (action("running", day(-9), day(99)), "on-course", ()),
        (action("running", day(-9), day(99), LATE), "late", ("milestone",)),
        (action("planned", day(-9), day(-5), LATE), "late", ("start", "end", "milestone")),
        (action("running", None, day(99), SOON_DUE), "soon", ()),
        (action("running", None, None, FAR), "on-course", ()),
        (action("done", day(-9), day(-1), LATE), "done", ()),
        (action("stopped", day(-9), day(-1), LATE), "stopped", ()),
    ],
)
def test_an_action_by_its_days_and_status(
    made: Action, course: str, late_by: tuple[str, ...]
) -> None:
    assert judge_action(made, TODAY) == (course, late_by)
