"""Turns columns of text into amounts, dates, numbers and flags, with an issue for each odd value.

What everybody writes is read by vectorised casts. What is left, usually nothing, is read value by
value in Python, and only where it can mean one thing: 03/04/2022 and 1.234 can mean two.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from keten.model import Issue, Severity, Text

AMOUNT = pa.decimal128(18, 2)
_CENT = Decimal("0.01")
_MAX_AMOUNT = Decimal(10) ** 16
_FIRST_YEAR, _LAST_YEAR = 1950, 2150
_SHOWN = 200


@dataclass(frozen=True, slots=True)
class Column:
    """A column of text (null where empty) with the place of each value in its file."""

    name: str
    file: int
    line: NDArray[np.int64]
    text: pa.StringArray


@dataclass(frozen=True, slots=True)
class Typed:
    """A column's values, null where they could not be read, and what was odd."""

    values: pa.Array
    issues: tuple[Issue, ...] = ()


_NOTHING = Text("", "")


@dataclass(frozen=True, slots=True)
class Odd:
    """What one text means: a value or none, and what is odd about it, if anything."""

    value: Any = None
    code: str = ""
    message: Text = _NOTHING


Parse = Callable[[str], Odd]


def read_texts(column: Column) -> Typed:
    """Give the text itself."""
    return Typed(column.text)


def read_amounts(column: Column) -> Typed:
    """Give euros with two decimals; comma and point may differ from value to value."""
    plain = _matches(column.text, r"^[0-9]{1,13}([.,][0-9]{1,2})?$")
    return _read(column, plain, _plain_amounts, _amount, AMOUNT)


def read_integers(column: Column) -> Typed:
    """Give whole numbers of 32 bits."""
    plain = _matches(column.text, r"^[0-9]{1,9}$")
    return _read(column, plain, lambda text: text.cast(pa.int32()), _integer, pa.int32())


def read_flags(column: Column) -> Typed:
    """Give true and false, in any of the usual spellings."""
    plain = np.zeros(len(column.text), np.bool_)
    return _read(column, plain, lambda text: pa.nulls(len(text), pa.bool_()), _flag, pa.bool_())


def read_dates(column: Column) -> Typed:
    """Give days."""
    plain = _matches(column.text, r"^(19[5-9]|20[0-9])[0-9]-[0-9]{2}-[0-9]{2}$")
    return _read(column, plain, lambda text: text.cast(pa.date32()), _date, pa.date32())


def read_times(column: Column) -> Typed:
    """Give moments to the second, without time zone, as the publisher writes them."""
    kind = pa.timestamp("s")
    plain = _matches(
        column.text, r"^(19[5-9]|20[0-9])[0-9]-[0-9]{2}-[0-9]{2} [0-9]{2}:[0-9]{2}:[0-9]{2}$"
    )
    return _read(column, plain, lambda text: text.cast(kind), _time, kind)


def read_positions(column: Column) -> tuple[Typed, pa.Array]:
    """Give latitudes (with the issues) and longitudes from `latitude,longitude` in degrees."""
    coded = column.text.dictionary_encode()
    parsed = [_position(text) for text in coded.dictionary.to_pylist()]
    issues = _issues(column, coded.indices, parsed)
    pairs = [odd.value or (None, None) for odd in parsed]
    latitude = pa.array([pair[0] for pair in pairs], pa.float64())
    longitude = pa.array([pair[1] for pair in pairs], pa.float64())
    return Typed(latitude.take(coded.indices), issues), longitude.take(coded.indices)


# --- how a column is read ---------------------------------------------------------------------


def _matches(text: pa.StringArray, pattern: str) -> NDArray[np.bool_]:
    """Say which values have a pattern; empty ones count as having it."""
    return _to_numpy(pc.fill_null(pc.match_substring_regex(text, pattern), True))


def _to_numpy(flags: pa.BooleanArray) -> NDArray[np.bool_]:
    return np.asarray(flags.to_numpy(zero_copy_only=False), np.bool_)


