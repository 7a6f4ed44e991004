"""Blanks what may not be shown in rows as found: the names of persons, and what leads to them."""

import csv
import io
from collections.abc import Collection, Mapping
from dataclasses import replace
from typing import Final

import pyarrow as pa

from keten.model import Found, Issue, Text

WITHHELD: Final = "[naam weggelaten / name withheld]"
UNREADABLE: Final = "[rij weggelaten / row withheld]"
_SHOWN: Final = 200


def blank_fields(text: str, delimiter: str, places: Collection[int]) -> str:
    """Give a row of delimited text with fields blanked; empty ones stay empty."""
    fields = next(csv.reader(io.StringIO(text), delimiter=delimiter))
    for place in places:
        if place < len(fields) and fields[place]:
            fields[place] = WITHHELD
    out = io.StringIO()
    csv.writer(out, delimiter=delimiter, lineterminator="").writerow(fields)
    return out.getvalue()


def blank_rows(found: Found, lines: Collection[int], headings: Collection[str]) -> Found:
    """Give a file as found with some columns of some rows blanked."""
    places = [at for at, name in enumerate(found.header) if name in headings]
    return blank_texts(
        found,
        {
            line: blank_fields(text, found.delimiter, places)
            for line, text in _rows_at(found, lines)
        },
    )


def blank_texts(found: Found, texts: Mapping[int, str]) -> Found:
    """Give a file as found with other texts in some rows."""
    if not texts:
        return found
    shown = [
        texts.get(line, text)
        for line, text in zip(found.line.to_pylist(), found.text.to_pylist(), strict=True)
    ]
    return replace(found, text=pa.array(shown, found.text.type))


def blank_issue(
    issue: Issue, found: Found, rows: Mapping[int, int], columns: Collection[str]
) -> Issue:
    """Give an issue with what may be shown of its row; one about another column keeps its value."""
    row = rows.get(issue.line)
    if row is None or (issue.column and issue.column not in columns):
        return issue
    return replace(issue, value=WITHHELD if issue.column else found.text[row].as_py()[:_SHOWN])


def tell_withheld(persons: int, rows: int) -> Text:
    """Say how many rows bear the name of a person."""
    return Text(
        f"In {persons} of {rows} rows the name is that of a person; it was withheld, with address, "
        "numbers and website, also from the row as found. The rows count.",
        f"In {persons} van {rows} rijen is de naam die van een persoon; hij is weggelaten, met "
        "adres, nummers en website, ook uit de rij zoals gevonden. De rijen tellen mee.",
    )


def _rows_at(found: Found, lines: Collection[int]) -> list[tuple[int, str]]:
    """Give the rows that begin at lines."""
    wanted = set(lines)
    places = [at for at, line in enumerate(found.line.to_pylist()) if line in wanted]
    return [(found.line[at].as_py(), found.text[at].as_py()) for at in places]
