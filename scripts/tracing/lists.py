"""Reads the lists of other sources anew: row by row with its line, its key, its project and its amount.

Keys are made here once more, from the words that describe them: the programme and the number, or the
list and the first twelve signs of the SHA-256 of the name in small letters.
"""

from __future__ import annotations

import csv
import gzip
import hashlib
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any

from python_calamine import CalamineWorkbook

from scripts.tracing.sheets import find_head, is_sheet, read_grid

_DAY = re.compile(r"(\d{1,2})-(\d{1,2})-(\d{2,4})(?!\d)")
_CENT = Decimal("0.01")


@dataclass(frozen=True)
class Said:
    """One row of a list: who it is about, in which project, what it paid."""

    list: str
    key: str
    project: str
    amount: Decimal | None
    edition: date = date.min  # of the list, where it has several
    number: str = ""  # of the project in it
    day: date | None = None  # on which it began
    is_social: bool = False  # of the social fund
    is_refused: bool = False  # rejected or withdrawn


def count_lines(path: Path, source: str) -> int:
    """Count the rows of a file of a source that is no plain table: one a line, or one a record."""
    if source == "kvk":
        return sum(1 for line in path.read_text("utf-8-sig").splitlines() if line.strip())
    if path.suffix == ".csv" and source == "fp7":  # nothing is quoted in the network, all else is
        text = path.read_text("utf-8-sig", errors="replace").splitlines()
        return sum(1 for line in text[1:] if line.strip())
    if path.suffix in {".gz", ".jsonl"}:
        data = gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()
        return sum(1 for line in data.splitlines() if line.strip())
    if path.suffix == ".xls":
        return sum(any(str(cell).strip() for cell in row) for row in read_cells(path)[1:])
    if path.suffix == ".json":
        return len(json.loads(path.read_text("utf-8-sig")))
    with path.open(encoding="utf-8-sig", errors="replace", newline="") as text_file:
        rows = csv.reader(text_file)
        next(rows)
        return sum(1 for row in rows if any(cell.strip() for cell in row))


def read_list(path: Path, file: dict[str, Any]) -> Iterator[tuple[int, Said]]:
    """Give the rows of a file that say something of an organisation, with the line of each."""
    source, name = file["source"], str(file["name"])
    if source == "fp7" and file["release"] == "tables" and name.startswith("organization"):
        for line, row in _table(path, ";"):
            yield line, Said("fp7", f"fp7:{row['organisationID'].strip()}", "", None)
    elif source == "fp7" and name.startswith("fp7edges"):
        for line, text in enumerate(path.read_text("utf-8-sig").splitlines()[1:], 2):
            project, _, given = text.partition("\t")
            kind = "fp7" if re.fullmatch("[0-9]{9}", given.strip()) else "fp7-network"
            yield line, Said("fp7-network", f"{kind}:{given.strip()}", project.strip(), None)
    elif source == "rijkssubsidies":
        for line, row in _table(path, ","):
            key = f"rijk:{sign_name(row['Ontvanger'])}"
            yield line, Said("rijk", key, "", _amount(row["Realisatie"]))
    elif source == "innovation_fund" and is_sheet(name):
        yield from _read_fund(path, name)
    elif source == "structural_funds":
        yield from _read_structural(path, name)


def _read_fund(path: Path, name: str) -> Iterator[tuple[int, Said]]:
    grid = read_grid(path, name)
    head = find_head(grid)
    places = {str(cell): place for place, cell in enumerate(grid[head])}
    for line, row in enumerate(grid[head + 1 :], head + 2):
        project, pic = str(row[places["Project number"]]), str(row[places["Participant PIC"]])
        paid = row[places["EU contribution (GA in force) (€)"]]
        if project.isdigit():
            amount = Decimal(str(paid)).quantize(_CENT)
            yield line, Said("innovation-fund", f"innovation-fund:{pic}", project, amount)


def _read_structural(path: Path, name: str) -> Iterator[tuple[int, Said]]:
    day = _DAY.search(Path(name).stem.replace("07-13", "").replace("14-20", ""))
    edition = date.min
    if day:
        year = int(day[3])
        edition = date(year if year > 99 else 2000 + year, int(day[2]), int(day[1]))
    table = _cells(path) if path.suffix == ".xls" else _table(path, ",")
    for line, raw in table:
        row = {" ".join(heading.split()): value for heading, value in raw.items()}
        who = _pick(row, "Begunstigde", "Naam Aanvrager")
        paid = _pick(row, "EU-subsidie", "EUSF subsidie", "ESF subsidie")
        number = _pick(row, "Project_Nummer")
        if path.suffix != ".xls":
            paid = paid.replace("€", "").replace(".", "").replace(" ", "")
        yield line, Said(
            "structural", f"structural:{sign_name(who)}", "", _amount(paid), edition, number,
            _day(_pick(row, "Begindatum", "Startdatum")), row.get("Fonds", "ESF").strip() == "ESF",
            bool(_pick(row, "Intrekking/Afwijzing")),
        )  # fmt: skip


def _cells(path: Path) -> Iterator[tuple[int, dict[str, str]]]:
    heading, *rows = read_cells(path)
    for line, row in enumerate(rows, 2):
        if any(str(cell).strip() for cell in row):
            yield line, {str(name): str(cell) for name, cell in zip(heading, row, strict=True)}


def read_cells(path: Path) -> list[list[Any]]:
    """Give all cells of the first sheet of a workbook in the old form."""
    return [list(row) for row in CalamineWorkbook.from_path(path).get_sheet_by_index(0).to_python()]


def _day(text: str) -> date | None:
    """Give a day, whether it begins with the year or ends with it."""
    numbers = [int(part) for part in re.findall(r"\d+", text)[:3]]
    if len(numbers) < 3:
        return None
    year, month, day = numbers if numbers[0] > 31 else numbers[::-1]
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _pick(row: dict[str, str], *heads: str) -> str:
    return next((value or "" for name, value in row.items() if name.startswith(heads)), "").strip()


def _table(path: Path, delimiter: str) -> Iterator[tuple[int, dict[str, str]]]:
    """Give the rows of a table with the line on which each begins."""
    with path.open(encoding="utf-8-sig", errors="replace", newline="") as text:
        rows = csv.reader(text, delimiter=delimiter)
        heading = next(rows)
        before = rows.line_num
        for row in rows:
            line, before = before + 1, rows.line_num
            if any(cell.strip() for cell in row):
                yield line, dict(zip(heading, row, strict=False))


def sign_name(name: str) -> str:
    """Give the sign under which a list knows a name."""
    plain = " ".join(name.split()).casefold()
    return hashlib.sha256(plain.encode()).hexdigest()[:12]


def _amount(text: str) -> Decimal | None:
    try:
        return Decimal(text.strip().replace(",", ".")).quantize(_CENT)
    except InvalidOperation:
        return None
