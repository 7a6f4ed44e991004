"""Finds projects of the social fund that stand in the general list and in a list of their own.

The general list gives no number of a project. What both give is the amount granted, to the euro, and the
day on which it began, which the general list has a day too early where its clock was off.
"""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from typing import Final

from keten.model import Text
from keten.sources.workbook import FILE_STRIDE, WorkSheet

Project = dict[str, object]

_FEW_DAYS: Final = (0, 1, -1)
_AGAIN: Final = Text(
    "A list of the social fund alone has a project with this amount and day; that row counts.",
    "Een lijst van het sociaal fonds alleen heeft een project met dit bedrag en deze dag; die rij geldt.",
)


def mark_twice(rows: Sequence[Project], sheets: Sequence[WorkSheet]) -> None:
    """Mark rows of the general list as not current where another list has the project; tell of each.

    Each row of another list stands for one row of the general list at most.
    """
    numbered: dict[tuple[object, date], int] = {}
    for row in rows:
        day = row.get("start_date")
        is_granted = row.get("is_current") or row.get("status") is not None
        if (
            row.get("source_id")
            and is_granted
            and row["eu_contribution_eur"]
            and isinstance(day, date)
        ):
            key = (row["eu_contribution_eur"], day)
            numbered[key] = numbered.get(key, 0) + 1
    for row in rows:
        if row.get("source_id") or row.get("fund") != "ESF":
            continue
        for key in _keys(row):
            if numbered.get(key, 0):
                numbered[key] -= 1
                row["is_current"] = False
                record = int(str(row["record_id"]))
                sheet = sheets[record // FILE_STRIDE]
                sheet.note("listed-twice", _AGAIN, line=record % FILE_STRIDE)
                break


def _keys(row: Project) -> Iterator[tuple[object, date]]:
    """Give what a row would be found by, the same day first."""
    day = row.get("start_date")
    if isinstance(day, date) and row["eu_contribution_eur"]:
        for days in _FEW_DAYS:
            yield row["eu_contribution_eur"], day + timedelta(days)
