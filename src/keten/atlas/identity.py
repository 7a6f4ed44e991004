"""Identity: which records are an organisation and why, what it is tied to, and who may be the same."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from keten.atlas.identity_views import (
    IdentityView,
    LikelyDuplicate,
    Membership,
    Relation,
    SourceRecord,
)
from keten.atlas.pairs import RULINGS, read_source_records
from keten.evidence.figures import among, current_organisations, read_labels, read_rows
from keten.model import Figure, Judgement, Label, Scope

if TYPE_CHECKING:
    import duckdb

    from keten.workspace import Store


@dataclass(frozen=True, slots=True)
class Compared:
    """A pair of which one record is the organisation's own; `is_compared` or asked about otherwise."""

    own_key: str
    other_key: str
    probability: float
    verdict: str
    is_compared: bool


def read_identity(
    con: duckdb.DuckDBPyConnection, store: Store | None, organisation_id: str
) -> IdentityView:
    """Give the records of an organisation, its relations, and its likely duplicates by likelihood.

    Of several pairs with records of one other organisation the most likely is given.
    """
    own = _read_keys(con, organisation_id)
    relations = _read_relations(con, own)
    compared = _read_compared(con, own)
    pairs = _pick_pairs(compared, own)
    others = {row["other_key"] for row in relations} | {pair.other_key for pair in pairs}
    today = current_organisations(con, others)
    labels = read_labels(con, sorted(set(today.values())))
    names = _read_names(con, sorted(others))
    said = _read_rulings(store, pairs)
    best: dict[str, Compared] = {}
    for pair in pairs:
        best.setdefault(today.get(pair.other_key, pair.other_key), pair)

    def about(other: str) -> tuple[str | None, Label | None]:
        return names.get(other), labels.get(today.get(other, ""))

    return IdentityView(
        _read_members(con, store, organisation_id, compared),
        tuple(_make_relation(row, *about(row["other_key"])) for row in relations),
        tuple(
            _make_duplicate(pair, *about(pair.other_key), said.get((pair.own_key, pair.other_key)))
            for pair in best.values()
        ),
    )


def _read_keys(con: duckdb.DuckDBPyConnection, organisation_id: str) -> tuple[str, ...]:
    rows = con.execute(
        "select source_key from same_as where organisation_id = $organisation order by source_key",
        {"organisation": organisation_id},
    ).fetchall()
    return tuple(str(key) for (key,) in rows)


def _read_members(
    con: duckdb.DuckDBPyConnection,
    store: Store | None,
    organisation_id: str,
    compared: Sequence[Compared],
) -> tuple[Membership, ...]:
    """Give the records of an organisation; of a match also the most likely pair that joined it."""
    rows = read_rows(
        con,
        """
        select source_key, is_anchor, rule, ruling from same_as
        where organisation_id = $organisation order by is_anchor desc, source_key
        """,
        {"organisation": organisation_id},
    )
    own = {row["source_key"] for row in rows}
    linked: dict[str, Compared] = {}
    for pair in sorted(compared, key=lambda pair: (-pair.probability, pair.other_key)):
        if pair.verdict == "linked" and pair.other_key in own:
            linked.setdefault(pair.own_key, pair)
    anchor = next((row["source_key"] for row in rows if row["is_anchor"]), "")
    records = read_source_records(con, [row["source_key"] for row in rows])
    ruled = {row["ruling"] for row in rows if row["ruling"] is not None}
    lines = store.numbered(ruled) if store and ruled else ()
    pairs = {line.number: {line.subject, line.object} for line in lines}
    return tuple(
        _make_member(
            row, linked.get(row["source_key"]), records[row["source_key"]],
            _find_peer(row, records, anchor, pairs.get(row["ruling"], set())),
        )
        for row in rows
    )  # fmt: skip


def _find_peer(
    row: Mapping[str, Any], records: Mapping[str, SourceRecord], anchor: str, ruled: set[str]
) -> str:
    """Give the record beside which another was put: that of a ruling, of a shared number, the anchor."""
    key = row["source_key"]
    peers = ruled - {key} if key in ruled else set()
    if row["rule"] == "same-pic":
        peers = {other for other in records if records[other].pic == records[key].pic} - {key}
    if peers:
        return min(peers, key=lambda other: (not other.startswith("he:"), other))
    return "" if key == anchor else anchor


