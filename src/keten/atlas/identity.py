"""Identity: which records are an organisation and why, what it is tied to, and who may be the same."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from keten.atlas.identity_views import (
    IdentityView,
    LikelyDuplicate,
    Membership,
    Relation,
    SourceRecord,
)
from keten.atlas.pairs import RULINGS, read_source_records
from keten.evidence.figures import current_organisations, read_labels, read_rows
from keten.model import Figure, Judgement, Label, Scope

if TYPE_CHECKING:
    import duckdb

    from keten.workspace import Store


def read_identity(
    con: duckdb.DuckDBPyConnection, store: Store | None, organisation_id: str
) -> IdentityView:
    """Give the records of an organisation, its relations, and its likely duplicates by likelihood.

    Of several pairs with records of one other organisation the most likely is given.
    """
    relations = _read_relations(con, organisation_id)
    pairs = _read_pairs(con, organisation_id)
    others = {row["other_key"] for row in [*relations, *pairs]}
    today = current_organisations(con, others)
    labels = read_labels(con, sorted(set(today.values())))
    names = _read_names(con, sorted(others))
    said = _read_rulings(store, pairs)
    best: dict[str, dict[str, Any]] = {}
    for row in pairs:
        best.setdefault(today.get(row["other_key"], row["other_key"]), row)

    def about(row: Mapping[str, Any]) -> tuple[str | None, Label | None]:
        return names.get(row["other_key"]), labels.get(today.get(row["other_key"], ""))

    return IdentityView(
        _read_members(con, store, organisation_id),
        tuple(_make_relation(row, *about(row)) for row in relations),
        tuple(
            _make_duplicate(row, *about(row), said.get((row["own_key"], row["other_key"])))
            for row in best.values()
        ),
    )


def _read_members(
    con: duckdb.DuckDBPyConnection, store: Store | None, organisation_id: str
) -> tuple[Membership, ...]:
    """Give the records of an organisation; of a match also the most likely pair that joined it."""
    rows = read_rows(
        con,
        """
        with own as (
            select source_key, is_anchor, rule, ruling from same_as
            where organisation_id = $organisation
        ), linked as (
            select left_key as source_key, right_key as other_key, probability
            from organisation_match where verdict = 'linked' and left_key in (
                select source_key from own)
            union all
            select right_key, left_key, probability
            from organisation_match where verdict = 'linked' and right_key in (
                select source_key from own)
        )
        select o.source_key, o.is_anchor, o.rule, o.ruling,
               first(l.other_key order by l.probability desc, l.other_key) as linked_with,
               max(l.probability) as probability
        from own o left join linked l
            on l.source_key = o.source_key and l.other_key in (select source_key from own)
        group by all order by o.is_anchor desc, o.source_key
        """,
        {"organisation": organisation_id},
    )
    anchor = next((row["source_key"] for row in rows if row["is_anchor"]), "")
    records = read_source_records(con, [row["source_key"] for row in rows])
    ruled = {row["ruling"] for row in rows if row["ruling"] is not None}
    lines = store.numbered(ruled) if store and ruled else ()
    pairs = {line.number: {line.subject, line.object} for line in lines}
    return tuple(
        _make_member(
            row, records[row["source_key"]],
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


def _make_member(row: Mapping[str, Any], record: SourceRecord, peer: str) -> Membership:
    is_match = row["rule"] == "match" and row["linked_with"] is not None
    other = row["linked_with"] if is_match else peer
    return Membership(
        record,
        row["is_anchor"],
        row["rule"],
        row["ruling"],
        linked_with=other,
        chance=_make_chance(row["source_key"], other, row["probability"]) if is_match else None,
    )


def _make_chance(one: str, other: str, probability: float, measure: str = "match_chance") -> Figure:
    left, right = sorted((one, other))
    return Figure(100 * probability, "in-hundred", measure, Scope.of(left=left, right=right))


def _make_relation(row: Mapping[str, Any], name: str | None, other: Label | None) -> Relation:
    return Relation(
        row["kind"], row["own_key"], row["other_key"], name, other, row["how"], row["record_id"]
    )


def _make_duplicate(
    row: Mapping[str, Any], name: str | None, other: Label | None, ruling: Judgement | None
) -> LikelyDuplicate:
    measure = "match_chance" if row["compared"] else "pair_chance"
    chance = _make_chance(row["own_key"], row["other_key"], row["probability"], measure)
    verdict = "judged" if ruling else row["verdict"]
    return LikelyDuplicate(
        row["own_key"], row["other_key"], name, other, verdict, chance, ruling
    )  # fmt: skip


def _read_relations(con: duckdb.DuckDBPyConnection, organisation_id: str) -> list[dict[str, Any]]:
    return read_rows(
        con,
        """
        select r.kind, r.source_key as own_key, r.other_key, r.how, min(r.record_id) as record_id
        from organisation_relation r join same_as a using (source_key)
        where a.organisation_id = $organisation
        group by all
        order by r.kind, r.other_key, own_key, r.how
        """,
        {"organisation": organisation_id},
    )


def _read_pairs(con: duckdb.DuckDBPyConnection, organisation_id: str) -> list[dict[str, Any]]:
    """Give pairs of a record of the organisation and one outside it that may be the same.

    Pairs that were compared, and those that people are asked about for another reason.
    """
    return read_rows(
        con,
        """
        with own as (
            select source_key from same_as where organisation_id = $organisation
        ), known as (
            select left_key, right_key, probability, verdict, true as compared
            from organisation_match where verdict in ('review', 'refused')
            union all
            select left_key, right_key, probability, 'review', false from review_pair
        ), touching as (
            select left_key as own_key, right_key as other_key, probability, verdict, compared
            from known where left_key in (from own)
            union all
            select right_key, left_key, probability, verdict, compared
            from known where right_key in (from own)
        )
        select own_key, other_key, bool_or(compared) as compared,
               first(probability order by compared desc) as probability,
               first(verdict order by compared, verdict) as verdict
        from touching where other_key not in (from own)
        group by own_key, other_key
        order by probability desc, own_key, other_key
        """,
        {"organisation": organisation_id},
    )


def _read_names(con: duckdb.DuckDBPyConnection, keys: Sequence[str]) -> dict[str, str | None]:
    rows = con.execute(
        "select source_key, name from source_organisation "
        "where source_key in (select unnest($keys)) order by source_key",
        {"keys": list(keys)},
    ).fetchall()
    return dict(rows)


def _read_rulings(
    store: Store | None, pairs: Sequence[Mapping[str, Any]]
) -> dict[tuple[str, str], Judgement]:
    """Give the ruling on each pair, in both orders; the latest holds."""
    if store is None or not pairs:
        return {}
    found: dict[tuple[str, str], Judgement] = {}
    for line in store.judgements_on({row["other_key"] for row in pairs}):
        if line.kind in RULINGS:
            found[line.subject, line.object] = found[line.object, line.subject] = line
    return found
