"""Locate: witnesses, their contradictions, Dutch addresses as people type them, and what is absent."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa
import pytest

from benchmarks.bench_locate import measure_dutch
from keten.evidence.locate import LOCATION, GeoReference, locate, locate_places, read_reference
from keten.evidence.locate.dutch_address import find_pc4, place_key, place_keys
from tests.sources.small_geography import read_folder, write_dutch, write_nuts

PLACE = pa.schema(
    [
        ("place_id", pa.int64()),
        ("country", pa.string()),
        ("street", pa.string()),
        ("postcode", pa.string()),
        ("city", pa.string()),
        ("nuts_code", pa.string()),
        ("latitude", pa.float64()),
        ("longitude", pa.float64()),
    ]
)
AMSTERDAM = (52.37, 4.9)  # in NL32B
UTRECHT = (52.09, 5.11)  # in NL350

Tables = dict[str, pa.Table]
Locator = Callable[..., dict[str, Any]]


@pytest.fixture(scope="module")
def tables(tmp_path_factory: pytest.TempPathFactory) -> Tables:
    folder = tmp_path_factory.mktemp("geography")
    write_nuts(folder)
    write_dutch(folder)
    return dict(read_folder(folder).tables)


@pytest.fixture(scope="module")
def where(tables: Tables) -> Locator:
    """Locates one address; the others beside it (`among`) have numbers from 2."""
    reference = GeoReference.of(tables)

    def find(among: list[dict[str, Any]] | None = None, **address: Any) -> dict[str, Any]:
        located = locate_places(places([address, *(among or [])]), reference)
        first: dict[str, Any] = located.to_pylist()[0]
        return first

    return find


def places(addresses: list[dict[str, Any]]) -> pa.Table:
    rows = []
    for number, address in enumerate(addresses, 1):
        latitude, longitude = address.get("at", (None, None))
        row = {"place_id": number, "latitude": latitude, "longitude": longitude, "country": "NL"}
        rows.append(row | {name: value for name, value in address.items() if name != "at"})
    return pa.Table.from_pylist(rows, schema=PLACE)


def connect(tables: Tables, addresses: list[dict[str, Any]]) -> duckdb.DuckDBPyConnection:
    con = duckdb.connect()
    for name, table in {**tables, "place": places(addresses)}.items():
        con.register("incoming", table)
        con.execute(f"create table {name} as select * from incoming")
        con.unregister("incoming")
    # Two rows share every address, from line 10 of file 3 on.
    con.execute(
        "create table participation as select place_id, (3::bigint << 32) + 10 * place_id + twice "
        "as record_id from place cross join range(2) as r(twice)"
    )
    return con


def silent(_what: str, _share: float) -> None:
    pass


def test_the_code_speaks_first(where: Locator) -> None:
    found = where(nuts_code="NL32B", at=AMSTERDAM)
    assert (found["nuts3"], found["nuts3_method"], found["nuts_deepest"]) == (
        "NL32B",
        "nuts",
        "NL32B",
    )
    assert (found["coordinate_method"], found["latitude"]) == ("geolocation", 52.37)
    assert (found["municipality"], found["province"]) == ("Amsterdam", "Noord-Holland")
    assert found["note_en"] is None


def test_a_geolocation_far_from_its_code_is_overruled_and_not_drawn(where: Locator) -> None:
    found = where(nuts_code="NL32B", postcode="1011 AB", at=UTRECHT)
    assert (found["nuts3"], found["coordinate_method"]) == ("NL32B", "postcode")
    assert (found["latitude"], found["municipality"]) == (52.37, "Amsterdam")
    assert "52.0900, 5.1100 lie in NL350" in found["note_en"]
    assert "taken as NL32B" in found["note_en"]


def test_a_geolocation_just_over_the_border_contradicts_nothing(where: Locator) -> None:
    found = where(nuts_code="NL32B", at=(52.5, 5.02))  # 1.4 km into NL350
    assert (found["nuts3"], found["coordinate_method"], found["note_en"]) == (
        "NL32B",
        "geolocation",
        None,
    )


def test_a_code_is_overruled_by_postcode_and_geolocation_together(where: Locator) -> None:
    found = where(nuts_code="NL350", postcode="1011 AB", at=AMSTERDAM)
    assert (found["nuts3"], found["nuts3_method"]) == ("NL32B", "postcode")
    assert found["note_en"] == "The region code says NL350; taken as NL32B."


def test_a_code_stands_against_the_geolocation_alone(where: Locator) -> None:
    assert where(nuts_code="NL350", at=AMSTERDAM)["nuts3"] == "NL350"


def test_a_code_of_another_country_is_overruled(where: Locator) -> None:
    found = where(country="BE", nuts_code="NL32B", at=(50.5, 4.5))
    assert (found["nuts3"], found["nuts3_method"]) == ("BE100", "geolocation")
    found = where(country="BE", nuts_code="NL32B")
    assert (found["nuts3"], found["nuts_deepest"]) == (None, "BE")
    assert "The region code says NL32B" in found["note_en"]


def test_former_codes_are_brought_to_now(where: Locator) -> None:
    assert where(nuts_code="NL329")["nuts3"] == "NL32B"
    assert where(nuts_code="NL310")["nuts3"] == "NL350"
    found = where(nuts_code="NL31")
    assert (found["nuts3"], found["nuts_deepest"]) == (None, "NL35")


def test_a_region_that_was_cut_up_goes_by_its_geolocation(where: Locator) -> None:
    found = where(country="PT", nuts_code="PT170", at=(38.7, -9.2))
    assert (found["nuts3"], found["nuts3_method"]) == ("PT1A0", "geolocation")
    found = where(country="PT", nuts_code="PT170", at=(38.7, -8.9))
    assert found["nuts3"] == "PT1B0"
    assert "The region code PT170 has no one successor; PT1 holds it." in found["note_en"]
    found = where(country="PT", nuts_code="PT170")
    assert (found["nuts3"], found["nuts_deepest"]) == (None, "PT1")


def test_codes_nobody_lists_give_what_holds_them(where: Locator) -> None:
    assert where(nuts_code="NL329X")["nuts3"] == "NL32B"
    assert where(nuts_code="NL3ZZ")["nuts_deepest"] == "NL3"
    assert where(nuts_code="NLZZZ")["nuts_deepest"] == "NL"


def test_a_shallow_code_confines_the_others(where: Locator) -> None:
    found = where(nuts_code="NL32", at=AMSTERDAM)
    assert (found["nuts3"], found["note_en"]) == ("NL32B", None)
    found = where(nuts_code="NL32", at=UTRECHT)
    assert (found["nuts3"], found["nuts_deepest"]) == (None, "NL32")
    assert found["coordinate_method"] != "geolocation"


def test_the_united_kingdom_keeps_its_last_regions(where: Locator) -> None:
    found = where(country="GB", nuts_code="UKI31", at=(51.5, -0.1))
    assert (found["nuts3"], found["coordinate_method"]) == ("UKI31", "geolocation")
    assert where(country="UK", nuts_code="UKI39")["nuts_deepest"] == "UKI3"


def test_other_countries_go_as_deep_as_their_country(where: Locator) -> None:
    found = where(country="US", nuts_code="US", city="Boston", at=(42.3, -71.0))
    assert (found["nuts3"], found["nuts_deepest"], found["latitude"]) == (None, "US", 42.3)
    found = where(country="US", at=AMSTERDAM)
    assert (found["nuts3"], found["latitude"]) == (None, None)
    found = where(country="PT")
    assert (found["nuts_deepest"], found["coordinate_method"]) == ("PT", "country")


def test_nothing_known_at_all(where: Locator) -> None:
    found = where(country=None)
    assert found == {name: (1 if name == "place_id" else None) for name in LOCATION.names}


def test_null_island_and_impossible_coordinates_are_no_geolocation(where: Locator) -> None:
    for at in ((0.0, 0.0), (99.0, 4.0), (float("nan"), 4.0), (52.0, None)):
        found = where(nuts_code="NL32B", at=at)
        assert (found["nuts3"], found["coordinate_method"]) == ("NL32B", "region")


def test_postcode_then_place(where: Locator) -> None:
    found = where(postcode="3511 AB", city="Amsterdam")
    assert (found["nuts3"], found["nuts3_method"], found["municipality"]) == (
        "NL350",
        "postcode",
        "Utrecht",
    )
    assert found["note_en"] == "Amsterdam lies in NL32B; taken as NL350."
    found = where(city="AMSTERDAM")
    assert (found["nuts3"], found["nuts3_method"]) == ("NL32B", "place")
    assert (found["municipality"], found["coordinate_method"]) == ("Amsterdam", "place")


def test_place_and_geolocation_outweigh_a_postcode(where: Locator) -> None:
    found = where(postcode="3511 AB", city="Amsterdam", at=AMSTERDAM)
    assert (found["nuts3"], found["note_en"]) == (
        "NL32B",
        "The postcode 3511 lies in NL350; taken as NL32B.",
    )


def test_a_new_postcode_fits_in_with_its_neighbours(where: Locator) -> None:
    found = where(postcode="3519 ZZ")
    assert (found["nuts3"], found["nuts3_method"]) == ("NL350", "postcode")


def test_an_ambiguous_place_stays_open(where: Locator) -> None:
    found = where(city="Bergen")
    assert (found["nuts3"], found["note_en"]) == (
        None,
        "No NUTS 3 region could be found within NL.",
    )


def test_a_misspelled_place_is_recognised(where: Locator) -> None:
    assert where(city="Heerhugowaart")["nuts3"] == "NL321"
    assert where(city="Timbuktu")["nuts3"] is None


def test_elsewhere_other_addresses_tell(where: Locator) -> None:
    lisbon = [
        {"country": "PT", "postcode": "1000-001", "city": "Lisboa", "nuts_code": "PT1A0"},
        {"country": "PT", "postcode": "1000 001", "city": "LISBOA", "nuts_code": "PT1A0"},
    ]
    found = where(lisbon, country="PT", postcode="1000001")
    assert (found["nuts3"], found["nuts3_method"]) == ("PT1A0", "postcode-seen")
    found = where(lisbon, country="PT", city="Lisboa")
    assert (found["nuts3"], found["nuts3_method"]) == ("PT1A0", "place-seen")
    doubt = [*lisbon, lisbon[0] | {"nuts_code": "PT1B0"}]
    assert where(doubt, country="PT", city="Lisboa")["nuts3"] is None
    assert where(lisbon, country="BE", city="Lisboa")["nuts3"] is None


def test_a_postcode_that_nobody_shares_takes_after_its_area(where: Locator) -> None:
    lisbon = [{"country": "PT", "postcode": f"10{n}0", "nuts_code": "PT1A0"} for n in range(3)]
    found = where(lisbon, country="PT", postcode="1099")
    assert (found["nuts3"], found["nuts3_method"]) == ("PT1A0", "postcode-area-seen")
    assert where(lisbon[:2], country="PT", postcode="1099")["nuts3"] is None
    london = [{"country": "UK", "postcode": f"E16 {n}AA", "nuts_code": "UKI31"} for n in range(3)]
    assert where(london, country="UK", postcode="E16 9ZZ")["nuts3"] == "UKI31"
    assert where(london, country="UK", postcode="E1 6EG")["nuts3"] is None


def test_two_addresses_that_contradict_each_other_refute_neither(where: Locator) -> None:
    other = {"country": "PT", "postcode": "1000", "city": "Lisboa", "nuts_code": "PT1B0"}
    assert where([other], **(other | {"nuts_code": "PT1A0"}))["nuts3"] == "PT1A0"


def test_a_lost_geolocation_is_replaced_by_the_middle_of_its_postcode(where: Locator) -> None:
    base = {"country": "PT", "postcode": "1000", "nuts_code": "PT1A0"}
    others = [base | {"at": (38.70 + step / 100, -9.2)} for step in range(3)]
    found = where(others, **base, at=(38.5, -8.2))
    assert (found["coordinate_method"], found["latitude"]) == ("postcode", 38.71)


def test_only_nuts_at_hand(tables: Tables) -> None:
    reference = GeoReference.of({name: tables[name] for name in ("region", "region_former")})
    addresses: list[dict[str, Any]] = [
        {"nuts_code": "NL329", "at": AMSTERDAM, "postcode": "1011"},
        {"city": "Utrecht"},
    ]
    first, second = locate_places(places(addresses), reference).to_pylist()
    assert (first["nuts3"], first["municipality"]) == ("NL32B", None)
    assert first["province"] == "Noord-Holland"
    assert (second["nuts3"], second["nuts_deepest"]) == (None, "NL")


def test_no_geography_at_hand() -> None:
    reference = GeoReference.of({})
    found = locate_places(places([{"nuts_code": "NL32B", "at": AMSTERDAM}]), reference)
    assert found.to_pylist()[0] == {
        **dict.fromkeys(LOCATION.names),
        "place_id": 1,
        "latitude": 52.37,
        "longitude": 4.9,
        "coordinate_method": "geolocation",
        "nuts_deepest": "NL",
    }


def test_no_places(tables: Tables) -> None:
    assert locate_places(places([]), GeoReference.of(tables)).num_rows == 0


def test_the_table_and_its_issues(tables: Tables) -> None:
    addresses: list[dict[str, Any]] = [
        {"nuts_code": "NL32B", "at": AMSTERDAM},
        {"nuts_code": "NL32B", "at": UTRECHT},
        {"city": "Bergen"},
    ]
    con = connect(tables, addresses)
    told: list[float] = []
    issues = locate(con, lambda _, share: told.append(share))
    rows = con.execute("select place_id, nuts3 from location order by place_id").fetchall()
    assert rows == [(1, "NL32B"), (2, "NL32B"), (3, None)]
    assert [(issue.code, issue.value, issue.line, file) for issue, file in issues] == [
        ("geolocation-overruled", "52.0900, 5.1100", 20, 3),
        ("not-located", "Bergen", 30, 3),
    ]
    assert all(issue.message.en != issue.message.nl for issue, _ in issues)
    assert told == sorted(told)
    assert (told[0], told[-1]) == (0.0, 1.0)


def test_each_place_gets_one_row_whatever_the_order(tables: Tables) -> None:
    addresses: list[dict[str, Any]] = [
        {"postcode": "1011"},
        {"nuts_code": "PT170", "country": "PT"},
        {"city": "Utrecht", "at": AMSTERDAM},
        {"country": "PT", "postcode": "1000", "nuts_code": "PT1A0"},
        {"country": "PT", "postcode": "1000"},
    ]
    table = places(addresses)
    reference = GeoReference.of(tables)
    forward = locate_places(table, reference).sort_by("place_id")
    backward = locate_places(table.take([4, 3, 2, 1, 0]), reference).sort_by("place_id")
    assert forward.equals(backward)
    assert forward.schema == LOCATION


@pytest.mark.parametrize(
    ("typed", "pc4"),
    [
        ("1234 AB", "1234"),
        ("1234AB", "1234"),
        ("1234 ab", "1234"),
        ("NL-1234AB", "1234"),
        ("NL 1234 AB", "1234"),
        ("NL1234", "1234"),
        ("1234", "1234"),
        ("1234-AB", "1234"),
        ("12 34 AB", "1234"),
        ("1234 AB Zaandam", "1234"),
        ("1O12 AB", "1012"),
        ("1234\u00a0AB", "1234"),
        ("Postbus 9500, 2300 RA", "2300"),
        ("Postbus 9500", None),
        ("P.O. Box 1234", None),
        ("0123 AB", None),
        ("123", None),
        ("12345", None),
        ("B-1000", "1000"),
        ("", None),
        ("n/a", None),
    ],
)
def test_postcodes_as_people_type_them(typed: str, pc4: str | None) -> None:
    assert find_pc4(typed) == pc4


def test_a_postcode_elsewhere_in_the_address_counts_in_full_only() -> None:
    assert find_pc4("", "1012 WX Amsterdam") == "1012"
    assert find_pc4("", "Amsterdam", "Spui 21, 1012WX") == "1012"
    assert find_pc4("", "", "Industrieweg 1234") is None


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("'s-Gravenhage", "S GRAVENHAGE"),
        ("Capelle aan den IJssel", "CAPELLE A/D YSSEL"),
        ("Capelle aan den IJssel", "Capelle ad IJssel"),
        ("Súdwest-Fryslân", "Sudwest Fryslan"),
        ("Sint Anthonis", "ST. ANTHONIS"),
        ("'t Harde", "T HARDE"),
    ],
)
def test_spellings_of_one_place_share_a_key(left: str, right: str) -> None:
    assert place_key(left) == place_key(right)


@pytest.mark.parametrize(
    ("city", "key"),
    [
        ("The Hague", "sgravenhage"),
        ("Den Haag", "sgravenhage"),
        ("'S-Gravenhage (Den Haag)", "sgravenhage"),
        ("Den Bosch", "shertogenbosch"),
        ("LEYDEN", "leiden"),
        ("Nijmegen, the Netherlands", "nymegen"),
        ("6525 AJ Nijmegen", "nymegen"),
        ("Amsterdam Zuidoost", "amsterdam"),
        ("Rotterdam-Hoogvliet", "rotterdam"),
        ("Hoorn NH", "hoorn"),
        ("Ede Gld.", "ede"),
        ("Delft / Rotterdam", "delft"),
        ("Postbus 123 Utrecht", "utrecht"),
    ],
)
def test_readings_of_a_city_field(city: str, key: str) -> None:
    assert key in list(place_keys(city))


def test_a_country_is_no_place() -> None:
    assert list(place_keys("Nederland")) == []
    assert list(place_keys("-")) == []


@pytest.mark.real_data
def test_the_hague_by_any_name(data_dir: Path) -> None:
    tables = dict(read_folder(data_dir / "geo").tables)
    names = ["The Hague", "'s-Gravenhage", "DEN HAAG", "s gravenhage", "Den Haag (NL)"]
    con = connect(tables, [{"city": name} for name in names])
    locate(con, silent)
    found = con.execute("select distinct nuts3, municipality, province from location").fetchall()
    assert found == [("NL361", "'s-Gravenhage", "Zuid-Holland")]
    assert read_reference(con).resolve("NL33C") == "NL366"


@pytest.mark.real_data
def test_dutch_addresses_are_found_without_code_and_geolocation(data_dir: Path) -> None:
    alone = measure_dutch(data_dir)
    assert alone["addresses_not_located"] == 0
    assert alone["rows_right_share"] >= 0.9978
    assert alone["addresses_right_share"] >= 0.993