def _make_member(
    row: Mapping[str, Any], linked: Compared | None, record: SourceRecord, peer: str
) -> Membership:
    match = linked if row["rule"] == "match" else None
    return Membership(
        record,
        row["is_anchor"],
        row["rule"],
        row["ruling"],
        linked_with=match.other_key if match else peer,
        chance=_make_chance(match.own_key, match.other_key, match.probability) if match else None,
    )


def _make_chance(one: str, other: str, probability: float, measure: str = "match_chance") -> Figure:
    left, right = sorted((one, other))
    return Figure(100 * probability, "in-hundred", measure, Scope.of(left=left, right=right))


def _make_relation(row: Mapping[str, Any], name: str | None, other: Label | None) -> Relation:
    return Relation(
        row["kind"], row["own_key"], row["other_key"], name, other, row["how"], row["record_id"]
    )


def _make_duplicate(
    pair: Compared, name: str | None, other: Label | None, ruling: Judgement | None
) -> LikelyDuplicate:
    measure = "match_chance" if pair.is_compared else "pair_chance"
    chance = _make_chance(pair.own_key, pair.other_key, pair.probability, measure)
    verdict = "judged" if ruling else pair.verdict
    return LikelyDuplicate(
        pair.own_key, pair.other_key, name, other, verdict, chance, ruling
    )  # fmt: skip


def _read_relations(con: duckdb.DuckDBPyConnection, own: Sequence[str]) -> list[dict[str, Any]]:
    condition, values = among("r.source_key", own)
    return read_rows(
        con,
        f"""
        select r.kind, r.source_key as own_key, r.other_key, r.how, min(r.record_id) as record_id
        from organisation_relation r where {condition}
        group by all
        order by r.kind, r.other_key, own_key, r.how
        """,
        values,
    )


def _read_compared(con: duckdb.DuckDBPyConnection, own: Sequence[str]) -> list[Compared]:
    """Give every pair of a record of the organisation, seen from its side; twice where both are."""
    (on_left, values), (on_right, _) = among("left_key", own), among("right_key", own)
    # Nothing else is asked for here: a further condition keeps the index from being used.
    rows = con.execute(
        f"""
        select left_key, right_key, probability, verdict, true
        from organisation_match where {on_left}
        union all
        select right_key, left_key, probability, verdict, true
        from organisation_match where {on_right}
        union all
        select left_key, right_key, probability, 'review', false
        from review_pair where {on_left}
        union all
        select right_key, left_key, probability, 'review', false
        from review_pair where {on_right}
        """,
        values,
    ).fetchall()
    return [Compared(*row) for row in rows]


def _pick_pairs(compared: Sequence[Compared], own: Sequence[str]) -> list[Compared]:
    """Give pairs of a record of the organisation and one outside it that may be the same.

    Pairs that were compared, and those that people are asked about for another reason.
    """
    asked = {(pair.own_key, pair.other_key) for pair in compared if not pair.is_compared}
    best: dict[tuple[str, str], Compared] = {}
    for pair in sorted(compared, key=lambda pair: not pair.is_compared):
        if pair.other_key not in own and pair.verdict in {"review", "refused"}:
            key = (pair.own_key, pair.other_key)
            # What people are asked about is open, whatever comparing made of it.
            best.setdefault(key, replace(pair, verdict="review") if key in asked else pair)
    return sorted(best.values(), key=lambda pair: (-pair.probability, pair.own_key, pair.other_key))


def _read_names(con: duckdb.DuckDBPyConnection, keys: Sequence[str]) -> dict[str, str | None]:
    condition, values = among("source_key", keys)
    rows = con.execute(
        f"select source_key, name from source_organisation where {condition} order by source_key",
        values,
    ).fetchall()
    return dict(rows)


def _read_rulings(
    store: Store | None, pairs: Sequence[Compared]
) -> dict[tuple[str, str], Judgement]:
    """Give the ruling on each pair, in both orders; the latest holds."""
    if store is None or not pairs:
        return {}
    found: dict[tuple[str, str], Judgement] = {}
    for line in store.judgements_on({pair.other_key for pair in pairs}):
        if line.kind in RULINGS:
            found[line.subject, line.object] = found[line.object, line.subject] = line
    return found
