"""Sheets: entries of plain files as rows of a table, for CSV and Excel, read back without any loss.

A cell holds words as they are, and everything else, or words that could be taken for it, as JSON; nothing
stands where a field is absent. A value with fields has a column for each of them. No cell can run.
"""

import csv
import io
import json
import re
import zipfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, Final

from openpyxl import Workbook, load_workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.utils.exceptions import InvalidFileException

from keten.workspace.rules import refusal

SHEET_FORMS: Final = ("csv", "xlsx")
RUNS: Final = ("=", "+", "-", "@", "\t", "\r")  # how a cell begins that a spreadsheet would compute
_MARK: Final = "'"  # before words that would run, or begin with this mark
_LONGEST: Final = (
    32_000  # characters that a cell of a workbook holds; what is longer goes on beside it
)
_VALUE: Final = "value"
_KEY: Final = re.compile(r"[^\x00-\x1f\x7f-\x9f\u00bb\u2028\u2029\ufeff\ufffe\uffff]{1,100}")
_MORE: Final = re.compile(r"(.*) » (\d+)", re.DOTALL)
# Signs that XML cannot hold or a reader of it changes, and what openpyxl takes for such a sign.
_ODD: Final = re.compile(
    r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]|_(?=x[0-9A-Fa-f]{4}_)"
)
_EPOCH: Final = (1980, 1, 1, 0, 0, 0)


def write_sheet(entries: Iterable[Mapping[str, Any]], form: str) -> bytes:
    """Give entries as a table: a heading, then a row for each. The same entries give the same bytes."""
    rows = [dict(_spread(entry)) for entry in entries]
    names = list(dict.fromkeys(name for row in rows for name in row))
    ordered = [name for name in names if not name.startswith(_VALUE)]
    ordered += sorted(name for name in names if name.startswith(_VALUE))
    lines = [[row.get(name, "") for name in ordered] for row in rows]
    return _write_csv(ordered, lines) if form == "csv" else _write_workbook(ordered, lines)


def read_sheet(content: bytes, form: str, name: str) -> list[dict[str, Any]]:
    """Give the entries of a table.

    Raises: WorkspaceError when it is no table that keten could have written.
    """
    try:
        rows = list(_read_csv(content) if form == "csv" else _read_workbook(content))
    except (
        UnicodeDecodeError, csv.Error, zipfile.BadZipFile, InvalidFileException, KeyError, ValueError,
        OSError,
    ) as error:  # fmt: skip
        raise refusal(f"{name} is no table: {error}.", "Export it anew.") from error
    if not rows:
        return []
    head = [str(cell) for cell in rows[0]]
    if len(set(head)) < len(head):
        raise refusal(f"{name} has a heading twice.", "Take one of the two columns away.")
    return [_gather(dict(zip(head, row, strict=False))) for row in rows[1:] if any(row)]


