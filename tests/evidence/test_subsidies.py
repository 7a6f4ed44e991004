"""Participants that received subsidy, and what that says of how much the evidence can see."""

from __future__ import annotations

import duckdb
import pytest

from keten.errors import NotFoundError
from keten.evidence.coverage import METHODS, explain_coverage, measure_coverage, measure_firms
from keten.evidence.names import compare_name
from keten.evidence.receipts import write_receipts
from keten.evidence.resolve.keys import key_recipient
from keten.evidence.subsidies import match_subsidies
from tests.evidence.made import Seat, make_evidence

SEATS = (
    Seat("he-1", "100", name="KWELDER OPTICS BV"),
    Seat("h2020-1", "100", name="Kwelder-Optics B.V."),
    Seat("he-1", "200", name="Wad & Zn. BV"),
    Seat("he-1", "300", name="SURF"),
    Seat("he-2", "301", name="Coöperatie SURF U.A."),
    Seat("he-2", "400", name="Elbe BV", country="DE"),
)
MIT = "MKB Innovatieregeling Topsectoren (MIT)"
ROWS = (
    (1, MIT, "Kwelder Optics B.V.", True),
    (2, "Topsector Energie", "KWELDER OPTICS B V", True),
    (3, MIT, "Wad en Zn B.V.", True),
    (4, MIT, "Elbe B.V.", True),  # the one abroad is another
    (5, MIT, "Surf B.V.", True),  # not known whose name it is
    (6, MIT, "Nieuw B.V.", True),
    (7, "SDE+", "Wad en Zn B.V.", True),  # no innovation
    (8, MIT, "Stichting Kwelder Optics", False),  # no company
    (9, MIT, None, False),
)


# What was decided elsewhere: whose names these are. One of them took part in no project.
OWNERS = (
    ("Kwelder Optics B.V.", "pic:100"),
    ("KWELDER OPTICS B V", "pic:100"),
    ("Wad en Zn B.V.", "pic:200"),
    ("Stichting Kwelder Optics", "pic:100"),
    ("Nieuw B.V.", "kvk:1"),
)


@pytest.fixture(scope="module")
def con() -> duckdb.DuckDBPyConnection:
    made = make_evidence(SEATS)
    made.executemany(
        "insert into subsidy values (?, 2015, 'M', ?, ?, 'k', ?, '1', 100)",
        [list(row) for row in ROWS],
    )
    keys = {key_recipient(name): owner for name, owner in OWNERS}
    for key, owner in keys.items():
        made.execute("insert into same_as values (?, ?, false, 'match', .99, null)", [key, owner])
    made.execute("insert into organisation(organisation_id, country) values ('kvk:1', 'NL')")
    write_receipts(made)
    match_subsidies(made)
    return made


def test_only_participants_are_kept(con: duckdb.DuckDBPyConnection) -> None:
    found = con.execute("select * from subsidy_match order by all").fetchall()
    assert found == [(1, "pic:100"), (2, "pic:100"), (3, "pic:200"), (7, "pic:200"), (8, "pic:100")]
    assert con.execute("select count(*) from subsidy_name").fetchone() == (8,)


def test_coverage_counts_firms_once(con: duckdb.DuckDBPyConnection) -> None:
    assert measure_firms(con, "subsidised_firms").value == 5
    assert measure_firms(con, "subsidised_firms_found").value == 2
    coverage = measure_coverage(con)
    assert coverage.value == pytest.approx(0.4)
    assert coverage.interval is not None
    assert coverage.interval.low == pytest.approx(0.1176, abs=1e-4)
    assert coverage.interval.high == pytest.approx(0.7693, abs=1e-4)
    told = explain_coverage(con, "coverage_of_firms")
    assert told.figure == coverage
    assert [figure.value for _, figure in told.parts] == [5, 2]
    assert told.record_ids == (1, 2, 3, 4, 5, 6)
    assert explain_coverage(con, "subsidised_firms_found").record_ids == (1, 2, 3)
    with pytest.raises(NotFoundError, match="no measure"):
        measure_firms(con, "firms")
    assert {method.unit for method in METHODS.values()} == {"count", "share"}


def test_without_the_list_nothing_is_known() -> None:
    bare = make_evidence(SEATS)
    write_receipts(bare)
    match_subsidies(bare)
    assert measure_coverage(bare).value is None
    assert measure_firms(bare, "subsidised_firms").value == 0


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("B.T.G. Biomass Technology Group B.V.", "btg biomass technology group"),
        ("Stichting 't Wad", "t wad"),
        ("Besloten Vennootschap met beperkte aansprakelijkheid Kwelder", "kwelder"),
        ("Café Zoë N.V.", "cafe zoe"),
        ("Smith and Sons Ltd", "smith en sons"),
        ("B.V.", ""),
    ],
)
def test_names_are_compared_by_what_is_theirs(name: str, key: str) -> None:
    assert compare_name(name) == key
