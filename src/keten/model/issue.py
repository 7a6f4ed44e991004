"""An issue: something odd in the data that was kept in sight instead of stopping the work."""

from dataclasses import dataclass
from enum import StrEnum

from keten.model.text import Text


class Severity(StrEnum):
    """How much an issue takes away from the evidence."""

    ROW_LOST = "row-lost"  # the row is in no typed table
    VALUE_LOST = "value-lost"  # the row is in, one value of it is not
    NOTE = "note"  # nothing is lost; somebody should know


@dataclass(frozen=True, slots=True)
class Issue:
    """One oddity, with the place where it was found.

    `file` is the index of the file in its Reading (-1: no file), `line` the line in it where the
    row begins (0: the file as a whole), `code` a short stable word such as `bad-number`, `message`
    a whole sentence that stands by itself.
    """

    code: str
    severity: Severity
    message: Text
    file: int = -1
    line: int = 0
    column: str = ""
    value: str = ""
