"""Sheet status: what the status cells of a row say beside what was told of the action before."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from keten.model import Judgement, Text
from keten.programme.calendar import STATE_WORDS
from keten.programme.columns import ACTIONS
from keten.programme.difference import write_value
from keten.programme.draft import StatusDraft, check_status
from keten.programme.intake import Entry
from keten.programme.plan import Change
from keten.programme.state import STATUS, read_status
from keten.programme.views import Action, Status

Told = tuple[str, float | None, str]
_NOTHING: Final[Told] = ("planned", None, "")
_NOTE: Final = Text(
    "A new status needs a note of its own that says why.",
    "Een nieuwe status vraagt een eigen toelichting die zegt waarom.",
)
_CLASH: Final = Text(
    "Somebody told here how it stands since this workbook was made. Export anew.",
    "Iemand meldde hier hoe het ervoor staat sinds deze werkmap is gemaakt. Exporteer opnieuw.",
)
_VERSION: Final = Text(
    "The version of the status belongs to something else. Copy the row from a new export.",
    "De versie van de status hoort bij iets anders. Neem de rij over uit een nieuwe export.",
)


@dataclass(frozen=True, slots=True)
class StatusPlan:
    """The status to tell, None where there is nothing new; `seen` is the newest told so far."""

    draft: StatusDraft | None = None
    problems: tuple[Text, ...] = ()
    changes: tuple[Change, ...] = ()
    seen: int = 0


def plan_status(entry: Entry, now: Action | None, lines: Mapping[int, Judgement]) -> StatusPlan:
    """Say what is to be told, from what the row says, what it said when it left, and what stands here."""
    newest = now.statuses[-1] if now and now.statuses else None
    base = _NOTHING
    number = entry.cells.get("status_version")
    if number is not None and now is not None:
        line = lines.get(number) if isinstance(number, int) else None
        if line is None or (line.kind, line.object) != (STATUS, f"action:{now.slug}"):
            return StatusPlan(problems=(_VERSION,))
        base = _told(read_status(line))
    given = _given(entry)
    if given in {base, _told(newest)}:
        return StatusPlan()
    draft, problems = check_status(
        {"status": given[0], "share_done": entry.cells.get("share_done"), "note": given[2]}
    )
    told = [problem.what for problem in problems]
    if given[2] and given[2] == base[2]:
        told.append(_NOTE)
    if newest and newest.number != number:
        told.append(_CLASH)
    seen = newest.number if newest else 0
    return StatusPlan(draft, tuple(told), _list_changes(_told(newest), given), seen)


def _given(entry: Entry) -> Told:
    word = entry.text("status").casefold()
    codes = {text.casefold(): code for code, words in STATE_WORDS.items()
             for text in (code, words.en, words.nl)}  # fmt: skip
    share = entry.cells.get("share_done")
    return (
        codes.get(word, word) or "planned",
        round(float(share), 6) if isinstance(share, (int, float)) else share,
        entry.text("note"),
    )


def _told(status: Status | None) -> Told:
    return (status.state, status.share_done, status.note) if status else _NOTHING


def _list_changes(before: Told, after: Told) -> tuple[Change, ...]:
    labels = {column.name: column.label for column in ACTIONS.columns}
    names = ("status", "share_done", "note")
    return tuple(
        Change(labels[name], write_value(old), write_value(new))
        for name, old, new in zip(names, before, after, strict=True)
        if old != new
    )
