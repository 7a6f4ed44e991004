"""Writes invented deliveries of FP7: the tables with addresses, and the network of who took part."""

import csv
import hashlib
from collections.abc import Sequence
from pathlib import Path
from typing import Final

import numpy as np

from keten.sources.invented.organisations import Organisation
from keten.sources.invented.spelling import PERSON, spell
from keten.sources.invented.words import ADJECTIVES, USES, coin

TABLES: Final = "cordis-fp7-2018"
NETWORK: Final = "cordis-fp7-network"

_STATED: Final = "2018-01-24"
_FIRST_PROJECT: Final = 200_001
_FIRST_RECORD: Final = 90_001  # the network knows projects by another number than the list
_SHARE: Final = 0.3  # of the organisations of today that were there already
_WITH_PIC: Final = 0.3  # of the rows of the network that have a number and no hash


def write_fp7(into: Path, organisations: Sequence[Organisation], rng: np.random.Generator) -> None:
    """Write both deliveries: organisations of today under older names, others, and a person."""
    # Who is nameless in Horizon 2020 mostly stays so: a few get their name back through FP7.
    chance = rng.random(len(organisations))
    shares = np.array([_SHARE / 5 if p.is_nameless_before else _SHARE for p in organisations])
    there = [organisations[at] for at in np.flatnonzero(chance < shares).tolist()]
    projects = max(5, len(there) // 2)
    (into / TABLES).mkdir(parents=True, exist_ok=True)
    (into / NETWORK).mkdir(parents=True, exist_ok=True)
    _write_projects(into / TABLES / "project.csv", projects, rng)
    _write_organisations(into / TABLES / "organization.csv", there, rng)
    _write_network(into / NETWORK, there, projects, rng)


def _write_projects(path: Path, projects: int, rng: np.random.Generator) -> None:
    rows: list[Sequence[str]] = [
        ("id", "acronym", "title", "status", "programme", "startDate", "endDate", "totalCost",
         "organisations"),
    ]  # fmt: skip
    for at, word in enumerate(coin(projects, rng)):
        adjective, use = ADJECTIVES[at % len(ADJECTIVES)], USES[at % len(USES)]
        year = 2007 + at % 7
        rows.append(
            (str(_FIRST_PROJECT + at), word.upper(), f"{adjective} technology for {use}", "CLO",
             "FP7-ICT", f"{year}-01-01", f"{year + 3}-12-31",
             str(500_000 + 1000 * int(rng.integers(0, 9000))), str(3 + at % 9)),
        )  # fmt: skip
    _write_quoted(path, rows)


def _write_organisations(
    path: Path, there: Sequence[Organisation], rng: np.random.Generator
) -> None:
    rows: list[Sequence[str]] = [("organisationID", "country", "name", "address", "last_update")]
    for party in there:
        address = f"{party.street}, {party.city}, {party.postcode}"
        # Some were registered anew since: another number for the same organisation.
        pic = str(int(party.pic) + 5) if rng.random() < 0.15 else party.pic
        name = spell(party, int(rng.integers(0, 4)))
        rows.append((pic, party.country, name, address, _STATED))
    person = f"{coin(1, rng)[0].upper()} {PERSON}"
    rows.append(("100000001", "QN", person, "Kwelpad 7, Dijkdorp, 9999", _STATED))
    _write_quoted(path, rows)


def _write_network(
    folder: Path, there: Sequence[Organisation], projects: int, rng: np.random.Generator
) -> None:
    heading = (
        "new_org_id;organisationName;organisationShortName;organizationUrl;REGION_Level_NUTS_3;"
        "country;street;city;postCode;provincia"
    )
    lines, edges = [heading], ["projectRcn\tnew_org_id"]
    for party in there:
        name = spell(party, int(rng.integers(0, 4)))
        key = party.pic if rng.random() < _WITH_PIC else _hash(name)
        lines.append(
            f"{key};{name};{party.short_name};{party.website};;{party.country};{party.street};"
            f"{party.city};{party.postcode};"
        )
        joined = sorted({*rng.integers(0, projects, 1 + int(rng.integers(0, 4))).tolist()})
        edges.extend(f"{_FIRST_RECORD + project}\t{key}" for project in joined)
    person = f"{coin(1, rng)[0].upper()} {PERSON}"
    lines.append(f"{_hash(person)};{person};;;;QN;Kwelpad 7;Dijkdorp;9999;")
    edges.append(f"{_FIRST_RECORD}\t{_hash(person)}")
    for name, text in (("fp7org_sod16.csv", lines), ("fp7edges.csv", edges)):
        (folder / name).write_bytes("".join(f"{line}\r\n" for line in text).encode())


def _hash(name: str) -> str:
    return hashlib.md5(name.encode(), usedforsecurity=False).hexdigest()


def _write_quoted(path: Path, rows: Sequence[Sequence[str]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, delimiter=";", quoting=csv.QUOTE_ALL, lineterminator="\n").writerows(rows)
