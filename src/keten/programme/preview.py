"""Preview: holds each row of a workbook against what stands here, and says what an import would do.

A row carries the number of the line it was made from. What the sheet did not change is left alone, also
when somebody changed it here meanwhile; what both changed is told as such, and not written.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

from keten.model import Judgement, Text
from keten.programme.cells import milestone_cells
from keten.programme.columns import ACTIONS, INITIATIVES, MILESTONES, Sheet
from keten.programme.difference import list_changes, strip_keys
from keten.programme.draft import (
    ActionDraft,
    InitiativeDraft,
    Known,
    Problems,
    check_action,
    check_initiative,
)
from keten.programme.intake import Entry, Intake
from keten.programme.plan import Plan, RowPlan, Verdict
from keten.programme.records import write_draft
from keten.programme.sheet_status import StatusPlan, plan_status
from keten.programme.state import read_action, read_initiative, value_of
from keten.programme.views import Action, Initiative, Programme

_TWICE: Final = Text("It stands twice in the workbook.", "Het staat twee keer in de werkmap.")
_CLASH: Final = Text(
    "Somebody changed it here since this workbook was made. Export anew and change it there.",
    "Iemand veranderde het hier sinds deze werkmap is gemaakt. Exporteer opnieuw en verander het daar.",
)
_VERSION: Final = Text(
    "The version is missing or belongs to something else. Copy the row from a new export.",
    "De versie ontbreekt of hoort bij iets anders. Neem de rij over uit een nieuwe export.",
)
_WITHDRAWN: Final = Text(
    "It was withdrawn here. Restore it first, or clear its number to make it anew.",
    "Het is hier ingetrokken. Herstel het eerst, of maak het nummer leeg om het opnieuw te maken.",
)
_OWNER: Final = Text(
    "The name was changed and the number was not. Clear the number, or change it as well.",
    "De naam is veranderd en het nummer niet. Maak het nummer leeg, of verander het ook.",
)


@dataclass(frozen=True, slots=True)
class Here:
    """What a workbook is held against: the programme, every line of it, and what can be named."""

    programme: Programme
    lines: Mapping[int, Judgement]
    known: Known
    why: Text  # the reason to give where a sheet gives none
    language: str


def preview(
    intake: Intake,
    programme: Programme,
    lines: Iterable[Judgement],
    known: Known,
    why: Text,
    language: str,
) -> Plan:
    """Say what an import would do, without writing anything."""
    here = Here(programme, {line.number: line for line in lines}, known, why, language)
    seen: set[str] = set()
    rows = [
        _once(_plan_initiative(entry, here), seen)
        for entry in intake.rows.get(INITIATIVES.name, ())
    ]
    added = {row.draft.label: row.draft.label for row in rows
             if row.verdict == "new" and isinstance(row.draft, InitiativeDraft)}  # fmt: skip
    here = replace(here, known=replace(known, initiatives={**known.initiatives, **added}))
    has_milestones = MILESTONES.name in intake.rows
    by_action: dict[str, list[Entry]] = {}
    for entry in intake.rows.get(MILESTONES.name, ()):
        by_action.setdefault(entry.text("action").casefold(), []).append(entry)
    seen = set()
    for entry in intake.rows[ACTIONS.name]:
        name = (entry.text("action") or entry.text("title")).casefold()
        mine = by_action.pop(name, []) if has_milestones else None
        rows.append(_once(_plan_action(entry, mine, here), seen))
    lost = [entry for entries in by_action.values() for entry in entries]
    rows += [_plan_lost(entry) for entry in sorted(lost, key=lambda entry: entry.place)]
    return Plan(tuple(rows), intake.passed_over)


def _once(row: RowPlan, seen: set[str]) -> RowPlan:
    """Take a row as wrong when its number, or the name of something new, stood before."""
    key = (row.slug or row.name).casefold()
    if key in seen:
        return replace(row, verdict="wrong", problems=(*row.problems, _TWICE))
    seen.add(key)
    return row


def _plan_lost(entry: Entry) -> RowPlan:
    what = Text(
        "No row on the sheet of actions has this number, or this title and no number.",
        "Geen rij op het blad met acties heeft dit nummer, of deze titel zonder nummer.",
    )
    return _row(MILESTONES, entry, "wrong", problems=(what,))


def _plan_initiative(entry: Entry, here: Here) -> RowPlan:
    slug = entry.text("initiative")
    base: Initiative | None = None
    now = here.programme.initiative(slug) if slug else None
    if slug:
        line = _base(entry, here, f"initiative:{slug}", "initiative")
        if now is None or line is None:
            return _refuse(INITIATIVES, entry, here, f"initiative:{slug}", now)
        base = read_initiative(slug, line)
    cells, problems = _owned(entry, base.lead if base else None)
    draft, found = check_initiative(
        {**cells, "reason": _reason(entry, base, here)}, here.known, base
    )
    return _judge(INITIATIVES, entry, here, draft, [*problems, *_texts(found)], base, now)


def _plan_action(entry: Entry, milestones: Sequence[Entry] | None, here: Here) -> RowPlan:
    slug = entry.text("action")
    base: Action | None = None
    now = here.programme.action(slug) if slug else None
    if slug:
        line = _base(entry, here, f"action:{slug}", "action")
        if now is None or line is None:
            return _refuse(ACTIONS, entry, here, f"action:{slug}", now)
        base = read_action(slug, line)
    cells, problems = _owned(entry, base.owner if base else None)
    if base and _was_called(base.initiative, entry.text("initiative"), here):
        cells["initiative"] = base.initiative
    rows: list[Mapping[str, Any]] = [
        {**each.cells, "place": each.place} for each in milestones or ()
    ]
    if milestones is None and base:
        rows = list(milestone_cells(base))
    for each in milestones or ():
        problems += each.problems
    draft, found = check_action(
        {**cells, "reason": _reason(entry, base, here)}, rows, here.known, base
    )
    problems += _texts(found)
    status = plan_status(entry, now, here.lines)
    return _judge(ACTIONS, entry, here, draft, problems, base, now, status)


def _judge(
    sheet: Sheet,
    entry: Entry,
    here: Here,
    draft: InitiativeDraft | ActionDraft,
    problems: Sequence[Text],
    base: Initiative | Action | None,
    now: Initiative | Action | None,
    status: StatusPlan | None = None,
) -> RowPlan:
    """Say what becomes of a row, from what it says, what it said when it left, and what stands here."""
    wanted = strip_keys(write_draft(draft))
    told = status.draft if status else None
    problems = [*entry.problems, *problems, *(status.problems if status else ())]
    things = here.programme.initiatives if sheet is INITIATIVES else here.programme.actions
    is_here = base is None and any(strip_keys(value_of(one)) == wanted for one in things)
    if is_here and not entry.problems:
        # A workbook that was read once may be read again: what it added is here already.
        return _row(sheet, entry, "unchanged")
    if problems:
        return _row(sheet, entry, "wrong", problems=tuple(problems))
    if base is None or now is None:
        return replace(_row(sheet, entry, "new"), draft=draft, status=told)
    differs = wanted not in (strip_keys(value_of(base)), strip_keys(value_of(now)))
    if differs and now.number != base.number:
        return _row(sheet, entry, "wrong", problems=(_CLASH,))
    if not differs and told is None:
        return _row(sheet, entry, "unchanged")
    changes = list_changes(strip_keys(value_of(now)), wanted, sheet) if differs else ()
    return replace(
        _row(sheet, entry, "changed", slug=now.slug),
        changes=(*changes, *(status.changes if status else ())),
        supersedes=now.number if differs else None,
        draft=draft if differs else None,
        status=told,
        status_seen=status.seen if status else 0,
    )


def _row(
    sheet: Sheet,
    entry: Entry,
    verdict: Verdict,
    *,
    slug: str = "",
    problems: tuple[Text, ...] = (),
) -> RowPlan:
    name = entry.text("title") or entry.text("label")
    number = slug or entry.text("action" if sheet is ACTIONS else "initiative")
    number = "" if sheet is MILESTONES else number
    return RowPlan(sheet.label, entry.place, name, verdict, problems=problems, slug=number)


def _refuse(
    sheet: Sheet, entry: Entry, here: Here, thing: str, now: Initiative | Action | None
) -> RowPlan:
    if now is not None:
        return _row(sheet, entry, "wrong", problems=(_VERSION,))
    if thing in here.programme.withdrawn:
        return _row(sheet, entry, "wrong", problems=(_WITHDRAWN,))
    slug = thing.partition(":")[2]
    what = Text(
        f"Nothing here has the number '{slug}'. Leave it empty for something new.",
        f"Niets heeft hier het nummer '{slug}'. Laat het leeg voor iets nieuws.",
    )
    return _row(sheet, entry, "wrong", problems=(what,))


def _base(entry: Entry, here: Here, thing: str, kind: str) -> Judgement | None:
    number = entry.cells.get("version")
    line = here.lines.get(number) if isinstance(number, int) else None
    subject = f"chain:{here.programme.chain}"
    is_its = line and (line.kind, line.subject, line.object) == (kind, subject, thing)
    return line if is_its else None


def _owned(entry: Entry, before: Any) -> tuple[dict[str, Any], list[Text]]:
    """Give the cells with name and number of the owner in one, as a form has them."""
    name, number = entry.text("owner"), entry.text("owner_number")
    cells = dict(entry.cells)
    if number and before is not None and number == before.record:
        cells["owner"] = f"{before.name} ({number})"
        return cells, [] if name == before.name else [_OWNER]
    cells["owner"] = number or name
    return cells, []


def _reason(entry: Entry, base: Initiative | Action | None, here: Here) -> str:
    reason = entry.text("reason")
    told_before = base is not None and reason == base.reason
    return reason if reason and not told_before else here.why.in_language(here.language)


def _was_called(slug: str, name: str, here: Here) -> bool:
    """Say whether an initiative ever bore this name: a sheet may have left before it was renamed."""
    if name == slug:
        return True
    return any(
        line.object == f"initiative:{slug}"
        and isinstance(line.value, Mapping)
        and str(line.value.get("label", "")).casefold() == name.casefold()
        for line in here.lines.values()
    )


def _texts(problems: Problems) -> list[Text]:
    return [problem.what for problem in problems]
