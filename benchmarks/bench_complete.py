"""Is everything there? Counts and sums of the evidence against the issue and a plain count.

The plain count reads the same zips with DuckDB's own CSV reader, columns as text, and knows nothing
of keten.
"""

from __future__ import annotations

import tempfile
import zipfile
from decimal import Decimal
from pathlib import Path

import duckdb

from benchmarks.verdict import Ground, Line, equal
from keten.evidence import latest

ZIPS = {
    "he": "cordis/cordis-HORIZONprojects-csv.zip",
    "h2020": "cordis/cordis-h2020projects-csv.zip",
}
# As the issue names them: projects, participations, million euro; of them Dutch participations and
# their million euro.
NAMED = {
    "he": (19_189, 119_242, "50535.6", 7_417, "4329.2"),
    "h2020": (31_451, 144_726, "59062.1", 9_092, "4548.7"),
}
_DIALECT = "delim=';', quote='\"', escape='\"', all_varchar=true, header=true"
_WHERE = {"all": "true", "NL": "country = 'NL'"}
Counts = tuple[int, int, Decimal]


def run(ground: Ground) -> list[Line]:
    """Compare to the row and the cent, before and after resolution."""
    plain = count_plainly(ground.data)
    con = latest(ground.home()).cursor()
    lines: list[Line] = []
    for programme, (projects, rows, millions, dutch, dutch_millions) in NAMED.items():
        found = plain[programme, "all"]
        of_dutch = plain[programme, "NL"]
        lines += [
            equal(f"{programme} projects, plain count", found[0], projects),
            equal(f"{programme} participations, plain count", found[1], rows),
            equal(f"{programme} EUR m, plain count", _millions(found[2]), millions),
            equal(f"{programme} NL participations, plain count", of_dutch[1], dutch),
            equal(f"{programme} NL EUR m, plain count", _millions(of_dutch[2]), dutch_millions),
        ]
        for stage, source in _AT.items():
            for part, where in _WHERE.items():
                row = con.execute(
                    f"select count(distinct project_id), count(*), sum(contribution_eur) "
                    f"from ({source}) where programme = '{programme}' and {where}"
                ).fetchone()
                lines.append(
                    equal(
                        f"{programme} {part} {stage}: projects, rows, EUR",
                        _shown(row),
                        _shown(plain[programme, part]),
                    )
                )
        row = con.execute(
            "select count(*) from project where programme = ?", [programme]
        ).fetchone()
        lines.append(equal(f"{programme} rows of project", row and row[0], projects))
    return [*lines, *_hold_receipts(con, ground.data)]


# Rows of other sources that name or may name an organisation: from where, and their amount.
LISTS = {
    "fp7": "select record_id, null::decimal(18,2) as amount_eur from fp7_organisation "
    "join file on file_no = record_id >> 32 where release = 'tables'",
    "fp7-network": "select record_id, null::decimal(18,2) as amount_eur from fp7_participation",
    "innovation-fund": "select record_id, contribution_eur as amount_eur from innovation_fund",
    "rijk": "select record_id, amount_eur from subsidy",
    "structural": "select record_id, eu_contribution_eur as amount_eur from structural_project",
}
_SUBSIDIES = "nl-subsidies-rijk-2015/subsidiesministeries2015.csv"


def _hold_receipts(con: duckdb.DuckDBPyConnection, data: Path) -> list[Line]:
    """Hold that every row of another source is a receipt once, or says why it is none, to the cent."""
    lines = []
    for name, rows in LISTS.items():
        before = con.execute(
            f"select count(*), count(distinct record_id), sum(amount_eur) from ({rows})"
        ).fetchone()
        after = con.execute(
            "select count(*), count(distinct record_id), sum(amount_eur) from ("
            "select record_id, source, amount_eur from receipt union all "
            "select record_id, source, amount_eur from receipt_none) where source = ?",
            [name],
        ).fetchone()
        lines.append(
            equal(f"{name}: rows, EUR of receipts and of none", _shown(after), _shown(before))
        )
    lost = con.execute(
        "select count(*) from receipt left join organisation using (organisation_id) "
        "where organisation.organisation_id is null"
    ).fetchone()
    lines.append(equal("receipts of no organisation", lost and lost[0], 0))
    row = con.execute("select count(*) from receipt_none where reason = 'unresolved'").fetchone()
    lines.append(equal("rows that name an organisation and lead to none", row and row[0], 0))
    plain = duckdb.execute(
        f"""select count(*), sum(replace("Realisatie", ',', '.')::decimal(18,2))
            from read_csv('{data / _SUBSIDIES}', all_varchar=true, header=true, quote='"')"""
    ).fetchone()
    read = con.execute("select count(*), sum(amount_eur) from subsidy").fetchone()
    lines.append(equal("subsidies, plain count: rows, EUR", _shown(read), _shown(plain)))
    return lines


_AT = {
    "before resolution": "from participation",
    "after resolution": (
        "select i.* from involvement i join organisation using (organisation_id) "
        "join organisation_alias a on a.alias = i.source_key "
        "and a.organisation_id = i.organisation_id"
    ),
}


def count_plainly(data: Path) -> dict[tuple[str, str], Counts]:
    """Count projects, participations and euro in the zips, without keten."""
    counts: dict[tuple[str, str], Counts] = {}
    with tempfile.TemporaryDirectory() as scratch:
        for programme, name in ZIPS.items():
            with zipfile.ZipFile(data / name) as archive:
                member = next(m for m in archive.namelist() if m.endswith("organization.csv"))
                path = archive.extract(member, scratch)
            for part, where in _WHERE.items():
                row = duckdb.execute(
                    f"""
                    select count(distinct "projectID"), count(*),
                           sum("ecContribution"::decimal(18,2))
                    from read_csv('{path}', {_DIALECT}) where {where}
                    """
                ).fetchone()
                assert row is not None
                counts[programme, part] = row
    return counts


def _millions(amount: Decimal) -> str:
    return f"{amount / 10**6:.1f}"


def _shown(row: tuple[object, ...] | None) -> str:
    return " / ".join(str(value) for value in row or ())
