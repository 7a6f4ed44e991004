"""Who ought to meet: initiatives that serve the same in the same region, or know the same partners.

A pair is left out where both have one lead, or where their leads have worked together already in the
evidence: those know each other.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np
import numpy.typing as npt

from keten.evidence.figures import current_organisations, keep_each, read_labels
from keten.model import Label
from keten.programme.register import Registered, overlap
from keten.workspace.terms import plain

if TYPE_CHECKING:
    import duckdb

_MOST: Final = 1_500  # initiatives that are held against each other
_MOST_LEADS: Final = 400
_MOST_PARTNERS: Final = 400  # who works with more than so many tells little of who belongs together
_NAMED: Final = 3
_WEIGHTS: Final = {"element": 3.0, "mission": 1.5, "chain": 1.5, "technology": 1.0, "stage": 0.5}
# Who both pairs are of, and what they know of each other.
_SHARED: Final = """
    with lead as (select unnest($leads) as organisation_id),
    partner as (
        select l.organisation_id, c.partner_id from lead l join collaboration c using (organisation_id)
        join organisation_card p on p.organisation_id = c.partner_id and p.partners <= $most
    )
    select a.organisation_id, b.organisation_id, count(*) as shared,
        list(a.partner_id order by a.partner_id)[:$named] as partners
    from partner a join partner b on a.partner_id = b.partner_id
        and a.organisation_id < b.organisation_id
    group by all order by all
"""
_MET: Final = """
    select organisation_id, partner_id from collaboration
    where organisation_id in (select unnest($leads)) and partner_id in (select unnest($leads))
    order by all
