"""What a source is, which files it came in, and what a reader hands over."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

import pyarrow as pa

from keten.model.issue import Issue
from keten.model.text import Text


@dataclass(frozen=True, slots=True)
class SourceCard:
    """Who publishes a source, under which licence, and what it can and cannot show."""

    source: str
    title: Text
    publisher: str
    licence: str
    licence_address: str
    address: str
    attribution: str
    coverage: Text
    caveats: Mapping[str, Text] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Package:
    """A publisher's delivery as it lies on disk: a zip, a folder or a file, of one source.

    `release` tells deliveries of one source apart (`he`, `h2020`, `nuts2024`); `members` are paths
    inside the zip or folder, in sorted order; a single file has its own name as only member.
    """

    source: str
    release: str
    path: Path
    members: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Found:
    """One file as it was found: every row of it, verbatim.

    `line` (int64) is where each row begins, counted from 1 with the heading; `text` (large_string
    or string) is the row as it stands in the file without its line end. Both have one entry per row
    of data, readable or not, and their length is counted apart from the parser that types the rows.
    """

    name: str
    header: tuple[str, ...]
    delimiter: str
    encoding: str
    size_bytes: int
    line: pa.Array
    text: pa.Array


@dataclass(frozen=True, slots=True)
class Reading:
    """What a reader hands over for one package.

    `tables` maps a table's name to typed rows, the first column always `record_id` (int64): index
    of the file in `files` times 2**32, plus the line. `typed_from` says which file index each table
    was made from, and `typed_from_all` which were made from all files together, so that rows found =
    rows typed + rows lost can be held to account.
    """

    package: Package
    files: tuple[Found, ...]
    tables: Mapping[str, pa.Table]
    typed_from: Mapping[str, int]
    issues: tuple[Issue, ...]
    caveats: tuple[str, ...] = ()
    typed_from_all: tuple[str, ...] = ()
