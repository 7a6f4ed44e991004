"""Geography: every row typed or an issue, successors of regions, postcodes bound to regions."""

import json
import re
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import shapely

from keten.errors import SourceError
from keten.model import Reading, Severity
from keten.sources import geography
from tests.sources.small_geography import (
    FOUR_PP,
    REGIONS,
    collection,
    read_folder,
    region,
    write_dutch,
    write_nuts,
)


@pytest.fixture
def small(tmp_path: Path) -> Reading:
    write_nuts(tmp_path)
    write_dutch(tmp_path)
    return read_folder(tmp_path)


def by(reading: Reading, table: str, key: str) -> dict[str, dict[str, Any]]:
    return {row[key]: row for row in reading.tables[table].to_pylist()}


def check_accounts(reading: Reading) -> None:
    """Every row found is typed once, or lost with an issue."""
    for index, found in enumerate(reading.files):
        typed = {
            number & (2**32 - 1)
            for name, file in reading.typed_from.items()
            if file == index
            for number in reading.tables[name]["record_id"].to_pylist()
            if number >> 32 == index
        }
        lost = {
            issue.line
            for issue in reading.issues
            if issue.file == index and issue.severity is Severity.ROW_LOST
        }
        assert not typed & lost
        assert typed | lost == set(found.line.to_pylist())


def test_every_row_is_typed_or_an_issue(small: Reading) -> None:
    check_accounts(small)
    assert [found.name for found in small.files] == list(small.package.members)
    lost = [(issue.code, issue.line) for issue in small.issues if issue.severity == "row-lost"]
    assert lost == [("bad-postcode", 8)]


def test_rows_are_kept_as_they_stand(small: Reading) -> None:
    found = {found.name: found for found in small.files}
    assert found["nl-pc4-4pp.csv"].text.to_pylist() == FOUR_PP.splitlines()[1:]
    assert found["nl-pc4-4pp.csv"].line.to_pylist() == list(range(2, 10))
    regions = found["NUTS_RG_20M_2024_4326.geojson"]
    assert regions.text.to_pylist() == [region(code) for code in REGIONS]
    assert regions.line.to_pylist() == list(range(1, len(REGIONS) + 1))


def test_odd_values_and_empty_lines_are_issues(small: Reading) -> None:
    notes = {(issue.code, issue.line, issue.message.en) for issue in small.issues}
    assert ("empty-lines", 4, "2 lines without any value, from here on.") in notes
    assert any(code == "outside-country" and line == 9 for code, line, _ in notes)


def test_a_region_has_name_parent_point_and_shape(small: Reading) -> None:
    row = by(small, "region", "code")["NL32B"]
    assert (row["level"], row["country"], row["parent"]) == (3, "NL", "NL32")
    assert (row["name"], row["vintage"]) == ("Groot-Amsterdam", "2024")
    assert shapely.from_wkb(row["geometry_wkb"]).contains(
        shapely.Point(row["longitude"], row["latitude"])
    )
    assert by(small, "region", "code")["NL"]["parent"] is None


def test_an_outline_is_small_path_data_that_meets_its_neighbour(small: Reading) -> None:
    regions = by(small, "region", "code")
    outline = regions["NL321"]["outline"]
    assert re.fullmatch(r"M[-\d.]+,[-\d.]+l(?:[-\d.]+,[-\d.]+ ?)+z", outline)
    corners = {code: set(trace(regions[code]["outline"])) for code in ("NL321", "NL32B")}
    assert len(corners["NL321"] & corners["NL32B"]) == 2
    north = max(y for _, y in corners["NL321"])
    assert north < 0, "y points down, so northern coordinates are negative"


def trace(outline: str) -> list[tuple[float, float]]:
    """Give the corners of one ring of path data."""
    start, steps = re.fullmatch(r"M(\S+?)l(.*)z", outline).groups()  # type: ignore[union-attr]
    points = np.array([list(map(float, pair.split(","))) for pair in [start, *steps.split()]])
    return [(round(x, 1), round(y, 1)) for x, y in np.cumsum(points, axis=0).tolist()]


@pytest.mark.parametrize(
    ("code", "successor", "change"),
    [
        ("NL321", "NL321", "same"),
        ("NL329", "NL32B", "recoded"),
        ("NL310", "NL350", "recoded"),
        ("NL31", "NL35", "recoded"),
        ("NL399", None, "discontinued"),
        ("PT170", None, "discontinued"),
        ("UKI31", None, "discontinued"),
    ],
)
def test_former_regions_have_successors(
    small: Reading, code: str, successor: str | None, change: str
) -> None:
    row = by(small, "region_former", "code")[code]
    assert (row["successor"], row["change"], row["vintage"]) == (successor, change, "2016")