def _read(
    column: Column,
    plain: NDArray[np.bool_],
    cast: Callable[[pa.StringArray], pa.Array],
    parse: Parse,
    kind: pa.DataType,
) -> Typed:
    """Cast the plain values at once and parse the others one by one."""
    if plain.all():
        try:
            return Typed(cast(column.text))
        except pa.ArrowInvalid:  # 2022-02-30 looks plain and is no day
            plain = np.zeros(len(plain), np.bool_)
    coded = column.text.filter(pa.array(~plain)).dictionary_encode()
    parsed = [parse(text) for text in coded.dictionary.to_pylist()]
    odd = pa.array([each.value for each in parsed], kind).take(coded.indices)
    lines = Column(column.name, column.file, column.line[~plain], coded)
    issues = _issues(lines, coded.indices, parsed)
    if plain.any():
        try:
            rest = cast(column.text.filter(pa.array(plain)))
        except pa.ArrowInvalid:
            return _read(column, np.zeros(len(plain), np.bool_), cast, parse, kind)
        order = np.argsort(np.concatenate([np.flatnonzero(plain), np.flatnonzero(~plain)]))
        odd = pa.concat_arrays([rest, odd]).take(pa.array(order))
    return Typed(odd, issues)


def _issues(column: Column, codes: pa.Array, parsed: list[Odd]) -> tuple[Issue, ...]:
    """Give an issue for every row with an odd value."""
    odd = pa.array([at for at, each in enumerate(parsed) if each.code], pa.int32())
    if len(odd) == 0:
        return ()
    rows = np.flatnonzero(_to_numpy(pc.fill_null(pc.is_in(codes, odd), False)))
    found: list[Issue] = []
    for row in rows.tolist():
        each = parsed[codes[row].as_py()]
        value = _text_at(column.text, row)
        severity = Severity.VALUE_LOST if each.value is None else Severity.NOTE
        line = int(column.line[row])
        found.append(
            Issue(each.code, severity, each.message, column.file, line, column.name, value[:_SHOWN])
        )
    return tuple(found)


def _text_at(text: pa.Array, row: int) -> str:
    return str(text[row].as_py())


# --- what is said about odd values --------------------------------------------------------------

_THOUSANDS = Text(
    "Thousands or three decimals? The value was left out.",
    "Duizendtallen of drie decimalen? De waarde is weggelaten.",
)
_TOO_LARGE = Text(
    "The amount is larger than any amount can be.",
    "Het bedrag is groter dan een bedrag kan zijn.",
)
_DAY_OR_MONTH = Text(
    "Day first or month first? The value was left out.",
    "Eerst de dag of eerst de maand? De waarde is weggelaten.",
)
_NO_YEAR = Text(
    f"The year is not between {_FIRST_YEAR} and {_LAST_YEAR}.",
    f"Het jaar ligt niet tussen {_FIRST_YEAR} en {_LAST_YEAR}.",
)


# --- amounts ----------------------------------------------------------------------------------


def _plain_amounts(text: pa.StringArray) -> pa.Array:
    """Make cents of floats: exact, for a plain amount has at most fifteen digits."""
    numbers = pc.replace_substring(text, ",", ".").cast(pa.float64())
    valid = pc.is_valid(numbers)
    cents = np.rint(np.nan_to_num(numbers.to_numpy(zero_copy_only=False)) * 100).astype(np.int64)
    wide = np.column_stack([cents, cents >> 63]).astype(np.int64)  # low and high half
    buffers = [valid.buffers()[1], pa.py_buffer(np.ascontiguousarray(wide))]
    return pa.Decimal128Array.from_buffers(AMOUNT, len(text), buffers)


_GROUPED = (
    re.compile(r"\d{1,3}(?:\.\d{3})+,\d{1,2}|\d{1,3}(?:\.\d{3}){2,}"),
    re.compile(r"\d{1,3}(?:,\d{3})+\.\d{1,2}|\d{1,3}(?:,\d{3}){2,}"),
)


def _amount(text: str) -> Odd:
    bare = re.sub(r"^(?:€|EUR)\s*|\s*(?:€|EUR)$", "", text.strip())
    bare = re.sub(r"(?<=\d)[ \u00a0\u202f'](?=\d{3}(?!\d))", "", bare)
    sign, digits = ("-", bare[1:]) if bare.startswith("-") else ("", bare.removeprefix("+"))
    if _GROUPED[0].fullmatch(digits):
        digits = digits.replace(".", "").replace(",", ".")
    elif _GROUPED[1].fullmatch(digits):
        digits = digits.replace(",", "")
    elif re.fullmatch(r"[1-9]\d{0,2}[.,]\d{3}", digits):
        return Odd(None, "ambiguous-number", _THOUSANDS)
    elif re.fullmatch(r"\d+(?:[.,]\d+)?|[.,]\d+", digits, re.ASCII):
        digits = digits.replace(",", ".")
    else:
        return Odd(None, "bad-number", Text("This is no amount.", "Dit is geen bedrag."))
    if abs(Decimal(digits)) >= _MAX_AMOUNT:
        return Odd(None, "number-out-of-range", _TOO_LARGE)
    exact = Decimal(sign + digits)
    rounded = exact.quantize(_CENT, ROUND_HALF_UP)
    if rounded == exact:
        return Odd(rounded)
    message = Text(
        f"More than two decimals; rounded to {rounded}.",
        f"Meer dan twee decimalen; afgerond op {rounded}.",
    )
    return Odd(rounded, "rounded", message)


