"""ROR: two schemas, four kinds of file, and of an organisation the newest record counts."""

from __future__ import annotations

import gzip
import json
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from keten.errors import SourceError
from keten.model import Reading
from keten.sources import ror
from tests.sources.accounts import check_accounts, count_codes

HEADING = ",name,types,country,aliases,addresses,email_address,ror_id\n"
PLACE = (
    "[{'lat': 53.1, 'lng': 6.5, 'state': None, 'city': 'Kwelderstad', 'geonames_city': "
    "{'id': 2747373, 'city': 'Kwelderstad', 'nuts_level3': {'name': \"\"'s-Kwelder\"\"}}}]"
)
CSV = HEADING + (
    "0,Kwelder Institute,['Facility'],\"{'country_name': 'Netherlands', 'country_code': 'NL'}\","
    f"\"['Kwelder Lab', 'KI']\",\"{PLACE}\",,00aaaaa01\n"
    "1,Wad College,['Education'],broken(,[],[],,00aaaaa02\n"
    "2,Nameless,[],,,,,\n"
)


def first(number: str, name: str, **other: Any) -> dict[str, Any]:
    """A record of the first schema."""
    return {
        "id": f"https://ror.org/{number}", "name": name, "established": 1990,
        "types": ["Education"], "relationships": [], "links": ["https://wad.example"],
        "addresses": [{"lat": 53.2, "lng": 6.6, "city": "Wad", "geonames_city": {"id": 12}}],
        "aliases": ["Waddense"], "acronyms": ["WC"], "status": "active", "wikipedia_url": None,
        "labels": [{"label": "Wad Hogeschool", "iso639": "nl"}], "email_address": None,
        "ip_addresses": [], "country": {"country_name": "Netherlands", "country_code": "NL"},
        "external_ids": {"GRID": {"all": "grid.1.2", "preferred": "grid.1.2"},
                         "ISNI": {"all": ["0001", "0002"], "preferred": None}}, **other,
    }  # fmt: skip


def second(number: str, name: str, **other: Any) -> dict[str, Any]:
    """A record of the second schema."""
    return {
        "id": f"https://ror.org/{number}", "established": None, "status": "inactive",
        "domains": ["wad.example"], "types": ["education", "funder"],
        "admin": {"last_modified": {"date": "2026-06-23", "schema_version": "2.1"}},
        "external_ids": [{"all": ["Q1"], "preferred": "Q1", "type": "wikidata"}],
        "links": [{"type": "wikipedia", "value": "https://w.example"},
                  {"type": "website", "value": "https://wad.example"}],
        "locations": [{"geonames_details": {"country_code": "NL", "lat": 53.3, "lng": 6.7,
                                            "name": "Eemswad"}, "geonames_id": 99}],
        "names": [{"lang": "nl", "types": ["alias"], "value": "Wadschool"},
                  {"lang": None, "types": ["acronym"], "value": "WU"},
                  {"lang": "en", "types": ["label", "ror_display"], "value": name}],
        "relationships": [{"label": "Wad", "type": "Parent", "id": "https://ror.org/00aaaaa09"}],
        **other,
    }  # fmt: skip


def line(version: str, record: dict[str, Any]) -> str:
    return json.dumps({"_source_path": f"{version}/x.json", "record": record}) + "\n"


def read(folder: Path, files: dict[str, bytes]) -> Reading:
    (folder / "ror").mkdir()
    for name, data in files.items():
        (folder / "ror" / name).write_bytes(data)
    (package,) = ror.find(folder)
    reading = ror.read(package)
    check_accounts(reading)
    return reading


def test_the_newest_record_of_an_organisation_counts(tmp_path: Path) -> None:
    lines = (
        line("v2.9", second("00aaaaa02", "Wad University"))
        + line("v1.9", first("00aaaaa03", "Old of three"))
        + line("v1.10", first("00aaaaa03", "New of three"))
        + '{"record": {"id": \n'
    )
    files = {
        "ror-records_NL_latest.jsonl.gz": gzip.compress(lines.encode()),
        "uni_ror_NL_2022-05.csv": CSV.encode(),
    }
    reading = read(tmp_path, files)
    found = {row["ror_id"]: row for row in reading.tables["ror"].to_pylist()}
    assert {key: (row["name"], row["schema"], row["version"]) for key, row in found.items()} == {
        "00aaaaa01": ("Kwelder Institute", "1", "1.0"),
        "00aaaaa02": ("Wad University", "2", "2.9"),
        "00aaaaa03": ("New of three", "1", "1.10"),
    }
    earlier = reading.tables["ror_earlier"].to_pylist()
    assert [(row["ror_id"], row["version"]) for row in earlier] == [
        ("00aaaaa03", "1.9"), ("00aaaaa02", "1.0"),
    ]  # fmt: skip
    assert earlier[1]["current_record_id"] == found["00aaaaa02"]["record_id"]
    assert count_codes(reading) == {
        "broken-object": 1, "bad-literal": 1, "no-id": 1, "earlier-record": 2,
    }  # fmt: skip