def _spread(entry: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Give the cells of an entry, each with the name of its column."""
    for name, value in entry.items():
        if (
            name == _VALUE
            and isinstance(value, Mapping)
            and value
            and all(map(_KEY.fullmatch, value))
        ):
            for key, item in value.items():
                yield f"{_VALUE}.{key}", _write_cell(item)
        else:
            yield name, _write_cell(value)


def _gather(cells: Mapping[str, str]) -> dict[str, Any]:
    """Give the entry of a row, put together from its cells."""
    entry: dict[str, Any] = {}
    value: dict[str, Any] = {}
    for name, cell in cells.items():
        if cell == "" or not name:
            continue
        if name.startswith(f"{_VALUE}."):
            value[name.removeprefix(f"{_VALUE}.")] = _read_cell(cell)
        else:
            entry[name] = _read_cell(cell)
    return entry | {_VALUE: value} if value else entry


def _write_cell(value: Any) -> str:
    if not isinstance(value, str):
        return _as_json(value)
    if value == "" or _ODD.search(value) or _is_json(value) or value != value.strip("\n"):
        return _as_json(value)
    return f"{_MARK}{value}" if value.startswith((_MARK, *RUNS)) else value


def _read_cell(cell: str) -> Any:
    if cell.startswith(_MARK):
        return cell[1:]
    return json.loads(cell) if _is_json(cell) else cell


def _as_json(value: Any) -> str:
    text = json.dumps(value, ensure_ascii=False, sort_keys=True)
    return _ODD.sub(lambda found: f"\\u{ord(found[0]):04x}", text)


def _is_json(text: str) -> bool:
    try:
        json.loads(text)
    except (ValueError, RecursionError):
        return False
    return True


def _write_csv(names: Sequence[str], lines: Iterable[Sequence[str]]) -> bytes:
    into = io.StringIO(newline="")
    writer = csv.writer(into, lineterminator="\r\n")
    writer.writerow(names)
    writer.writerows(lines)
    return ("\ufeff" + into.getvalue()).encode()  # by this mark spreadsheets know the encoding


def _read_csv(content: bytes) -> Iterator[list[str]]:
    csv.field_size_limit(max(len(content), 131_072))
    text = content.decode("utf-8-sig")
    first = text.partition("\n")[0]
    # A Dutch spreadsheet that saves it again puts a semicolon between cells.
    delimiter = ";" if first.count(";") > first.count(",") else ","
    yield from csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)


def _write_workbook(names: Sequence[str], lines: Sequence[Sequence[str]]) -> bytes:
    parts = [
        max((1, *(-(-len(line[place]) // _LONGEST) for line in lines)))
        for place in range(len(names))
    ]
    book = Workbook(write_only=True)
    page = book.create_sheet("keten")
    page.freeze_panes = "A2"

    def put(text: str) -> Any:
        if not text:
            return None
        cell = WriteOnlyCell(page, text)
        cell.data_type = "s"
        cell.quotePrefix = text.startswith(RUNS)
        return cell

    heads = (
        name if part == 0 else f"{name} » {part + 1}"
        for name, count in zip(names, parts, strict=True)
        for part in range(count)
    )
    page.append([put(name) for name in heads])
    for line in lines:
        page.append(
            [
                put(text[part * _LONGEST : (part + 1) * _LONGEST])
                for text, count in zip(line, parts, strict=True)
                for part in range(count)
            ]
        )
    into = io.BytesIO()
    book.save(into)
    return _without_moments(into.getvalue())


def _without_moments(content: bytes) -> bytes:
    """Give a workbook that says nothing of when it was made, so that the same is the same."""
    into = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(into, "w") as new:
        for name in sorted(old.namelist()):
            part = old.read(name)
            if name == "docProps/core.xml":
                part = re.sub(rb"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", b"1980-01-01T00:00:00Z", part)
            new.writestr(zipfile.ZipInfo(name, _EPOCH), part, zipfile.ZIP_DEFLATED)
    return into.getvalue()


def _read_workbook(content: bytes) -> Iterator[list[str]]:
    book = load_workbook(io.BytesIO(content), read_only=True)
    rows = book.worksheets[0].iter_rows(values_only=True)
    head = [_as_text(cell) for cell in next(rows, ())]
    whole = [place for place, name in enumerate(head) if not _MORE.fullmatch(name)]
    yield [head[place] for place in whole]
    for row in rows:
        cells = [_as_text(cell) for cell in row] + [""] * (len(head) - len(row))
        joined = {place: cells[place] for place in whole}
        at = -1
        for place in range(len(head)):
            if place in joined:
                at = place
            elif at >= 0:
                joined[at] += cells[place]
        yield list(joined.values())


def _as_text(cell: Any) -> str:
    """Give a cell as it was written; what somebody typed as a number is one in JSON, too."""
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "true" if cell else "false"
    if isinstance(cell, float) and cell.is_integer() and abs(cell) < 2**53:
        return str(int(cell))
    return str(cell)
