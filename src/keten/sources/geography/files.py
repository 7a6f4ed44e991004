"""Small files read row by row, so that each row ends as a typed row or as an issue.

Geography comes in files of a few megabytes: they are read whole, with Python's own csv and json.
What the rows mean is left to `nuts` and `netherlands`.
"""

import csv
import io
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pyarrow as pa

from keten.errors import SourceError
from keten.model import Found, Issue, Severity, Text

FILE_STRIDE = 2**32  # record_id = index of the file * FILE_STRIDE + line
_UNEXPECTED = Text(
    "Keten does not know this column; it was not read.",
    "Keten kent deze kolom niet; zij is niet gelezen.",
)


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a delimited file, or one feature of a GeoJSON file (then with its geometry)."""

    line: int
    record_id: int
    values: Mapping[str, str]
    geometry: Mapping[str, Any] | None = None


@dataclass(slots=True)
class Sheet:
    """One file as it was found, with the rows that could be read and the issues of the others."""

    index: int
    found: Found
    rows: list[Row]
    issues: list[Issue] = field(default_factory=list)

    def lose(self, row: Row, code: str, message: Text, column: str = "") -> None:
        """Note that a row could be read but not typed."""
        value = row.values.get(column, "")
        self.issues.append(
            Issue(code, Severity.ROW_LOST, message, self.index, row.line, column, value[:200])
        )

    def doubt(self, row: Row, code: str, message: Text, column: str = "") -> None:
        """Note that one value of a row that is kept could not be used."""
        value = row.values.get(column, "")
        self.issues.append(
            Issue(code, Severity.VALUE_LOST, message, self.index, row.line, column, value[:200])
        )


def read_text(path: Path) -> str:
    """Give a file as text; UTF-8 with or without byte order mark."""
    try:
        return path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise SourceError(
            f"{path.name} is not UTF-8 (byte {error.start}).",
            "Fetch the publisher's own file again; it is in UTF-8.",
        ) from error
    except OSError as error:
        raise SourceError(
            f"{path.name} cannot be read: {error.strerror}.", "Check the file and its permissions."
        ) from error


def read_delimited(
    path: Path,
    index: int,
    delimiter: str,
    used: Iterable[str],
    ignored: Iterable[str],
) -> Sheet:
    """Read a delimited file with a heading.

    A line of delimiters only is no row of data; each run of them becomes one note.

    Raises: SourceError when a column that is used is missing.
    """
    text = read_text(path)
    lines = list(io.StringIO(text, newline=""))
    reader = csv.reader(lines, delimiter=delimiter)
    header = tuple(next(reader, ()))
    _check_columns(path.name, header, used)
    issues = [
        Issue("unknown-column", Severity.NOTE, _UNEXPECTED, index, 1, name)
        for name in header
        if name and name not in {*used, *ignored}
    ]
    rows: list[Row] = []
    starts: list[int] = []
    texts: list[str] = []
    empty: list[int] = []
    begin = reader.line_num + 1
    for cells in reader:
        end = reader.line_num
        as_found = "".join(lines[begin - 1 : end]).rstrip("\r\n")
        if not any(cell.strip() for cell in cells):
            empty.append(begin)
        else:
            starts.append(begin)
            texts.append(as_found)
            if len(cells) == len(header):
                values = dict(zip(header, (cell.strip() for cell in cells), strict=True))
                rows.append(Row(begin, index * FILE_STRIDE + begin, values))
            else:
                message = Text(
                    f"{len(cells)} values where the heading has {len(header)}.",
                    f"{len(cells)} waarden waar de kop er {len(header)} heeft.",
                )
                lost = Severity.ROW_LOST
                issues.append(Issue("wrong-width", lost, message, index, begin, "", as_found[:200]))
        begin = end + 1
    issues += [
        Issue("empty-lines", Severity.NOTE, _say_empty(count), index, first)
        for first, count in _runs(empty)
    ]
    found = _found(path, header, delimiter, starts, texts)
    return Sheet(index, found, rows, issues)


def read_features(path: Path, index: int, used: Sequence[str], ignored: Iterable[str]) -> Sheet:
    """Read a GeoJSON collection: a feature is a row, its line the running number from 1.

    Raises: SourceError when the file is no collection of features.
    """
    text = read_text(path)
    pieces = _split_features(path.name, text)
    rows: list[Row] = []
    issues: list[Issue] = []
    seen: dict[str, None] = {}
    for line, piece in enumerate(pieces, 1):
        try:
            feature = json.loads(piece)
            properties = feature["properties"]
            geometry = feature["geometry"]
        except (ValueError, KeyError, TypeError) as error:
            message = Text(
                f"This is no feature with properties and geometry: {error}.",
                f"Dit is geen object met eigenschappen en een omtrek: {error}.",
            )
            issues.append(
                Issue("unreadable-row", Severity.ROW_LOST, message, index, line, "", piece[:200])
            )
            continue
        seen.update(dict.fromkeys(properties))
        values = {name: "" if value is None else str(value) for name, value in properties.items()}
        rows.append(Row(line, index * FILE_STRIDE + line, values, geometry))
    if pieces and rows:
        _check_columns(path.name, tuple(seen), used)
    issues += [
        Issue("unknown-column", Severity.NOTE, _UNEXPECTED, index, 0, name)
        for name in seen
        if name not in {*used, *ignored}
    ]
    found = _found(path, tuple(seen), "", list(range(1, len(pieces) + 1)), pieces)
    return Sheet(index, found, rows, issues)


def _say_empty(count: int) -> Text:
    if count == 1:
        return Text("A line without any value.", "Een regel zonder enige waarde.")
    return Text(
        f"{count} lines without any value, from here on.",
        f"{count} regels zonder enige waarde, vanaf hier.",
    )


def _runs(lines: Sequence[int]) -> list[tuple[int, int]]:
    """Give runs of adjoining lines as first line and length."""
    runs: list[tuple[int, int]] = []
    for line in lines:
        if runs and line == sum(runs[-1]):
            runs[-1] = (runs[-1][0], runs[-1][1] + 1)
        else:
            runs.append((line, 1))
    return runs


def _split_features(name: str, text: str) -> list[str]:
    """Cut a collection into the text of its features, verbatim."""
    decoder = json.JSONDecoder()
    start = text.find('"features"')
    start = text.find("[", start) if start >= 0 else -1
    if start < 0:
        raise SourceError(
            f"{name} holds no GeoJSON feature collection.", "Fetch the publisher's GeoJSON file."
        )
    pieces: list[str] = []
    at = start + 1
    while True:
        while at < len(text) and text[at] in " \t\r\n,":
            at += 1
        if at < len(text) and text[at] == "]":
            return pieces
        try:
            _, end = decoder.raw_decode(text, at)
        except ValueError as error:
            raise SourceError(
                f"{name} breaks off inside feature {len(pieces) + 1}.",
                "The file is incomplete or damaged: fetch it again.",
            ) from error
        pieces.append(text[at:end])
        at = end


def _check_columns(name: str, header: Sequence[str], used: Iterable[str]) -> None:
    missing = [column for column in used if column not in header]
    if missing:
        raise SourceError(
            f"{name} lacks the column(s) {', '.join(missing)}.",
            "Check that it is the publisher's file; its columns may have been renamed.",
        )


def _found(
    path: Path, header: tuple[str, ...], delimiter: str, starts: list[int], texts: list[str]
) -> Found:
    return Found(
        name=path.name,
        header=header,
        delimiter=delimiter,
        encoding="utf-8",
        size_bytes=path.stat().st_size,
        line=pa.array(starts, pa.int64()),
        text=pa.array(texts, pa.large_string()),
    )
