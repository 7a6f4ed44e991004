"""Count: how many actions and milestones stand how, each number with the lines it rests on."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import TYPE_CHECKING, Final

from keten.errors import NotFoundError, UsageError
from keten.model import Explanation, Figure, Scope
from keten.programme.course import judge_action, judge_milestone
from keten.programme.method import METHODS
from keten.programme.state import read_programme
from keten.programme.views import Action, Programme

if TYPE_CHECKING:
    import duckdb

    from keten.workspace import Store

Counting = Callable[[Action, date], int]
_NONE: Final = "none"
_OF_A_DAY: Final = ("actions_late", "actions_soon", "milestones_late", "milestones_soon")


def _of_state(*states: str) -> Counting:
    return lambda action, _: int(not states or action.state in states)


def _of_course(course: str) -> Counting:
    return lambda action, today: int(judge_action(action, today)[0] == course)


def _of_milestones(*courses: str) -> Counting:
    return lambda action, today: sum(
        not courses or judge_milestone(one, action.state, today) in courses
        for one in action.milestones
    )


COUNTED: Final[Mapping[str, Counting]] = {
    "actions": _of_state(),
    "actions_running": _of_state("running"),
    "actions_done": _of_state("done"),
    "actions_stopped": _of_state("stopped"),
    "actions_late": _of_course("late"),
    "actions_soon": _of_course("soon"),
    "milestones": _of_milestones(),
    "milestones_done": _of_milestones("done"),
    "milestones_late": _of_milestones("late"),
    "milestones_soon": _of_milestones("soon"),
}


def count(programme: Programme, name: str, within: Mapping[str, str], today: date) -> Figure:
    """Give one number of a programme; `within` names chain, and initiative or gap."""
    day = {"today": today.isoformat()} if name in _OF_A_DAY else {}
    return explain_in(programme, name, Scope.of(**within, **day)).figure


def explain(
    con: duckdb.DuckDBPyConnection | None, store: Store | None, name: str, scope: Scope
) -> Explanation:
    """Give a figure counted anew from the lines that hold, and the numbers of those lines.

    Raises: NotFoundError for an unknown measure or action, UsageError for a scope that cannot be.
    """
    del con  # counted over what people wrote alone
    chain = scope.as_dict().get("chain", "")
    if not chain:
        raise UsageError(f"'{name}' is counted for a chain.", "Name one: chain=photonics")
    return explain_in(read_programme(store, chain), name, scope)


def explain_in(programme: Programme, name: str, scope: Scope) -> Explanation:
    """Do the same on a programme that was read already."""
    given = scope.as_dict()
    _check(name, given)
    if name == "share_done":
        return _explain_share(programme, scope, given["action"])
    if name == "initiatives":
        numbers = tuple(one.number for one in programme.initiatives)
        return Explanation(Figure(len(numbers), "count", name, scope), judgements=numbers)
    today = date.fromisoformat(given["today"]) if "today" in given else date.min
    counted = [
        (COUNTED[name](action, today), action)
        for action in programme.actions
        if _is_within(programme, action, given)
    ]
    figure = Figure(sum(each for each, _ in counted), "count", name, scope)
    lines = {number for each, action in counted if each for number in action.rests_on}
    return Explanation(figure, judgements=tuple(sorted(lines)))


def _check(name: str, given: Mapping[str, str]) -> None:
    if name not in METHODS:
        raise NotFoundError(
            f"'{name}' is no measure of a programme.", f"There are: {', '.join(METHODS)}."
        )
    needed = {"chain"} | ({"today"} if name in _OF_A_DAY else set())
    allowed = needed | ({"initiative", "gap"} if name in COUNTED else set())
    if name == "share_done":
        needed = allowed = {"chain", "action"}
    wrong = sorted((needed - given.keys()) | (given.keys() - allowed))
    if wrong:
        raise UsageError(
            f"'{name}' cannot be counted with or without '{', '.join(wrong)}'.",
            f"It takes: {', '.join(sorted(allowed))}; it needs: {', '.join(sorted(needed))}.",
        )
    if "today" in given:
        try:
            date.fromisoformat(given["today"])
        except ValueError as error:
            raise UsageError(f"'{given['today']}' is no day.", "Write it as 2027-03-31.") from error


def _is_within(programme: Programme, action: Action, given: Mapping[str, str]) -> bool:
    mine = action.initiative if programme.initiative(action.initiative) else _NONE
    return given.get("initiative", mine) == mine and given.get("gap", action.gap) == action.gap


def _explain_share(programme: Programme, scope: Scope, slug: str) -> Explanation:
    action = programme.action(slug)
    if action is None:
        raise NotFoundError(f"There is no action '{slug}'.", "It may have been withdrawn.")
    status = action.statuses[-1] if action.statuses else None
    figure = Figure(status.share_done if status else None, "share", "share_done", scope)
    return Explanation(figure, judgements=(status.number,) if status else ())
