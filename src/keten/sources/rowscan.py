"""Finds where the rows of delimited text begin and end, also where quotes are damaged.

A row ends at a line end outside quotes. Whether a line end is outside follows from the number of
quotes before it, so one vectorised pass over the bytes finds every row, apart from any parser. One
missing quote would turn inside out everything after it; such a place shows itself, because a quote
then stands where none can (an opening quote not after a delimiter, a closing one not before one).
There the walk stops, looks for the next line that reads as a whole row, and goes on from that line
with the parity it has. Both parities are laid out as whole tables of rows, so a stop costs little.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import IntEnum
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

Offsets = NDArray[np.int64]
Flags = NDArray[np.bool_]

QUOTE, LF, CR = 34, 10, 13
_PIECE_BYTES = 4 << 20


class State(IntEnum):
    """What became of a row in the scan."""

    WHOLE = 0  # between two line ends, every quote in its place
    MENDED = 1  # a quote stood loose in it, yet it reads in one way only
    BROKEN = 2  # a quote is missing or too many
    TOO_LONG = 3
    MISCOUNTED = 4  # more or fewer columns than the heading


@dataclass(frozen=True, slots=True)
class Rows:
    """Where each row begins and ends (without its line end), and its state, but for blank lines."""

    start: Offsets
    end: Offsets
    state: NDArray[np.int8]

    def __len__(self) -> int:
        return len(self.start)


@dataclass(frozen=True, slots=True)
class RowText:
    """One row read alone: its fields, and where it ends."""

    fields: tuple[bytes, ...]
    end: int


class RowReader:
    """Reads one row from a given place, as the fast parser would, but never runs away."""

    def __init__(self, delimiter: bytes, max_bytes: int, columns: int = 0) -> None:
        bar = re.escape(delimiter)
        self._columns = columns
        self._quoted = re.compile(rb'"([^"]*(?:""[^"]*)*)"(?=%b|\r?\n|\r?\Z)' % bar)
        self._bare = re.compile(rb'(?!")[^%b\n]*' % bar)
        self._delimiter = delimiter
        self._max_bytes = max_bytes

    def read(self, data: bytes, start: int) -> RowText | None:
        """Give the row that begins at `start`, or None where its quotes do not fit."""
        return self._read_strictly(data, start) or self._read_framed(data, start)

    def _read_framed(self, data: bytes, start: int) -> RowText | None:
        """Read a line whose every field is framed by quotes, whatever quotes stand inside them.

        The publisher itself writes `""so""` for a quoted value now and then. With the right number
        of columns such a line still reads in one way only.
        """
        end = data.find(b"\n", start, start + self._max_bytes)
        end = len(data) if end < 0 else end
        line = data[start:end].removesuffix(b"\r")
        parts = line[1:-1].split(b'"' + self._delimiter + b'"')
        framed = len(line) > 1 and line.startswith(b'"') and line.endswith(b'"')
        if not framed or len(parts) != self._columns or len(line) > self._max_bytes:
            return None
        return RowText(tuple(part.replace(b'""', b'"') for part in parts), end)

    def _read_strictly(self, data: bytes, start: int) -> RowText | None:
        fields: list[bytes] = []
        place, limit = start, min(len(data), start + self._max_bytes)
        while True:
            if match := self._quoted.match(data, place, limit):
                fields.append(match[1].replace(b'""', b'"'))
            elif match := self._bare.match(data, place, limit):
                fields.append(match[0])
            else:
                return None
            place = match.end()
            if data[place : place + 1] != self._delimiter:
                return self._finished(data, fields, place)
            place += 1

    def _finished(self, data: bytes, fields: list[bytes], place: int) -> RowText | None:
        """Close a row at a line end or the end of the file; cut short by the limit it is none."""
        if data[place : place + 2] == b"\r\n":
            place += 1
        if place < len(data) and data[place] != LF and data[place:] != b"\r":
            return None
        fields[-1] = fields[-1].removesuffix(b"\r")
        return RowText(tuple(fields), min(place, len(data)))


class Layout:
    """The rows of a text as they are when a field opens at quotes of one parity."""

    def __init__(self, text: "ScannedText", parity: int) -> None:
        at = text.line_ends[(text.quotes_before_line_end & 1) == parity]
        starts, ends = at + 1, np.append(at[1:], text.size)
        if parity == 0:
            starts, ends = np.insert(starts, 0, 0), np.append(at, text.size)
        if len(starts) and starts[-1] == text.size:
            starts, ends = starts[:-1], ends[:-1]
        self.start: Offsets = starts
        self.end: Offsets = ends
        self._text = text
        self._parity = parity

    @cached_property
    def problems(self) -> Offsets:
        """The rows in which the walk has to stop."""
        text, rows = self._text, len(self.start)
        if rows == 0:
            return np.empty(0, np.int64)
        places = np.concatenate([self._misplaced_quotes(), self._loose_returns()])
        places = places[places >= self.start[0]]
        found = [np.searchsorted(self.end, places), np.flatnonzero(self._lengths > text.max_bytes)]
        if (len(text.quotes) & 1) != self._parity:
            found.append(np.array([rows - 1]))
        if text.columns:
            found.append(np.flatnonzero(self.miscounted & self._spans_lines))
        return np.unique(np.concatenate(found)).astype(np.int64)

    @cached_property
    def miscounted(self) -> Flags:
        """Which rows have more or fewer columns than the heading."""
        bars = self._text.delimiters
        outside = bars[(np.searchsorted(self._text.quotes, bars) & 1) == self._parity]
        in_row = np.searchsorted(outside, self.end) - np.searchsorted(outside, self.start)
        return np.asarray(in_row + 1 != self._text.columns)

    @property
    def _lengths(self) -> Offsets:
        return self.end - self.start

    @property
    def _spans_lines(self) -> Flags:
        ends = self._text.line_ends
        return np.asarray(np.searchsorted(ends, self.end) > np.searchsorted(ends, self.start))

    def _misplaced_quotes(self) -> Offsets:
        """Opening quotes after, and closing quotes before, anything else than their neighbours."""
        text = self._text
        opening, closing = text.quotes[self._parity :: 2], text.quotes[1 - self._parity :: 2]
        return np.concatenate(
            [
                opening[~text.may_stand_beside(opening - 1)],
                closing[~text.may_stand_beside(closing + 1)],
            ]
        )

    def _loose_returns(self) -> Offsets:
        """Carriage returns outside quotes that end no line: part of a value, to this scan."""
        at = self._text.loose_returns
        outside: Offsets = at[(np.searchsorted(self._text.quotes, at) & 1) == self._parity]
        return outside


class ScannedText:
    """The bytes of a text with the places of its quotes and line ends."""

    def __init__(self, data: bytes, delimiter: bytes, max_bytes: int, columns: int = 0) -> None:
        self.data = data
        self.size = len(data)
        self.max_bytes = max_bytes
        self.columns = columns  # 0: columns are not counted here
        self._array = np.frombuffer(data, np.uint8)
        self._delimiter = ord(delimiter)
        self.quotes: Offsets = self._places(QUOTE)
        self.line_ends: Offsets = self._places(LF)
        self.quotes_before_line_end = np.searchsorted(self.quotes, self.line_ends)

    @cached_property
    def delimiters(self) -> Offsets:
        """The places of every delimiter, inside quotes or not."""
        return self._places(self._delimiter)

    @cached_property
    def loose_returns(self) -> Offsets:
        """The places of carriage returns that no line feed follows."""
        if b"\r" not in self.data:
            return np.empty(0, np.int64)
        at = self._places(CR)
        loose: Offsets = at[(self.bytes_at(at + 1) != LF) & (at + 1 < self.size)]
        return loose

    @cached_property
    def layouts(self) -> "Layouts":
        """The rows under either parity, made when first needed."""
        return Layouts(self)

    def bytes_at(self, places: Offsets) -> NDArray[np.uint8]:
        """Give the bytes at places; one just outside the text gives the byte at its edge."""
        if self.size == 0:
            return np.full(len(places), LF, np.uint8)
        return self._array.take(places, mode="clip")

    def may_stand_beside(self, places: Offsets) -> Flags:
        """Say whether at places stands what a quote may have as neighbour outside its field.

        Outside the text counts as such: the byte at the edge is then the quote itself.
        """
        found = self.bytes_at(places)
        fits: Flags = found == QUOTE
        for byte in (self._delimiter, LF, CR):
            fits |= found == byte
        return fits

    def _places(self, byte: int) -> Offsets:
        """Give the places of a byte, looking at a piece at a time to be sparing with memory."""
        pieces = [
            np.flatnonzero(self._array[at : at + _PIECE_BYTES] == byte) + at
            for at in range(0, self.size, _PIECE_BYTES)
        ]
        return np.concatenate(pieces) if pieces else np.empty(0, np.int64)

    def parity_at(self, place: int) -> int:
        """Give the parity of the number of quotes before a place."""
        return int(np.searchsorted(self.quotes, place)) & 1

    def next_line(self, place: int) -> int:
        """Give where the line after the one at `place` begins, or the size of the text."""
        at = int(np.searchsorted(self.line_ends, place))
        return int(self.line_ends[at]) + 1 if at < len(self.line_ends) else self.size


class Layouts:
    """Both layouts of one text; the second is needed only where a quote is missing."""

    def __init__(self, text: ScannedText) -> None:
        self._text = text
        self._made: dict[int, Layout] = {}

    def of(self, parity: int) -> Layout:
        """Give the layout of a parity."""
        if parity not in self._made:
            self._made[parity] = Layout(self._text, parity)
        return self._made[parity]


@dataclass(frozen=True, slots=True)
class Rule:
    """What a row must be like for the walk to go on from it."""

    reader: RowReader
    columns: int
    first_field: re.Pattern[bytes] | None

    def accepts(self, row: RowText | None) -> bool:
        """Say whether a row has the right number of columns and a plausible first field."""
        if row is None or len(row.fields) != self.columns:
            return False
        return self.first_field is None or self.first_field.fullmatch(row.fields[0]) is not None

    def begins(self, line: bytes, delimiter: bytes) -> bool:
        """Say whether a damaged line seems to begin a row rather than to go on with one."""
        if self.first_field is None:
            return True
        first = line.split(delimiter, 1)[0].strip(b'" \r')
        return self.first_field.fullmatch(first) is not None


Segment = tuple[Offsets, Offsets, State]


def scan_rows(text: ScannedText, start: int, rule: Rule, delimiter: bytes) -> Rows:
    """Find every row from `start` on; each byte but line ends and blank lines is in one of them."""
    segments = list(_walk(text, start, rule, delimiter))
    if not segments:
        nothing = np.empty(0, np.int64)
        return Rows(nothing, nothing, np.empty(0, np.int8))
    starts = np.concatenate([segment[0] for segment in segments])
    ends = np.concatenate([segment[1] for segment in segments])
    states = np.concatenate([np.full(len(part[0]), part[2], np.int8) for part in segments])
    ends = ends - ((text.bytes_at(ends - 1) == CR) & (ends > starts))
    if text.columns:
        states = _with_miscounts(text, starts, states)
    filled = ends > starts
    return Rows(starts[filled], ends[filled], states[filled])


def _walk(text: ScannedText, start: int, rule: Rule, delimiter: bytes) -> Iterator[Segment]:
    place = start
    while place < text.size:
        layout = text.layouts.of(text.parity_at(place))
        first = int(np.searchsorted(layout.start, place))
        at = int(np.searchsorted(layout.problems, first))
        stop = int(layout.problems[at]) if at < len(layout.problems) else len(layout.start)
        yield layout.start[first:stop], layout.end[first:stop], State.WHOLE
        if stop == len(layout.start):
            return
        damaged = int(layout.start[stop])
        row = rule.reader.read(text.data, damaged)
        if row is not None and rule.accepts(row):
            yield np.array([damaged]), np.array([row.end]), State.MENDED
            place = row.end + 1
        else:
            place = _resume(text, damaged, rule)
            yield _lost_lines(text, damaged, place, rule, delimiter)


def _resume(text: ScannedText, damaged: int, rule: Rule) -> int:
    """Give where the next line begins that reads as a whole row."""
    place = text.next_line(damaged)
    while place < text.size and not rule.accepts(rule.reader.read(text.data, place)):
        place = text.next_line(place)
    return place


def _lost_lines(text: ScannedText, start: int, stop: int, rule: Rule, delimiter: bytes) -> Segment:
    """Count what was lost: one row for each line that seems to begin one."""
    begins, place = [start], text.next_line(start)
    while place < stop:
        after = text.next_line(place)
        if rule.begins(text.data[place : min(after, place + 200)], delimiter):
            begins.append(place)
        place = after
    last = stop - 1 if text.data[stop - 1 : stop] == b"\n" else stop
    is_long = any(b - a > text.max_bytes for a, b in zip(begins, [*begins[1:], last], strict=True))
    ends = np.array([*(begin - 1 for begin in begins[1:]), last])
    return np.array(begins), ends, State.TOO_LONG if is_long else State.BROKEN


def _with_miscounts(
    text: ScannedText, starts: Offsets, states: NDArray[np.int8]
) -> NDArray[np.int8]:
    """Mark whole rows that have more or fewer columns than the heading."""
    wrong = np.zeros(len(starts), np.bool_)
    parity = np.searchsorted(text.quotes, starts) & 1
    for each in (0, 1):
        mine = parity == each
        if mine.any():
            layout = text.layouts.of(each)
            at = np.minimum(np.searchsorted(layout.start, starts[mine]), len(layout.start) - 1)
            wrong[mine] = layout.miscounted[at]
    return np.where(wrong & (states == State.WHOLE), State.MISCOUNTED, states).astype(np.int8)