def test_a_region_whose_parts_went_apart_is_split(tmp_path: Path) -> None:
    write_nuts(tmp_path)
    with (tmp_path / "NUTS_AT_2016.csv").open("a") as former:
        former.write("PT,PT18,Sul\nPT,PT181,Grande Lisboa\nPT,PT182,Península de Setúbal\n")
        former.write("BE,BE2,Two in one\nBE,BE21,x\nBE,BE211,Arr. Capitale\n")
    fate = by(read_folder(tmp_path), "region_former", "code")
    assert (fate["PT181"]["successor"], fate["PT182"]["successor"]) == ("PT1A0", "PT1B0")
    assert (fate["PT18"]["successor"], fate["PT18"]["change"]) == (None, "split")
    assert (fate["BE211"]["successor"], fate["BE211"]["change"]) == ("BE100", "merged")


def test_a_country_that_left_keeps_the_regions_of_its_last_edition(tmp_path: Path) -> None:
    write_nuts(tmp_path)
    later = "CNTR_CODE,NUTS_ID,NUTS_NAME\nUK,UK,United Kingdom\nUK,UKI,London\n"
    (tmp_path / "NUTS_AT_2021.csv").write_text(later)
    reading = read_folder(tmp_path)
    check_accounts(reading)
    kept = [row for row in reading.tables["region"].to_pylist() if row["country"] == "UK"]
    assert [(row["code"], row["vintage"]) for row in kept] == [("UK", "2021"), ("UKI", "2021")]
    assert kept[1]["name"] == "London"
    assert kept[1]["geometry_wkb"] is None


def test_municipalities_know_their_province_and_region(small: Reading) -> None:
    row = by(small, "municipality", "name")["Amsterdam"]
    assert (row["province"], row["corop"], row["nuts3"]) == (
        "Noord-Holland",
        "Groot-Amsterdam",
        "NL32B",
    )


def test_a_postcode_follows_its_municipality_and_province(small: Reading) -> None:
    postcodes = by(small, "postcode_nl", "pc4")
    assert postcodes["1011"]["nuts3"] == "NL32B"
    # The table still names an older COROP region; the municipality is what COROP is made of.
    assert (postcodes["1165"]["corop"], postcodes["1165"]["nuts3"]) == ("Groot-Amsterdam", "NL32B")
    # A municipality without an outline: the region is outside the province, which decides.
    assert (postcodes["4241"]["municipality"], postcodes["4241"]["nuts3"]) == ("Arkel", "NL350")
    # Merged away: where its postcodes lie now.
    assert postcodes["1701"]["municipality"] == "Dijk en Waard"
    assert (postcodes["9999"]["nuts3"], postcodes["9999"]["municipality"]) == (None, None)
    assert "10" not in postcodes


def test_a_post_office_box_lies_where_its_place_does(small: Reading) -> None:
    box = by(small, "postcode_nl", "pc4")["1000"]
    assert (box["is_po_box"], box["municipality"], box["nuts3"]) == (True, "Amsterdam", "NL32B")


def test_places_have_other_spellings_and_may_be_ambiguous(small: Reading) -> None:
    places = {
        (row["place"], row["municipality"]): row for row in small.tables["place_nl"].to_pylist()
    }
    assert places[("A'dam", "Amsterdam")]["nuts3"] == "NL32B"
    assert not places[("Amsterdam", "Amsterdam")]["is_ambiguous"]
    assert places[("Bergen", "Utrecht")]["is_ambiguous"]
    assert ("Dijk en Waard", "Dijk en Waard") in places


def test_only_european_files(tmp_path: Path) -> None:
    write_nuts(tmp_path)
    reading = read_folder(tmp_path)
    check_accounts(reading)
    assert reading.tables["postcode_nl"].num_rows == 0
    assert reading.tables["municipality"].num_rows == 0
    assert by(reading, "region", "code")["NL32B"]["name"] == "Groot-Amsterdam"


def test_only_dutch_files(tmp_path: Path) -> None:
    write_dutch(tmp_path)
    reading = read_folder(tmp_path)
    check_accounts(reading)
    row = by(reading, "postcode_nl", "pc4")["1011"]
    assert (row["municipality"], row["province"], row["nuts3"]) == (
        "Amsterdam",
        "Noord-Holland",
        None,
    )


def test_nothing_to_find(tmp_path: Path) -> None:
    assert geography.find(tmp_path) == []


def test_files_in_several_folders_are_one_package(tmp_path: Path) -> None:
    for name, write in (("europe", write_nuts), ("nl", write_dutch)):
        (tmp_path / name).mkdir()
        write(tmp_path / name)
    (tmp_path / "europe" / "gisco_nuts_2024.geojson").write_text(collection([]))
    (package,) = geography.find(tmp_path)
    assert package.path == tmp_path
    assert "europe/NUTS_RG_20M_2024_4326.geojson" in package.members
    assert "europe/gisco_nuts_2024.geojson" not in package.members
    assert by(read_folder(tmp_path), "postcode_nl", "pc4")["1011"]["nuts3"] == "NL32B"


