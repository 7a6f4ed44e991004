"""How numbers and dates are written in each language; what they mean is said elsewhere."""

from datetime import date, datetime
from decimal import ROUND_HALF_EVEN, Decimal
from functools import lru_cache

from babel.dates import format_date, format_datetime
from babel.numbers import format_decimal, format_percent

Number = int | float | Decimal

# Three figures that count: enough to compare, and honest about what it leaves out.
_STEPS = ((Decimal(10) ** 9, "bn", "mld"), (Decimal(10) ** 6, "m", "mln"))


@lru_cache(maxsize=16_384)
def write_number(value: Number, unit: str, language: str) -> str:
    """Write a value with its unit as a reader expects it: 1,234; EUR 4.33 bn; 12.5%; 3.1 km."""
    if unit == "EUR":
        return f"EUR {_write_euro(Decimal(str(value)), language)}"
    if unit == "share":
        return str(format_percent(value, "#,##0.#%", locale=language))
    written = str(format_decimal(value, locale=language))
    return f"{written} {unit}" if unit not in {"count", ""} else written


@lru_cache(maxsize=4_096)
def write_exact(value: Number, unit: str, language: str) -> str:
    """Write a value in full, with every decimal that the source gives."""
    if unit == "EUR":
        return f"EUR {format_decimal(value, '#,##0.00', locale=language)}"
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
            pattern = "#,##0" + ("." + "0" * decimals if decimals else "")
            word = dutch if language == "nl" else english
            return f"{format_decimal(rounded, pattern, locale=language)} {word}"
    return str(format_decimal(value, "#,##0", locale=language))
