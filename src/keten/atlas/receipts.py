"""What other sources than Horizon say: of an organisation, row by row, and of a region in sums."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Final

from keten.atlas.receipt_views import Identifier, OtherSources, ReceiptRow, RegionReceipts
from keten.evidence.figures.counting import make_figures, measure, read_caveats
from keten.evidence.figures.method import MEASURES
from keten.evidence.figures.rows import among, read_once, read_rows
from keten.evidence.figures.scope import write_condition
from keten.model import Figure, Scope

if TYPE_CHECKING:
    import duckdb

FIRST: Final = 10
# What is counted of each list, in the order in which pages show it; the list of FP7 gives no sum.
COUNTED: Final = {
    "fp7-network": "fp7_projects",
    "innovation-fund": "innovation_fund_eur",
    "structural": "structural_funds_eur",
    "rijk": "subsidies_eur",
}
_SUMMED: Final = {name: MEASURES[name] for name in COUNTED.values() if name.endswith("_eur")}
# Where each register can be asked about a number; that of VAT has no address of its own for each.
_REGISTERS: Final = {
    "ror": "https://ror.org/{}",
    "pic": "https://ec.europa.eu/info/funding-tenders/opportunities/portal/screen/"
    "how-to-participate/org-details/{}",
    "kvk": "https://www.kvk.nl/zoeken/?q={}",
    "vat": "https://ec.europa.eu/taxation_customs/vies",
}


def show_other_sources(con: duckdb.DuckDBPyConnection, organisation_id: str) -> OtherSources:
    """Give what other sources say of an organisation; nothing of it where they do not name it."""
    scope = Scope.of(organisation=organisation_id)
    return OtherSources(
        list_identifiers(con, organisation_id),
        measure(con, "receipts", scope),
        _count(con, scope),
        list_receipts(con, organisation_id, 0, FIRST),
    )


def show_region_receipts(con: duckdb.DuckDBPyConnection, codes: tuple[str, ...]) -> RegionReceipts:
    """Give what other sources say of the organisations in a region or a set of regions."""
    scope = Scope.of(region="+".join(codes) or None)
    return RegionReceipts(_count(con, scope), *_count_everywhere(con))


@read_once
def _count_everywhere(con: duckdb.DuckDBPyConnection) -> tuple[Figure, Figure]:
    """Count the rows of which is known where they lie, and all rows."""
    return measure(con, "receipts_placed", Scope()), measure(con, "receipts", Scope())


def list_receipts(
    con: duckdb.DuckDBPyConnection, organisation_id: str, offset: int, limit: int
) -> tuple[ReceiptRow, ...]:
    """Give one page of the rows of other sources on an organisation: newest first, by list."""
    rows = read_rows(
        con,
        """
        select source as list, year, what, role, project_id, amount_eur, source_key, record_id
        from receipt where organisation_id = $organisation
        order by year desc nulls last, source desc, record_id
        limit $page_limit offset $page_offset
        """,
        {"organisation": organisation_id, "page_limit": limit, "page_offset": offset},
    )
    return tuple(
        ReceiptRow(
            **(
                row
                | {
                    "amount_eur": make_amount(
                        con, row["list"], row["year"], row["amount_eur"], row["record_id"]
                    )
                }
            )
        )
        for row in rows
    )


def make_amount(
    con: duckdb.DuckDBPyConnection,
    source: str,
    year: int | None,
    amount: Decimal | None,
    record_id: int,
) -> Figure | None:
    """Make the figure of the amount in one row of a list; None of a list that gives no amounts."""
    counted = _SUMMED.get(COUNTED.get(source, ""))
    if counted is None:
        return None
    values = [amount, int(amount is not None), 1, year, year, False, False]
    scope = Scope.of(record=record_id)
    (figure,) = make_figures([counted], scope, values, read_caveats(con))
    return figure


def list_identifiers(
    con: duckdb.DuckDBPyConnection, organisation_id: str
) -> tuple[Identifier, ...]:
    """Give the numbers under which registers know an organisation, each with a row that says so."""
    keys = con.execute(
        "select source_key from same_as where organisation_id = $organisation",
        {"organisation": organisation_id},
    ).fetchall()
    condition, values = among("source_key", (key for (key,) in keys))
    rows = con.execute(
        f"select source_key, pic, vat_number, record_id from source_organisation where {condition}",
        values,
    ).fetchall()
    found: dict[tuple[str, str], int] = {}
    for key, pic, vat, record in rows:
        register, _, number = key.partition(":")
        said = [(register, number)] if register in {"ror", "kvk"} else []
        said += [(name, given) for name, given in (("pic", pic), ("vat", vat)) if given is not None]
        for one in said:
            found[one] = min(record, found.get(one, record))
    order = ("ror", "pic", "kvk", "vat")
    return tuple(
        Identifier(register, number, _REGISTERS[register].format(number), found[register, number])
        for register, number in sorted(found, key=lambda one: (order.index(one[0]), one[1]))
    )


def _count(con: duckdb.DuckDBPyConnection, scope: Scope) -> tuple[Figure, ...]:
    """Give the figures of the lists that have rows in a scope."""
    condition = write_condition(scope, "receipt")
    rows = con.execute(
        f"select distinct g.source from receipt g where {condition.sql}", condition.values
    ).fetchall()
    return tuple(measure(con, name, scope) for source, name in COUNTED.items() if (source,) in rows)
