"""Writes invented registers: of research organisations (ROR) and of recognised sponsors (KvK)."""

import gzip
import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, Final

import numpy as np

from keten.sources.invented.organisations import Organisation
from keten.sources.invented.spelling import PERSON, spell
from keten.sources.invented.words import coin

ROR_FOLDER: Final = "ror"
ROR_FILE: Final = "ror-records_invented_latest.jsonl.gz"
KVK_FOLDER: Final = "kvk"
KVK_FILE: Final = "ind-recognised-sponsors-2024.txt"

_HOME: Final = "QN"
_TYPES: Final = {"HES": "education", "REC": "facility", "PUB": "government"}
_FIRST_NUMBER: Final = 60_000_003  # of the chamber of commerce
_SIGNS: Final = "0123456789abcdefghjkmnpqrstvwxyz"


def write_registers(
    into: Path, organisations: Sequence[Organisation], rng: np.random.Generator
) -> None:
    """Write both registers: some organisations of the programmes, and some unknown elsewhere."""
    folder = into / ROR_FOLDER
    folder.mkdir(parents=True, exist_ok=True)
    lines = [json.dumps(record, ensure_ascii=False) for record in _records(organisations, rng)]
    data = gzip.compress("".join(f"{line}\n" for line in lines).encode(), mtime=0)
    (folder / ROR_FILE).write_bytes(data)
    folder = into / KVK_FOLDER
    folder.mkdir(parents=True, exist_ok=True)
    rows = sorted(_sponsors(organisations, rng))
    (folder / KVK_FILE).write_text("".join(f"{row}\n" for row in rows), encoding="utf-8")


def _records(
    organisations: Sequence[Organisation], rng: np.random.Generator
) -> Iterator[dict[str, Any]]:
    known = [party for party in organisations if party.activity in _TYPES]
    for party in known:
        way, is_there = int(rng.integers(0, 4)), rng.random() < 0.6
        if is_there:
            yield _record(party, spell(party, way), rng)


def _record(party: Organisation, name: str, rng: np.random.Generator) -> dict[str, Any]:
    """Give a record of the second schema; the website leads to its organisation where it has one."""
    names = [{"lang": "en", "types": ["label", "ror_display"], "value": name}]
    if party.short_name:
        names.append({"lang": "en", "types": ["acronym"], "value": party.short_name})
    latitude, longitude = party.geolocation.split(",")
    number = "0" + "".join(_SIGNS[at] for at in rng.integers(0, len(_SIGNS), 6).tolist()) + "07"
    return {
        "_source_path": f"v2.9/{number}.json",
        "record": {
            "admin": {"created": {"date": "2026-06-14", "schema_version": "2.1"},
                      "last_modified": {"date": "2026-06-23", "schema_version": "2.1"}},
            "domains": [],
            "established": 1950 + int(rng.integers(0, 70)),
            "external_ids": [],
            "id": f"https://ror.org/{number}",
            "links": [{"type": "website", "value": party.website}] if party.website else [],
            "locations": [{
                "geonames_details": {"country_code": party.country, "lat": float(latitude),
                                     "lng": float(longitude), "name": party.city.title()},
                "geonames_id": 9_000_000 + int(party.record_number) % 1_000_000,
            }],
            "names": names,
            "relationships": [],
            "status": "active",
            "types": [_TYPES[party.activity]],
        },
    }  # fmt: skip


def _sponsors(organisations: Sequence[Organisation], rng: np.random.Generator) -> Iterator[str]:
    firms = [p for p in organisations if p.country == _HOME and p.activity in {"PRC", "REC"}]
    number = _FIRST_NUMBER
    for party in firms:
        way, is_there = int(rng.integers(0, 4)), rng.random() < 0.4
        number += 7
        if is_there:
            yield f"{spell(party, way)};{number}"
    for word in coin(max(3, len(firms) // 5), rng):
        number += 7
        yield f"{word} Holding B.V.;{number}"
    yield f"{coin(1, rng)[0].upper()} {PERSON};{number + 7}"