"""


@dataclass(frozen=True, slots=True)
class Meeting:
    """Two initiatives that ought to meet, and why: what both serve, and whom both leads work with."""

    one: Registered
    other: Registered
    shared: Mapping[str, tuple[str, ...]]  # keys of terms by kind
    regions: tuple[str, ...]
    partners: tuple[Label, ...]
    has_more_partners: bool


def find_meetings(
    con: duckdb.DuckDBPyConnection | None, rows: Sequence[Registered], limit: int = 12
) -> tuple[Meeting, ...]:
    """Give the pairs that have most reason to meet, most reason first."""
    rows = rows[:_MOST]
    if len(rows) < 2:
        return ()
    leads = _read_leads(con, rows)
    partners, met = _find_partners(con, sorted(set(filter(None, leads))))
    reason = np.zeros((len(rows), len(rows)))
    together = _overlap_of(rows)
    for kind, weight in _WEIGHTS.items():
        reason += weight * _count_shared(rows, kind)
    reason[_count_shared(rows, "element") == 0] = 0
    reason *= together
    counts = {pair: min(count, 5) / 2 for pair, (count, _) in partners.items()}
    reason += _lay_out(leads, counts)
    reason[_lay_out(leads, dict.fromkeys(met, 1.0)) > 0] = 0
    reason[_are_one(leads) | _are_one([plain(row.said.lead) for row in rows])] = 0
    upper = np.triu(reason, 1)
    least = 0.0
    if upper.size > limit:  # those that tie with the last are ordered by name, and then cut
        least = float(np.partition(upper, upper.size - limit, axis=None)[upper.size - limit])
    first, second = np.nonzero((upper > 0) & (upper >= least))
    order = sorted(
        zip(first.tolist(), second.tolist(), strict=True),
        key=lambda pair: (-upper[pair], rows[pair[0]].slug, rows[pair[1]].slug),
    )[:limit]
    named = {key for at, beside in order for key in _between(partners, leads, at, beside)[1]}
    labels = read_labels(con, sorted(named)) if con is not None else {}
    return tuple(
        _tell(rows[at], rows[beside], _between(partners, leads, at, beside), labels)
        for at, beside in order
    )


def _tell(
    one: Registered,
    other: Registered,
    partners: tuple[int, tuple[str, ...]],
    labels: Mapping[str, Label],
) -> Meeting:
    shared = {
        kind: both
        for kind in _WEIGHTS
        if (both := tuple(key for key in one.serving(kind) if key in other.serving(kind)))
    }
    regions = {
        max(mine, yours, key=len)
        for mine in one.serving("region")
        for yours in other.serving("region")
        if overlap(mine, yours)
    }
    count, keys = partners
    known = tuple(labels[key] for key in keys if key in labels)
    return Meeting(one, other, shared, tuple(sorted(regions)), known, count > len(known))


def _are_one(names: Sequence[str]) -> npt.NDArray[np.bool_]:
    """Say of each pair whether both bear one name, where they bear any."""
    given = np.array(names)
    same: npt.NDArray[np.bool_] = (given[:, np.newaxis] == given[np.newaxis, :]) & (given != "")
    return same


def _count_shared(rows: Sequence[Registered], kind: str) -> npt.NDArray[np.float64]:
    keys = sorted({key for row in rows for key in row.serving(kind)})
    at = {key: place for place, key in enumerate(keys)}
    table = np.zeros((len(rows), len(keys)))
    for place, row in enumerate(rows):
        for key in row.serving(kind):
            table[place, at[key]] = 1
    shared: npt.NDArray[np.float64] = table @ table.T
    return shared


def _overlap_of(rows: Sequence[Registered]) -> npt.NDArray[np.bool_]:
    """Say of each pair whether a region of one lies in a region of the other."""
    served = [row.serving("region") for row in rows]
    keys = sorted({key for each in served for key in each})
    table = np.array([[key in each for key in keys] for each in served], dtype=float)
    near = np.array([[overlap(key, other) for other in keys] for key in keys], dtype=float)
    if not keys:
        return np.zeros((len(rows), len(rows)), dtype=bool)
    found: npt.NDArray[np.bool_] = (table @ near @ table.T) > 0
    return found


def _read_leads(con: duckdb.DuckDBPyConnection | None, rows: Sequence[Registered]) -> list[str]:
    """Give the organisation of today that runs each initiative, or nothing."""
    records = sorted({row.said.lead_record for row in rows if row.said.lead_record})
    current = current_organisations(con, records) if con is not None and records else {}
    return [current.get(row.said.lead_record, "") for row in rows]


def _lay_out(
    leads: Sequence[str], pairs: Mapping[tuple[str, str], float]
) -> npt.NDArray[np.float64]:
    """Give for each two initiatives what a pair of leads has, nought where they are no such pair."""
    known = sorted(set(leads))
    at = {lead: place for place, lead in enumerate(known)}
    table = np.zeros((len(known), len(known)))
    for (one, other), value in pairs.items():
        table[at[one], at[other]] = table[at[other], at[one]] = value
    places = np.array([at[lead] for lead in leads])
    made: npt.NDArray[np.float64] = table[np.ix_(places, places)]
    return made


_Partners = dict[tuple[str, str], tuple[int, tuple[str, ...]]]


def _find_partners(
    con: duckdb.DuckDBPyConnection | None, leads: Sequence[str]
) -> tuple[_Partners, tuple[tuple[str, str], ...]]:
    """Give whom two leads both work with, and which leads have worked together."""
    return _read_partners(con, tuple(leads[:_MOST_LEADS])) if con and len(leads) > 1 else ({}, ())


@keep_each
def _read_partners(
    con: duckdb.DuckDBPyConnection, leads: tuple[str, ...]
) -> tuple[_Partners, tuple[tuple[str, str], ...]]:
    asked = {"leads": list(leads)}
    rows = con.execute(_SHARED, {**asked, "most": _MOST_PARTNERS, "named": _NAMED}).fetchall()
    met = con.execute(_MET, asked).fetchall()
    return {(a, b): (count, tuple(names)) for a, b, count, names in rows}, tuple(met)


def _between(
    partners: _Partners, leads: Sequence[str], at: int, beside: int
) -> tuple[int, tuple[str, ...]]:
    one, other = sorted((leads[at], leads[beside]))
    return partners.get((one, other), (0, ()))
