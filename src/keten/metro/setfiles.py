"""Set systems from files: JSON, or a table of elements and sets."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from keten.metro.errors import FormatError
from keten.metro.sets import Element, SetSystem, read_sets

ABOUT = ("label", "x", "y", "importance", "group")  # columns that tell of an element
NOT_IN = frozenset({"", "0", "-", "no", "false", "nee"})


def read_set_file(source: str | Path | Mapping[str, Any]) -> SetSystem:
    """A set system from a JSON or CSV file, its text, or what `json.load` made of it.

    JSON: `sets` maps names to elements; `elements` maps elements to labels, or to objects of `label`,
    `x`, `y`, `importance`, `group`; `ordered`, `labels` of sets, `links` (pairs) and `link_label` may
    be given. CSV: columns `set` and `element`, a row for each membership; or `element` and a column
    for each set, with a mark where the element is in it. Both may have columns as named above.
    Raises: FormatError when it is no such file, InputError when it contradicts itself.
    """
    if isinstance(source, Mapping):
        return _from_json(source)
    text = source if isinstance(source, str) and "\n" in source else _read(Path(source))
    if text.lstrip().startswith("{"):
        try:
            return _from_json(json.loads(text))
        except json.JSONDecodeError as why:
            raise FormatError(f"This is no JSON: {why}.", "Give sets as JSON or CSV.") from why
    return _from_table(text)


def _read(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as why:
        raise FormatError(
            f"{path} is no text in UTF-8.", "Save it as UTF-8; in Excel: CSV UTF-8."
        ) from why
    except OSError as why:
        raise FormatError(f"{path} cannot be read: {why.strerror}.", "Check the path.") from why


def _from_json(loaded: Mapping[str, Any]) -> SetSystem:
    if not isinstance(loaded.get("sets"), Mapping):
        raise FormatError("What 'sets' holds has no names.", 'Give {"sets": {name: [elements]}}.')
    try:
        sets = {str(name): [str(m) for m in members] for name, members in loaded["sets"].items()}
        told = loaded.get("elements") or {}
        elements = [
            _element(str(key), about if isinstance(about, Mapping) else {"label": about})
            for key, about in told.items()
        ]
        links = [(str(a), str(b)) for a, b in loaded.get("links") or ()]
        labels = {str(name): str(label) for name, label in (loaded.get("labels") or {}).items()}
    except (KeyError, TypeError, AttributeError, ValueError) as why:
        raise FormatError(
            f"This holds no sets: {why!r}.", 'Give {"sets": {name: [elements]}, "elements": {...}}.'
        ) from why
    return read_sets(
        sets, elements, ordered=bool(loaded.get("ordered", False)), labels=labels, links=links,
        link_label=str(loaded.get("link_label") or ""),
    )  # fmt: skip


def _from_table(text: str) -> SetSystem:
    head = text.splitlines()[0] if text.strip() else ""
    mark = max(",;\t", key=head.count)
    rows = [row for row in csv.reader(io.StringIO(text), delimiter=mark) if any(row)]
    columns = [name.strip() for name in rows[0]] if rows else []
    lower = [name.lower() for name in columns]
    if "element" not in lower or len(rows) < 2 or len(columns) < 2:
        raise FormatError(
            f"The table has {'the columns ' + ', '.join(columns) if columns else 'no columns'}"
            f"{'' if len(rows) > 1 else ', and no rows'}.",
            "Give 'element' and 'set', or 'element' and a column for each set.",
        )
    table: dict[str, list[str]] = {}
    elements: dict[str, Element] = {}
    own = lower.index("element")
    sets = [i for i, name in enumerate(lower) if i != own and name not in (*ABOUT, "set")]
    for row in rows[1:]:
        cells = [cell.strip() for cell in row] + [""] * (len(columns) - len(row))
        key = cells[own]
        if not key:
            raise FormatError("A row of the table names no element.", "Fill the column 'element'.")
        elements.setdefault(key, _element(key, dict(zip(lower, cells, strict=False))))
        named = [cells[lower.index("set")]] if "set" in lower else []
        named += [columns[i] for i in sets if cells[i].lower() not in NOT_IN and "set" not in lower]
        for name in filter(None, named):
            table.setdefault(name, []).append(key)
    return read_sets({name: list(dict.fromkeys(table[name])) for name in table}, elements.values())


def _element(key: str, about: Mapping[str, Any]) -> Element:
    x, y = (_number(key, about.get(axis)) for axis in ("x", "y"))
    importance = _number(key, about.get("importance"))
    return Element(
        key,
        str(about.get("label") or key),
        None if x is None or y is None else (x, y),
        1.0 if importance is None else importance,
        str(about["group"]) if about.get("group") else None,
    )


def _number(key: str, value: Any) -> float | None:
    if value is None or value == "":
        return None
    try:
        return float(str(value).replace(",", "."))
    except ValueError as why:
        raise FormatError(f"{value!r} of {key!r} is no number.", "Mend it.") from why
