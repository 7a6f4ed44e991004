"""Writes sentences: a template in both languages, figures and quotations in its slots."""

import hashlib
import json
import re
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from typing import Any, Final

from keten.errors import UsageError
from keten.model import Figure, Interval, Scope, Text
from keten.story.document import Line, Number, Piece, Quote, Sentence, Words
from keten.story.pen import Pen

Value = Figure | Piece | str | Iterable[Piece]
_SLOT: Final = re.compile(r"\{([a-z_0-9]+)\}")
_NUMBERED: Final = re.compile(r"\{([0-9]{1,3})\}")
_DAY_FILTER: Final = "today"  # of a figure that is counted as of a day
_CLOSE: Final = 1e-9  # what two computations of one number may differ by, as a share of it


def write_line(template: Text, language: str, **values: Value) -> Line:
    """Give a line of a template: `{name}` stands where the value of that name goes."""
    pieces: list[Piece] = []
    for place, part in enumerate(_SLOT.split(template.in_language(language))):
        if place % 2:
            pieces += _as_pieces(values[part])
        elif part:
            pieces.append(Words(part))
    return tuple(pieces)


def write_sentence(key: str, template: Text, language: str, **values: Value) -> Sentence:
    """Give a sentence of a template under its key."""
    pieces = write_line(template, language, **values)
    return Sentence(key, pieces, pieces)


def list_pieces(parts: Iterable[Piece], language: str, most: int = 0) -> Line:
    """Give pieces as a list in words: a, b and c; `most`: a, b and others."""
    given = list(parts)
    last = {"nl": " en ", "en": " and "}[language]
    shown: list[Piece] = given[:most] if most and len(given) > most else given
    if len(shown) < len(given):
        shown = [*shown, Words({"nl": "andere", "en": "others"}[language])]
    line: list[Piece] = []
    for place, piece in enumerate(shown):
        if place:
            line.append(Words(last if place == len(shown) - 1 else ", "))
        line.append(piece)
    return tuple(line)


def list_line_figures(line: Line) -> tuple[Figure, ...]:
    """Give the figures in a line, in order."""
    return tuple(piece.figure for piece in line if isinstance(piece, Number))


def write_editable(line: Line, figures: Sequence[Figure], pen: Pen) -> str:
    """Write a line for a person to edit: {1} for the first of `figures`, the rest as plain words."""
    numbers = {name_figure(figure): place for place, figure in reversed([*enumerate(figures, 1)])}
    parts = []
    for piece in line:
        number = numbers.get(name_figure(piece.figure)) if isinstance(piece, Number) else None
        parts.append(f"{{{number}}}" if number else _NUMBERED.sub(r"(\1)", pen.write(piece)))
    return "".join(parts)


def name_figure(figure: Figure) -> tuple[str, Scope]:
    """Give what makes a figure the same one in other evidence and on another day."""
    filters = figure.scope.filters
    return figure.measure, Scope(tuple(each for each in filters if each[0] != _DAY_FILTER))


def read_edited(text: str, figures: Sequence[Figure | str], language: str) -> Line:
    """Give the pieces of an edited text: figures in its slots, all else quoted as a person's words.

    What is given as text in `figures` is no figure any more, and is quoted too.
    Raises: UsageError for a slot that there is no figure for.
    """
    pieces: list[Piece] = []
    for place, part in enumerate(_NUMBERED.split(text)):
        if place % 2:
            number = int(part)
            if not 1 <= number <= len(figures):
                raise UsageError(
                    f"The sentence names {{{number}}}, and has {len(figures)} numbers.",
                    "Name only the numbers that are listed below the sentence.",
                )
            found = figures[number - 1]
            pieces.append(Number(found) if isinstance(found, Figure) else Quote(found, language))
        elif part:
            pieces.append(Quote(part, language))
    return tuple(pieces)


def pack_figure(figure: Figure) -> dict[str, Any]:
    """Give what is kept of a figure under a sentence: enough to know whether it changed."""
    packed: dict[str, Any] = {
        "measure": figure.measure,
        "scope": figure.scope.as_dict(),
        "value": _as_plain(figure.value),
        "unit": figure.unit,
    }
    if figure.interval is not None:
        packed["interval"] = [figure.interval.low, figure.interval.high, figure.interval.level]
    return packed


def unpack_figure(packed: Mapping[str, Any]) -> Figure:
    """Give the figure that was kept, with the value that it had then."""
    value = packed.get("value")
    interval = packed.get("interval")
    return Figure(
        Decimal(value) if isinstance(value, str) else value,
        str(packed.get("unit", "count")),
        str(packed["measure"]),
        Scope.of(**packed["scope"]),
        interval=Interval(*interval) if interval else None,
    )


def find_fingerprint(line: Line) -> str:
    """Give a hash over the figures of a line: another one when and only when one of them changed."""
    packed = [pack_figure(figure) for figure in list_line_figures(line)]
    return hashlib.sha256(json.dumps(packed, sort_keys=True).encode()).hexdigest()[:16]


def is_same(before: Figure, after: Figure) -> bool:
    """Say whether a figure has the value and the interval that it had before."""
    if not _is_close(before.value, after.value):
        return False
    old, new = before.interval, after.interval
    if old is None or new is None:
        return old is new
    return _is_close(old.low, new.low) and _is_close(old.high, new.high)


def _is_close(before: int | float | Decimal | None, after: int | float | Decimal | None) -> bool:
    if before is None or after is None:
        return before is after
    if isinstance(before, float) or isinstance(after, float):
        larger = max(abs(float(before)), abs(float(after)))
        return abs(float(before) - float(after)) <= _CLOSE * larger
    return before == after


def _as_plain(value: int | float | Decimal | None) -> int | float | str | None:
    return format(value, "f") if isinstance(value, Decimal) else value


def _as_pieces(value: Value) -> list[Piece]:
    if isinstance(value, Figure):
        return [Number(value)]
    if isinstance(value, str):
        return [Words(value)]
    if isinstance(value, Piece):
        return [value]
    return list(value)
