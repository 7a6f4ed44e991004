"""Reads delimited text as publishers and users really write it; what values mean is for others.

Delimiter, quoting, line ends, byte order mark and encoding are found out from the file itself.
`read_sheet` hands over every row as it was found, and the columns of those that could be read;
rows found = rows read + rows lost, and rows are counted apart from the parser (see `rowscan`).
"""

import codecs
import re
from collections.abc import Collection, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray
from pyarrow import csv as arrow_csv

from keten.errors import SourceError
from keten.model import Found, Issue, Severity, Text
from keten.sources.delivery import is_web_page
from keten.sources.rowscan import (
    Offsets,
    RowReader,
    Rows,
    RowText,
    Rule,
    ScannedText,
    State,
    scan_rows,
)

MAX_ROW_BYTES = 4 << 20
_BLOCK_BYTES = 8 << 20
_DELIMITERS = b";,\t|"
_SHOWN = 200

_LOST = {
    State.BROKEN: (
        "broken-quotes",
        Text("a quote is missing or too many", "er is een aanhalingsteken te veel of te weinig"),
    ),
    State.TOO_LONG: (
        "row-too-long",
        Text("the row is longer than any row can be", "de rij is langer dan een rij kan zijn"),
    ),
    State.MISCOUNTED: (
        "column-count",
        Text("more or fewer columns than the heading", "meer of minder kolommen dan de kop"),
    ),
}


@dataclass(frozen=True, slots=True)
class Sheet:
    """A file of delimited text: all rows as found, and the columns of those that could be read.

    `columns` maps a heading to its text (null where empty); `rows` says for each entry of the
    columns which entry of `found` it was read from.
    """

    found: Found
    columns: dict[str, pa.StringArray]
    rows: Offsets
    issues: tuple[Issue, ...]

    @property
    def line(self) -> Offsets:
        """The lines where the rows that could be read begin."""
        return np.asarray(self.found.line)[self.rows]


@dataclass(frozen=True, slots=True)
class _Decoded:
    data: bytes
    encoding: str
    foreign_lines: Offsets  # lines with bytes that are not UTF-8
    nul_lines: Offsets


def read_sheet(
    data: bytes,
    name: str,
    *,
    file: int = 0,
    keep: Collection[str] | None = None,
    first_field: re.Pattern[bytes] | None = None,
    first_heading: str | None = None,
    header: Sequence[str] | None = None,
    max_row_bytes: int = MAX_ROW_BYTES,
) -> Sheet:
    """Read delimited text.

    `keep` names the columns wanted (default all), `first_field` what the first field of a row must
    look like for reading to go on from it after damage (asked only where the first heading is
    `first_heading`, when that is given), `header` the headings of a file without.
    Raises: SourceError when there is no heading or the file is no delimited text.
    """
    decoded = _decode(data, name)
    delimiter, names, start = _find_header(decoded.data, name, header)
    if first_heading is not None and names[0] != first_heading:
        first_field = None
    rule = Rule(RowReader(delimiter, max_row_bytes, len(names)), len(names), first_field)
    text = ScannedText(decoded.data, delimiter, max_row_bytes)
    rows = scan_rows(text, start, rule, delimiter)
    wanted = _wanted(names, keep)
    parsed = _parse(decoded.data, rows, delimiter, len(names), wanted)
    if parsed is None:  # some row has another number of columns: count them all, then again
        text = ScannedText(decoded.data, delimiter, max_row_bytes, len(names))
        rows = scan_rows(text, start, rule, delimiter)
        parsed = _parse(decoded.data, rows, delimiter, len(names), wanted)
    if parsed is None:
        rows, parsed = _parse_one_by_one(decoded.data, rows, rule, wanted)
    found = _found(name, names, delimiter, decoded, len(data), rows, text.line_ends)
    is_read = rows.state <= State.MENDED
    issues = [
        *_heading_issues(names, file),
        *_encoding_issues(decoded, found, file),
        *_row_issues(found, rows, rule, file),
    ]
    return Sheet(
        found=found,
        columns={names[at]: column for at, column in zip(wanted, parsed, strict=True)},
        rows=np.flatnonzero(is_read),
        issues=tuple(issues),
    )


# --- bytes to UTF-8 ---------------------------------------------------------------------------


