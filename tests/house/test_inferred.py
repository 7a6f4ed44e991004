"""What is drawn from who takes part never enters what is said of regions: it would prove itself."""

from pathlib import Path

import pytest

import keten
from keten.pipeline.build import STAGES

# Where each is made, where it is put into words, and the pages that may read it.
MAY_READ = {
    "organisation_technology": {
        "atlas/portrait.py",
        "evidence/dictionary.py",
        "evidence/technologies/organisations.py",
    },
    "inferred_technology": {
        "atlas/inferred.py",
        "evidence/dictionary.py",
        "evidence/technologies/inferring.py",
    },
}
# Stages that make specialisation, relatedness and cross-overs, and all that they stand on.
OF_REGIONS = ("diagnose", "measure", "backtest", "indicate")


@pytest.mark.parametrize("table", MAY_READ)
def test_nobody_else_reads_the_table(table: str) -> None:
    top = Path(keten.__file__).parent
    readers = {
        path.relative_to(top).as_posix()
        for path in top.rglob("*")
        if path.suffix in {".py", ".html", ".sql"} and table in path.read_text("utf-8")
    }
    assert readers == MAY_READ[table]


@pytest.mark.parametrize("table", MAY_READ)
@pytest.mark.parametrize("name", OF_REGIONS)
def test_no_stage_of_regions_stands_on_it(name: str, table: str) -> None:
    stages = {stage.name: stage for stage in STAGES}
    (maker,) = (stage.name for stage in STAGES if table in stage.writes)
    seen, waiting = set(), [name]
    while waiting:
        asked = waiting.pop()
        if asked in stages and asked not in seen:
            seen.add(asked)
            waiting += stages[asked].reads
    assert maker not in seen
    assert seen > {name}


def test_no_stage_at_all_reads_what_participants_tell() -> None:
    assert not [stage.name for stage in STAGES if "infer" in stage.reads]
