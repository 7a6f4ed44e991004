"""Structural funds: Dutch amounts and days, editions of one list, accents that were lost."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from keten.model import Reading
from keten.sources import structural_funds
from tests.sources.accounts import all_that_is_shown, check_accounts, count_codes

PROJECTS = """Begunstigde,Titel van het project (naam van de concrete actie),\
Titel van het project in het Engels,Fonds,Autoriteit,Samenvatting,Website project,\
EU-subsidie in Euro's,Overige publieke financiering,Overige private financiering,\
Totale kosten in Euro's,Medefinancieringspercentage van de Unie (per prioritaire as),\
Datum van laatste bijwerking,Begindatum,Einddatum,Thematische doelstelling
Hogeschool Kwelder,Zilte teelt,Saline crops ,EFRO,,"Twee
regels",,7.488.600,850.000,,8.338.600,35,11.02.2016,08.01.2009,31.12.2014,
K. van der Wadden,Dijkcaf\ufffd,,ESF,,,,"1.000,50",,,veel,n.b.,11.02.2016,31.02.2010,,
,Zonder naam,,EFRO,,,,100.000,,,,,11.02.2016,,,
"""
HEADING = (
    "Project_Nummer     Project_Number,Actie,Tijdvak,Naam Aanvrager          Beneficiary name,"
    "Locatie project      operation postcode; or other appropriate location indicator,"
    "Land       Country,Inverventie- categorie  Name of category of intervention,"
    "Naam Project     Project Name,Project samenvatting     Project Summary,"
    "Startdatum project           Project start date,Einddatum project     Project end date,"
    "EUSF subsidie toegekend verlening   ESF approved on request Union cofinancing (max 50%),"
    "Totale subsidiabele kosten bij verlening      Total eligible expenditure on request\n"
)
ROW = "2014EUSF{},AMR,2014,Gemeente Kwelder,Kwelder,NL,n.v.t.,Eb {},Kort,1-9-2016,31-3-2018,{}\n"
NEW = HEADING + ROW.format("1", "nieuw", "€ 2.034.550,€ 8.239.560")
OLD = HEADING + ROW.format("1", "oud", "€ 34.550,€ 8.239") + ROW.format("2", "oud", "€ 5,€ 10")


def read(folder: Path) -> Reading:
    place = folder / "nl-structural-funds"
    (place / "esf-2014-2020").mkdir(parents=True)
    (place / "esf-2007-2013").mkdir()
    (place / "StructuralFundsNL2007NOW.csv").write_text(PROJECTS, encoding="utf-8")
    lists = place / "esf-2014-2020"
    (lists / "EUSF+14-20+Publicatielijst++01-12-16+Actie+AMR.csv").write_text(NEW, "utf-8")
    (lists / "eusf-publicatielijst-t-m-18-4-2016-amr.csv").write_text(OLD, "utf-8")
    (place / "esf-2007-2013" / "ESF+07-13+Publicatielijst+A.xls").write_bytes(b"\xd0\xcf\x11\xe0")
    (package,) = structural_funds.find(folder)
    reading = structural_funds.read(package)
    check_accounts(reading)
    return reading


def test_every_row_is_typed(tmp_path: Path) -> None:
    reading = read(tmp_path)
    rows = reading.tables["structural_project"].to_pylist()
    assert [row["beneficiary"] for row in rows] == [
        "Hogeschool Kwelder", None, None, *["Gemeente Kwelder"] * 3,
    ]  # fmt: skip
    first = rows[0]
    assert (first["eu_contribution_eur"], first["private_eur"]) == (Decimal("7488600.00"), None)
    assert (first["start_date"], first["updated_on"]) == (date(2009, 1, 8), date(2016, 2, 11))
    assert (first["summary"], first["title_en"]) == ("Twee regels", "Saline crops")
    assert rows[1]["eu_contribution_eur"] == Decimal("1000.50")
    assert rows[3]["total_cost_eur"] == Decimal("8239560.00")
    assert (rows[3]["fund"], rows[3]["start_date"]) == ("ESF", date(2016, 9, 1))
    assert count_codes(reading) == {
        "old-excel": 1, "bad-amount": 1, "bad-number": 1, "bad-date": 1, "no-name": 1,
        "names-withheld": 1, "accents-lost": 1, "older-edition": 1,
    }  # fmt: skip
    assert reading.caveats == ("accents-lost", "esf-editions")


def test_of_two_editions_the_newest_counts(tmp_path: Path) -> None:
    rows = read(tmp_path).tables["structural_project"].to_pylist()
    assert [(row["title"], row["is_current"]) for row in rows[3:]] == [
        ("Eb nieuw", True), ("Eb oud", False), ("Eb oud", True),
    ]  # fmt: skip


def test_a_person_is_nowhere(tmp_path: Path) -> None:
    assert "van der Wadden" not in all_that_is_shown(read(tmp_path))


@pytest.mark.real_data
def test_the_genuine_lists(data_file: Callable[[str], Path]) -> None:
    (package,) = structural_funds.find(data_file("nl-structural-funds").parent)
    reading = structural_funds.read(package)
    check_accounts(reading)
    assert [len(file.line) for file in reading.files] == [1_808, 71, 4, 70]
    table = reading.tables["structural_project"]
    assert table.num_rows == 1_953
    assert table.column("is_current").to_pylist().count(False) == 70
    assert table.column("eu_contribution_eur").null_count == 19
    assert count_codes(reading) == {
        "older-edition": 70, "bad-number": 4, "old-excel": 3, "no-name": 2, "names-withheld": 1,
        "accents-lost": 1,
    }  # fmt: skip
