"""The Innovation Fund: the total is told and not counted; every other row is a participant."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest

from keten.model import Reading
from keten.sources import innovation_fund
from keten.sources.innovation_fund.read import LAYOUT
from tests.sources.accounts import all_that_is_shown, check_accounts, count_codes

HEADING = (
    "Project number", "Project acronym", "Project title", "Participant legal name",
    "Participant short name", "Participant PIC", "PIC participant legal name", "Participant role",
    "EU contribution (GA in force) (€)", "Participant legal status", "Participant NUTS code",
    "Participant city", "Participant country name", "Participant country group",
    "Project description", "Project signature date", "Project start date",
    "Project structured keywords", "Project free keywords", "Call acronym", "Topic description",
)  # fmt: skip


def row(number: str, name: str, amount: object, **other: object) -> list[object]:
    values: dict[str, object] = {
        "Project number": number, "Project acronym": "EBB", "Project title": "Ebb and flow",
        "Participant legal name": name, "Participant short name": "KW", "Participant PIC": "900000001",
        "PIC participant legal name": name, "Participant role": "COORDINATOR",
        "EU contribution (GA in force) (€)": amount, "Participant NUTS code": "NL111",
        "Participant city": "Kwelderstad", "Participant country name": "Netherlands",
        "Project start date": datetime(2021, 10, 1),  # noqa: DTZ001  workbooks know no zones
    }  # fmt: skip
    return [{**values, **other}.get(name) for name in HEADING]


def read(folder: Path, rows: Sequence[Sequence[object]], total: float = 1000.5) -> Reading:
    (folder / "innovation-fund").mkdir()
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = LAYOUT.name
    for each in (HEADING, ["Totals", *[""] * 7, total, *[""] * 12], *rows):
        sheet.append(list(each))
    book.save(folder / "innovation-fund" / "Innovation Fund-List of participants.xlsx")
    (package,) = innovation_fund.find(folder)
    reading = innovation_fund.read(package)
    check_accounts(reading)
    return reading


def test_the_total_is_told_and_not_counted(tmp_path: Path) -> None:
    reading = read(tmp_path, [row("1", "Kwelder Staal B.V.", 1000), row("1", "Wad N.V.", 0.5)])
    first, second = reading.tables["innovation_fund"].to_pylist()
    assert (first["name"], first["contribution_eur"]) == ("Kwelder Staal B.V.", Decimal("1000.00"))
    assert (first["source_key"], first["role"]) == ("innovation-fund:900000001", "coordinator")
    assert (first["start_date"], first["signature_date"]) == (date(2021, 10, 1), None)
    assert second["contribution_eur"] == Decimal("0.50")
    assert count_codes(reading) == {"total-row": 1}


def test_odd_rows_and_a_wrong_total_are_told(tmp_path: Path) -> None:
    rows = [
        row("1", "Wad N.V.", "many", **{"Project start date": "soon"}),
        row("", "Dijk N.V.", 5),
        row("2", "Hendrik Wadstra", 7),
    ]
    reading = read(tmp_path, rows)
    assert count_codes(reading) == {
        "total-row": 1, "no-id": 1, "bad-amount": 1, "bad-date": 1, "total-differs": 1,
        "names-withheld": 1,
    }  # fmt: skip
    assert "Wadstra" not in all_that_is_shown(reading)


@pytest.mark.real_data
def test_the_genuine_list(data_file: Callable[[str], Path]) -> None:
    (package,) = innovation_fund.find(data_file("innovation-fund").parent)
    reading = innovation_fund.read(package)
    check_accounts(reading)
    table = reading.tables["innovation_fund"]
    assert table.num_rows == 299
    assert round(sum(table.column("contribution_eur").to_pylist()) / 10**6, 1) == Decimal("7400.8")
    assert count_codes(reading) == {"total-row": 1}
