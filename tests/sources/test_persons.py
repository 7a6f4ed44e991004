"""Names of persons: recognised with hardly a firm among them; how many are missed is measured."""

from __future__ import annotations

import csv
import hashlib
from collections.abc import Callable
from pathlib import Path

import pytest

from keten.sources.persons import is_person
from keten.sources.withholding import WITHHELD, blank_fields

JUDGED = Path(__file__).with_name("persons_judged.csv")


@pytest.mark.parametrize(
    "name",
    [
        "Hendrik Wadstra",
        "WADSTRA HENDRIK JAN",
        "van der KWELDER-WADSTRA Anna Maria",
        "Wadstra, Hendrik",
        "W.A.D. Kwelderman",
        "K. van der Wadden",
        "Dr. Kwelderman Wadstra",
        "HENDRIK*JAN WADSTRA",
        "WADSTRA HENDRIK - KWELDERTEX",
        "KWELDER RESEARCH - DR HENDRIK WADSTRA",
        "Kweldersim Inh. Hendrik Wadstra",
        "KWELDERTEX DI WADSTRA GIOVANNI",
        "HENDRIK WÄDSTRA",
    ],
)
def test_a_person_is_recognised(name: str) -> None:
    assert is_person(name)


@pytest.mark.parametrize(
    "name",
    [
        "",
        "Kwelder",
        "Kwelder Wadden",
        "Hendrik Wadstra B.V.",
        "HENDRIK WADSTRA S R L",
        "Hendrik Wadstra A/S",
        "Stichting Hendrik Wadstra",
        "HENDRIK WADSTRA UNIVERSITY",
        "Institute of Waves - Hendrik Wadstra",
        "Wadstra & Hendrik",
        "Hendrik Wadstra 2",
        "Hendrik Wadstra Engineering",
        "SINT JAN KWELDER",
        "ST. ANNA KWELDER",
        "Dijkstadt Hendrik Wadstraschool",
        "W.A.D. SYSTEMS",
        "W.A.D. KWELDERMAN",  # in capitals it may be a firm's abbreviation
        "E.ON SE",
        "Robert Bosch",
        "John Cockerill Renewables",
        "Georgia Kwelder",
        "KENTRO KAINOTOMIAS KAI EREVNAS",
    ],
)
def test_an_organisation_keeps_its_name(name: str) -> None:
    assert not is_person(name)


def test_only_the_named_fields_are_blanked() -> None:
    row = '"12";"Wadstra; Hendrik";"";"NL"'
    assert blank_fields(row, ";", (1, 2, 9)) == f"12;{WITHHELD};;NL"


@pytest.mark.real_data
def test_how_well_persons_are_recognised(data_file: Callable[[str], Path]) -> None:
    """Held against 936 organisations of FP7 judged by reading, none used to make the rule.

    They are the half of the list whose PIC has an odd hash: all names that the rule withholds, all
    those without figure, legal form or word of an organisation, and 400 drawn from the others.
    """
    with JUDGED.open(encoding="utf-8") as lines:
        judged = {row["key"]: row["is_person"] == "1" for row in csv.DictReader(lines)}
    path = data_file("cordis-fp7-2018/organization.csv")
    with path.open(encoding="utf-8", newline="") as lines:
        names = {
            hashlib.sha256(f"fp7:{row['organisationID']}".encode()).hexdigest()[:16]: row["name"]
            for row in csv.DictReader(lines, delimiter=";")
        }
    told = {key: is_person(names[key]) for key in judged}
    right = sum(told[key] and judged[key] for key in judged)
    precision, recall = right / sum(told.values()), right / sum(judged.values())
    assert (len(judged), sum(judged.values())) == (936, 180)
    assert precision >= 0.99, precision
    assert recall >= 0.85, recall
