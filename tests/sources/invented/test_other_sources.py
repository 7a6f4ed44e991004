"""The invented region has rows of all sources that know organisations, in their genuine layouts."""

from collections import Counter

import pytest

from keten.model import Reading
from keten.sources import cordis, fp7, innovation_fund, kvk, ror, structural_funds
from keten.sources.invented import write_region
from keten.sources.invented.spelling import PERSON
from tests.sources.accounts import all_that_is_shown, check_accounts, count_codes

SOURCES = (fp7, innovation_fund, kvk, ror, structural_funds)


@pytest.fixture(scope="module")
def readings(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Reading]:
    region = tmp_path_factory.mktemp("invented") / "region"
    write_region(region, 200, 7)
    found = [source.read(package) for source in SOURCES for package in source.find(region)]
    found += [cordis.read(package) for package in cordis.find(region)]
    return {reading.package.release: reading for reading in found}


def test_the_genuine_readers_find_nothing_odd_but_persons(readings: dict[str, Reading]) -> None:
    told: Counter[str] = Counter()
    for reading in readings.values():
        check_accounts(reading)
        assert PERSON not in all_that_is_shown(reading)
        if reading.package.source != "cordis":
            told += count_codes(reading)
    assert told == {"names-withheld": 3, "total-row": 1}


def test_some_are_in_several_sources_under_other_names(readings: dict[str, Reading]) -> None:
    def column(release: str, table: str, name: str) -> list[str]:
        return [each for each in readings[release].tables[table].column(name).to_pylist() if each]

    now = dict(
        zip(
            column("he", "participation", "pic"), column("he", "participation", "name"), strict=True
        )
    )
    then = dict(
        zip(
            column("tables", "fp7_organisation", "pic"),
            readings["tables"].tables["fp7_organisation"].column("name").to_pylist(),
            strict=True,
        )
    )
    both = now.keys() & then.keys()
    assert len(both) > 15
    assert 3 < sum(now[pic] != then[pic] for pic in both) < len(both)
    assert then.keys() - now.keys()  # some have another number now
    assert len(column("records", "ror", "ror_id")) > 20
    sponsors = "ind-recognised-sponsors-2024"
    assert len(column(sponsors, "sponsor", "kvk_number")) > 20
