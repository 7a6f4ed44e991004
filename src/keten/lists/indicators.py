"""Figures of a sheet: what people measured themselves of a region or a value chain, with its source.

A figure of a list stands beside the evidence, never in it: its line is all there is behind it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import TYPE_CHECKING, Any, Final

from keten.lists.columns import fold
from keten.lists.preview import Asked
from keten.lists.read import Book, Value, address
from keten.lists.rows import as_json
from keten.lists.things import CellRow, Difference, ThingPreview, ThingRow, read_cells
from keten.lists.values import is_empty, write_text
from keten.lists.views import Problem
from keten.lists.vocabulary import INDICATORS, VOCABULARIES
from keten.model import Judgement, Text, read_number
from keten.workspace import Terms

if TYPE_CHECKING:
    from keten.workspace import Reader, Store

INDICATOR: Final = "indicator"
_YEAR: Final = re.compile(r"(?:19|20)\d{2}")
_QUARTER: Final = re.compile(
    r"(?:[qk]([1-4])[ -/]*((?:19|20)\d{2})|((?:19|20)\d{2})[ -/]*[qk]([1-4]))"
)
_LONGEST: Final = 200


@dataclass(frozen=True, slots=True)
class OwnFigure:
    """A figure that people brought: of a region or chain, for a period, with its source and line."""

    indicator: str
    value: float | int | None
    unit: str
    period: str
    source: str
    note: str
    of: str  # region:NL11 | chain:new-proteins
    list: str
    line: Judgement


def read_figure(line: Judgement) -> OwnFigure:
    """Give the figure of a line."""
    value = line.value if isinstance(line.value, dict) else {}
    number = value.get("value")
    is_number = isinstance(number, (int, float)) and not isinstance(number, bool)
    texts = {
        name: str(value.get(name) or "")
        for name in ("indicator", "unit", "period", "source", "note", "list")
    }
    return OwnFigure(value=number if is_number else None, of=line.subject, line=line, **texts)


def list_figures(
    store: Store | None, keys: list[str], reader: Reader = None
) -> tuple[OwnFigure, ...]:
    """Give the figures that people brought of these regions or chains, the newest period first."""
    if store is None:
        return ()
    found = [
        read_figure(line)
        for line in store.judgements_on(keys, reader=reader)
        if line.kind == INDICATOR and line.subject in keys and isinstance(line.value, dict)
    ]
    found.sort(key=lambda one: one.line.number)
    found.sort(key=lambda one: one.period, reverse=True)
    return tuple(sorted(found, key=lambda one: (one.indicator.casefold(), one.of)))


def preview_indicators(
    store: Store | None,
    book: Book,
    asked: Asked,
    terms: Terms,
    *,
    reader: Reader = None,
) -> ThingPreview:
    """Say of each figure what would become of it; years may stand as columns beside each other.

    Raises: UsageError when there is no such sheet, or no column names indicators.
    """
    grid, layout, rows, passed = read_cells(book, asked, INDICATORS, store, reader)
    years = {
        column.heading: column.place
        for column in layout.columns
        if column.field == "extra" and _YEAR.fullmatch(column.heading.strip())
    }
    held = _read_held(store, asked.slug, reader)
    made: list[ThingRow] = []
    seen: dict[tuple[str, str], int] = {}
    for whole in rows:
        for row in _unfold(whole, years):
            one = _read_row(row, asked.slug, book.name, terms, frozenset(years))
            place = (one.subject, one.object)
            if one.status == "wrong":
                made.append(one)
            elif place in seen:
                made.append(_judge_double(one, made[seen[place]]))
            else:
                seen[place] = len(made)
                made.append(_judge(one, held.get(place)))
    missing = tuple(line for place, line in sorted(held.items()) if place not in seen)
    sheets = tuple(each.name for each in book.grids)
    return ThingPreview(
        INDICATORS,
        asked.slug,
        book.name,
        grid.name,
        sheets,
        layout,
        tuple(made),
        tuple(passed),
        missing,
    )


def write_figures(lines: list[Judgement], terms: Terms, language: str) -> list[list[Value]]:
    """Give the figures of a list as rows of a sheet, its heading first."""
    fields = VOCABULARIES[INDICATORS].fields
    extra = list(dict.fromkeys(name for line in lines for name in _kept(line)))
    made: list[list[Value]] = [[*(field.label.in_language(language) for field in fields), *extra]]
    for line in lines:
        one = read_figure(line)
        of = terms.write(one.of, language) if one.of in terms.by_key else one.of
        bare = of.partition(":")[2] if of.startswith("region:") else of
        cells: dict[str, Value] = {
            "indicator": one.indicator, "value": one.value, "period": one.period, "unit": one.unit,
            "source": one.source, "note": one.note,
            "region": bare if one.of.startswith("region:") else "",
            "chain": of if one.of.startswith("chain:") else "",
        }  # fmt: skip
        made.append(
            [*(cells[field.name] for field in fields), *(_kept(line).get(n) for n in extra)]
        )
    return made


def _kept(line: Judgement) -> dict[str, Any]:
    cells = line.value.get("cells") if isinstance(line.value, dict) else None
    return cells if isinstance(cells, dict) else {}


def _read_held(store: Store | None, slug: str, reader: Reader) -> dict[tuple[str, str], Judgement]:
    found = store.judgements(INDICATOR, only_in_force=True, reader=reader) if store else []
    return {
        (line.subject, line.object): line
        for line in found
        if line.object.startswith(f"{INDICATOR}:{slug}/")
    }


def _unfold(row: CellRow, years: dict[str, int]) -> Iterator[CellRow]:
    """Give a row once for each year that stands as a column, else as it is."""
    if row.value("value") is not None or not years:
        yield row
        return
    for heading, place in years.items():
        cell = row.kept.get(heading)
        if not is_empty(cell):
            where = address(row.line - 1, place)
            cells = {
                **row.cells,
                "value": (cell, where, heading),
                "period": (heading, where, heading),
            }
            yield replace(row, cells=cells)


def _read_row(row: CellRow, slug: str, file: str, terms: Terms, years: frozenset[str]) -> ThingRow:
    problems = list(row.problems)
    name = row.text("indicator")[:_LONGEST]
    of = _read_of(row, terms, problems)
    value = _read_value(row)
    if not name:
        problems.append(
            row.wrong("indicator", "The row names no indicator.", "De rij noemt geen indicator.")
        )
    if value is None:
        problems.append(row.wrong("value", "There is no number here.", "Hier staat geen getal."))
    period = _read_period(row.value("period"))
    if not name or not of or value is None:
        return ThingRow(row.line, name, "wrong", problems=tuple(problems))
    given: dict[str, Any] = {
        "indicator": name, "value": value, "period": period, "unit": row.text("unit")[:40],
        "source": (row.text("source") or file)[:_LONGEST], "note": row.text("note")[:1000], "list": slug,
        "at": row.line,
    }  # fmt: skip
    kept = {name: as_json(cell) for name, cell in row.kept.items() if name not in years}
    made = {key: text for key, text in given.items() if text != ""}
    if kept:
        made["cells"] = kept
    place = f"{INDICATOR}:{slug}/{_slug(name)}/{_slug(period) or 'undated'}"
    return ThingRow(row.line, name, "added", of, place, made, tuple(problems))


def _judge(row: ThingRow, held: Judgement | None) -> ThingRow:
    if held is None:
        return row
    if _aside(row.value) == _aside(held.value):
        return replace(row, status="unchanged", earlier=held.number)
    was, now = (dict(each) for each in (held.value, row.value))
    differences = tuple(
        Difference(field.label, write_text(was.get(field.name)), write_text(now.get(field.name)))
        for field in VOCABULARIES[INDICATORS].fields
        if was.get(field.name) != now.get(field.name)
    )
    return replace(row, status="changed", earlier=held.number, differences=differences)


def _judge_double(row: ThingRow, first: ThingRow) -> ThingRow:
    """Give a row on what an earlier row is on: the same, or one that contradicts it and is left out."""
    if _aside(row.value) == _aside(first.value):
        return replace(row, status="joined", like=first.line)
    told = Text(
        f"Row {first.line} gives another value for the same indicator, place and period.",
        f"Rij {first.line} geeft een andere waarde voor dezelfde indicator, plaats en periode.",
    )
    problem = Problem(str(row.line), "", row.name, told)
    return replace(row, status="wrong", problems=(*row.problems, problem), subject="", object="")


def _aside(value: Any) -> dict[str, Any]:
    given = dict(value) if isinstance(value, dict) else {}
    cells = given.pop("cells", None)
    given.pop("at", None)
    kept = cells.items() if isinstance(cells, dict) else ()
    return {
        **{name: write_text(each) for name, each in given.items()},
        "cells": {name: write_text(each) for name, each in kept if each not in (None, "")},
    }


def _read_of(row: CellRow, terms: Terms, problems: list[Problem]) -> str:
    for kind in ("chain", "region"):
        text = row.text(kind)
        if not text:
            continue
        key = terms.find(kind, text)
        if not key and kind == "region" and re.fullmatch(r"[A-Z]{2}[0-9A-Z]{0,3}", text):
            key = f"region:{text}"
        if key:
            return key
        problems.append(row.wrong(
            kind, f"'{text[:80]}' is not known here.", f"'{text[:80]}' is hier niet bekend."
        ))  # fmt: skip
    if not problems:
        problems.append(row.wrong(
            "region", "The row names no region and no value chain.",
            "De rij noemt geen regio en geen waardeketen.",
        ))  # fmt: skip
    return ""


def _read_value(row: CellRow) -> float | int | None:
    value = row.value("value")
    if isinstance(value, bool):
        return None
    if isinstance(value, (int, float)):
        return value
    return read_number(row.text("value")) if isinstance(value, str) else None


def _read_period(value: Value) -> str:
    """Give a period as it is compared: `2024`, `2024-03-31`, `2024 Q2`."""
    if isinstance(value, datetime):
        value = value.date()
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    text = value.isoformat() if isinstance(value, date) else " ".join(write_text(value).split())
    quarter = re.fullmatch(
        r"(?:[qk]([1-4])[ -/]*((?:19|20)\d{2})|((?:19|20)\d{2})[ -/]*[qk]([1-4]))", text.lower()
    )
    if quarter:
        return f"{quarter[2] or quarter[3]} Q{quarter[1] or quarter[4]}"
    return text[:40]


def _slug(text: str) -> str:
    return re.sub(r" ", "-", fold(text))[:60]
