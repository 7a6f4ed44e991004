"""Takes files of ROR apart into records, each with its place and its text; what they mean is for others."""

import ast
import gzip
import json
import re
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import pyarrow as pa

from keten.errors import SourceError
from keten.model import Found, Issue, Package, Severity, Text
from keten.sources.delivery import is_web_page, list_members, read_member
from keten.sources.listing import read_listing
from keten.sources.ror.record import Registered, read_record
from keten.sources.workbook import SheetLayout

LAYOUT: Final = SheetLayout(
    "ror",
    required=("name", "ror_id"),
    used=("types", "country", "aliases", "addresses"),
    ignored={"email_address": "empty in every row, and leads to persons"},
)
_LITERALS: Final = ("types", "country", "aliases", "addresses")
_DECODER: Final = json.JSONDecoder()
_SPACE: Final = re.compile(r"[\s,]*")
_VERSION: Final = re.compile(r"v(\d+(?:\.\d+)+)")
_SHOWN: Final = 200
_MAX_BYTES: Final = 1 << 30
_BROKEN: Final = Text("The record is no whole JSON object.", "Het record is geen heel JSON-object.")
_BAD_LITERAL: Final = Text(
    "The cell is no list or dictionary as Python writes them; it was left out.",
    "De cel is geen lijst of woordenboek zoals Python die schrijft; zij is weggelaten.",
)


@dataclass(frozen=True, slots=True)
class Stated:
    """One record of a file: where it stands, the release it was stated in, and what it says."""

    record_id: int
    version: str
    identifier: str
    registered: Registered


@dataclass(slots=True)
class RecordFile:
    """A file with its records, all rows as found, and what was odd; `keys` says where each is first."""

    found: Found
    records: list[Stated]
    issues: list[Issue]
    keys: dict[str, int]


def read_files(package: Package) -> Iterator[RecordFile]:
    """Give the files of a package one by one; a zip counts for each list of records in it.

    Raises: SourceError when a file is damaged as a whole.
    """
    index = 0
    for member in package.members:
        path = package.path / member
        if path.suffix == ".csv":
            yield _read_csv(package, member, index)
            index += 1
        elif path.suffix == ".zip":
            for inner in list_members(path):
                if inner.endswith(".json"):  # the csv beside it says less of the same
                    data = read_member(path, inner)
                    yield _read_json(inner, data, index, _version_of(inner) or _version_of(member))
                    index += 1
        else:
            yield _read_json(member, _unpack(path), index, _version_of(member))
            index += 1


def _version_of(name: str) -> str:
    match = _VERSION.search(name)
    return match[1] if match else ""


def _unpack(path: Path) -> bytes:
    try:
        with path.open("rb") as raw:
            stream = gzip.GzipFile(fileobj=raw) if path.suffix == ".gz" else raw
            data = stream.read(_MAX_BYTES + 1)
    except (EOFError, zlib.error, OSError) as damage:
        raise SourceError(
            f"{path} cannot be unpacked: {damage}.",
            "Download it again; a download cut short looks like this.",
        ) from damage
    if len(data) > _MAX_BYTES:
        raise SourceError(f"{path} unpacks to more than {_MAX_BYTES:,} bytes.", "Check its origin.")
    return data


def _read_json(name: str, data: bytes, index: int, version: str) -> RecordFile:
    text = data.decode("utf-8-sig", "replace")
    if is_web_page(data[:512]) or not text.strip():
        raise SourceError(f"{name} is a web page or empty, no JSON.", "Download it again.")
    pieces: list[str] = []
    records: list[Stated] = []
    issues: list[Issue] = []
    keys: dict[str, int] = {}
    for place, (piece, value) in enumerate(_pieces(text), 1):  # one by one: they are many
        pieces.append(piece)
        if not isinstance(value, dict):
            shown = piece[:_SHOWN]
            issues.append(
                Issue("broken-object", Severity.ROW_LOST, _BROKEN, index, place, "", shown)
            )
            continue
        stated = value["record"] if isinstance(value.get("record"), dict) else value
        release = _version_of(str(value.get("_source_path") or "")) or version
        for key in stated:
            keys.setdefault(key, place)
        records.append(_state((index << 32) + place, release, stated))
    return RecordFile(_found(name, len(data), pieces), records, issues, keys)


def _state(record_id: int, version: str, values: dict[str, Any]) -> Stated:
    return Stated(record_id, version, str(values.get("id") or ""), read_record(values))


def _pieces(text: str) -> Iterator[tuple[str, Any]]:
    """Give each record as it stands and as it reads: of a list, of lines, or of one object."""
    start = len(text) - len(text.lstrip())
    if text[start] != "[":
        for line in text.splitlines():
            if line.strip():
                yield line, _parse(line)
        return
    at = _end_of_space(text, start + 1)
    while at < len(text) and text[at] != "]":
        try:
            value, end = _DECODER.raw_decode(text, at)
        except ValueError:
            yield text[at:].strip(), None
            return
        yield text[at:end], value
        at = _end_of_space(text, end)


def _end_of_space(text: str, at: int) -> int:
    match = _SPACE.match(text, at)
    return match.end() if match else at


def _parse(line: str) -> Any:
    try:
        return json.loads(line)
    except (ValueError, RecursionError):
        return None


def _found(name: str, size: int, pieces: list[str]) -> Found:
    return Found(
        name=name,
        header=(),
        delimiter="",
        encoding="utf-8",
        size_bytes=size,
        line=pa.array(range(1, len(pieces) + 1), pa.int64()),
        text=pa.array(pieces, pa.large_string()),
    )


def _read_csv(package: Package, member: str, index: int) -> RecordFile:
    sheet = read_listing(package, member, LAYOUT, index)
    records = []
    for row in sheet.rows:
        values = dict(row.values)
        for heading in _LITERALS:
            cell = values.get(heading)
            try:
                values[heading] = ast.literal_eval(str(cell)) if cell else None
            except (ValueError, SyntaxError, MemoryError, RecursionError):
                sheet.doubt(row, "bad-literal", _BAD_LITERAL, heading)
                values[heading] = None
        number = str(values.pop("ror_id") or "").strip()
        values["id"] = f"https://ror.org/{number}" if number else None
        records.append(_state(row.record_id, "1.0", values))
    return RecordFile(sheet.found, records, sheet.issues, {})
