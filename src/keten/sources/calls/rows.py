"""Turns the objects of one file of calls into rows, with an issue for each value that is odd."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any
from urllib.parse import unquote

import pyarrow as pa

from keten.model import Found, Issue, Severity, Text
from keten.sources.calls.mending import Mending, is_spoilt
from keten.sources.calls.objects import cut_objects

_SHOWN = 200
_LARGEST = Decimal(10) ** 13
_CUT = Text(
    "The object is damaged; what stands from here to the next one was not read.",
    "Het object is beschadigd; wat hier staat tot het volgende is niet gelezen.",
)
_UNKNOWN = Text(
    "Keten does not know this key; it was not read.",
    "Keten kent deze sleutel niet; zij is niet gelezen.",
)


@dataclass(slots=True)
class ObjectFile:
    """One file as found: its objects by place (counted from 1), its issues and mends."""

    index: int
    name: str
    size_bytes: int
    pieces: list[str] = field(default_factory=list)
    objects: dict[int, dict[str, Any]] = field(default_factory=dict)
    issues: list[Issue] = field(default_factory=list)
    mending: Mending = field(default_factory=Mending)

    def cut(self, text: str, start: int = 0) -> None:
        """Take in every object of a text, and see whether its signs are damaged."""
        self.mending.is_spoilt = is_spoilt(text)
        for place, (piece, value) in enumerate(cut_objects(text, start), 1):
            self.pieces.append(piece)
            if value is None:
                self.lose("broken-object", place, _CUT, piece)
            else:
                self.objects[place] = value

    def lose(self, code: str, place: int, why: Text, shown: str) -> None:
        """Take an object out, with an issue."""
        self.objects.pop(place, None)
        self.issues.append(
            Issue(code, Severity.ROW_LOST, why, self.index, place, "", shown[:_SHOWN])
        )

    def note(self, code: str, why: Text, place: int = 0, column: str = "", value: str = "") -> None:
        """Say what is odd where nothing was lost."""
        self.issues.append(
            Issue(code, Severity.NOTE, why, self.index, place, column, value[:_SHOWN])
        )

    def check_keys(self, used: Iterable[str], ignored: Iterable[str], within: str = "") -> None:
        """Write an issue for every key that is neither used nor ignored."""
        known = {*used, *ignored}
        holders = (each.get(within) if within else each for each in self.objects.values())
        names = dict.fromkeys(
            name for each in holders if isinstance(each, Mapping) for name in each
        )
        for name in names:
            if name not in known:
                shown = f"{within}.{name}" if within else name
                self.note("new-column", _UNKNOWN, column=shown, value=shown)

    @property
    def keys(self) -> tuple[str, ...]:
        """The keys of the objects, in the order met."""
        return tuple(dict.fromkeys(name for each in self.objects.values() for name in each))

    @property
    def found(self) -> Found:
        """Every object verbatim; its line is its place, for objects share lines."""
        return Found(
            name=self.name,
            header=self.keys,
            delimiter="",
            encoding="utf-8",
            size_bytes=self.size_bytes,
            line=pa.array(range(1, len(self.pieces) + 1), pa.int64()),
            text=pa.array(self.pieces, pa.large_string()),
        )


@dataclass(frozen=True, slots=True)
class Cells:
    """One object whose values are read by kind; what cannot be read is null, with an issue."""

    file: ObjectFile
    place: int
    values: Mapping[str, Any]

    def word(self, key: str) -> str | None:
        """Give mended text on one line, or None when empty."""
        value = self.values.get(key)
        if not isinstance(value, str):
            if value is not None:
                self._odd("bad-text", key, value)
            return None
        return " ".join(self.file.mending.plain(value).split()) or None

    def prose(self, key: str) -> str | None:
        """Give mended plain text with its paragraphs, or None when empty."""
        value = self.values.get(key)
        if not isinstance(value, str):
            if value is not None:
                self._odd("bad-text", key, value)
            return None
        return self.file.mending.plain(value) or None

    def day(self, key: str) -> date | None:
        """Give the day of `2026-09-23` or `2026-09-23T17:00:00.000Z`, as the publisher writes it."""
        value = self.values.get(key)
        if value is None or value == "":
            return None
        try:
            return date.fromisoformat(str(value)[:10])
        except ValueError:
            self._odd("bad-date", key, value)
            return None

    def amount(self, key: str) -> Decimal | None:
        """Give euros with two decimals."""
        value = self.values.get(key)
        if value is None or value == "":
            return None
        try:
            amount = Decimal(str(value)).quantize(Decimal("0.01"))
        except InvalidOperation:
            self._odd("bad-number", key, value)
            return None
        if isinstance(value, bool) or not 0 <= amount < _LARGEST:
            self._odd("bad-number", key, value)
            return None
        return amount

    def count(self, key: str) -> int | None:
        """Give a whole number."""
        amount = self.amount(key)
        if amount is None:
            return None
        if amount != int(amount) or amount >= 2**31:
            self._odd("bad-number", key, self.values[key])
            return None
        return int(amount)

    def label(self, key: str) -> tuple[str, str]:
        """Give identifier and label of `{id, label}`, or of the first of a list of these."""
        value = self.values.get(key)
        if isinstance(value, list) and value:
            value = value[0]
        if not isinstance(value, Mapping):
            return "", ""
        # Some labels bear signs as addresses do: Coal %26 Steel.
        text = unquote(self.file.mending.plain(str(value.get("label") or "")))
        return str(value.get("id") or ""), " ".join(text.split())

    def part(self, key: str) -> "Cells":
        """Give an object within this one; empty when it is absent."""
        value = self.values.get(key)
        return Cells(self.file, self.place, value if isinstance(value, Mapping) else {})

    def _odd(self, code: str, key: str, value: Any) -> None:
        """Say that a value could not be read."""
        why = Text(
            f"The value of {key} could not be read; it was left empty.",
            f"De waarde van {key} was niet te lezen; zij is leeg gelaten.",
        )
        self.file.issues.append(
            Issue(
                code, Severity.VALUE_LOST, why, self.file.index, self.place, key,
                str(value)[:_SHOWN],
            )
        )  # fmt: skip
