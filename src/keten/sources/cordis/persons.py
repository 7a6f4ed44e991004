"""Keeps participants of CORDIS who are natural persons out of sight; their rows and amounts count."""

from collections.abc import Sequence

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from keten.model import Found, Issue, Severity
from keten.sources.cordis.layout import PERSONAL
from keten.sources.persons import is_person
from keten.sources.tabular import Sheet
from keten.sources.withholding import blank_issue, blank_rows, tell_withheld


def find_persons(names: pa.StringArray) -> NDArray[np.bool_]:
    """Say for each row whether its participant bears a person's name."""
    coded = names.dictionary_encode()
    persons = [at for at, name in enumerate(coded.dictionary.to_pylist()) if is_person(name)]
    found = pc.is_in(coded.indices, pa.array(persons, coded.indices.type))
    return np.asarray(pc.fill_null(found, False).to_numpy(zero_copy_only=False), np.bool_)


def withhold(
    table: pa.Table, found: Found, sheet: Sheet, persons: NDArray[np.bool_], file: int
) -> tuple[pa.Table, Found, Issue]:
    """Give table and file without what leads to persons, and the issue that says so.

    `persons` has an entry for each row of the sheet.
    """
    lines = sheet.line[persons]
    in_table = pc.is_in(table.column("record_id"), pa.array(lines + (np.int64(file) << 32)))
    for column in filter(None, PERSONAL.values()):
        at = table.column_names.index(column)
        values = table.column(at)
        table = table.set_column(
            at, column, pc.if_else(in_table, pa.scalar(None, values.type), values)
        )
    blanked = blank_rows(found, lines.tolist(), PERSONAL)
    rows = int(persons.sum())
    message = tell_withheld(rows, len(persons))
    return table, blanked, Issue("names-withheld", Severity.NOTE, message, file, 0, "name")


def without_names(
    issues: Sequence[Issue], found: Found, lines: Sequence[int], file: int
) -> list[Issue]:
    """Give issues with what may be shown of rows about persons."""
    hidden = set(lines)
    rows = {line: at for at, line in enumerate(found.line.to_pylist()) if line in hidden}
    return [
        blank_issue(issue, found, rows, PERSONAL) if issue.file == file else issue
        for issue in issues
    ]
