"""Typed: reads what somebody typed into fields or cells, and says in words what cannot be so."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Final

from keten.model import Text

_ISO: Final = re.compile(r"\d{4}-\d{2}-\d{2}")
_DUTCH: Final = re.compile(r"(\d{1,2})[-/](\d{1,2})[-/](\d{4})")
_CONTROL: Final = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\ufffe\uffff\ud800-\udfff]")
FIRST: Final = date(1990, 1, 1)
LAST: Final = date(2100, 12, 31)


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong with one field, in both languages."""

    field: str
    what: Text


@dataclass
class Typed:
    """Fields by name, as typed; problems are gathered, so that all can be told at once."""

    cells: Mapping[str, Any]
    problems: list[Problem] = field(default_factory=list)

    def wrong(self, name: str, english: str, dutch: str) -> None:
        """Note what is wrong with a field."""
        self.problems.append(Problem(name, Text(english, dutch)))

    def words(self, name: str, label: Text, most: int, *, needed: bool = False) -> str:
        """Read words: without what surrounds them, and with plain line ends."""
        value = self.cells.get(name)
        text = "" if value is None else str(value)
        text = text.replace("\r\n", "\n").replace("\r", "\n").strip()
        if needed and not text:
            self.wrong(name, f"{label.en} is missing.", f"{label.nl} ontbreekt.")
        if len(text) > most:
            self.wrong(
                name,
                f"{label.en} has {len(text)} characters; {most} is the most.",
                f"{label.nl} heeft {len(text)} tekens; {most} is het meeste.",
            )
        if _CONTROL.search(text):
            self.wrong(
                name,
                f"{label.en} holds a character that cannot be printed.",
                f"{label.nl} bevat een teken dat niet te drukken is.",
            )
        return text

    def day(self, name: str, label: Text) -> date | None:
        """Read a day: a date, `2027-03-01`, or `1-3-2027` as the Dutch write it."""
        value = self.cells.get(name)
        if isinstance(value, datetime):
            value = value.date()
        if isinstance(value, str):
            value = value.strip() or None
        if value is None:
            return None
        found = value if isinstance(value, date) else _parse(str(value))
        if found is None:
            self.wrong(
                name,
                f"{label.en}: '{str(value)[:40]}' is no day of the calendar. Write 2027-03-31.",
                f"{label.nl}: '{str(value)[:40]}' is geen dag op de kalender. Schrijf 2027-03-31.",
            )
            return None
        if not FIRST <= found <= LAST:
            self.wrong(
                name,
                f"{label.en}: {found} is not between {FIRST.year} and {LAST.year}.",
                f"{label.nl}: {found} ligt niet tussen {FIRST.year} en {LAST.year}.",
            )
            return None
        return found

    def percent(self, name: str, label: Text) -> float | None:
        """Read a percentage of 0 to 100 as a share of 0 to 1."""
        value = self.cells.get(name)
        text = "" if value is None else str(value).strip().removesuffix("%").strip()
        if not text:
            return None
        return self.share(name, label, text, 100)

    def share(self, name: str, label: Text, value: Any, whole: int = 1) -> float | None:
        """Read a number of 0 to `whole` as a share of 0 to 1."""
        try:
            share = float(str(value).replace(",", ".")) / whole
        except ValueError:
            share = -1.0
        if not 0 <= share <= 1:
            self.wrong(
                name,
                f"{label.en}: '{str(value)[:40]}' is no number between 0 and {whole}.",
                f"{label.nl}: '{str(value)[:40]}' is geen getal tussen 0 en {whole}.",
            )
            return None
        return round(share, 6)


def _parse(text: str) -> date | None:
    try:
        if _ISO.fullmatch(text):
            return date.fromisoformat(text)
        if dutch := _DUTCH.fullmatch(text):
            day, month, year = (int(part) for part in dutch.groups())
            return date(year, month, day)
    except ValueError:
        pass
    return None