def _decode(data: bytes, name: str) -> _Decoded:
    """Give UTF-8 without byte order mark and NUL bytes, with LF or CRLF line ends."""
    if is_web_page(data[:512]):
        raise SourceError(
            f"{name} is a web page or XML, not delimited text.",
            "The publisher may have answered with an error page; download the file again.",
        )
    encoding = "utf-8"
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        data, encoding = data.decode("utf-16", "replace").encode(), "utf-16"
    data = data.removeprefix(codecs.BOM_UTF8)
    if b"\r" in data and b"\n" not in data:
        data = data.replace(b"\r", b"\n")
    nul_lines = np.empty(0, np.int64)
    if b"\0" in data:
        nul_lines = _lines_of(data, np.flatnonzero(np.frombuffer(data, np.uint8) == 0))
        data = data.replace(b"\0", b"")
    if _is_utf8(data):
        return _Decoded(data, encoding, np.empty(0, np.int64), nul_lines)
    return _decode_mixed(data, nul_lines)


def _is_utf8(data: bytes) -> bool:
    """Check without making a copy of the text."""
    if len(data) >= 2**31:
        offsets, kind = pa.py_buffer(np.array([0, len(data)], np.int64)), pa.LargeStringArray
    else:
        offsets, kind = pa.py_buffer(np.array([0, len(data)], np.int32)), pa.StringArray
    try:
        kind.from_buffers(1, offsets, pa.py_buffer(data)).validate(full=True)
    except pa.ArrowInvalid:
        return False
    return True


def _decode_mixed(data: bytes, nul_lines: Offsets) -> _Decoded:
    """Take bytes that are not UTF-8 as Windows-1252, each by itself: files do mix the two."""
    places: list[int] = []

    def take(error: UnicodeError) -> tuple[str, int]:
        assert isinstance(error, UnicodeDecodeError)
        places.extend(range(error.start, error.end))
        odd = error.object[error.start : error.end]
        return "".join(_WINDOWS[byte] for byte in odd), error.end

    codecs.register_error("keten-cp1252", take)
    text = data.decode("utf-8", "keten-cp1252").encode()
    high = int(np.count_nonzero(np.frombuffer(data, np.uint8) >= 128))
    encoding = "cp1252" if high == len(places) else "utf-8"
    return _Decoded(text, encoding, _lines_of(data, np.array(places, np.int64)), nul_lines)


# Five bytes have no meaning in Windows-1252; Latin-1 gives each of them a control character.
_WINDOWS = [
    bytes([byte]).decode("cp1252", "ignore") or bytes([byte]).decode("latin-1")
    for byte in range(256)
]


def _lines_of(data: bytes, places: Offsets) -> Offsets:
    """Give the lines, counted from 1, in which places stand, each once."""
    ends = np.flatnonzero(np.frombuffer(data, np.uint8) == 10)
    return np.unique(np.searchsorted(ends, places)) + 1


# --- the heading ------------------------------------------------------------------------------


def _find_header(
    data: bytes, name: str, header: Sequence[str] | None
) -> tuple[bytes, tuple[str, ...], int]:
    """Give the delimiter, the headings, and where the first row of data begins."""
    start = len(data) - len(data.lstrip(b"\r\n"))
    told = re.match(rb"sep=([;,\t|])\r?\n", data[start : start + 16])  # Excel writes this
    if told:
        start += told.end()
    line = data[start : start + (1 << 16)].split(b"\n", 1)[0]
    if not line.strip():
        raise SourceError(f"{name} is empty.", "Download it again from the publisher.")
    delimiter = told[1] if told else _guess_delimiter(line)
    if header is not None:
        return delimiter, tuple(header), start
    row = RowReader(delimiter, 1 << 16).read(data, start)
    if row is None:
        raise SourceError(
            f"The heading of {name} cannot be read: {_shown(line)}.",
            "Check the quotes in its first line, or download it again from the publisher.",
        )
    return delimiter, _headings(row), row.end + 1


def _guess_delimiter(line: bytes) -> bytes:
    """Give the delimiter that stands most often outside quotes; without any, a semicolon."""
    bare = re.sub(rb'"[^"]*"', b"", line)
    best = max(_DELIMITERS, key=bare.count)
    return bytes([best])


def _headings(row: RowText) -> tuple[str, ...]:
    return tuple(field.decode("utf-8", "replace").strip().lstrip("\ufeff") for field in row.fields)


def _wanted(names: Sequence[str], keep: Collection[str] | None) -> list[int]:
    """Give the places of the columns wanted; of a heading that is there twice the first."""
    return [
        at
        for at, name in enumerate(names)
        if name and names.index(name) == at and (keep is None or name in keep)
    ]


# --- rows to columns --------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Block:
    data: bytes | memoryview
    rows: int


def _parse(
    data: bytes, rows: Rows, delimiter: bytes, columns: int, wanted: Sequence[int]
) -> list[pa.StringArray] | None:
    """Give the wanted columns of the readable rows; None when a row has other columns."""

    def parse(block: _Block) -> pa.Table | None:
        return _parse_block(block, delimiter, columns, wanted)

    tables: list[pa.Table] = []
    with ThreadPoolExecutor(2) as pool:
        for table in pool.map(parse, list(_blocks(data, rows, delimiter, columns))):
            if table is None:
                return None
            tables.append(table)
    return [_joined([table.column(at) for table in tables]) for at in range(len(wanted))]


