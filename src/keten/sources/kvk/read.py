"""Reads the register of recognised sponsors; the number stays text, a person's name goes no further."""

import re
from collections.abc import Callable
from typing import Final

import pyarrow as pa

from keten.errors import SourceError
from keten.model import Found, Package, Reading, Text
from keten.sources.delivery import is_web_page, read_member
from keten.sources.kvk.card import CARD
from keten.sources.listing import make_table, read_word, withhold_persons
from keten.sources.persons import is_person
from keten.sources.workbook import Row, WorkSheet

NAME: Final = "name"
NUMBER: Final = "number"  # as text: it may begin with noughts
SPONSOR: Final = pa.schema(
    [
        ("record_id", pa.int64()),
        ("name", pa.string()),
        ("kvk_number", pa.string()),
        ("is_person", pa.bool_()),
    ]
)
_EIGHT_FIGURES: Final = re.compile(r"[0-9]{8}")
_NO_NAME: Final = Text("The row names nobody.", "De rij noemt niemand.")
_NO_NUMBER: Final = Text(
    "A number of the chamber of commerce has eight figures; this has not, and was left out.",
    "Een nummer van de Kamer van Koophandel heeft acht cijfers; dit niet, en is weggelaten.",
)
_TWICE: Final = Text(
    "The number stands in the register more than once; each row was kept.",
    "Het nummer staat meer dan eens in het register; elke rij is bewaard.",
)


def read(
    package: Package, progress: Callable[[str, float], None] = lambda _what, _share: None
) -> Reading:
    """Read the register; every row ends in the table `sponsor` or in an issue."""
    member = package.members[0]
    progress(member, 0.0)
    sheet = _read_lines(member, read_member(package.path.parent, member))
    rows: list[dict[str, object]] = []
    persons: set[int] = set()
    seen: set[str] = set()
    for row in sheet.rows:
        name, number = read_word(row, NAME), read_word(row, NUMBER)
        if name is None:
            sheet.lose(row, "no-name", _NO_NAME, NAME)
            continue
        if number is None or not _EIGHT_FIGURES.fullmatch(number):
            sheet.doubt(row, "bad-number", _NO_NUMBER, NUMBER)
            number = None
        elif number in seen:
            sheet.note("repeated-number", _TWICE, NUMBER, row.line)
        if number:
            seen.add(number)
        if is_person(name):
            persons.add(row.line)
            name, number = None, None
        rows.append(
            {
                "record_id": row.record_id,
                "name": name,
                "kvk_number": number,
                "is_person": row.line in persons,
            }
        )
    found = withhold_persons(sheet, persons, (NAME, NUMBER), NAME)
    progress(member, 1.0)
    return Reading(
        package=package,
        files=(found,),
        tables={"sponsor": make_table(SPONSOR, rows)},
        typed_from={"sponsor": 0},
        issues=tuple(sheet.issues),
        caveats=tuple(CARD.caveats),
    )


def _read_lines(name: str, data: bytes) -> WorkSheet:
    """Take in the lines: what follows the last semicolon is the number, and quotes mean nothing.

    Raises: SourceError when it is no such list.
    """
    text = data.decode("utf-8-sig", "replace")
    lines = [(at, line) for at, line in enumerate(text.splitlines(), 1) if line.strip()]
    if is_web_page(data[:512]) or not any(";" in line for _, line in lines):
        raise SourceError(
            f"{name} is no list of names and numbers.", "Download it again from the publisher."
        )
    found = Found(
        name=name,
        header=(NAME, NUMBER),
        delimiter=";",
        encoding="utf-8",
        size_bytes=len(data),
        line=pa.array([at for at, _ in lines], pa.int64()),
        text=pa.array([line for _, line in lines], pa.large_string()),
    )
    rows = []
    for at, line in lines:
        head, separator, number = line.rpartition(";")
        rows.append(
            Row(at, at, {NAME: head if separator else number, NUMBER: separator and number})
        )
    return WorkSheet(0, found, rows, [])
