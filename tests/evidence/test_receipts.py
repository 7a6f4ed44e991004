"""What other sources say leads to organisations, every row once, and to the cent."""

from __future__ import annotations

from decimal import Decimal

import duckdb
import pytest

from keten.errors import UsageError
from keten.evidence.figures import MEASURES, list_records_sql, measure
from keten.evidence.receipts import write_receipts
from keten.evidence.resolve.keys import hash_name, key_beneficiary, key_recipient
from keten.model import Coverage, Scope
from tests.evidence.made import Seat, make_evidence

SEATS = (Seat("he-1", "100", name="Kwelder BV"), Seat("he-1", "200", name="Wad NV", country="DE"))
RIJK = (
    (1, "MIT", "Kwelder B.V.", "organisation", "100.10"),
    (2, "MIT", "KWELDER B.V.", "organisation", "-0.20"),
    (3, "MIT", None, "withheld", "7.00"),
    (4, "MIT", None, "anonymous", "8.00"),
    (5, "MIT", "Nergens B.V.", "organisation", "9.00"),  # the resolution knows no such key
)
STRUCTURAL = (  # record, fund, beneficiary, person, current, amount
    (11, "ESF", "Kwelder", False, True, "50.00"),
    (12, "ESF", "Kwelder", False, False, "50.00"),
    (13, "EFRO", None, True, True, "3.00"),
    (14, None, None, False, True, None),
)
FP7 = (  # record, key, person
    (21, "fp7:100", False),
    (22, "fp7:900", True),
    ((2 << 32) + 1, "fp7-network:person-1", True),
    ((2 << 32) + 2, "fp7:100", False),  # the network's own list says nothing more
)
EDGES = (
    ((3 << 32) + 1, "77", "fp7:100"),
    ((3 << 32) + 2, "78", "fp7:100"),
    ((3 << 32) + 3, "78", "fp7:100"),  # twice in one project
    ((3 << 32) + 4, "77", "fp7-network:person-1"),
)
FUND = ((31, "innovation-fund:200", "5000.00", False), (32, "innovation-fund:201", "1.00", True))
KEYS = {
    key_recipient("kwelder b.v."): "pic:100",
    key_beneficiary("kwelder"): "pic:100",
    "fp7:100": "pic:100",
    "innovation-fund:200": "pic:200",
}


@pytest.fixture(scope="module")
def con() -> duckdb.DuckDBPyConnection:
    made = make_evidence(SEATS)
    made.executemany("insert into subsidy values (?, 2015, 'M', ?, ?, ?, true, '1', ?)", RIJK)
    made.executemany(
        "insert into structural_project(record_id, fund, beneficiary, is_person, is_current, "
        "eu_contribution_eur, start_date, title) values (?, ?, ?, ?, ?, ?, '2012-05-01', 'Dijk')",
        STRUCTURAL,
    )
    made.executemany(
        "insert into fp7_organisation(record_id, source_key, is_person) values (?, ?, ?)", FP7
    )
    made.executemany("insert into fp7_participation values (?, ?, ?, 'fp7')", EDGES)
    made.executemany(
        "insert into innovation_fund(record_id, source_key, contribution_eur, is_person, title, "
        "project_id, role, start_date) "
        "values (?, ?, ?, ?, 'Warmte', '5', 'coordinator', '2022-01-01')",
        FUND,
    )
    made.executemany(
        "insert into same_as values (?, ?, false, 'match', .99, null)", list(KEYS.items())
    )
    made.executemany(
        "insert into file(file_no, source, release) values (?, 'fp7', ?)",
        [(0, "tables"), (2, "network"), (3, "network")],
    )
    made.execute("insert into caveat values ('realised', 'rijkssubsidies', '2015', 'x', 'x')")
    issues = write_receipts(made)
    assert [(issue.code, issue.value) for issue in issues] == [("receipt-unresolved", "rijk")]
    return made


def test_every_row_leads_somewhere_once(con: duckdb.DuckDBPyConnection) -> None:
    rows = con.execute("select record_id, organisation_id from receipt order by 1").fetchall()
    assert [(record & 0xFF, owner) for record, owner in rows] == [
        (1, "pic:100"), (2, "pic:100"), (11, "pic:100"), (21, "pic:100"), (31, "pic:200"),
        (1, "pic:100"), (2, "pic:100"), (3, "pic:100"),
    ]  # fmt: skip
    none = con.execute("select record_id & 255, reason from receipt_none order by all").fetchall()
    assert none == [
        (3, "withheld"), (4, "anonymous"), (4, "person"), (5, "unresolved"), (12, "listed-twice"),
        (13, "person"), (14, "no-name"), (22, "person"), (32, "person"),
    ]  # fmt: skip


def test_sums_are_the_same_before_and_after(con: duckdb.DuckDBPyConnection) -> None:
    for source, table, column in (
        ("rijk", "subsidy", "amount_eur"),
        ("structural", "structural_project", "eu_contribution_eur"),
        ("innovation-fund", "innovation_fund", "contribution_eur"),
    ):
        before = con.execute(f"select count(*), sum({column}) from {table}").fetchone()
        after = con.execute(
            "select count(*), sum(amount_eur) from (select source, amount_eur from receipt "
            "union all select source, amount_eur from receipt_none) where source = ?",
            [source],
        ).fetchone()
        assert before == after


def test_figures_lead_to_their_own_rows(con: duckdb.DuckDBPyConnection) -> None:
    scope = Scope.of(organisation="pic:100")
    subsidies = measure(con, "subsidies_eur", scope)
    assert (subsidies.value, subsidies.unit, subsidies.period) == (Decimal("99.90"), "EUR", "2015")
    assert subsidies.coverage == Coverage(2, 2)
    assert subsidies.caveats == ("realised",)  # the other belongs to no file that was read
    assert measure(con, "structural_funds_eur", scope).value == Decimal(50)
    assert measure(con, "fp7_projects", scope).value == 2
    assert measure(con, "innovation_fund_eur", scope).value is None
    assert measure(con, "innovation_fund_eur", Scope.of(region="DE")).value == Decimal(5000)
    assert measure(con, "receipts", scope).value == 7
    assert measure(con, "receipts", scope.narrowed(list="fp7-network")).value == 3
    sql, values = list_records_sql("subsidies_eur", scope)
    assert con.execute(sql, values).fetchall() == [(1,), (2,)]
    rows = measure(con, "source_rows", scope.narrowed(measure="fp7_projects"))
    assert rows.value == 3
    with pytest.raises(UsageError, match="no filter"):
        measure(con, "subsidies_eur", Scope.of(programme="he"))
    assert MEASURES["subsidies_eur"].filters_of == "receipt"


def test_a_region_has_what_its_organisations_received(con: duckdb.DuckDBPyConnection) -> None:
    assert measure(con, "subsidies_eur", Scope.of(region="NL11")).value == Decimal("99.90")
    assert measure(con, "subsidies_eur", Scope.of(region="DE", year=2015)).value is None
    placed = measure(con, "receipts_placed", Scope.of(region="NL"))
    assert (placed.value, placed.coverage) == (0, Coverage(0, 7))


def test_a_name_has_one_key_whatever_its_capitals() -> None:
    assert key_recipient("Straße B.V.") == key_recipient("STRASSE b.v.")
    assert key_recipient("Dijk") != key_beneficiary("Dijk")
    assert len(hash_name("")) == 12