def test_features_that_cannot_be_used_are_issues(tmp_path: Path) -> None:
    write_nuts(tmp_path)
    bad_code = region("NL").replace('"NUTS_ID": "NL"', '"NUTS_ID": "Netherlands"')
    no_shape = json.loads(region("BE")) | {"geometry": None}
    features = [region("NL"), bad_code, region("NL"), json.dumps(no_shape), '{"type": "Feature"}']
    path = tmp_path / "NUTS_RG_20M_2024_4326.geojson"
    path.write_text(collection(features), "utf-8")
    reading = read_folder(tmp_path)
    check_accounts(reading)
    lost = {(issue.line, issue.code) for issue in reading.issues if issue.severity == "row-lost"}
    assert lost == {
        (2, "bad-code"),
        (3, "repeated-code"),
        (4, "bad-geometry"),
        (5, "unreadable-row"),
    }


def test_a_shape_that_crosses_itself_is_mended_with_a_note(tmp_path: Path) -> None:
    write_nuts(tmp_path)
    feature = json.loads(region("NL"))
    feature["geometry"]["coordinates"] = [[[[4, 52], [5, 53], [5, 52], [4, 53], [4, 52]]]]
    path = tmp_path / "NUTS_RG_20M_2024_4326.geojson"
    path.write_text(collection([json.dumps(feature)]), "utf-8")
    reading = read_folder(tmp_path)
    assert ("mended-geometry", 1) in {(issue.code, issue.line) for issue in reading.issues}
    assert reading.tables["region"].num_rows > 0


def test_files_that_cannot_be_read_as_a_whole_are_errors(tmp_path: Path) -> None:
    write_nuts(tmp_path)
    path = tmp_path / "NUTS_RG_20M_2024_4326.geojson"
    whole = path.read_text()
    for content, message in (
        (whole[: len(whole) // 2], "breaks off"),
        ("{}", "no GeoJSON"),
        (whole.replace("NUTS_ID", "CODE"), "lacks the column"),
    ):
        path.write_text(content)
        with pytest.raises(SourceError, match=message):
            read_folder(tmp_path)
    path.write_text(whole)
    (tmp_path / "NUTS_AT_2016.csv").write_bytes(
        b"CNTR_CODE,NUTS_ID,NUTS_NAME\nAT,AT1,\xd6sterreich\n"
    )
    with pytest.raises(SourceError, match="not UTF-8"):
        read_folder(tmp_path)


def test_a_new_column_and_a_row_of_another_width_are_issues(tmp_path: Path) -> None:
    (tmp_path / "postcodes.csv").write_text(
        "postcode,plaats,gemeente,provincie,nuts3,provincieplaats\n1011,a,b,c,d,e\n1012,a,b\n"
    )
    reading = read_folder(tmp_path)
    check_accounts(reading)
    assert {(issue.code, issue.column, issue.line) for issue in reading.issues} == {
        ("unknown-column", "provincieplaats", 1),
        ("wrong-width", "", 3),
    }


def test_the_same_files_twice_give_the_same_tables(tmp_path: Path) -> None:
    write_nuts(tmp_path)
    write_dutch(tmp_path)
    first, second = read_folder(tmp_path), read_folder(tmp_path)
    assert all(first.tables[name].equals(second.tables[name]) for name in first.tables)


def test_every_card_has_a_licence_and_attribution() -> None:
    assert all(card.licence and card.attribution for card in geography.CARDS)
    assert all(card.attribution in geography.CARD.attribution for card in geography.CARDS)


@pytest.mark.real_data
def test_the_genuine_files(data_dir: Path) -> None:
    reading = read_folder(data_dir / "geo")
    check_accounts(reading)
    assert not [issue for issue in reading.issues if issue.severity != "note"]
    regions = by(reading, "region", "code")
    assert len([code for code in regions if code[:2] != "UK"]) == 1798
    assert regions["UKI31"]["vintage"] == "2016"
    corops = by(reading, "corop", "name")
    assert len(corops) == len({row["nuts"] for row in corops.values()}) == 40
    assert None not in {row["nuts"] for row in corops.values()}
    assert len(reading.tables["province"]) == 12
    municipalities = by(reading, "municipality", "name")
    assert len(municipalities) == 345
    assert all(row["nuts3"] and row["province"] for row in municipalities.values())
    assert municipalities["Vijfheerenlanden"]["nuts3"] == "NL350"
    postcodes = by(reading, "postcode_nl", "pc4")
    assert {row["municipality"] for row in postcodes.values()} - {None} <= set(municipalities)
    assert sum(row["nuts3"] is None for row in postcodes.values()) == 4
    former = by(reading, "region_former", "code")
    assert former["NL33C"]["successor"] == "NL366"
    assert former["PT16"]["change"] == "split"
    assert former["BE327"]["successor"] == "BE328"
    size = sum(len(row["outline"] or "") for row in regions.values())
    assert size < 600_000