def _joined(parts: list[pa.ChunkedArray]) -> pa.StringArray:
    chunks = [chunk for part in parts for chunk in part.chunks]
    if len(chunks) == 1:
        return chunks[0]
    if sum(chunk.nbytes for chunk in chunks) >= 2**31:
        chunks = [chunk.cast(pa.large_string()) for chunk in chunks]
    return pa.concat_arrays(chunks) if chunks else pa.array([], pa.string())


def _parse_block(
    block: _Block, delimiter: bytes, columns: int, wanted: Sequence[int]
) -> pa.Table | None:
    names = [f"c{at}" for at in range(columns)]
    kept = [names[at] for at in wanted]
    if not kept:
        return pa.table({})
    skipped: list[int] = []

    def skip(row: arrow_csv.InvalidRow) -> str:
        skipped.append(row.actual_columns)
        return "skip"

    table = arrow_csv.read_csv(
        pa.BufferReader(pa.py_buffer(block.data)),
        read_options=arrow_csv.ReadOptions(
            use_threads=False, block_size=len(block.data) + 1, column_names=names
        ),
        parse_options=arrow_csv.ParseOptions(
            delimiter=delimiter.decode(), newlines_in_values=True, invalid_row_handler=skip
        ),
        convert_options=arrow_csv.ConvertOptions(
            check_utf8=False,
            column_types=dict.fromkeys(kept, pa.string()),
            include_columns=kept,
            null_values=[""],
            strings_can_be_null=True,
            quoted_strings_can_be_null=True,
        ),
    )
    return table if not skipped and table.num_rows == block.rows else None


def _blocks(data: bytes, rows: Rows, delimiter: bytes, columns: int) -> Iterator[_Block]:
    """Cut the readable rows into blocks of about one size; whole stretches are not copied."""
    view, count, size = memoryview(data), 0, 0
    pending: list[bytes | memoryview] = []
    for first, last in _stretches(rows):
        stretch = view[int(rows.start[first]) : int(rows.end[last - 1])]
        if last - first == 1 and rows.state[first] == State.MENDED:
            stretch = memoryview(_requoted(data, int(rows.start[first]), delimiter, columns))
        if len(stretch) >= _BLOCK_BYTES // 2 and bytes(stretch[:3]) != codecs.BOM_UTF8:
            if count:
                yield _Block(b"\n".join(pending), count)
                pending, count, size = [], 0, 0
            yield _Block(stretch, last - first)
            continue
        # The parser would take a byte order mark for one if it came first.
        pending.extend((b"", stretch) if not pending else (stretch,))
        count, size = count + last - first, size + len(stretch)
        if size >= _BLOCK_BYTES:
            yield _Block(b"\n".join(pending), count)
            pending, count, size = [], 0, 0
    if count:
        yield _Block(b"\n".join(pending), count)


def _stretches(rows: Rows) -> Iterator[tuple[int, int]]:
    """Give runs of whole rows up to the size of a block, and mended rows one by one."""
    if len(rows) == 0:
        return
    bounds = np.flatnonzero(np.diff(rows.state) != 0) + 1
    for first, last in zip([0, *bounds.tolist()], [*bounds.tolist(), len(rows)], strict=True):
        if rows.state[first] == State.MENDED:
            yield from ((at, at + 1) for at in range(first, last))
        elif rows.state[first] == State.WHOLE:
            at = first
            while at < last:
                limit = rows.start[at] + _BLOCK_BYTES
                stop = int(np.searchsorted(rows.end[at:last], limit, "right")) + at
                yield at, max(stop, at + 1)
                at = max(stop, at + 1)


def _requoted(data: bytes, start: int, delimiter: bytes, columns: int) -> bytes:
    """Write a mended row anew with every field quoted, as the fast parser wants it."""
    row = RowReader(delimiter, len(data), columns).read(data, start)
    assert row is not None
    return delimiter.join(b'"' + field.replace(b'"', b'""') + b'"' for field in row.fields)


def _parse_one_by_one(
    data: bytes, rows: Rows, rule: Rule, wanted: Sequence[int]
) -> tuple[Rows, list[pa.StringArray]]:
    """Read row by row: slow, for text on which the scan and the fast parser do not agree."""
    state = rows.state.copy()
    values: list[list[str | None]] = [[] for _ in wanted]
    for at in np.flatnonzero(state <= State.MENDED).tolist():
        row = rule.reader.read(data, int(rows.start[at]))
        if row is None or len(row.fields) != rule.columns or row.end < rows.end[at]:
            state[at] = State.BROKEN if row is None else State.MISCOUNTED
            continue
        for column, field in zip(values, wanted, strict=True):
            column.append(row.fields[field].decode() or None)
    arrays = [pa.array(column, pa.string()) for column in values]
    return Rows(rows.start, rows.end, state), arrays


