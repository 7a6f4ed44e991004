"""Reads the workbook of the Innovation Fund; its first row is a total, which is told and not counted."""

from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal
from typing import Final

import pyarrow as pa

from keten.model import Package, Reading, Text
from keten.sources.innovation_fund.card import CARD
from keten.sources.listing import make_table, read_word, withhold_persons
from keten.sources.persons import is_person
from keten.sources.workbook import Row, SheetLayout, WorkSheet, read_workbook

PROJECT: Final = "Project number"
NAME: Final = "Participant legal name"
SHORT_NAME: Final = "Participant short name"
PIC: Final = "Participant PIC"
PIC_NAME: Final = "PIC participant legal name"
AMOUNT: Final = "EU contribution (GA in force) (€)"
TOTALS: Final = "Totals"

WORDS: Final = {
    "acronym": "Project acronym",
    "title": "Project title",
    "description": "Project description",
    "legal_status": "Participant legal status",
    "nuts_code": "Participant NUTS code",
    "city": "Participant city",
    "country": "Participant country name",
    "country_group": "Participant country group",
    "keywords": "Project free keywords",
    "call_group": "Call acronym",
    "topic": "Topic description",
}
DAYS: Final = {
    "signature_date": "Project signature date",
    "start_date": "Project start date",
}
ROLE: Final = "Participant role"
LAYOUT: Final = SheetLayout(
    "MyWorkSheet-1",
    required=(PROJECT, NAME, PIC, AMOUNT),
    used=(SHORT_NAME, PIC_NAME, ROLE, *WORDS.values(), *DAYS.values()),
    ignored={"Project structured keywords": "the fund's sectors; the free keywords say more"},
)
FUND: Final = pa.schema(
    [
        ("record_id", pa.int64()),
        ("source_key", pa.string()),
        ("pic", pa.string()),
        ("project_id", pa.string()),
        ("acronym", pa.string()),
        ("title", pa.string()),
        ("description", pa.string()),
        ("name", pa.string()),
        ("short_name", pa.string()),
        ("pic_name", pa.string()),
        ("is_person", pa.bool_()),
        ("role", pa.string()),
        ("contribution_eur", pa.decimal128(18, 2)),
        ("legal_status", pa.string()),
        ("nuts_code", pa.string()),
        ("city", pa.string()),
        ("country", pa.string()),
        ("country_group", pa.string()),
        ("signature_date", pa.date32()),
        ("start_date", pa.date32()),
        ("keywords", pa.string()),
        ("call_group", pa.string()),
        ("topic", pa.string()),
    ]
)
_TOTAL: Final = Text(
    "This row is the total of all others, no participant; it was not counted.",
    "Deze rij is het totaal van alle andere, geen deelnemer; zij is niet meegeteld.",
)
_NO_KEY: Final = Text(
    "The row has no number of a project or of a participant.",
    "De rij heeft geen nummer van een project of van een deelnemer.",
)
_NO_AMOUNT: Final = Text("This is no amount in euros.", "Dit is geen bedrag in euro's.")
_NO_DAY: Final = Text("This is no date.", "Dit is geen datum.")


def read(
    package: Package, progress: Callable[[str, float], None] = lambda _what, _share: None
) -> Reading:
    """Read the workbook; every row ends in the table `innovation_fund` or in an issue."""
    progress(package.members[0], 0.0)
    (sheet,) = read_workbook(package.path, (LAYOUT,), {})
    rows: list[dict[str, object]] = []
    persons: set[int] = set()
    total: Decimal | None = None
    for row in sheet.rows:
        if read_word(row, PROJECT) == TOTALS:
            total = _amount(sheet, row)
            sheet.lose(row, "total-row", _TOTAL, PROJECT)
        elif read_word(row, PROJECT) is None or read_word(row, PIC) is None:
            sheet.lose(row, "no-id", _NO_KEY, PIC)
        else:
            if is_person(read_word(row, NAME) or ""):
                persons.add(row.line)
            rows.append(_typed(sheet, row, is_withheld=row.line in persons))
    _check_total(sheet, rows, total)
    found = withhold_persons(sheet, persons, (NAME, SHORT_NAME, PIC_NAME), NAME)
    progress(package.members[0], 1.0)
    return Reading(
        package=package,
        files=(found,),
        tables={"innovation_fund": make_table(FUND, rows)},
        typed_from={"innovation_fund": 0},
        issues=tuple(sheet.issues),
        caveats=tuple(CARD.caveats),
    )


def _typed(sheet: WorkSheet, row: Row, *, is_withheld: bool) -> dict[str, object]:
    pic = read_word(row, PIC)
    names = {"name": NAME, "short_name": SHORT_NAME, "pic_name": PIC_NAME}
    return {
        "record_id": row.record_id,
        "source_key": f"innovation-fund:{pic}",
        "pic": pic,
        "project_id": read_word(row, PROJECT),
        **{to: None if is_withheld else read_word(row, name) for to, name in names.items()},
        "is_person": is_withheld,
        "role": (read_word(row, ROLE) or "").lower() or None,
        "contribution_eur": _amount(sheet, row),
        **{to: read_word(row, name) for to, name in WORDS.items()},
        **{to: _day(sheet, row, name) for to, name in DAYS.items()},
    }


def _amount(sheet: WorkSheet, row: Row) -> Decimal | None:
    value = row.values.get(AMOUNT)
    if value is None or value == "":
        return None
    if isinstance(value, bool) or not isinstance(value, int | float):
        sheet.doubt(row, "bad-amount", _NO_AMOUNT, AMOUNT)
        return None
    return Decimal(repr(value)).quantize(Decimal("0.01"))


def _day(sheet: WorkSheet, row: Row, heading: str) -> date | None:
    value = row.values.get(heading)
    if isinstance(value, datetime):
        return value.date()
    if value not in (None, ""):
        sheet.doubt(row, "bad-date", _NO_DAY, heading)
    return None


def _check_total(sheet: WorkSheet, rows: list[dict[str, object]], total: Decimal | None) -> None:
    """Hold the publisher's total against the sum of the rows."""
    amounts = [row["contribution_eur"] for row in rows]
    summed = sum((each for each in amounts if isinstance(each, Decimal)), Decimal(0))
    if total is not None and abs(total - summed) >= 1:
        why = Text(
            f"The publisher's total is {total}, the rows add up to {summed}.",
            f"Het totaal van de uitgever is {total}, de rijen tellen op tot {summed}.",
        )
        sheet.note("total-differs", why, AMOUNT)
