"""Units as flat columns, normalised as the product normalises: what the peer is given to work with."""

from __future__ import annotations

from collections import Counter
from typing import Final

import pyarrow as pa

from keten.evidence.resolve.spelling import (
    parse_name,
    read_city,
    read_postcode,
    read_short,
    read_street,
)

RARE: Final = 60  # rows of both sides together; a word in more of them opens no block


def flatten(left: pa.Table, right: pa.Table) -> tuple[pa.Table, pa.Table]:
    """Give both sides with one value for each thing, the first, and with the row as `unique_id`."""
    sides = [_flatten(left), _flatten(right)]
    seen = Counter(word for _, tokens in sides for words in tokens for word in words)
    tables = []
    for side, tokens in sides:
        rare = [
            sorted({word for word in words if len(word) > 2 and seen[word] <= RARE})
            for words in tokens
        ]
        lists = {"tokens": tokens, "rare_tokens": rare}
        texts = {name: pa.array(values, pa.string()) for name, values in side.items()}
        arrays = {name: pa.array(values, pa.list_(pa.string())) for name, values in lists.items()}
        tables.append(pa.table({"unique_id": list(range(len(rare))), **texts, **arrays}))
    return tables[0], tables[1]


def _flatten(units: pa.Table) -> tuple[dict[str, list[str | None]], list[list[str]]]:
    """Give the columns of text, and the words of each name."""

    def first(name: str) -> list[str]:
        return [values[0] if values else "" for values in units[name].to_pylist()]

    countries = first("countries")
    names = [parse_name(name) for name in first("names")]
    streets = [read_street(street) for street in first("streets")]
    postcodes = [
        read_postcode(code, country)
        for code, country in zip(first("postcodes"), countries, strict=True)
    ]
    texts: dict[str, list[str | None]] = {
        "name": [" ".join(name.words) or None for name in names],
        "joined": [name.compact or None for name in names],
        "sorted_name": [" ".join(sorted(set(name.words))) or None for name in names],
        "form": [" ".join(sorted(name.forms)) or None for name in names],
        "initials": [name.initials if len(name.words) > 1 else None for name in names],
        "acronym": [read_short(short) or None for short in first("acronyms")],
        "country": [country or None for country in countries],
        "postcode": [code or None for code in postcodes],
        "postcode_area": [code[:3] or None for code in postcodes],
        "city": [read_city(city) or None for city in first("cities")],
        "street": [words or None for words, _ in streets],
        "street_number": [numbers[0] if numbers else None for _, numbers in streets],
    }
    return texts, [sorted(set(name.words)) for name in names]
