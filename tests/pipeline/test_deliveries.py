"""What a build does with the deliveries it finds: none, one, the same twice, two that compete."""

import shutil
from datetime import UTC, datetime
from pathlib import Path

import pytest

from keten.errors import SourceError
from keten.evidence import latest
from keten.pipeline import Report, build
from keten.sources.invented import write_region

NOW = datetime(2026, 1, 1, tzinfo=UTC)
HE = "cordis-HORIZONprojects-csv.zip"


def built(data: Path, home: Path) -> Report:
    return build(data, home, rulings=(), rulings_fingerprint="none", now=NOW)


def test_the_same_delivery_twice_is_read_once_and_told(data: Path, tmp_path: Path) -> None:
    built(data, tmp_path / "once")
    shutil.copy(data / "cordis" / HE, data / HE)
    built(data, tmp_path / "twice")
    count = "select count(*), sum(contribution_eur) from involvement"
    once, twice = latest(tmp_path / "once"), latest(tmp_path / "twice")
    assert once.cursor().execute(count).fetchall() == twice.cursor().execute(count).fetchall()
    told = "select value from issue where code = 'duplicate-file'"
    assert len(twice.cursor().execute(told).fetchall()) == 1


def test_two_deliveries_of_one_programme_stop_the_build(data: Path, tmp_path: Path) -> None:
    write_region(tmp_path / "other", organisations=60, seed=2)
    shutil.copy(tmp_path / "other" / "cordis" / HE, data / HE)
    with pytest.raises(SourceError, match="both deliveries") as caught:
        built(data, tmp_path / "home")
    assert "Keep one of them" in caught.value.next_step
    assert not (tmp_path / "home" / "evidence" / "current").exists()


def test_a_folder_without_a_delivery_says_what_to_do(tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    with pytest.raises(SourceError, match="No CORDIS release") as caught:
        built(tmp_path / "data", tmp_path / "home")
    assert "keten get cordis" in caught.value.next_step


def test_no_folder_at_all(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="no data folder"):
        built(tmp_path / "absent", tmp_path / "home")


def test_invented_evidence_says_so_everywhere(data: Path, tmp_path: Path) -> None:
    built(data, tmp_path / "home")
    evidence = latest(tmp_path / "home")
    assert evidence.is_invented
    con = evidence.cursor()
    marked = "select distinct release from caveat where caveat = 'invented' order by release"
    releases = con.execute("select distinct release from file order by release").fetchall()
    assert len(releases) > 3
    assert con.execute(marked).fetchall() == releases


@pytest.fixture
def data(tmp_path: Path) -> Path:
    write_region(tmp_path / "data", organisations=60, seed=1)
    return tmp_path / "data"
