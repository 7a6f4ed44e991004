"""Cells: what stands in each row of the spreadsheet, by the names of the columns."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC
from typing import Any

from keten.programme.calendar import STATE_WORDS
from keten.programme.views import Action, Initiative


def name_initiatives(initiatives: Iterable[Initiative]) -> dict[str, str]:
    """Give what a sheet calls each initiative: its label, or its number where two share one."""
    found = list(initiatives)
    labels = [one.label.casefold() for one in found]
    return {
        one.slug: one.label if labels.count(one.label.casefold()) == 1 else one.slug
        for one in found
    }


def initiative_cells(one: Initiative) -> dict[str, Any]:
    """Give the cells of an initiative."""
    return {
        "initiative": one.slug,
        "label": one.label,
        "aim": one.aim,
        "owner": one.lead.name,
        "owner_number": one.lead.record,
        "role": one.lead.role,
        "reason": one.reason,
        "version": one.number,
    }


def action_cells(one: Action, labels: Mapping[str, str]) -> dict[str, Any]:
    """Give the cells of an action, its status by its code."""
    status = one.statuses[-1] if one.statuses else None
    return {
        "action": one.slug,
        "title": one.title,
        "initiative": labels.get(one.initiative, one.initiative),
        "owner": one.owner.name,
        "owner_number": one.owner.record,
        "role": one.owner.role,
        "starts": one.starts,
        "ends": one.ends,
        "gap": one.gap.removeprefix("element:"),
        "status": one.state,
        "share_done": status.share_done if status else None,
        "note": status.note if status else "",
        "reason": one.reason,
        "version": one.number,
        "status_version": status.number if status else None,
    }


def milestone_cells(one: Action) -> Iterator[dict[str, Any]]:
    """Give the cells of each milestone of an action."""
    for milestone in one.milestones:
        yield {
            "action": one.slug,
            "key": milestone.key,
            "title": milestone.title,
            "day": milestone.day,
            "done_on": milestone.done_on,
        }


def history_cells(one: Action, language: str) -> Iterator[dict[str, Any]]:
    """Give the cells of each status that was told of an action."""
    for status in one.statuses:
        yield {
            "action": one.slug,
            "told_on": status.made_at.astimezone(UTC).date(),
            "status": STATE_WORDS[status.state].in_language(language),
            "share_done": status.share_done,
            "note": status.note,
            "line": status.number,
        }
