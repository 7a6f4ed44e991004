"""Sheet: writes a programme as an Excel workbook that says what is in it and can be read back."""

import io
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any, Final

from openpyxl import Workbook
from openpyxl.cell import Cell, MergedCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from keten.model import Text
from keten.programme.calendar import STATE_WORDS
from keten.programme.cells import (
    action_cells,
    history_cells,
    initiative_cells,
    milestone_cells,
    name_initiatives,
)
from keten.programme.columns import (
    ABOUT,
    ACTIONS,
    COURSES,
    DICTIONARY,
    HISTORY,
    INITIATIVES,
    MILESTONES,
    SHEETS,
    Column,
    Sheet,
)
from keten.programme.views import ProgrammeView

Row = Mapping[str, Any]
_FORMATS: Final = {"date": "yyyy-mm-dd", "share": "0%", "number": "0", "text": "@"}
_BOLD: Final = Font(bold=True)
_WRAP: Final = Alignment(wrap_text=True, vertical="top")
_TOP: Final = Alignment(vertical="top")


@dataclass(frozen=True, slots=True)
class Origin:
    """What a workbook says of where it came from."""

    title: Text
    made_at: datetime
    evidence_number: int | None = None
    evidence_built_at: datetime | None = None
    evidence_fingerprint: str = ""
    address: str = ""


def write_sheet(view: ProgrammeView, origin: Origin, language: str) -> bytes:
    """Give the workbook: actions, milestones, initiatives, statuses, a dictionary, and its origin."""
    book = Workbook()
    book.properties.creator = "keten"
    book.properties.title = origin.title.in_language(language)
    actions = [one.action for one in view.actions]
    labels = name_initiatives(
        [group.initiative for group in view.initiatives if group.initiative is not None]
    )
    courses = {one.action.slug: COURSES[one.course] for one in view.actions}
    rows: dict[str, Iterable[Row]] = {
        ACTIONS.name: (
            {
                **action_cells(one, labels),
                "status": STATE_WORDS[one.state].in_language(language),
                "course": courses[one.slug].in_language(language),
            }
            for one in actions
        ),
        MILESTONES.name: (row for one in actions for row in milestone_cells(one)),
        INITIATIVES.name: (
            initiative_cells(group.initiative) for group in view.initiatives if group.initiative
        ),
        HISTORY.name: (row for one in actions for row in history_cells(one, language)),
    }
    for sheet in SHEETS:
        _write(book, sheet, rows[sheet.name], language)
    _write_dictionary(book, view, language)
    _write_origin(book, view, origin, language)
    book.remove(book.worksheets[0])
    _offer_statuses(book[ACTIONS.label.in_language(language)], language)
    into = io.BytesIO()
    book.save(into)
    return into.getvalue()


def _write(book: Workbook, sheet: Sheet, rows: Iterable[Row], language: str) -> None:
    page = _make_page(book, sheet.label, [one.label for one in sheet.columns], language)
    for row in rows:
        line = page.max_row + 1
        for place, column in enumerate(sheet.columns, 1):
            _fill(page.cell(line, place), column, row.get(column.name))
    for place, column in enumerate(sheet.columns, 1):
        page.column_dimensions[get_column_letter(place)].width = column.width
    page.auto_filter.ref = page.dimensions


def _make_page(book: Workbook, label: Text, headings: Iterable[Text], language: str) -> Worksheet:
    page: Worksheet = book.create_sheet(label.in_language(language))
    for place, heading in enumerate(headings, 1):
        _put(page.cell(1, place), heading.in_language(language)).font = _BOLD
    page.freeze_panes = "A2"
    return page


def _fill(cell: Cell | MergedCell, column: Column, value: Any) -> None:
    if isinstance(value, str):
        _put(cell, value)
    elif value is not None:
        cell.value = value
        cell.alignment = _TOP
    cell.number_format = _FORMATS[column.kind]


