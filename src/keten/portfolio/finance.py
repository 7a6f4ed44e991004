"""Finance: revenue and private capital of a party, which no open source has and a person may enter.

Not private to who entered it, since colleagues reason on it together; shown to signed-in people only.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Final

from keten.errors import NotFoundError, UsageError
from keten.model import Judgement
from keten.workspace import Store

if TYPE_CHECKING:
    import duckdb

FINANCE: Final = "finance"
PARTS: Final = ("revenue_eur", "private_capital_eur", "other_subsidy_eur")
_LARGEST: Final = 1e12


def record_finance(
    con: duckdb.DuckDBPyConnection,
    store: Store,
    organisation_id: str,
    year: int,
    amounts: Mapping[str, float],
    reason: str,
    author: str,
    made_at: datetime,
) -> Judgement:
    """Keep a year's amounts, in the place of what was entered before.

    The line is kept with the organisation's source record, so that it holds when organisations are
    merged or split. Raises: UsageError for amounts or a year that cannot be; NotFoundError.
    """
    if not 1990 <= year <= made_at.year:
        raise UsageError(
            f"{year} is no year to enter.", f"Give a year from 1990 to {made_at.year}."
        )
    if not amounts:
        raise UsageError("No amount is given.", "Give revenue, private capital or other subsidy.")
    for name, amount in amounts.items():
        if name not in PARTS or not 0 <= amount <= _LARGEST:
            raise UsageError(f"{name} cannot be {amount:g}.", "Give whole euros, nought or more.")
    row = con.execute(
        "select anchor_key from organisation where organisation_id = ?", [organisation_id]
    ).fetchone()
    if row is None:
        raise NotFoundError(f"No organisation '{organisation_id}'.", "Search for it by name.")
    earlier = read_finance(con, store, organisation_id).get(year)
    return store.record(
        FINANCE, earlier.subject if earlier else f"{FINANCE}:{row[0]}", str(year), reason, author,
        made_at, value=dict(amounts), supersedes=earlier.number if earlier else None,
    )  # fmt: skip


def read_finance(
    con: duckdb.DuckDBPyConnection, store: Store | None, organisation_id: str
) -> dict[int, Judgement]:
    """Give the line in force for each year of an organisation, the latest where records were merged."""
    if store is None:
        return {}
    rows = con.execute(
        "select source_key from same_as where organisation_id = ?", [organisation_id]
    ).fetchall()
    subjects = {f"{FINANCE}:{key}" for (key,) in rows}
    return {
        int(line.object): line
        for line in store.judgements(FINANCE, only_in_force=True)
        if line.subject in subjects and not line.is_private
    }
