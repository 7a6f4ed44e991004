"""How numbers and dates are written in each language; what they mean is said elsewhere."""

from datetime import date, datetime
from decimal import ROUND_HALF_EVEN, Decimal
from functools import cache, lru_cache
from typing import Final

from babel.dates import format_date, format_datetime
from babel.numbers import (
    format_decimal,
    format_percent,
    get_decimal_symbol,
    get_group_symbol,
)

from keten.model.rounding import round_chance, round_times

Number = int | float | Decimal

# Three figures that count: enough to compare, and honest about what it leaves out.
_STEPS = ((Decimal(10) ** 9, "bn", "mld"), (Decimal(10) ** 6, "m", "mln"))


# Units that need no word beside the number, and the decimals that count there.
DECIMALS: Final = {
    "ratio": 2, "score": 2, "index": 1, "points": 1, "percentile": 0, "rank": 0, "persons": 0,
}  # fmt: skip


@lru_cache(maxsize=16_384)
def write_number(value: Number, unit: str, language: str) -> str:
    """Write a value with its unit as a reader expects it: 1,234; EUR 4.33 bn; 12.5%; 3.1 km."""
    if unit == "EUR":
        return f"EUR {_write_euro(Decimal(str(value)), language)}"
    if unit == "share":
        return str(format_percent(value, "#,##0.#%", locale=language))
    if unit == "in-hundred":
        return _write_grouped(*round_chance(float(value)), language)
    if unit == "times":
        return _write_grouped(*round_times(float(value)), language)
    if unit in DECIMALS:
        return _write_grouped(value, DECIMALS[unit], language)
    if isinstance(value, int):
        written = _write_grouped(value, 0, language)
    else:
        written = str(format_decimal(value, locale=language))
    return f"{written} {unit}" if unit not in {"count", ""} else written


@lru_cache(maxsize=4_096)
def write_exact(value: Number, unit: str, language: str) -> str:
    """Write a value in full, with every decimal that the source gives."""
    if unit == "EUR":
        return f"EUR {_write_grouped(value, 2, language)}"
    return write_number(value, unit, language)


def write_raw(value: Number) -> str:
    """Write a value for machines: a point for decimals, no exponent, nothing lost."""
    return format(value, "f") if isinstance(value, Decimal) else str(value)


@lru_cache(maxsize=4_096)
def write_date(day: date, language: str) -> str:
    """Write a day in words."""
    return str(format_date(day, "d MMMM y", locale=language))


def write_moment(moment: datetime, language: str) -> str:
    """Write a day and a time of day."""
    return str(format_datetime(moment, "d MMMM y, HH:mm", locale=language))


def _write_euro(value: Decimal, language: str) -> str:
    for step, english, dutch in _STEPS:
        if abs(value) >= step:
            scaled = value / step
            decimals = max(0, 3 - len(str(int(abs(scaled)))))
            rounded = scaled.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_EVEN)
            word = dutch if language == "nl" else english
            return f"{_write_grouped(rounded, decimals, language)} {word}"
    return _write_grouped(value, 0, language)


def _write_grouped(value: Number, decimals: int, language: str) -> str:
    """Write a number as Babel does with the pattern `#,##0.00`, which is most of all and slow there."""
    return format(value, f",.{decimals}f").translate(_find_signs(language))


@cache
def _find_signs(language: str) -> dict[int, str]:
    return str.maketrans({",": get_group_symbol(language), ".": get_decimal_symbol(language)})
