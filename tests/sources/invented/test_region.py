"""The invented region: same seed same bytes, and it goes through the readers of genuine files."""

import hashlib
import zipfile
from collections import Counter
from pathlib import Path

import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st
from pyproj import CRS

from keten.errors import UsageError
from keten.model import Reading
from keten.sources import cordis, geography
from keten.sources.invented import LABELS, MARKER, write_region
from keten.sources.invented.land import invent_land

FLAWS = {
    "bad-date": 1,
    "bad-flag": 1,
    "bad-geolocation": 1,
    "bad-number": 2,
    "column-count": 1,
    "new-role": 1,
    "no-id": 1,
    "no-such-project": 1,
    "repeated-project": 1,
    "repeated-row": 1,
}


@pytest.fixture(scope="module")
def region(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("invented")
    write_region(folder, 400, 7)
    return folder


@pytest.fixture(scope="module")
def readings(region: Path) -> dict[str, Reading]:
    found = [cordis.read(package) for package in cordis.find(region)]
    found += [
        geography.read(package, lambda _what, _share: None) for package in geography.find(region)
    ]
    return {reading.package.release: reading for reading in found}


def content(folder: Path) -> dict[str, str]:
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    return {
        str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in files
    }


def test_the_same_seed_gives_the_same_bytes(region: Path, tmp_path: Path) -> None:
    write_region(tmp_path / "again", 400, 7)
    assert content(tmp_path / "again") == content(region)
    write_region(tmp_path / "again", 400, 8)
    assert content(tmp_path / "again") != content(region)


def test_it_says_in_two_languages_that_it_is_invented(region: Path) -> None:
    words = (region / MARKER).read_text(encoding="utf-8")
    assert "verzonnen" in words
    assert "invented" in words
    assert "--organisations 400 --seed 7" in words


def test_the_readers_find_the_flaws_that_were_put_in_and_no_others(
    readings: dict[str, Reading],
) -> None:
    assert sorted(readings) == ["h2020", "he", "nuts2024"]
    for programme in ("he", "h2020"):
        assert Counter(issue.code for issue in readings[programme].issues) == FLAWS
    assert readings["nuts2024"].issues == ()


def test_every_row_written_is_typed_or_lost(region: Path, tmp_path: Path) -> None:
    sample = write_region(tmp_path / "again", 400, 7)
    found = [cordis.read(package) for package in cordis.find(tmp_path / "again")]
    tables = [reading.tables for reading in found]
    assert sum(each["project"].num_rows for each in tables) == sample.projects
    assert sum(each["participation"].num_rows for each in tables) == sample.participations
    pics = {pic for each in tables for pic in each["participation"].column("pic").to_pylist()}
    assert len(pics) == sample.organisations == 400


def test_headings_are_those_of_the_publisher(region: Path, data_file) -> None:  # type: ignore[no-untyped-def]
    for name in ("cordis-HORIZONprojects-csv.zip", "cordis-h2020projects-csv.zip"):
        genuine = zipfile.ZipFile(data_file(f"cordis/{name}"))
        ours = zipfile.ZipFile(region / "cordis" / name)
        assert ours.namelist() == genuine.namelist()
        for member in ours.namelist():
            with ours.open(member) as mine, genuine.open(member) as theirs:
                assert mine.readline() == theirs.readline()


def test_no_name_or_town_is_that_of_a_real_one(
    readings: dict[str, Reading], data_dir: Path
) -> None:
    def column(name: str, found: list[Reading]) -> set[str]:
        tables = [reading.tables["participation"] for reading in found]
        return {text.upper() for each in tables for text in each.column(name).to_pylist() if text}

    real = [cordis.read(package) for package in cordis.find(data_dir)]
    ours = [readings["he"], readings["h2020"]]
    assert not column("name", ours) & column("name", real)
    assert not column("city", ours) & column("city", real)
    assert not column("pic", ours) & column("pic", real)
    assert not column("country", ours) & column("country", real)
    nuts = geography.read(geography.find(data_dir)[0], lambda _what, _share: None)
    names = set(nuts.tables["region"].column("name").to_pylist())
    assert not names & set(readings["nuts2024"].tables["region"].column("name").to_pylist())


def test_sizes_are_as_uneven_as_real_ones(tmp_path: Path) -> None:
    write_region(tmp_path / "region", 3000, 1)
    for package in cordis.find(tmp_path / "region"):
        table = cordis.read(package).tables["participation"]
        times = np.array(sorted(Counter(table.column("source_key").to_pylist()).values()))
        assert np.median(times) == 1
        assert times[-1] > 20 * times.mean()
        sizes = np.array(list(Counter(table.column("project_id").to_pylist()).values()))
        assert 0.4 < np.mean(sizes == 1) < 0.7
        assert 4 < sizes.mean() < 8
        roles = Counter(table.column("role").to_pylist())
        assert abs(roles["coordinator"] - len(sizes)) <= 1


def test_horizon_2020_has_nameless_organisations_and_both_have_old_region_codes(
    readings: dict[str, Reading],
) -> None:
    names = readings["h2020"].tables["participation"].column("name")
    assert 0.03 < names.null_count / len(names) < 0.2
    assert readings["he"].tables["participation"].column("name").null_count == 0
    current = set(readings["nuts2024"].tables["region"].column("code").to_pylist())
    former = set(readings["nuts2024"].tables["region_former"].column("code").to_pylist())
    for programme in ("he", "h2020"):
        codes = readings[programme].tables["participation"].column("nuts_code").to_pylist()
        assert {code for code in codes if code} <= current | former
        assert any(code and code not in current for code in codes)


def test_former_codes_have_every_kind_of_fate(readings: dict[str, Reading]) -> None:
    changes = set(readings["nuts2024"].tables["region_former"].column("change").to_pylist())
    assert changes == {"same", "recoded", "merged", "discontinued"}


@settings(max_examples=15, deadline=None)
@given(st.integers(0, 2**32))
def test_regions_tile_and_hold_their_cities(seed: int) -> None:
    land = invent_land(np.random.default_rng(seed))
    outline = {area.code: area.outline for area in land.areas}
    assert len({area.name for area in land.areas}) == len(land.areas)
    bounds = CRS(3035).area_of_use.bounds
    for code, shape in outline.items():
        assert shape.is_valid
        inside = [other for other in outline if len(other) == len(code) + 1 and other[:-1] == code]
        if inside:
            parts = shapely.union_all([outline[other] for other in inside])
            assert parts.equals(shape)
            assert np.isclose(sum(outline[other].area for other in inside), shape.area)
        west, south, east, north = shape.bounds
        assert bounds[0] < west < east < -11  # the sea west of Ireland
        assert bounds[1] < south < north < bounds[3]
    for cities in land.cities.values():
        for city in cities:
            assert outline[city.nuts3].contains(shapely.Point(city.longitude, city.latitude))
    assert {area.code for area in land.areas if len(area.code) == 2} == set(LABELS)


@pytest.mark.parametrize(("organisations", "seed"), [(19, 0), (0, 0), (2_000_000, 0), (100, -1)])
def test_sizes_and_seeds_that_cannot_be_are_refused(
    tmp_path: Path, organisations: int, seed: int
) -> None:
    with pytest.raises(UsageError) as refused:
        write_region(tmp_path / "new", organisations, seed)
    assert refused.value.next_step
    assert not (tmp_path / "new").exists()


def test_the_smallest_region_can_be_read(tmp_path: Path) -> None:
    for seed in range(5):
        write_region(tmp_path / "small", 20, seed)
        pics = {
            pic
            for package in cordis.find(tmp_path / "small")
            for pic in cordis.read(package).tables["participation"].column("pic").to_pylist()
        }
        assert len(pics) == 20


def test_other_data_are_never_overwritten(tmp_path: Path) -> None:
    (tmp_path / "cordis").mkdir()
    (tmp_path / "cordis" / "real.csv").write_text("real")
    with pytest.raises(UsageError, match="not of an invented region"):
        write_region(tmp_path, 100, 1)
    assert [path.name for path in tmp_path.rglob("*.*")] == ["real.csv"]
    with pytest.raises(UsageError, match="no folder"):
        write_region(tmp_path / "cordis" / "real.csv", 100, 1)
