"""Reads the lists of the structural funds into one table; of a project in two editions both are kept."""

import re
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Final

from keten.model import Found, Package, Reading, Text
from keten.sources.listing import (
    make_table,
    read_day,
    read_euros,
    read_listing,
    read_word,
    withhold_persons,
)
from keten.sources.old_workbook import read_old_workbook
from keten.sources.persons import is_person
from keten.sources.structural_funds.find import is_earlier, is_esf
from keten.sources.structural_funds.layout import (
    EARLIER,
    EARLIER_LIST,
    ESF,
    ESF_LIST,
    PROJECT,
    PROJECT_LIST,
    PROJECTS,
    STATUSES,
)
from keten.sources.structural_funds.twice import mark_twice
from keten.sources.workbook import Row, WorkSheet

_EDITION: Final = re.compile(r"(\d{1,2})-(\d{1,2})-(\d{4}|\d{2})(?!\d)")
_UNKNOWN_SIGN: Final = "\ufffd"
_PERCENTAGE: Final = re.compile(r"\d{1,3}(?:[.,]\d+)?")
_NO_PERCENTAGE: Final = Text("This is no percentage.", "Dit is geen percentage.")
_NO_NAME: Final = Text("The row names no beneficiary.", "De rij noemt geen begunstigde.")
_NO_STATUS: Final = Text(
    "What became of the application is said in words that keten does not know; it counts as granted.",
    "Wat er van de aanvraag werd, staat er in woorden die keten niet kent; hij telt als toegekend.",
)
_OLDER: Final = Text(
    "A newer edition of the list has this project too; that row counts as current.",
    "Een nieuwere editie van de lijst heeft dit project ook; die rij geldt.",
)


def read(
    package: Package, progress: Callable[[str, float], None] = lambda _what, _share: None
) -> Reading:
    """Read all lists; every row ends in the table `structural_project`."""
    members = list(package.members)
    rows: list[dict[str, object]] = []
    sheets: list[WorkSheet] = []
    files: list[Found] = []
    for index, member in enumerate(members):
        progress(member, index / len(members))
        sheet = _open(package, member, index)
        persons = {row.line for row in sheet.rows if is_person(_beneficiary(row, member) or "")}
        rows.extend(_typed(sheet, row, member, row.line in persons) for row in sheet.rows)
        column = _headings(member)["beneficiary"]
        files.append(withhold_persons(sheet, persons, (column,), column))
        _tell_lost_accents(sheet)
        sheets.append(sheet)
    _mark_older_editions(rows, sheets, members)
    mark_twice(rows, sheets)
    progress("", 1.0)
    has_lost = any(issue.code == "accents-lost" for sheet in sheets for issue in sheet.issues)
    return Reading(
        package=package,
        files=tuple(files),
        tables={"structural_project": make_table(PROJECT, rows)},
        typed_from={},
        typed_from_all=("structural_project",),
        issues=tuple(issue for sheet in sheets for issue in sheet.issues),
        caveats=(
            *(("accents-lost",) if has_lost else ()),
            *(("esf-editions",) if any(map(is_esf, members)) else ()),
        ),
    )


def _open(package: Package, member: str, index: int) -> WorkSheet:
    if is_earlier(member):
        return read_old_workbook(package.path, member, EARLIER, index)
    return read_listing(package, member, ESF if is_esf(member) else PROJECTS, index)


def _headings(member: str) -> dict[str, str]:
    if is_earlier(member):
        return EARLIER_LIST
    return ESF_LIST if is_esf(member) else PROJECT_LIST


def _beneficiary(row: Row, member: str) -> str | None:
    return read_word(row, _headings(member)["beneficiary"])


def _typed(sheet: WorkSheet, row: Row, member: str, is_withheld: bool) -> dict[str, object]:
    headings = _headings(member)
    typed: dict[str, object] = {
        "record_id": row.record_id,
        "list": Path(member).stem,
        "is_current": True,
        "fund": "ESF" if is_esf(member) else None,
        "is_person": is_withheld,
    }
    for name, heading in headings.items():
        if name.endswith("_eur"):
            typed[name] = read_euros(sheet, row, heading)
        elif name.endswith(("_date", "_on")):
            typed[name] = read_day(sheet, row, heading)
        elif name == "status":
            typed[name] = _status(sheet, row, heading)
            typed["is_current"] = typed[name] is None
        elif name == "eu_percentage":
            typed[name] = _percentage(sheet, row, heading)
        else:
            typed[name] = read_word(row, heading)
    if typed["beneficiary"] is None:
        sheet.doubt(row, "no-name", _NO_NAME, headings["beneficiary"])
    if is_withheld:
        typed["beneficiary"] = None
    return typed


def _status(sheet: WorkSheet, row: Row, heading: str) -> str | None:
    word = read_word(row, heading)
    if word and word not in STATUSES:
        sheet.doubt(row, "new-status", _NO_STATUS, heading)
    return STATUSES.get(word or "")


def _percentage(sheet: WorkSheet, row: Row, heading: str) -> float | None:
    text = (read_word(row, heading) or "").removesuffix("%").strip()
    if not text:
        return None
    if not _PERCENTAGE.fullmatch(text):
        sheet.doubt(row, "bad-number", _NO_PERCENTAGE, heading)
        return None
    return float(text.replace(",", "."))


def _tell_lost_accents(sheet: WorkSheet) -> None:
    rows = sum(_UNKNOWN_SIGN in text for text in sheet.found.text.to_pylist())
    if rows:
        why = Text(
            f"In {rows} rows letters with accents were lost before the list was published.",
            f"In {rows} rijen zijn letters met accenten verloren gegaan voor de publicatie.",
        )
        sheet.note("accents-lost", why)


def _mark_older_editions(
    rows: list[dict[str, object]], sheets: list[WorkSheet], members: list[str]
) -> None:
    """Leave one row current for each number of a project: that of the newest edition."""
    editions = {Path(member).stem: (_edition(member), member) for member in members}
    newest: dict[object, str] = {}
    for row in rows:
        stem = str(row["list"])
        if row.get("source_id"):
            best = newest.setdefault(row["source_id"], stem)
            newest[row["source_id"]] = max(best, stem, key=lambda each: editions[each])
    for row in rows:
        if row.get("source_id") and newest[row["source_id"]] != row["list"]:
            row["is_current"] = False
            record = int(str(row["record_id"]))
            sheets[record >> 32].note("older-edition", _OLDER, line=record & 0xFFFFFFFF)


def _edition(member: str) -> date:
    """Give the day that stands in the name of a list; long ago when none does."""
    match = _EDITION.search(Path(member).stem.replace("07-13", "").replace("14-20", ""))
    if match is None:
        return date.min
    year = int(match[3])
    return date(year if year > 99 else 2000 + year, int(match[2]), int(match[1]))
