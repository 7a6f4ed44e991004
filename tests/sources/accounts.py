"""Holds a reading to account as the build does: every row found is typed once, or lost with an issue."""

from __future__ import annotations

from collections import Counter

from keten.model import Reading, Severity


def check_accounts(reading: Reading) -> None:
    """Rows found = rows typed + rows lost, file by file."""
    for index, found in enumerate(reading.files):
        own = [name for name, file in reading.typed_from.items() if file == index]
        typed = [
            record & 0xFFFFFFFF
            for name in (*own, *reading.typed_from_all)
            for record in reading.tables[name].column("record_id").to_pylist()
            if record >> 32 == index
        ]
        lost = [
            issue.line
            for issue in reading.issues
            if issue.file == index and issue.severity is Severity.ROW_LOST
        ]
        assert sorted([*typed, *lost]) == found.line.to_pylist(), found.name


def count_codes(reading: Reading) -> Counter[str]:
    """How often each kind of issue was told."""
    return Counter(issue.code for issue in reading.issues)


def all_that_is_shown(reading: Reading) -> str:
    """Everything that leaves a reader, as one text to search in."""
    tables = [table.to_pylist() for table in reading.tables.values()]
    return str([tables, reading.issues, [file.text.to_pylist() for file in reading.files]])
