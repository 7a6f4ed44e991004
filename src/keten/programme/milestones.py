"""Milestones: reads the rows of them that somebody typed, one row for each, empty ones left out."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any, Final

from keten.model import Text
from keten.programme.typed import Problem, Typed
from keten.programme.views import Milestone

MOST_MILESTONES: Final = 60
MILESTONE: Final = Text("Milestone", "Mijlpaal")
DAY: Final = Text("Day of the milestone", "Dag van de mijlpaal")
DONE_ON: Final = Text("Reached on", "Gehaald op")
_OF_MILESTONE: Final = ("title", "day", "done_on")
_FIELD: Final = re.compile(r"milestone-(\d{1,3})-(key|title|day|done_on)")


def gather_milestones(form: Mapping[str, str]) -> list[dict[str, str]]:
    """Give the rows of milestones of a form, whose fields are called `milestone-0-title`."""
    rows: dict[int, dict[str, str]] = {}
    for name, value in form.items():
        if found := _FIELD.fullmatch(name):
            rows.setdefault(int(found[1]), {})[found[2]] = value
    return [{"place": str(place), **rows[place]} for place in sorted(rows)]


def read_milestones(
    typed: Typed,
    rows: Sequence[Mapping[str, Any]],
    today: date,
    period: tuple[date | None, date | None],
    before: Sequence[Milestone],
) -> tuple[Milestone, ...]:
    """Read rows of `key`, `title`, `day`, `done_on`; problems go to `typed`, with the row's place.

    A key that `before` does not know is left empty: a new milestone.
    """
    keys = {one.key for one in before}
    found = []
    for count, row in enumerate(rows):
        if all(row.get(name) is None or not str(row[name]).strip() for name in _OF_MILESTONE):
            continue  # an empty row of a form
        cells = Typed(row)
        one = _milestone(cells, today, period)
        prefix = f"milestone-{row.get('place', count)}-"
        typed.problems += [Problem(prefix + each.field, each.what) for each in cells.problems]
        if one:
            key = str(row.get("key") or "")
            found.append(replace(one, key=key if key in keys else ""))
            keys.discard(key)  # a key that stands twice is another milestone the second time
    if len(found) > MOST_MILESTONES:
        typed.wrong(
            "milestones",
            f"An action can have {MOST_MILESTONES} milestones; make it two actions.",
            f"Een actie kan {MOST_MILESTONES} mijlpalen hebben; maak er twee acties van.",
        )
    return tuple(found)


def _milestone(
    typed: Typed, today: date, period: tuple[date | None, date | None]
) -> Milestone | None:
    title = typed.words("title", MILESTONE, 200, needed=True)
    day, done_on = typed.day("day", DAY), typed.day("done_on", DONE_ON)
    if day is None:
        if all(each.field != "day" for each in typed.problems):
            typed.wrong(
                "day",
                f"Milestone '{title[:80]}' has no day.",
                f"Mijlpaal '{title[:80]}' heeft geen dag.",
            )
        return None
    starts, ends = period
    if (starts and day < starts) or (ends and day > ends):
        typed.wrong(
            "day",
            f"Milestone '{title[:80]}' is on {day}, outside the days of the action.",
            f"Mijlpaal '{title[:80]}' valt op {day}, buiten de dagen van de actie.",
        )
    if done_on and done_on > today:
        typed.wrong(
            "done_on",
            f"Milestone '{title[:80]}' cannot have been reached on {done_on}: that is still to come.",
            f"Mijlpaal '{title[:80]}' kan niet op {done_on} gehaald zijn: die dag komt nog.",
        )
    return Milestone("", title, day, done_on)
