"""Regions of Europe: the NUTS of 2024, and what became of the codes of earlier editions.

The publisher's tables of changes say what happened in words, and are not at hand for every edition;
what they all have is a list of codes and names. So succession is derived: a region follows another
of the same country and level when it has the same name, and a region above follows when all that it
held went to one parent. What was cut up gets no successor; `evidence.locate` then goes by the
coordinates.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import pyarrow as pa
import shapely
from anyascii import anyascii

from keten.model import Text, region_level
from keten.sources.geography.files import Row, Sheet
from keten.sources.geography.outline import draw_outline, project

CURRENT: Final = "2024"

FEATURES_USED: Final = ("NUTS_ID", "LEVL_CODE", "CNTR_CODE", "NAME_LATN", "NUTS_NAME")
FEATURES_IGNORED: Final = ("MOUNT_TYPE", "URBN_TYPE", "COAST_TYPE", "geo", "FID", "id")
LIST_USED: Final = ("Country code", "NUTS Code", "NUTS label", "NUTS level")
LIST_IGNORED: Final = ("Country order", "#")
FORMER_USED: Final = ("CNTR_CODE", "NUTS_ID", "NUTS_NAME")
FORMER_IGNORED: Final = ("NAME_LATN", "MOUNT_TYPE", "URBN_TYPE", "COAST_TYPE", "LEVL_CODE", "FID")

_CODE = re.compile(r"[A-Z]{2}[0-9A-Z]{0,3}")

REGION: Final = pa.schema(
    [
        ("record_id", pa.int64()),
        ("code", pa.string()),
        ("level", pa.int16()),
        ("country", pa.string()),
        ("name", pa.string()),
        ("name_latin", pa.string()),
        ("parent", pa.string()),
        ("vintage", pa.string()),
        ("latitude", pa.float64()),
        ("longitude", pa.float64()),
        ("geometry_wkb", pa.binary()),
        ("outline", pa.string()),
    ]
)
REGION_FORMER: Final = pa.schema(
    [
        ("record_id", pa.int64()),
        ("code", pa.string()),
        ("name", pa.string()),
        ("level", pa.int16()),
        ("country", pa.string()),
        ("vintage", pa.string()),
        ("successor", pa.string()),
        ("change", pa.string()),
    ]
)
REGION_LIST: Final = pa.schema(
    [
        ("record_id", pa.int64()),
        ("code", pa.string()),
        ("name", pa.string()),
        ("level", pa.int16()),
        ("country", pa.string()),
        ("vintage", pa.string()),
        ("is_drawn", pa.bool_()),
    ]
)


@dataclass(frozen=True, slots=True)
class Listed:
    """A region of some edition, as listed."""

    row: Row
    code: str
    name: str
    vintage: str


def say_no_outline(name: str) -> Text:
    """Say that the outline of an area cannot be used."""
    return Text(f"The outline of {name} cannot be read.", f"De omtrek van {name} is niet te lezen.")


def _no_code(code: str) -> Text:
    return Text(f"'{code}' is no NUTS code.", f"'{code}' is geen NUTS-code.")


def _stands_before(code: str) -> Text:
    return Text(f"{code} stands in the file before.", f"{code} staat al eerder in het bestand.")


def _other_level(code: str) -> Text:
    return Text(
        f"The code {code} is of another level than the row says.",
        f"De code {code} is van een ander niveau dan de rij zegt.",
    )


def read_regions(sheet: Sheet, geometries: Mapping[int, Any]) -> list[dict[str, Any]]:
    """Type the features of the current edition; `geometries` by line, in WGS84."""
    kept: list[tuple[Row, str]] = []
    codes: set[str] = set()
    for row in sheet.rows:
        code = row.values["NUTS_ID"]
        if not _CODE.fullmatch(code):
            sheet.lose(row, "bad-code", _no_code(code), "NUTS_ID")
        elif code in codes:
            sheet.lose(row, "repeated-code", _stands_before(code), "NUTS_ID")
        elif row.line not in geometries:
            sheet.lose(row, "bad-geometry", say_no_outline(code), "NUTS_ID")
        else:
            codes.add(code)
            kept.append((row, code))
            if row.values["LEVL_CODE"] != str(region_level(code)):
                sheet.doubt(row, "odd-level", _other_level(code), "LEVL_CODE")
    shapes = np.array([geometries[row.line] for row, _ in kept], dtype=object)
    inside = shapely.point_on_surface(shapes)
    flat = project(shapes, 4326)
    return [
        {
            "record_id": row.record_id,
            "code": code,
            "level": region_level(code),
            "country": code[:2],
            "name": row.values["NUTS_NAME"],
            "name_latin": row.values["NAME_LATN"] or anyascii(row.values["NUTS_NAME"]),
            "parent": code[:-1] if len(code) > 2 else None,
            "vintage": CURRENT,
            "latitude": round(float(inside[place].y), 5),
            "longitude": round(float(inside[place].x), 5),
            "geometry_wkb": shapely.to_wkb(shapes[place]),
            "outline": draw_outline(flat[place]),
        }
        for place, (row, code) in enumerate(kept)
    ]


def read_former(sheet: Sheet, vintage: str) -> list[Listed]:
    """Type the rows of an edition's list of codes and names."""
    former: list[Listed] = []
    codes: set[str] = set()
    for row in sheet.rows:
        code = row.values["NUTS_ID"]
        if not _CODE.fullmatch(code):
            sheet.lose(row, "bad-code", _no_code(code), "NUTS_ID")
        elif code in codes:
            sheet.lose(row, "repeated-code", _stands_before(code), "NUTS_ID")
        else:
            codes.add(code)
            former.append(Listed(row, code, row.values["NUTS_NAME"], vintage))
    return former


