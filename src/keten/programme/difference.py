"""Difference: what two values of an initiative or an action do not share, in words for a preview."""

from collections.abc import Mapping
from typing import Any

from keten.programme.columns import MILESTONES, Sheet
from keten.programme.plan import Change


def strip_keys(value: Mapping[str, Any]) -> dict[str, Any]:
    """Give a value without the keys of milestones, which a new one does not have yet."""
    bare = dict(value)
    if "milestones" in bare:
        bare["milestones"] = sorted(
            (one["day"], one["title"], one["done_on"] or "") for one in bare["milestones"]
        )
    return bare


def list_changes(
    before: Mapping[str, Any], after: Mapping[str, Any], sheet: Sheet
) -> tuple[Change, ...]:
    """Give what differs between two values, under the headings of their columns."""
    labels = {column.name: column.label for column in sheet.columns}
    labels |= {"lead": labels["owner"], "milestones": MILESTONES.label}
    return tuple(
        Change(labels[name], write_value(before[name]), write_value(after[name]))
        for name in after
        if before[name] != after[name]
    )


def write_value(value: Any) -> str:
    """Give a part of a value in words."""
    if isinstance(value, Mapping):
        return ", ".join(str(part) for part in value.values() if part)
    if isinstance(value, list):
        return "; ".join(" ".join(part for part in row if part) for row in value)
    return "" if value is None else str(value)
