"""Calls that fit a chain, and one call: what it says, until when, and by which words it fits."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any, Final

from keten.errors import NotFoundError
from keten.evidence.figures import read_rows
from keten.funding.figures import STRENGTHS_SQL, figure
from keten.funding.highlights import mark, snip
from keten.funding.views import (
    CallList,
    CallRow,
    CallView,
    ChainHits,
    Hit,
    PartRow,
    State,
    Stated,
)
from keten.model import Figure, Scope

if TYPE_CHECKING:
    import duckdb

_PART: Final = "part"
_ORDER: Final = "strength desc nulls last, c.deadline nulls last, c.call_id"


def list_calls(con: duckdb.DuckDBPyConnection, chain: str, today: date, part: str = "") -> CallList:
    """Give the calls with words of a chain, strongest first, or those of a part without any.

    Calls whose deadline has passed stay, after the others. Raises: NotFoundError for a part that is
    none of the chain's.
    """
    parts = _read_parts(con, chain, today)
    if part and part not in {row.part for row in parts}:
        raise NotFoundError(
            f"'{part[:80]}' is no part of a programme that paid for projects of this chain.",
            f"Choose from: {', '.join(row.part for row in parts) or 'none'}.",
        )
    rows = read_rows(
        con,
        f"""
        {STRENGTHS_SQL}, strong as (
            select call_id, sum(weight) as strength from weighed group by call_id
        )
        select c.*, strength from call c left join strong using (call_id)
        where c.call_id in (
            select call_id from chain_call
            where chain = $chain and (term = $part and place = 'part' or $part = '' and
                  place <> 'part')
        )
        order by {_ORDER}
        """,
        {"chain": chain, "part": part},
    )
    hits = _read_hits(con, chain)
    made = [_row(con, row, chain, hits.get(row["call_id"], ()), today) for row in rows]
    on = today.isoformat()
    return CallList(
        chain=chain,
        on=today,
        stated_on=_stated_on(con),
        part=part,
        total=figure(con, "calls", Scope()),
        found=figure(con, "chain_calls", Scope.of(chain=chain)),
        applicable=figure(con, "chain_calls", Scope.of(chain=chain, on=on)),
        budget_eur=figure(con, "chain_calls_budget_eur", Scope.of(chain=chain, on=on)),
        rows=tuple(sorted(made, key=lambda row: row.state in ("passed", "closed"))),
        parts=parts,
    )


def show_call(con: duckdb.DuckDBPyConnection, call_id: str, today: date) -> CallView:
    """Give one call as published, with the words of every chain marked; raises NotFoundError."""
    found = read_rows(con, "select * from call where call_id = $call", {"call": call_id})
    if not found:
        raise NotFoundError(
            f"No call is known here as '{call_id[:80]}'.",
            "Look in the list of calls of a chain; the publisher may have renamed or dropped it.",
        )
    row = found[0]
    chains = _read_chains(con, call_id)
    terms = [hit.term for chain in chains for hit in chain.hits]
    text = row["description"] or ""
    kept = ("identifier", "kind", "is_cut", "programme", "call_group", "call_title",
            "destination", "type_of_action", "deadline_model", "stated_on", "opens_on", "deadline",
            "budget_of")  # fmt: skip
    return CallView(
        call_id=call_id,
        title=mark(row["title"] or "", terms),
        paragraphs=tuple(mark(line, terms) for line in text.split("\n") if line.strip()),
        keywords=mark(row["keywords"] or "", terms),
        conditions=tuple(line for line in (row["conditions"] or "").split("\n") if line.strip()),
        on=today,
        state=_state(row, today),
        budget_eur=_stated(con, row, "call_budget_eur", "budget_eur"),
        contribution_min_eur=_stated(con, row, "call_contribution_min_eur", "contribution_min_eur"),
        contribution_max_eur=_stated(con, row, "call_contribution_max_eur", "contribution_max_eur"),
        grants_expected=_stated(con, row, "call_grants", "grants_expected"),
        address=_safe(row["address"]),
        stated=_read_stated(con, call_id),
        chains=chains,
        **{name: row[name] for name in kept},
    )


def _row(
    con: duckdb.DuckDBPyConnection,
    row: Mapping[str, Any],
    chain: str,
    hits: tuple[Hit, ...],
    today: date,
) -> CallRow:
    terms = [hit.term for hit in hits]
    in_title = any("title" in hit.places for hit in hits)
    scope = Scope.of(chain=chain, call=row["call_id"])
    return CallRow(
        call_id=row["call_id"],
        title=mark(row["title"] or "", terms),
        snippet=()
        if in_title
        else snip(row["description"] or "", terms) or snip(row["keywords"] or "", terms),
        kind=row["kind"],
        programme=row["programme"],
        type_of_action=row["type_of_action"],
        state=_state(row, today),
        opens_on=row["opens_on"],
        deadline=row["deadline"],
        budget_eur=_stated(con, row, "call_budget_eur", "budget_eur"),
        budget_of=row["budget_of"],
        hits=hits,
        strength=figure(con, "call_strength", scope) if hits else None,
    )


def _state(row: Mapping[str, Any], today: date) -> State:
    """Give the state of a call on a day: what dates say goes before what the file said once."""
    if row["status"] == "closed":
        return "closed"
    if row["deadline"] is not None and row["deadline"] < today:
        return "passed"
    if row["opens_on"] is not None and row["opens_on"] > today:
        return "forthcoming"
    if row["status"] == "forthcoming":
        return "due" if row["opens_on"] is not None else "forthcoming"
    return "open"


def _stated(
    con: duckdb.DuckDBPyConnection, row: Mapping[str, Any], name: str, column: str
) -> Figure | None:
    if row[column] is None:
        return None
    return figure(con, name, Scope.of(call=row["call_id"]))


def _read_hits(con: duckdb.DuckDBPyConnection, chain: str) -> dict[str, tuple[Hit, ...]]:
    rows = con.execute(
        f"""
        {STRENGTHS_SQL}
        select m.call_id, m.term, list(distinct m.place order by m.place desc)
        from chain_call m join weighed w using (call_id, term)
        where m.chain = $chain and m.place <> 'part'
        group by m.call_id, m.term order by m.call_id, max(w.weight) desc, m.term
        """,
        {"chain": chain},
    ).fetchall()
    return _gather((call_id, Hit(term, tuple(places))) for call_id, term, places in rows)


def _gather(pairs: Iterable[tuple[str, Hit]]) -> dict[str, tuple[Hit, ...]]:
    found: dict[str, list[Hit]] = defaultdict(list)
    for key, hit in pairs:
        found[key].append(hit)
    return {key: tuple(hits) for key, hits in found.items()}


def _read_parts(con: duckdb.DuckDBPyConnection, chain: str, today: date) -> tuple[PartRow, ...]:
    rows = con.execute(
        """
        select p.part, min(c.deadline) filter (where c.deadline >= cast($on as date))
        from chain_part p
        join chain_call m on m.chain = p.chain and m.term = p.part and m.place = 'part'
        join call c using (call_id)
        where p.chain = $chain group by p.part, p.lift order by p.lift desc, p.part
        """,
        {"chain": chain, "on": today.isoformat()},
    ).fetchall()
    made = []
    for part, deadline in rows:
        scope = Scope.of(chain=chain, programme_part=part)
        made.append(
            PartRow(
                part=part,
                projects=figure(con, "part_projects", scope),
                lift=figure(con, "part_lift", scope),
                calls=figure(con, "part_calls", scope.narrowed(on=today.isoformat())),
                next_deadline=deadline,
            )
        )
    return tuple(made)


def _read_chains(con: duckdb.DuckDBPyConnection, call_id: str) -> tuple[ChainHits, ...]:
    rows = con.execute(
        "select chain, term, list(place order by place desc) from chain_call where call_id = $call "
        "group by chain, term order by chain, term",
        {"call": call_id},
    ).fetchall()
    hits = _gather(
        (chain, Hit(term, tuple(places))) for chain, term, places in rows if _PART not in places
    )
    parts = {chain: term for chain, term, places in rows if _PART in places}
    return tuple(
        ChainHits(chain, hits.get(chain, ()), parts.get(chain, ""))
        for chain in sorted({*hits, *parts})
    )


def _read_stated(con: duckdb.DuckDBPyConnection, call_id: str) -> tuple[Stated, ...]:
    rows: Sequence[Mapping[str, Any]] = read_rows(
        con,
        """
        select f.name as file, s.record_id, s.title, s.status, s.deadline
        from (from call_notice union all by name from call_text) s
        join record r using (record_id) join file f using (file_no)
        where s.call_id = $call order by s.record_id
        """,
        {"call": call_id},
    )
    return tuple(Stated(**row) for row in rows)


def _stated_on(con: duckdb.DuckDBPyConnection) -> date | None:
    ((day,),) = con.execute("select max(stated_on) from call").fetchall()
    return day if isinstance(day, date) else None


def _safe(address: str | None) -> str:
    """Give an address only where a browser may follow it."""
    return address if address and address.startswith("https://") else ""