# --- what was found, and what was odd ---------------------------------------------------------


def _found(
    name: str,
    names: tuple[str, ...],
    delimiter: bytes,
    decoded: _Decoded,
    size_bytes: int,
    rows: Rows,
    line_ends: Offsets,
) -> Found:
    return Found(
        name=name,
        header=names,
        delimiter=delimiter.decode(),
        encoding=decoded.encoding,
        size_bytes=size_bytes,
        line=pa.array(np.searchsorted(line_ends, rows.start) + 1, pa.int64()),
        text=_slices(decoded.data, rows),
    )


def _slices(data: bytes, rows: Rows) -> pa.Array:
    """Give the text of each row, cut from the file's bytes as rows and the gaps between them."""
    large = len(data) >= 2**31
    if len(rows) == 0:
        return pa.array([], pa.large_string() if large else pa.string())
    bounds = np.column_stack([rows.start, rows.end]).ravel()
    kind = pa.LargeStringArray if large else pa.StringArray
    offsets: NDArray[np.int64 | np.int32] = bounds if large else bounds.astype(np.int32)
    both = kind.from_buffers(len(bounds) - 1, pa.py_buffer(offsets), pa.py_buffer(data))
    return both.take(pa.array(np.arange(0, len(bounds) - 1, 2)))


def _heading_issues(names: Sequence[str], file: int) -> Iterator[Issue]:
    for name in sorted({name for name in names if name and names.count(name) > 1}):
        yield Issue(
            "repeated-column",
            Severity.NOTE,
            Text(
                f"The heading names {name} more than once; the first is read.",
                f"De kop noemt {name} meer dan eens; de eerste is gelezen.",
            ),
            file,
            1,
            name,
        )


def _encoding_issues(decoded: _Decoded, found: Found, file: int) -> Iterator[Issue]:
    nul = Text("NUL bytes were taken out of the row.", "Er zijn nulbytes uit de rij gehaald.")
    yield from _row_notes("nul-bytes", nul, decoded.nul_lines, found, file)
    if decoded.encoding == "cp1252":
        many = len(_rows_at(decoded.foreign_lines, found))
        message = Text(
            f"The file is not UTF-8 ({many} rows); it was read as Windows-1252.",
            f"Het bestand is geen UTF-8 ({many} rijen); het is gelezen als Windows-1252.",
        )
        yield Issue("encoding", Severity.NOTE, message, file, 0, "", "cp1252")
    else:
        mixed = Text(
            "Bytes that are not UTF-8 were read as Windows-1252.",
            "Bytes die geen UTF-8 zijn, zijn gelezen als Windows-1252.",
        )
        yield from _row_notes("encoding", mixed, decoded.foreign_lines, found, file)


def _row_notes(
    code: str, message: Text, lines: Offsets, found: Found, file: int
) -> Iterator[Issue]:
    for at in _rows_at(lines, found):
        line, value = found.line[at].as_py(), found.text[at].as_py()
        yield Issue(code, Severity.NOTE, message, file, line, "", value[:_SHOWN])


def _rows_at(lines: Offsets, found: Found) -> list[int]:
    """Give the rows that lines are part of, each once; the heading is none."""
    at = np.searchsorted(np.asarray(found.line), lines, "right") - 1
    return [row for row in np.unique(at).tolist() if row >= 0]


def _row_issues(found: Found, rows: Rows, rule: Rule, file: int) -> Iterator[Issue]:
    for at in np.flatnonzero(rows.state != State.WHOLE).tolist():
        line, value = found.line[at].as_py(), found.text[at].as_py()
        state = State(int(rows.state[at]))
        if state != State.MENDED:
            code, why = _LOST[state]
            message = Text(
                f"The row could not be read: {why.en} ({rule.columns}).",
                f"De rij was niet te lezen: {why.nl} ({rule.columns}).",
            )
            yield Issue(code, Severity.ROW_LOST, message, file, line, "", value[:_SHOWN])
        elif '"' in value:
            message = Text(
                "A quote stands loose in a value; it was kept as part of the value.",
                "In een waarde staat een los aanhalingsteken; het hoort nu bij de waarde.",
            )
            yield Issue("loose-quote", Severity.NOTE, message, file, line, "", value[:_SHOWN])


def _shown(line: bytes) -> str:
    return line[:_SHOWN].decode("utf-8", "replace")
