"""Course: says from days and from what people told whether things go as planned; nothing is guessed."""

from datetime import date, timedelta
from typing import Final

from keten.programme.views import ENDED, Action, Milestone, State

SOON: Final = timedelta(days=30)  # what falls due within this is due soon


def judge_milestone(milestone: Milestone, state: State, today: date) -> str:
    """Give done, late, soon or ahead; `dropped` when its action ended and nobody ticked it off."""
    if milestone.done_on is not None:
        return "done"
    if state in ENDED:
        return "dropped"
    return _due(milestone.day, today)


def judge_action(action: Action, today: date) -> tuple[str, tuple[str, ...]]:
    """Give the course of an action, and by what it is late: `start`, `end`, `milestone`."""
    if action.state in ENDED:
        return action.state, ()
    late = []
    if action.state == "planned" and action.starts and action.starts < today:
        late.append("start")
    if action.ends and action.ends < today:
        late.append("end")
    dues = [judge_milestone(one, action.state, today) for one in action.milestones]
    if "late" in dues:
        late.append("milestone")
    if late:
        return "late", tuple(late)
    if action.ends:
        dues.append(_due(action.ends, today))
    if "soon" in dues:
        return "soon", ()
    return ("on-course" if dues else "undated"), ()


def _due(day: date, today: date) -> str:
    if day < today:
        return "late"
    return "soon" if day <= today + SOON else "ahead"
