"""FP7: projects, organisations and the network; persons blanked, and the hashes of their names too."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from keten.model import Reading
from keten.sources import fp7
from keten.sources.fp7.network import mend
from keten.sources.fp7.read import split_address
from tests.sources.accounts import all_that_is_shown, check_accounts, count_codes

PROJECTS = """"id";"acronym";"title";"status";"programme";"startDate";"endDate";"totalCost";"organisations"
"200001";"EBB";"{title}";"ONG";"FP7-ICT";"2009-03-01";"2012-06-30";"58300757";"27"
"200002";"VLOED";"Short";"";"";"";"";"";""
"200002";"VLOED";"Again";"";"";"2009-03-01";"";"";"many"
""".format(title="x" * 255)
ORGANISATIONS = """"organisationID";"country";"name";"address";"last_update"
"900000001";"NL";"KWELDER ""EB"" BV";"Dijk 1, geb 48, Kwelderstad, 1234 AB";"2018-01-24"
"900000002";"NL";"WADSTRA HENDRIK JAN";"Kwelderpad 7, Dijkdorp, 9999 ZZ";"2018-01-24"
"";"NL";"NOBODY KNOWS";"";"2018-01-24"
"""
PERSON = hashlib.md5(b"WADSTRA HENDRIK JAN", usedforsecurity=False).hexdigest()
FIRM = hashlib.md5(b"KWELDER BV", usedforsecurity=False).hexdigest()
NETWORK = f"""new_org_id;organisationName;organisationShortName;organizationUrl;\
REGION_Level_NUTS_3;country;street;city;postCode;provincia
{FIRM};KWELDER BV;KW;"http://a.example; http://b.example";;NL;"Rue d&#39;activitÃ©s";Dijkdorp;;
{FIRM};KWELDER B.V.;KW;;;NL;Dijk 2;Dijkdorp;;
900000009;UNIVERSITEIT WAD;;;BE100;BE;Dijk 3;Brussel;1050;
{PERSON};WADSTRA HENDRIK JAN;HJW;http://wadstra.example;;NL;Kwelderpad 7;Dijkdorp;9999;
"""
EDGES = f"""projectRcn\tnew_org_id
92001\t{FIRM}
92001\t{PERSON}
92002\t900000009
92002\t900000009
92003\t900000010
92004\t
"""


def write(folder: Path) -> tuple[Reading, Reading]:
    """Writes both deliveries in the publisher's layout, and reads them."""
    tables, network = folder / "cordis-fp7-2018", folder / "cordis-fp7-network"
    tables.mkdir()
    network.mkdir()
    (tables / "project.csv").write_text(PROJECTS, encoding="utf-8")
    (tables / "organization.csv").write_text(ORGANISATIONS, encoding="utf-8")
    (network / "fp7org_sod16.csv").write_bytes(NETWORK.replace("\n", "\r\n").encode())
    (network / "fp7edges.csv").write_bytes(EDGES.replace("\n", "\r\n").encode())
    found = fp7.find(folder)
    assert [package.release for package in found] == ["network", "tables"]
    readings = fp7.read(found[0]), fp7.read(found[1])
    for reading in readings:
        check_accounts(reading)
    return readings


def test_the_tables_are_typed(tmp_path: Path) -> None:
    _, reading = write(tmp_path)
    first, second = reading.tables["fp7_project"].to_pylist()
    assert (first["project_id"], first["programme"], first["is_cut"]) == ("fp7-200001", "fp7", True)
    assert (first["total_cost_eur"], first["participants"]) == (Decimal("58300757.00"), 27)
    assert (first["start_date"], second["start_date"]) == (date(2009, 3, 1), None)
    firm, person = reading.tables["fp7_organisation"].to_pylist()
    assert (firm["source_key"], firm["name"]) == ("fp7:900000001", 'KWELDER "EB" BV')
    assert (firm["street"], firm["city"], firm["postcode"]) == (
        "Dijk 1, geb 48", "Kwelderstad", "1234 AB",
    )  # fmt: skip
    assert (person["is_person"], person["name"], person["street"]) == (True, None, None)
    assert count_codes(reading) == {"no-id": 1, "repeated-row": 1, "names-withheld": 1}


def test_the_network_is_typed(tmp_path: Path) -> None:
    reading, _ = write(tmp_path)
    organisations = reading.tables["fp7_organisation"].to_pylist()
    assert [row["source_key"] for row in organisations] == [
        f"fp7-network:{FIRM}", f"fp7-network:{FIRM}", "fp7:900000009", "fp7-network:person-5",
    ]  # fmt: skip
    assert organisations[0]["street"] == "Rue d'activités"
    assert organisations[0]["website"] == "http://a.example; http://b.example"
    assert [row["source_key"] for row in reading.tables["fp7_participation"].to_pylist()] == [
        f"fp7-network:{FIRM}", "fp7-network:person-5", "fp7:900000009", "fp7:900000010",
    ]  # fmt: skip
    assert count_codes(reading) == {
        "repeated-organisation": 1, "mended-signs": 1, "names-withheld": 1, "repeated-row": 1,
        "no-such-organisation": 1, "no-id": 1,
    }  # fmt: skip


def test_a_person_is_nowhere(tmp_path: Path) -> None:
    """Not by name, address or website, nor by the hash of the name, which can be guessed at."""
    for reading in write(tmp_path):
        shown = all_that_is_shown(reading)
        for trace in ("WADSTRA", "wadstra", "HJW", "Kwelderpad", PERSON):
            assert trace not in shown, trace
        assert "KWELDER" in shown


def test_later_programmes_are_left_alone(tmp_path: Path) -> None:
    (tmp_path / "fp7").mkdir()
    (tmp_path / "fp7" / "project.csv").write_text("id;acronym;title\n")
    (tmp_path / "fp7" / "organization.csv").write_text("projectID;organisationID;name\n")
    assert fp7.find(tmp_path) == []


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("Dijk 1, Stad, 1234 AB", ("Dijk 1", "Stad", "1234 AB")),
        ("A, B, Stad, ", ("A, B", "Stad", None)),
        ("Stad", ("Stad", None, None)),
        ("", (None, None, None)),
    ],
)
def test_an_address_comes_apart(text: str, parts: tuple[str | None, ...]) -> None:
    assert split_address(text) == parts


def test_only_what_is_certain_is_mended() -> None:
    assert mend("activitÃ©s") == "activités"
    assert mend("ErzstraÃŸe &amp; Co") == "Erzstraße & Co"
    assert mend("Ångström") == "Ångström"
    assert mend("WÃƒâ€“HR") == "WÖHR"


@pytest.mark.real_data
def test_the_genuine_files(data_file: Callable[[str], Path]) -> None:
    network, tables = (fp7.read(each) for each in fp7.find(data_file("cordis-fp7-2018").parent))
    for reading in (network, tables):
        check_accounts(reading)
    assert tables.tables["fp7_project"].num_rows == 25_778
    organisation = tables.tables["fp7_organisation"]
    assert organisation.num_rows == 30_399
    assert organisation.column("country").to_pylist().count("NL") == 1_600
    assert sum(organisation.column("is_person").to_pylist()) == 305
    assert network.tables["fp7_organisation"].num_rows == 31_055
    assert network.tables["fp7_participation"].num_rows == 135_667
    assert count_codes(network) == {
        "repeated-organisation": 82, "repeated-row": 3, "names-withheld": 1, "mended-signs": 1,
    }  # fmt: skip
