"""Reads what the forms of a choice send: weights, a development, amounts of money."""

import re
from collections.abc import Mapping, Sequence
from typing import Any

from anyascii import anyascii

from keten.errors import UsageError
from keten.portfolio.finance import PARTS
from keten.portfolio.views import CriterionView


def read_weights(
    asked: Mapping[str, str], criteria: Sequence[CriterionView] | Sequence[Any]
) -> tuple[str, str]:
    """Give bounds and order as the room reads them, from percentages and places in an address.

    Raises: UsageError for a percentage that is none.
    """
    bounds, places = [], []
    for criterion in (each.criterion for each in criteria):
        low = _read_percent(asked.get(f"low-{criterion}", ""), 0.0)
        high = _read_percent(asked.get(f"high-{criterion}", ""), 1.0)
        if (low, high) != (0.0, 1.0):
            bounds.append(f"{criterion}:{low:g}-{high:g}")
        place = asked.get(f"place-{criterion}", "").strip()
        if place.isdecimal() and len(place) <= 2:
            places.append((int(place), criterion))
    return ",".join(bounds), ",".join(criterion for _, criterion in sorted(places))


def read_development(
    form: Mapping[str, str], criteria: Sequence[Any], chain: str
) -> dict[str, Any]:
    """Give a development as the room reads it; a name in one language stands for both."""
    label, description = _read_words(form, "label"), _read_words(form, "description")
    slug = form.get("development", "").strip() or _slug(label["en"])
    return {
        "development": slug,
        "label": label,
        "description": description if description["en"] else label,
        "scores": {
            each.criterion: [
                _read_number(form.get(f"low-{each.criterion}", "")),
                _read_number(form.get(f"high-{each.criterion}", "")),
            ]
            for each in criteria
        },
        "chains": [part for part in form.get("chains", chain).split() if part],
        "parties": re.split(r"[\s,;]+", form["parties"].strip()) if form.get("parties") else [],
    }


def read_amounts(form: Mapping[str, str]) -> tuple[int, dict[str, float]]:
    """Give the year and the amounts that were filled in; raises UsageError for what is no number."""
    year = form.get("year", "").strip()
    if not re.fullmatch(r"\d{4}", year, re.ASCII):
        raise UsageError(f"'{year}' is no year.", "Write it in four digits.")
    amounts = {}
    for part in PARTS:
        text = form.get(part, "").strip()
        if text:
            plain = re.sub(r"[\s.]|€|EUR", "", text).replace(",00", "")
            if not re.fullmatch(r"\d{1,13}", plain, re.ASCII):
                raise UsageError(f"'{text}' is no amount.", "Write whole euros, such as 250000.")
            amounts[part] = float(plain)
    return int(year), amounts


def _read_words(form: Mapping[str, str], name: str) -> dict[str, str]:
    english, dutch = (form.get(f"{name}-{each}", "").strip() for each in ("en", "nl"))
    return {"en": english or dutch, "nl": dutch or english}


def _read_percent(text: str, otherwise: float) -> float:
    text = text.strip().rstrip("%").strip().replace(",", ".")
    if not text:
        return otherwise
    if not re.fullmatch(r"\d{1,3}(?:\.\d{1,2})?", text, re.ASCII) or float(text) > 100:
        raise UsageError(f"'{text[:40]}' is no percentage.", "Write a number from 0 to 100.")
    return round(float(text) / 100, 4)


def _read_number(text: str) -> float | str:
    """Give a number, or the text as it was typed, for the room to refuse in words."""
    plain = text.strip().replace(",", ".")
    return float(plain) if re.fullmatch(r"-?\d{1,9}(?:\.\d{1,4})?", plain, re.ASCII) else text


def _slug(label: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", anyascii(label).lower()).strip("-")[:60]
