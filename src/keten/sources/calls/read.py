"""Reads the calls: each object of both files ends in a table or in an issue; one row for each call."""

import json
import re
from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

import pyarrow as pa

from keten.errors import SourceError
from keten.model import Package, Reading, Text
from keten.sources.calls.layout import (
    AS_STATED,
    BUDGET_IGNORED,
    BUDGET_USED,
    CALL,
    ENVELOPE_IGNORED,
    ENVELOPE_USED,
    KINDS,
    NOTICE_IGNORED,
    NOTICE_USED,
    NOTICES,
    STATUSES,
    TEXT_IGNORED,
    TEXT_USED,
    TEXTS,
)
from keten.sources.calls.merging import Row, join_rows
from keten.sources.calls.objects import read_text
from keten.sources.calls.rows import Cells, ObjectFile

Progress = Callable[[str, float], None]

_STRIDE = 1 << 32
_REFERENCE = re.compile(r"(\d+)([A-Z_]+?)(?:en|EN)")
_LIST = re.compile(r'"grants"\s*:\s*\[')
_NO_KEY = Text(
    "The object has no reference by which the call could be known.",
    "Het object heeft geen kenmerk waaraan de oproep te kennen is.",
)


def read(package: Package, progress: Progress = lambda _what, _share: None) -> Reading:
    """Read a delivery; `progress` is told which file is being read, and the share done (0..1).

    Raises: SourceError when a file is damaged as a whole.
    """
    files: list[ObjectFile] = []
    stated: dict[str, list[Row]] = {}
    for index, member in enumerate(package.members):
        progress(member, index / len(package.members))
        path = package.path / member
        file = ObjectFile(index, member, path.stat().st_size)
        text = read_text(path)
        stated[member] = _read_notices(file, text) if member == NOTICES else _read_texts(file, text)
        _tell_of_mending(file)
        files.append(file)
    notices, texts = stated.get(NOTICES, []), stated.get(TEXTS, [])
    joined = join_rows(notices, texts, {file.name: file for file in files})
    progress("", 1.0)
    return Reading(
        package=package,
        files=tuple(file.found for file in files),
        tables={
            "call": pa.Table.from_pylist(joined, schema=CALL),
            "call_notice": _table(notices),
            "call_text": _table(texts),
        },
        typed_from={
            {NOTICES: "call_notice", TEXTS: "call_text"}[file.name]: file.index for file in files
        },
        issues=tuple(issue for file in files for issue in file.issues),
        caveats=_caveats(joined),
    )


def _table(rows: list[Row]) -> pa.Table:
    picked = [{name: row.get(name) for name in AS_STATED.names} for row in rows]
    return pa.Table.from_pylist(picked, schema=AS_STATED)


def _caveats(rows: list[Row]) -> tuple[str, ...]:
    """Give the caveats of the card that hold, found out from the content."""
    found = ["calls-dated"]
    if any(row["budget_of"] == "call" for row in rows):
        found.append("calls-budget-shared")
    if any(row["is_cut"] or row["description"] is None for row in rows):
        found.append("calls-text-cut")
    return tuple(found)


# --- the two files ----------------------------------------------------------------------------


def _read_texts(file: ObjectFile, text: str) -> list[Row]:
    file.cut(text)
    if not file.objects:
        raise SourceError(f"{file.name} holds no calls.", "Download it again.")
    file.check_keys(TEXT_USED, TEXT_IGNORED)
    rows: list[Row] = []
    for cells, reference in _known(file, "reference"):
        call_id, kind = _name(reference, cells.word("topicId") or "")
        rows.append(
            {
                "record_id": file.index * _STRIDE + cells.place,
                "call_id": call_id,
                "kind": kind,
                "identifier": cells.word("topicId"),
                "title": cells.word("title"),
                "description": cells.prose("description"),
                "is_cut": False,
                "conditions": cells.prose("topicConditions"),
                "keywords": _keywords(cells),
                "status": cells.word("callStatus"),
                "programme": cells.word("programme"),
                "programme_id": cells.word("programmeId"),
                "call_group": cells.word("callIdentifier"),
                "call_title": cells.word("callTitle"),
                "type_of_action": cells.word("typesOfAction"),
                "deadline_model": cells.word("deadlineModel"),
                "deadline": cells.day("deadline"),
                "grants_expected": cells.count("expectedGrants"),
                "contribution_min_eur": cells.amount("budgetMin"),
                "contribution_max_eur": cells.amount("budgetMax"),
                "address": cells.word("portalUrl"),
            }
        )
    return rows