def _integer(text: str) -> Odd:
    match = re.fullmatch(r"\s*(-?[0-9]{1,10})(?:[.,]0+)?\s*", text)
    if match and abs(int(match[1])) < 2**31:
        return Odd(int(match[1]))
    return Odd(None, "bad-number", Text("This is no whole number.", "Dit is geen geheel getal."))


# --- flags, days, places ----------------------------------------------------------------------

_TRUE = frozenset(("true", "1", "1.0", "yes", "y", "t", "ja", "waar"))
_FALSE = frozenset(("false", "0", "0.0", "no", "n", "f", "nee", "onwaar"))


def _flag(text: str) -> Odd:
    word = text.strip().casefold()
    if word in _TRUE:
        return Odd(True)
    if word in _FALSE:
        return Odd(False)
    return Odd(None, "bad-flag", Text("This is neither true nor false.", "Dit is ja noch nee."))


_DAY = re.compile(
    r"(?P<y>\d{4})[-/](?P<m>\d{1,2})[-/](?P<d>\d{1,2})"
    r"|(?P<a>\d{1,2})(?P<bar>[-/.])(?P<b>\d{1,2})(?P=bar)(?P<z>\d{4})",
    re.ASCII,
)
_CLOCK = re.compile(r"[ T](\d{1,2}):(\d{2})(?::(\d{2})(?:\.\d+)?)?Z?", re.ASCII)


def _date(text: str) -> Odd:
    moment = _time(text)
    return moment if moment.value is None else Odd(moment.value.date(), moment.code, moment.message)


def _time(text: str) -> Odd:
    match = _DAY.match(text.strip())
    rest = text.strip()[match.end() :] if match else ""
    clock = _CLOCK.fullmatch(rest)
    if match is None or (rest and clock is None):
        return Odd(None, "bad-date", Text("This is no date.", "Dit is geen datum."))
    hour, minute, second = (int(part or 0) for part in clock.groups()) if clock else (0, 0, 0)
    try:
        day = _day(match)
        if day is None:
            return Odd(None, "ambiguous-date", _DAY_OR_MONTH)
        moment = datetime(day.year, day.month, day.day, hour, minute, second)  # noqa: DTZ001 - as found
    except ValueError:
        return Odd(None, "bad-date", Text("There is no such day.", "Die dag bestaat niet."))
    if not _FIRST_YEAR <= moment.year <= _LAST_YEAR:
        return Odd(None, "bad-date", _NO_YEAR)
    return Odd(moment)


def _day(match: re.Match[str]) -> date | None:
    """Give the day that a match means, or None where it can mean two.

    Raises: ValueError when there is no such day.
    """
    if match["y"]:
        return date(int(match["y"]), int(match["m"]), int(match["d"]))
    first, second, year = int(match["a"]), int(match["b"]), int(match["z"])
    if match["bar"] == "." or first > 12 or first == second:  # points: always day first
        return date(year, second, first)
    return date(year, first, second) if second > 12 else None


_POSITION = re.compile(r"\(?\s*(-?\d{1,3}(?:\.\d+)?)\s*,\s*(-?\d{1,3}(?:\.\d+)?)\s*\)?", re.ASCII)


def _position(text: str) -> Odd:
    match = _POSITION.fullmatch(text.strip())
    if match is None:
        return Odd(
            None,
            "bad-geolocation",
            Text("These are not two numbers.", "Dit zijn geen twee getallen."),
        )
    latitude, longitude = float(match[1]), float(match[2])
    if abs(latitude) > 90 or abs(longitude) > 180:
        return Odd(
            None,
            "bad-geolocation",
            Text("There is no such place on earth.", "Zo'n plek is er niet op aarde."),
        )
    return Odd((latitude, longitude))
