"""Reads one list of subsidies into typed rows; names of persons get no further than this file."""

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from keten.errors import SourceError
from keten.model import Found, Issue, Package, Reading, Severity, Text
from keten.sources.delivery import read_member
from keten.sources.rijkssubsidies.card import CARD
from keten.sources.rijkssubsidies.layout import (
    AMOUNT,
    MINISTRY,
    POLICY,
    RECIPIENT,
    REQUIRED,
    SCHEME,
    USED,
    YEAR,
)
from keten.sources.rijkssubsidies.recipient import Recipient, is_company, tell_recipient
from keten.sources.tabular import Sheet, read_sheet
from keten.sources.values import Column, read_amounts, read_integers
from keten.sources.withholding import UNREADABLE, blank_fields

_SPACE: Final = re.compile(r"\s+")
_NEGATIVE: Final = Text(
    "The amount is negative: money came back, or an earlier amount was put right.",
    "Het bedrag is negatief: er kwam geld terug, of een eerder bedrag is rechtgezet.",
)
_ABSENT: Final = Text("The row has no amount.", "De rij heeft geen bedrag.")


def read(
    package: Package, progress: Callable[[str, float], None] = lambda _what, _share: None
) -> Reading:
    """Read a list; every row ends in the table `subsidy` or in an issue.

    Raises: SourceError when a column is missing without which nothing can be told.
    """
    member = package.members[0]
    progress(member, 0.0)
    sheet = read_sheet(read_member(package.path.parent, member), member, keep=USED)
    missing = [name for name in REQUIRED if name not in sheet.found.header]
    if missing:
        raise SourceError(
            f"{member} has no column {', '.join(missing)}.",
            "Check that it is the publisher's file as delivered, or download it again.",
        )
    names = _texts(sheet, RECIPIENT)
    kinds = [tell_recipient(name or "") for name in names]
    amounts = read_amounts(_column(sheet, AMOUNT))
    years = read_integers(_column(sheet, YEAR))
    found = _without_names(sheet, kinds)
    table = pa.table(
        {
            "record_id": pa.array(sheet.line, pa.int64()),
            "year": years.values,
            "ministry": pa.array(_texts(sheet, MINISTRY), pa.string()),
            "scheme": pa.array(_texts(sheet, SCHEME), pa.string()),
            "recipient": pa.array(_shown(names, kinds), pa.string()),
            "recipient_kind": pa.array([str(kind) for kind in kinds], pa.string()),
            "is_company": pa.array(
                [
                    kind is Recipient.ORGANISATION and is_company(name or "")
                    for name, kind in zip(names, kinds, strict=True)
                ],
                pa.bool_(),
            ),
            "policy_article": pa.array(_texts(sheet, POLICY), pa.string()),
            "amount_eur": amounts.values,
        }
    )
    issues = [
        *_issues_of_sheet(sheet, found),
        *amounts.issues,
        *years.issues,
        *_new_columns(sheet),
        *_odd_amounts(sheet, amounts.values),
        *_withheld(kinds),
    ]
    progress(member, 1.0)
    return Reading(
        package=package,
        files=(found,),
        tables={"subsidy": table},
        typed_from={"subsidy": 0},
        issues=tuple(issues),
        caveats=tuple(CARD.caveats),
    )


def _column(sheet: Sheet, name: str) -> Column:
    return Column(name, 0, sheet.line, sheet.columns[name])


def _texts(sheet: Sheet, name: str) -> list[str | None]:
    """Give a column with its spaces tidied: the same scheme comes with and without one in front."""
    column = sheet.columns.get(name)
    if column is None:
        return [None] * len(sheet.rows)
    return [text and (_SPACE.sub(" ", text).strip() or None) for text in column.to_pylist()]


def _shown(names: Sequence[str | None], kinds: Sequence[Recipient]) -> list[str | None]:
    return [
        name if kind is Recipient.ORGANISATION else None
        for name, kind in zip(names, kinds, strict=True)
    ]


def _without_names(sheet: Sheet, kinds: Sequence[Recipient]) -> Found:
    """Give the rows as found, but for names that may be of persons; lost rows may hold one too."""
    found = sheet.found
    place = found.header.index(RECIPIENT)
    texts = [UNREADABLE] * len(found.text)
    for row, kind in zip(sheet.rows.tolist(), kinds, strict=True):
        text = found.text[row].as_py()
        is_hidden = kind is Recipient.WITHHELD
        texts[row] = blank_fields(text, found.delimiter, (place,)) if is_hidden else text
    return replace(found, text=pa.array(texts, found.text.type))


def _issues_of_sheet(sheet: Sheet, found: Found) -> list[Issue]:
    """Give the issues of reading, each with its row as it may be shown."""
    shown = dict(zip(found.line.to_pylist(), found.text.to_pylist(), strict=True))
    return [
        replace(issue, value=shown.get(issue.line, UNREADABLE)[:200]) if issue.line > 1 else issue
        for issue in sheet.issues
    ]


def _new_columns(sheet: Sheet) -> list[Issue]:
    note = Text(
        "Keten does not know this column; it was not read.",
        "Keten kent deze kolom niet; zij is niet gelezen.",
    )
    return [
        Issue("new-column", Severity.NOTE, note, 0, 1, name)
        for name in sheet.found.header
        if name and name not in USED
    ]


def _odd_amounts(sheet: Sheet, amounts: pa.Array) -> list[Issue]:
    """Tell of amounts below nought, and of rows without any."""
    below = pc.fill_null(pc.less(amounts, pa.scalar(0, amounts.type)), False)
    absent = pc.is_null(sheet.columns[AMOUNT])
    return [
        Issue(code, Severity.NOTE, note, 0, int(sheet.line[row]), AMOUNT)
        for code, note, which in (
            ("negative-amount", _NEGATIVE, below),
            ("amount-absent", _ABSENT, absent),
        )
        for row in np.flatnonzero(which.to_numpy(zero_copy_only=False)).tolist()
    ]


def _withheld(kinds: Sequence[Recipient]) -> list[Issue]:
    """Say once for the file how many names were withheld, and how many the publisher hid."""
    withheld, hidden = kinds.count(Recipient.WITHHELD), kinds.count(Recipient.ANONYMOUS)
    found = []
    if withheld:
        message = Text(
            f"In {withheld} of {len(kinds)} rows the recipient may be a person; the name was "
            "withheld, also from the row as found. The amounts count.",
            f"In {withheld} van {len(kinds)} rijen kan de ontvanger een persoon zijn; de naam is "
            "weggelaten, ook uit de rij zoals gevonden. De bedragen tellen mee.",
        )
        found.append(Issue("names-withheld", Severity.NOTE, message, 0, 0, RECIPIENT))
    if hidden:
        message = Text(
            f"In {hidden} of {len(kinds)} rows the publisher names nobody.",
            f"In {hidden} van {len(kinds)} rijen noemt de uitgever niemand.",
        )
        found.append(Issue("recipient-hidden", Severity.NOTE, message, 0, 0, RECIPIENT))
    return found
