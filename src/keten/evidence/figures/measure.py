"""Measure: the shape of a method that counts rows, in words and in SQL; which there are is for others."""

from dataclasses import dataclass
from typing import Final, Literal

from keten.model import Text

Subject = Literal["participation", "project", "partner", "file", "issue", "receipt", "source-row"]

PARTICIPATION_ROWS: Final = "select i.record_id from involvement i where {where}"


@dataclass(frozen=True, slots=True)
class Measure:
    """A method: what is counted in words and in SQL, and which source rows it is made from."""

    name: str
    unit: str
    title: Text
    method: Text
    subject: Subject
    value: str
    records: tuple[str, ...] = (PARTICIPATION_ROWS,)
    seen: str | None = None
    of: str | None = None
    needs: tuple[str, ...] = ()
    version: str = "1"
    of_list: str = ""  # of receipts: only those of this list
    caveats: tuple[str, ...] = ()  # besides those of the programmes: of the sources it rests on

    @property
    def filters_of(self) -> str:
        """Name the rows whose filters this measure takes."""
        return "participation" if self.subject in ("project", "partner") else self.subject