def test_both_schemas_say_the_same_in_one_form(tmp_path: Path) -> None:
    records = [first("00aaaaa01", "Wad College"), second("00aaaaa02", "Wad University")]
    reading = read(tmp_path, {"ror-data-2024.json": json.dumps(records, indent=1).encode()})
    one, two = reading.tables["ror"].to_pylist()
    assert (one["types"], two["types"]) == (["education"], ["education", "funder"])
    assert (one["acronyms"], two["acronyms"]) == (["WC"], ["WU"])
    assert (one["country"], one["city"], one["geonames_id"]) == ("NL", "Wad", "12")
    assert (two["country"], two["city"], two["geonames_id"]) == ("NL", "Eemswad", "99")
    assert (one["latitude"], two["longitude"]) == (53.2, 6.7)
    assert (one["website"], two["website"]) == ("https://wad.example", "https://wad.example")
    assert (one["established"], two["status"], two["domains"]) == (
        1990, "inactive", ["wad.example"],
    )  # fmt: skip
    names = [tuple(row.values())[1:] for row in reading.tables["ror_name"].to_pylist()]
    assert names == [
        ("00aaaaa01", "Wad College", "name", None),
        ("00aaaaa01", "Wad Hogeschool", "label", "nl"),
        ("00aaaaa01", "Waddense", "alias", None),
        ("00aaaaa01", "WC", "acronym", None),
        ("00aaaaa02", "Wadschool", "alias", "nl"),
        ("00aaaaa02", "WU", "acronym", None),
        ("00aaaaa02", "Wad University", "name", "en"),
    ]
    identifiers = [tuple(row.values())[2:] for row in reading.tables["ror_identifier"].to_pylist()]
    assert identifiers == [
        ("grid", "grid.1.2", True), ("isni", "0001", False), ("isni", "0002", False),
        ("wikidata", "Q1", True),
    ]  # fmt: skip
    assert [tuple(row.values())[1:] for row in reading.tables["ror_relation"].to_pylist()] == [
        ("00aaaaa02", "parent", "00aaaaa09", "Wad")
    ]


def test_a_dump_as_zip(tmp_path: Path) -> None:
    (tmp_path / "ror").mkdir()
    path = tmp_path / "ror" / "v1.50-2024-08-01-ror-data-2024.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("v1.50-ror-data.json", json.dumps([first("00aaaaa01", "Old form")]))
        archive.writestr("v1.50-ror-data_schema_v2.json", json.dumps([second("00aaaaa01", "New")]))
        archive.writestr("v1.50-ror-data.csv", "id,name\n")
    (package,) = ror.find(tmp_path)
    reading = ror.read(package)
    check_accounts(reading)
    (row,) = reading.tables["ror"].to_pylist()
    assert (row["name"], row["schema"], row["version"]) == ("New", "2", "1.50")


def test_a_new_key_is_told(tmp_path: Path) -> None:
    record = second("00aaaaa01", "Wad", mood="fine")
    reading = read(tmp_path, {"ror-records_x.jsonl": line("v2.9", record).encode()})
    assert [(each.code, each.column) for each in reading.issues] == [("new-column", "mood")]


@pytest.mark.parametrize("data", [b"", b"<!doctype html>"])
def test_what_is_no_json_is_refused(tmp_path: Path, data: bytes) -> None:
    with pytest.raises(SourceError):
        read(tmp_path, {"ror-records_x.jsonl": data})


def test_a_list_cut_short_loses_its_last_record_only(tmp_path: Path) -> None:
    whole = json.dumps([first("00aaaaa01", "Whole"), first("00aaaaa02", "Cut")])
    reading = read(tmp_path, {"ror-data-2024.json": whole[:-20].encode()})
    assert reading.tables["ror"].column("name").to_pylist() == ["Whole"]
    assert count_codes(reading) == {"broken-object": 1}


@pytest.mark.real_data
def test_the_genuine_files(data_file: Callable[[str], Path]) -> None:
    (package,) = ror.find(data_file("ror").parent)
    reading = ror.read(package)
    check_accounts(reading)
    assert [len(file.line) for file in reading.files] == [721, 51_370, 1_612, 2_525]
    table = reading.tables["ror"]
    assert (table.num_rows, reading.tables["ror_earlier"].num_rows) == (53_275, 2_953)
    assert len(set(table.column("ror_id").to_pylist())) == 53_275
    assert table.column("name").null_count == 0
    assert table.column("country").to_pylist().count("NL") > 1_612
    assert count_codes(reading) == {"earlier-record": 3}