def _read_notices(file: ObjectFile, text: str) -> list[Row]:
    made_on = _open_envelope(file, text)
    file.check_keys(NOTICE_USED, NOTICE_IGNORED)
    file.check_keys(BUDGET_USED, BUDGET_IGNORED, "budget")
    rows: list[Row] = []
    for cells, reference in _known(file, "id"):
        call_id, kind = _name(reference, cells.word("identifier") or "")
        budget = cells.part("budget")
        abstract = cells.prose("abstract")
        programme_id, programme = cells.label("frameworkProgrammes")
        title, call_title = cells.word("title"), cells.word("callTitle")
        if kind == "cascade" and call_title:  # titles are those of the project that holds the call
            title, call_title = call_title, title
        rows.append(
            {
                "record_id": file.index * _STRIDE + cells.place,
                "call_id": call_id,
                "kind": kind,
                "identifier": cells.word("identifier"),
                "title": title,
                "description": abstract,
                "is_cut": bool(abstract and abstract.endswith("…")),
                "status": _status(cells),
                "programme": programme or None,
                "programme_id": programme_id,
                "call_group": cells.word("callIdentifier"),
                "call_title": call_title,
                "destination": cells.word("destination"),
                "type_of_action": cells.word("actionType"),
                "deadline_model": cells.word("deadlineModel"),
                "opens_on": cells.day("startDate"),
                "deadline": cells.day("deadlineDate"),
                "budget_eur": budget.amount("totalBudgetEur"),
                "grants_expected": budget.count("expectedGrants"),
                "contribution_min_eur": budget.amount("minContributionEur"),
                "contribution_max_eur": budget.amount("maxContributionEur"),
                "address": cells.word("url"),
                "stated_on": made_on,
            }
        )
    return rows


def _open_envelope(file: ObjectFile, text: str) -> date | None:
    """Take in the list of notices; give the day on which it was made."""
    begin = _LIST.search(text)
    if begin is None:
        raise SourceError(
            f"{file.name} holds no list of grants.",
            "Check that it is the file as delivered, or download it again.",
        )
    file.cut(text, begin.end())
    try:
        envelope: Mapping[str, Any] = json.loads(text)
    except ValueError as error:
        raise SourceError(
            f"{file.name} is damaged: {error}.",
            "Download it again; a download cut short looks like this.",
        ) from error
    for name in envelope:
        if name not in ENVELOPE_USED and name not in ENVELOPE_IGNORED:
            unknown = Text(
                "Keten does not know this key; it was not read.",
                "Keten kent deze sleutel niet; zij is niet gelezen.",
            )
            file.note("new-column", unknown, column=name, value=name)
    return Cells(file, 0, envelope).day("generatedAt")


def _known(file: ObjectFile, key: str) -> list[tuple[Cells, str]]:
    """Give the objects with their reference; those without, or that came before, are lost."""
    first: dict[str, int] = {}
    kept: list[tuple[Cells, str]] = []
    for place, value in sorted(file.objects.items()):
        reference = str(value.get(key) or "").strip()
        if not reference:
            file.lose("no-id", place, _NO_KEY, file.pieces[place - 1])
        elif reference in first:
            again = Text(
                f"The call is already at place {first[reference]} of this file.",
                f"De oproep staat al op plaats {first[reference]} van dit bestand.",
            )
            file.lose("repeated-call", place, again, file.pieces[place - 1])
        else:
            first[reference] = place
            kept.append((Cells(file, place, value), reference))
    return kept


# --- values -----------------------------------------------------------------------------------


def _name(reference: str, identifier: str) -> tuple[str, str]:
    """Give a name fit for an address, and the kind: topics by identifier, others by number.

    Cascade calls bear the identifier of the topic that pays for them, which several share.
    """
    match = _REFERENCE.fullmatch(reference)
    kind = KINDS.get(match[2], "other") if match else "other"
    if match and kind in ("cascade", "external"):
        return f"{kind}-{match[1]}", kind
    plain = re.sub(r"[^A-Za-z0-9._-]+", "-", identifier or reference).strip("-.")
    return plain or reference, kind


def _status(cells: Cells) -> str | None:
    number, label = cells.label("status")
    if number and number not in STATUSES:
        new = Text(
            "Keten does not know this status; it was kept as found.",
            "Keten kent deze status niet; zij is bewaard zoals gevonden.",
        )
        cells.file.note("new-status", new, cells.place, "status", f"{number} {label}")
    return STATUSES.get(number, label.lower() or None)


def _keywords(cells: Cells) -> str | None:
    """Give the keywords without the identifiers that are written among them."""
    own = {cells.word("topicId"), cells.word("callIdentifier")}
    words = (word.strip() for word in (cells.word("keywords") or "").split(","))
    return ", ".join(dict.fromkeys(word for word in words if word and word not in own)) or None


def _tell_of_mending(file: ObjectFile) -> None:
    """List what was mended in the texts of a file, and what looks wrong and was left."""
    for (found, meant), times in sorted(file.mending.mended.items()):
        why = Text(
            f"Signs damaged by a wrong reading were mended: '{found}' was read as '{meant}', "
            f"{times} times.",
            f"Door verkeerd lezen beschadigde tekens zijn hersteld: '{found}' is gelezen als "
            f"'{meant}', {times} keer.",
        )
        file.note("mended-signs", why, value=found)
    for found, times in sorted(file.mending.left.items()):
        why = Text(
            f"'{found}' looks like damaged signs, {times} times; what was meant is not certain, so "
            "it was left.",
            f"'{found}' lijkt op beschadigde tekens, {times} keer; wat er bedoeld was staat niet "
            "vast, dus het is zo gelaten.",
        )
        file.note("damaged-signs", why, value=found)
    if file.mending.relics:
        why = Text(
            f"The word 'null' that joining left between sentences was taken out, "
            f"{file.mending.relics} times.",
            f"Het woord 'null', dat bij samenvoegen tussen zinnen bleef staan, is weggehaald, "
            f"{file.mending.relics} keer.",
        )
        file.note("joining-relic", why, value="null")
