"""Structural funds: Dutch amounts and days, editions of one list, accents that were lost."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from keten.errors import SourceError
from keten.model import Reading
from keten.sources import structural_funds
from tests.sources.accounts import all_that_is_shown, check_accounts, count_codes
from tests.sources.old_excel import write_old_workbook

PROJECTS = """Begunstigde,Titel van het project (naam van de concrete actie),\
Titel van het project in het Engels,Fonds,Autoriteit,Samenvatting,Website project,\
EU-subsidie in Euro's,Overige publieke financiering,Overige private financiering,\
Totale kosten in Euro's,Medefinancieringspercentage van de Unie (per prioritaire as),\
Datum van laatste bijwerking,Begindatum,Einddatum,Thematische doelstelling
Hogeschool Kwelder,Zilte teelt,Saline crops ,EFRO,,"Twee
regels",,7.488.600,850.000,,8.338.600,35,11.02.2016,08.01.2009,31.12.2014,
K. van der Wadden,Dijkcaf\ufffd,,ESF,,,,"1.000,50",,,veel,n.b.,11.02.2016,31.02.2010,,
Kwelderschool,Ebschool,,ESF,,,,2.500,,,,,11.02.2016,30.04.2008,,
Vloedschool,Vloed &amp; eb,,ESF,,,,2.500,,,,,11.02.2016,30.04.2010,,
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
EARLIER = [" ".join(name.split()).replace("EUSF", "ESF") for name in HEADING.strip().split(",")]
EARLIER += [
    "ESF subsidie toegekend vaststelling   ESF approved on request Union cofinancing (max 50%)",
    "Totale subsidiabele kosten bij vaststelling               Total eligible expenditure on request",
    "Datum Intrekking", "Datum Afwijzing", "Intrekking/Afwijzing",
]  # fmt: skip
FIRST: tuple[str | None, ...] = ("Wad", "NL", "n.v.t.", "Naam", None, "2008-05-01", "2009-04-30")
APPLICATIONS: list[list[str | float | None]] = [
    ["2007ESFN1", "A", 2007, "School Kwelder", *FIRST, 2500, 5000.5, 100, "", "", "", None],
    ["2007ESFN2", "A", 2007, "Gemeente Eb", *FIRST, 700, 1400, 0, "", "", "", "Afgewezen"],
    ["2007ESFN3", "A", "2008-2", "WADSTRA HENDRIK JAN", *FIRST, 9, 18, 0, "", "", "", "Uitgesteld"],
]
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
    earlier = place / "esf-2007-2013" / "ESF+07-13+Publicatielijst++01-12-16+Actie+A.xls"
    write_old_workbook(earlier, "ESF 07-13", [EARLIER, *APPLICATIONS])
    (package,) = structural_funds.find(folder)
    reading = structural_funds.read(package)
    check_accounts(reading)
    return reading


def test_every_row_is_typed(tmp_path: Path) -> None:
    reading = read(tmp_path)
    rows = reading.tables["structural_project"].to_pylist()
    assert [row["beneficiary"] for row in rows] == [
        "Hogeschool Kwelder", None, "Kwelderschool", "Vloedschool", None,
        "School Kwelder", "Gemeente Eb", None, *["Gemeente Kwelder"] * 3,
    ]  # fmt: skip
    first = rows[0]
    assert (first["eu_contribution_eur"], first["private_eur"]) == (Decimal("7488600.00"), None)
    assert (first["start_date"], first["updated_on"]) == (date(2009, 1, 8), date(2016, 2, 11))
    assert (first["summary"], first["title_en"]) == ("Twee regels", "Saline crops")
    assert rows[3]["title"] == "Vloed & eb"
    assert rows[1]["eu_contribution_eur"] == Decimal("1000.50")
    assert (rows[5]["total_cost_eur"], rows[5]["source_id"]) == (Decimal("5000.50"), "2007ESFN1")
    assert rows[8]["total_cost_eur"] == Decimal("8239560.00")
    assert (rows[8]["fund"], rows[8]["start_date"]) == ("ESF", date(2016, 9, 1))
    assert count_codes(reading) == {
        "bad-amount": 1, "bad-number": 1, "bad-date": 1, "no-name": 1, "names-withheld": 2,
        "accents-lost": 1, "older-edition": 1, "listed-twice": 1, "new-status": 1,
    }  # fmt: skip
    assert reading.caveats == ("accents-lost", "esf-editions")


def test_of_two_editions_the_newest_counts(tmp_path: Path) -> None:
    rows = read(tmp_path).tables["structural_project"].to_pylist()
    assert [(row["title"], row["is_current"]) for row in rows[8:]] == [
        ("Eb nieuw", True), ("Eb oud", False), ("Eb oud", True),
    ]  # fmt: skip


def test_a_project_in_two_lists_counts_once(tmp_path: Path) -> None:
    rows = read(tmp_path).tables["structural_project"].to_pylist()
    # The first began a day before what the other list says; the second is of another year.
    assert [(row["title"], row["is_current"]) for row in rows[2:4]] == [
        ("Ebschool", False), ("Vloed & eb", True),
    ]  # fmt: skip


def test_what_was_not_granted_does_not_count(tmp_path: Path) -> None:
    rows = read(tmp_path).tables["structural_project"].to_pylist()
    assert [(row["status"], row["is_current"]) for row in rows[5:8]] == [
        (None, True), ("rejected", False), (None, True),
    ]  # fmt: skip


def test_what_is_no_workbook_is_said_to_be_none(tmp_path: Path) -> None:
    place = tmp_path / "structural-funds"
    place.mkdir()
    (place / "ESF+07-13+Publicatielijst+A.xls").write_bytes(b"\xd0\xcf\x11\xe0")
    (package,) = structural_funds.find(tmp_path)
    with pytest.raises(SourceError, match="cannot be read"):
        structural_funds.read(package)
    write_old_workbook(place / "ESF+07-13+Publicatielijst+A.xls", "Blad1", [["Titel"]])
    with pytest.raises(SourceError, match="its sheets are: Blad1"):
        structural_funds.read(package)


def test_a_person_is_nowhere(tmp_path: Path) -> None:
    shown = all_that_is_shown(read(tmp_path))
    assert "van der Wadden" not in shown
    assert "WADSTRA" not in shown


@pytest.mark.real_data
def test_the_genuine_lists(data_file: Callable[[str], Path]) -> None:
    (package,) = structural_funds.find(data_file("nl-structural-funds").parent)
    reading = structural_funds.read(package)
    check_accounts(reading)
    assert [len(file.line) for file in reading.files] == [1_808, 306, 1_652, 99, 71, 4, 70]
    table = reading.tables["structural_project"]
    assert table.num_rows == 4_010
    assert Counter(table.column("status").to_pylist()) == {
        None: 3_182, "rejected": 565, "withdrawn": 263,
    }  # fmt: skip
    assert table.column("eu_contribution_eur").null_count == 19
    assert count_codes(reading) == {
        "listed-twice": 478, "older-edition": 70, "bad-number": 4, "no-name": 2, "names-withheld": 3,
        "accents-lost": 1,
    }  # fmt: skip
