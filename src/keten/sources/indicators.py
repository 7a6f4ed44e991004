"""What every source of regional indicators hands over: values by region and year, and their names."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final, NamedTuple

import pyarrow as pa

from keten.model import Package

INDICATOR: Final = pa.schema(
    [
        ("record_id", pa.int64()),
        ("indicator", pa.string()),
        ("region_published", pa.string()),
        ("year", pa.int16()),
        ("value", pa.float64()),
        ("unit", pa.string()),
        ("flag", pa.string()),
    ]
)
INDICATOR_NAME: Final = pa.schema(
    [
        ("record_id", pa.int64()),
        ("indicator", pa.string()),
        ("source", pa.string()),
        ("title_en", pa.string()),
        ("title_nl", pa.string()),
        ("unit", pa.string()),
        ("period", pa.string()),
        ("level", pa.string()),
        ("higher_is_better", pa.bool_()),
    ]
)
INDICATOR_AREA: Final = pa.schema(
    [
        ("record_id", pa.int64()),
        ("source", pa.string()),
        ("region_published", pa.string()),
        ("name", pa.string()),
        ("part", pa.string()),
        ("part_name", pa.string()),
    ]
)

_REGION = re.compile(r"[A-Z]{2}[0-9A-Z]{0,3}|[A-Z]{2}_C|EU27_2020")
# A comma before three digits could mean thousands as well as decimals, so such a text is not read.
_FLAGGED = re.compile(
    r"([-+]?[0-9]+(?:\.[0-9]+|,(?:[0-9]{1,2}|[0-9]{4,}))?(?:[eE][-+]?[0-9]{1,3})?|:)\s*([a-z]{0,3})"
)
_ABSENT: Final = frozenset({"", ":", "NA", "N/A", "n/a", "-", ".."})


class Number(NamedTuple):
    """What a cell means: a value or none, the publisher's flag, and whether it could be read."""

    value: float | None
    flag: str
    is_read: bool = True


@dataclass(slots=True)
class Values:
    """The rows of `indicator` as they are gathered, column by column."""

    columns: dict[str, list[object]] = field(
        default_factory=lambda: {name: [] for name in INDICATOR.names}
    )

    def add(
        self, record_id: int, indicator: str, region: str, year: int, number: Number, unit: str
    ) -> None:
        """Add one value."""
        row = (record_id, indicator, region, year, number.value, unit, number.flag or None)
        for name, value in zip(INDICATOR.names, row, strict=True):
            self.columns[name].append(value)

    def table(self) -> pa.Table:
        """Give all that was gathered."""
        return pa.table(self.columns, schema=INDICATOR)


def is_region(code: str) -> bool:
    """Say whether a code has the form of a region, a country, or a capital with its surroundings."""
    return bool(_REGION.fullmatch(code))


def read_number(cell: object) -> Number:
    """Read a number that may have a flag glued to it (`5400 p`), or stand for none (`:`, `NA`)."""
    if cell is None:
        return Number(None, "")
    if isinstance(cell, bool):
        return Number(None, "", is_read=False)
    if isinstance(cell, int | float):
        return Number(float(cell), "")
    text = str(cell).strip()
    if text in _ABSENT:
        return Number(None, text)
    match = _FLAGGED.fullmatch(text)
    if match is None:
        return Number(None, "", is_read=False)
    if match[1] == ":":
        return Number(None, f": {match[2]}")
    return Number(float(match[1].replace(",", ".")), match[2])


def read_year(cell: object) -> int | None:
    """Give the last year that a cell names (`2022`, `Average 2019–2021`); None when it names none."""
    years = re.findall(r"(?<![0-9])(?:19|20)[0-9]{2}(?![0-9])", str(cell))
    return int(years[-1]) if years else None


def find_files(root: Path, pattern: re.Pattern[str], source: str) -> list[Package]:
    """Give the files in a data folder, or in a folder of it, that bear the publisher's name.

    Each is a package of its own, its release the name of the file without ending.
    """
    if not root.is_dir():
        return []
    places: Sequence[Path] = (root, *(path for path in root.iterdir() if path.is_dir()))
    files = sorted(
        path
        for place in places
        for path in place.iterdir()
        if path.is_file() and pattern.fullmatch(path.name)
    )
    return [Package(source, path.stem.lower(), path, (path.name,)) for path in files]