def _put(cell: Cell | MergedCell, text: str) -> Cell | MergedCell:
    """Put words in a cell as words: what begins with = or + is shown, and never computed."""
    if text:
        cell.value = ILLEGAL_CHARACTERS_RE.sub("\ufffd", text)
        cell.data_type = "s"
        cell.quotePrefix = text[0] in "=+-@\t"
    cell.alignment = _WRAP
    return cell


def _offer_statuses(page: Worksheet, language: str) -> None:
    """Let a spreadsheet offer the statuses, so that nobody has to remember them."""
    words = ",".join(word.in_language(language) for word in STATE_WORDS.values())
    choice = DataValidation(type="list", formula1=f'"{words}"', allow_blank=True)
    place = [column.name for column in ACTIONS.columns].index("status") + 1
    letter = get_column_letter(place)
    choice.add(f"{letter}2:{letter}2000")
    page.add_data_validation(choice)


def _write_dictionary(book: Workbook, view: ProgrammeView, language: str) -> None:
    headings = (
        Text("Sheet", "Blad"), Text("Column", "Kolom"), Text("Kind", "Soort"),
        Text("Read back", "Wordt teruggelezen"), Text("Meaning", "Betekenis"),
    )  # fmt: skip
    page = _make_page(book, DICTIONARY, headings, language)
    kinds = {
        "text": Text("words", "woorden"), "date": Text("day", "dag"),
        "share": Text("share", "deel"), "number": Text("number", "getal"),
    }  # fmt: skip
    answers = {True: Text("yes", "ja"), False: Text("no", "nee")}
    lines = [
        (sheet.label, column.label, kinds[column.kind], answers[column.is_read], column.about)
        for sheet in SHEETS
        for column in sheet.columns
    ]
    gap = next(column.label for column in ACTIONS.columns if column.name == "gap")
    for name, label in view.gaps.items():
        slug = name.removeprefix("element:")
        lines.append((ACTIONS.label, gap, Text(slug, slug), answers[True], label))
    for line in lines:
        place = page.max_row + 1
        for column, words in enumerate(line, 1):
            _put(page.cell(place, column), words.in_language(language))
    for letter, width in zip("ABCDE", (16, 28, 18, 12, 90), strict=True):
        page.column_dimensions[letter].width = width


def _write_origin(book: Workbook, view: ProgrammeView, origin: Origin, language: str) -> None:
    page = _make_page(
        book, ABOUT, (Text("What", "Wat"), Text("Is", "Is")), language
    )  # fmt: skip
    facts: list[tuple[Text, str | int | date | None]] = [
        (Text("Programme of", "Programma van"), origin.title.in_language(language)),
        (Text("Chain", "Keten"), view.chain),
        (Text("As it stood on", "Stand van"), view.today),
        (Text("Made at (UTC)", "Gemaakt op (UTC)"), _moment(origin.made_at)),
        (Text("Evidence number", "Nummer van het bewijs"), origin.evidence_number),
        (Text("Evidence built at (UTC)", "Bewijs gebouwd op (UTC)"), _moment(origin.evidence_built_at)),
        (Text("Fingerprint of the evidence", "Vingerafdruk van het bewijs"), origin.evidence_fingerprint),
        (Text("Address", "Adres"), origin.address),
        (
            Text("Read back with", "Terug te lezen met"),
            f"keten act {view.chain} --import FILE.xlsx",
        ),
    ]  # fmt: skip
    for words, value in facts:
        place = page.max_row + 1
        _put(page.cell(place, 1), words.in_language(language))
        cell = page.cell(place, 2)
        if isinstance(value, str):
            _put(cell, value)
        elif value is not None:
            cell.value = value
            cell.number_format = _FORMATS["date" if isinstance(value, date) else "number"]
            cell.alignment = Alignment(horizontal="left", vertical="top")
    page.column_dimensions["A"].width, page.column_dimensions["B"].width = 32, 70


def _moment(moment: datetime | None) -> str:
    return moment.astimezone(UTC).strftime("%Y-%m-%d %H:%M") if moment else ""