def read_list(sheet: Sheet) -> list[Listed]:
    """Type the rows of the publisher's list of the current edition (extra-regio codes too)."""
    listed: list[Listed] = []
    for row in sheet.rows:
        code = row.values["NUTS Code"]
        if not _CODE.fullmatch(code):
            sheet.lose(row, "bad-code", _no_code(code), "NUTS Code")
            continue
        if row.values["NUTS level"] != str(region_level(code)):
            sheet.doubt(row, "odd-level", _other_level(code), "NUTS level")
        listed.append(Listed(row, code, row.values["NUTS label"], CURRENT))
    return listed


def describe_list(listed: Iterable[Listed], names: Mapping[str, str]) -> list[dict[str, Any]]:
    """Give the rows of one edition's list, and whether the current map draws that code."""
    return [
        {
            "record_id": region.row.record_id,
            "code": region.code,
            "name": region.name,
            "level": region_level(region.code),
            "country": region.code[:2],
            "vintage": region.vintage,
            "is_drawn": region.code in names,
        }
        for region in listed
    ]


def keep_last(former: Sequence[Listed], current_countries: Iterable[str]) -> list[dict[str, Any]]:
    """Give regions of countries that left the classification, in the last edition they are in."""
    present = set(current_countries)
    last: dict[str, str] = {}
    for region in former:
        country = region.code[:2]
        last[country] = max(last.get(country, ""), region.vintage)
    return [
        {
            "record_id": region.row.record_id,
            "code": region.code,
            "level": region_level(region.code),
            "country": region.code[:2],
            "name": region.name,
            "name_latin": anyascii(region.name),
            "parent": region.code[:-1] if len(region.code) > 2 else None,
            "vintage": region.vintage,
            "latitude": None,
            "longitude": None,
            "geometry_wkb": None,
            "outline": None,
        }
        for region in former
        if region.code[:2] not in present and region.vintage == last[region.code[:2]]
    ]


def trace_successors(former: Sequence[Listed], names: Mapping[str, str]) -> list[dict[str, Any]]:
    """Say what each former code is in the current edition; `names` are those of now, by code."""
    by_vintage: dict[str, dict[str, Listed]] = defaultdict(dict)
    for region in former:
        by_vintage[region.vintage][region.code] = region
    traced: list[dict[str, Any]] = []
    for vintage in sorted(by_vintage):
        regions = by_vintage[vintage]
        fate = _trace_vintage(regions, names)
        for code in sorted(regions):
            successor, change = fate[code]
            traced.append(
                {
                    "record_id": regions[code].row.record_id,
                    "code": code,
                    "name": regions[code].name,
                    "level": region_level(code),
                    "country": code[:2],
                    "vintage": vintage,
                    "successor": successor,
                    "change": change,
                }
            )
    return traced


def _trace_vintage(
    regions: Mapping[str, Listed], names: Mapping[str, str]
) -> dict[str, tuple[str | None, str]]:
    same_name: dict[tuple[str, int, str], list[str]] = defaultdict(list)
    for code in sorted(names):
        same_name[(code[:2], len(code), name_key(names[code]))].append(code)
    fate: dict[str, tuple[str | None, str]] = {}
    # From the smallest regions up, because what a region became follows from what it held.
    for code in sorted(regions, key=lambda code: (-len(code), code)):
        if code in names:
            is_same = name_key(names[code]) == name_key(regions[code].name)
            fate[code] = (code, "same" if is_same else "renamed")
            continue
        held = [successor for child, (successor, _) in fate.items() if child[:-1] == code]
        parents = {successor[:-1] for successor in held if successor is not None}
        key = name_key(regions[code].name)
        named = same_name[(code[:2], len(code), key)]
        if len(parents) > 1:
            fate[code] = (None, "split")
        elif parents and None not in held:
            fate[code] = (parents.pop(), "recoded")
        elif len(named) == 1:
            fate[code] = (named[0], "recoded")
        else:
            merged = _find_merger(code, key, regions, names)
            fate[code] = (merged, "merged" if merged else "discontinued")
    return fate


def _find_merger(
    code: str, key: str, regions: Mapping[str, Listed], names: Mapping[str, str]
) -> str | None:
    """Give the one new region that has all words of this one's name, such as Tournai-Mouscron."""
    words = set(key.split())
    new = [
        candidate
        for candidate, name in names.items()
        if candidate[:2] == code[:2]
        and len(candidate) == len(code)
        and candidate not in regions
        and words <= set(name_key(name).split())
    ]
    return new[0] if len(new) == 1 else None


def name_key(name: str) -> str:
    """Give a name without case, accents and punctuation, so that spellings of it compare equal."""
    text = anyascii(name).lower()
    text = re.sub(r"\([a-z]{2}\)", " ", text)
    return " ".join(re.findall(r"[a-z0-9]+", re.sub(r"(?<=[a-z])'(?=s-)", " '", text)))
