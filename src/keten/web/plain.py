"""Turns answers into what JSON can hold: the same values as the page, figures with their evidence."""

from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from datetime import date
from decimal import Decimal
from enum import Enum
from pathlib import Path
from typing import Any

from keten.model import Content, Figure, Judgement, Scope, Text
from keten.web.address import Addresses
from keten.workspace import Batch, Entry


def plain(value: Any, addresses: Addresses, *, with_authors: bool = True) -> Any:
    """Give dictionaries, lists, texts and numbers for any answer; without authors where asked so."""
    if value is None or isinstance(value, (str, bool, int, float)):
        return value
    if isinstance(value, Figure):
        return _plain_figure(value, addresses)
    if isinstance(value, Decimal):
        return _plain_decimal(value)
    if isinstance(value, Scope):
        return value.as_dict()
    if isinstance(value, Text):
        return value.in_language(addresses.language)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Enum):
        return plain(value.value, addresses)
    if isinstance(value, Path):
        return value.name
    if isinstance(value, Mapping):
        return {
            str(key): plain(item, addresses, with_authors=with_authors)
            for key, item in value.items()
        }
    if isinstance(value, (list, tuple)):
        return [plain(item, addresses, with_authors=with_authors) for item in value]
    if is_dataclass(value):
        said = isinstance(value, (Judgement, Content, Batch, Entry))
        hidden = {"author"} if said and not with_authors else set()
        return {
            f.name: plain(getattr(value, f.name), addresses, with_authors=with_authors)
            for f in fields(value)
            if f.name not in hidden
        }
    raise TypeError(f"{type(value).__name__} has no plain form")


def _plain_figure(figure: Figure, addresses: Addresses) -> dict[str, Any]:
    given = {
        "value": plain(figure.value, addresses),
        "unit": figure.unit,
        "measure": figure.measure,
        "version": figure.version,
        "scope": figure.scope.as_dict(),
        "why": addresses.why(figure),
        "caveats": list(figure.caveats),
        "coverage": plain(figure.coverage, addresses),
    }
    if figure.period:
        given["period"] = figure.period
    if figure.interval is not None:
        given["interval"] = plain(figure.interval, addresses)
    return given


def _plain_decimal(value: Decimal) -> int | float:
    # Amounts have two decimals and stay far below what a double holds exactly.
    return int(value) if value == value.to_integral_value() else float(value)
