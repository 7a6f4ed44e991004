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
