"""Reads a printed number back, and says whether it agrees with the value it stands for."""

from __future__ import annotations

import re
from decimal import Decimal, InvalidOperation

_MARKS = {"en": (",", "."), "nl": (".", ",")}  # between thousands, before decimals
_STEPS = {"en": {"bn": 9, "m": 6}, "nl": {"mld": 9, "mln": 6}}
_LEAST_DIGITS = 3  # a shortened amount that shows fewer would hide too much


def disagreement(printed: str, raw: str, language: str) -> str:
    """Say what is wrong with a printed number, or nothing when it says what `raw` is."""
    try:
        value = Decimal(raw)
    except InvalidOperation:
        return f"'{raw}' is no number"
    text = printed.strip()
    is_share, unit, step = False, "", 0
    if text.startswith("EUR"):
        unit, text = "EUR", text[3:].strip()
        for word, power in _STEPS[language].items():
            if text.endswith((f" {word}", f"\xa0{word}")):
                text, step = text[: -len(word)].strip(), power
                break
    elif text.endswith("%"):
        text, is_share = text[:-1].strip(), True
    elif text.endswith(" km"):
        unit, text = "km", text[:-3]
    read = _read(text, language)
    if read is None:
        return f"'{printed}' is not written as {language} writes numbers"
    scaled = read.scaleb(step - 2 if is_share else step)
    decimals = -int(read.as_tuple().exponent)
    tolerance = Decimal(1).scaleb((step - 2 if is_share else step) - decimals) / 2
    if not is_share and unit != "EUR":
        tolerance = Decimal(0) if value == value.to_integral_value() else tolerance
    if abs(scaled - value) > tolerance:
        return f"'{printed}' stands for {scaled}, not {raw}"
    if step and len(read.as_tuple().digits) < _LEAST_DIGITS:
        return f"'{printed}' shows too few digits of {raw}"
    return ""


def _read(text: str, language: str) -> Decimal | None:
    """Read a number; None when it is not written the way of the language."""
    thousands, point = _MARKS[language]
    grouped = rf"-?(?:\d{{1,3}}(?:{re.escape(thousands)}\d{{3}})+|\d{{1,3}})"
    if not re.fullmatch(rf"{grouped}(?:{re.escape(point)}\d+)?", text):
        return None
    return Decimal(text.replace(thousands, "").replace(point, "."))
