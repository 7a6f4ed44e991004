"""Writes invented lists of the structural funds and of the Innovation Fund."""

import csv
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import Final

import numpy as np

from keten.sources.innovation_fund.read import (
    AMOUNT,
    DAYS,
    LAYOUT,
    NAME,
    PIC,
    PIC_NAME,
    PROJECT,
    ROLE,
    SHORT_NAME,
    TOTALS,
    WORDS,
)
from keten.sources.invented.organisations import Organisation
from keten.sources.invented.spelling import spell
from keten.sources.invented.words import ADJECTIVES, USES, coin
from keten.sources.invented.workbook import Value, write_workbook
from keten.sources.structural_funds.layout import PROJECT_LIST

STRUCTURAL_FOLDER: Final = "nl-structural-funds"
STRUCTURAL_FILE: Final = "StructuralFundsNL2007NOW.csv"
FUND_FOLDER: Final = "innovation-fund"
FUND_FILE: Final = "Innovation Fund-List of participants.xlsx"

_HOME: Final = "QN"
_MOST: Final = 12  # participants of the Innovation Fund: few firms ever are


def write_funds(
    into: Path, organisations: Sequence[Organisation], rng: np.random.Generator
) -> None:
    """Write both lists."""
    folder = into / STRUCTURAL_FOLDER
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / STRUCTURAL_FILE).open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(PROJECT_LIST.values()), lineterminator="\n")
        writer.writeheader()
        writer.writerows(_projects(organisations, rng))
    folder = into / FUND_FOLDER
    folder.mkdir(parents=True, exist_ok=True)
    write_workbook(folder / FUND_FILE, {LAYOUT.name: list(_participants(organisations, rng))})


def _projects(
    organisations: Sequence[Organisation], rng: np.random.Generator
) -> Iterator[dict[str, str]]:
    at_home = [p for p in organisations if p.country == _HOME and not p.is_nameless_before]
    names = [spell(at_home[at], at) for at in rng.permutation(len(at_home))[: len(at_home) // 6]]
    names += [f"{word} Ontwikkeling B.V." for word in coin(3, rng)]
    for at, name in enumerate(names):
        paid = 1000 * int(rng.integers(20, 900))
        year = 2008 + at % 7
        title = f"{ADJECTIVES[at % len(ADJECTIVES)]} tools for {USES[at % len(USES)]}"
        values = {
            "beneficiary": name,
            "title": title,
            "title_en": title,
            "fund": "EFRO" if at % 3 else "ESF",
            "eu_contribution_eur": _dotted(paid),
            "public_eur": _dotted(paid // 2),
            "total_cost_eur": _dotted(2 * paid),
            "eu_percentage": "50%",
            "updated_on": "11.02.2016",
            "start_date": f"01.03.{year}",
            "end_date": f"31.12.{year + 2}",
        }
        yield {heading: values.get(column, "") for column, heading in PROJECT_LIST.items()}


def _participants(
    organisations: Sequence[Organisation], rng: np.random.Generator
) -> Iterator[list[Value]]:
    headings = [PROJECT, NAME, SHORT_NAME, PIC, PIC_NAME, ROLE, AMOUNT, *WORDS.values(),
                *DAYS.values()]  # fmt: skip
    yield list(headings)
    firms = [p for p in organisations if p.activity == "PRC" and not p.is_nameless_before]
    drawn = [firms[at] for at in rng.permutation(len(firms))[: min(_MOST, len(firms))].tolist()]
    amounts = [1000 * int(rng.integers(500, 9000)) for _ in drawn]
    total: dict[str, Value] = {PROJECT: TOTALS, AMOUNT: sum(amounts)}
    yield [total.get(heading, "") for heading in headings]
    for at, (party, amount) in enumerate(zip(drawn, amounts, strict=True)):
        project = at // 2
        row: dict[str, Value] = {
            PROJECT: str(101_038_801 + project),
            NAME: party.name,
            SHORT_NAME: party.short_name,
            PIC: party.pic,
            PIC_NAME: party.name,
            ROLE: "PARTICIPANT" if at % 2 else "COORDINATOR",
            AMOUNT: amount,
            WORDS["acronym"]: f"WARM{project}",
            WORDS["title"]: f"Heat without smoke for {USES[project % len(USES)]}",
            WORDS["legal_status"]: "Private",
            WORDS["nuts_code"]: party.nuts3,
            WORDS["city"]: party.city,
            WORDS["country_group"]: "Member States",
            DAYS["signature_date"]: date(2020 + project % 4, 12, 3),
            DAYS["start_date"]: date(2021 + project % 4, 1, 1),
        }
        yield [row.get(heading, "") for heading in headings]


def _dotted(euros: int) -> str:
    return f"{euros:,}".replace(",", ".")
