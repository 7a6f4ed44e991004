"""The queue: the pairs on which people are asked, most important first, with what they ruled laid over."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Final

from keten.atlas.identity_views import QueueRow, QueueView
from keten.atlas.pairs import RULINGS, read_pair
from keten.evidence.figures import current_organisations, read_rows
from keten.model import Figure, Judgement, Scope

if TYPE_CHECKING:
    import duckdb

    from keten.workspace import Store

FOLLOWING: Final = 10  # so many pairs that come next are named
_ROWS: Final = """
    select q.position, q.left_key, q.right_key, l.name as left_name, r.name as right_name,
           l.country as left_country, r.country as right_country, q.kind, q.probability, q.money_eur
    from review_pair q
    left join source_organisation l on l.source_key = q.left_key
    left join source_organisation r on r.source_key = q.right_key
    where {where} order by q.position
"""


def read_queue(
    con: duckdb.DuckDBPyConnection,
    store: Store | None,
    start: int = 1,
    *,
    reader: str | None = None,
    following: int = FOLLOWING,
    compared: bool = True,
) -> QueueView:
    """Give the first open pair at position `start` or after it, compared, and those that follow.

    `reader` is who may undo: their last ruling on a pair of the queue is given. Without `compared`
    no pair is compared, which is quicker.
    """
    rulings = read_rulings_on_queue(con, store)
    rows = read_rows(con, "select position from review_pair order by position")
    positions = [row["position"] for row in rows]
    waiting = [position for position in positions if position not in rulings]
    ahead = [position for position in waiting if position >= start]
    mine = [place for place, line in rulings.items() if reader and line.author == reader]
    last = max(mine, key=lambda place: rulings[place].number, default=None)
    shown = read_queue_rows(con, [*ahead[: following + 1], *([last] if last else [])], rulings)
    current = shown.get(ahead[0]) if ahead else None
    return QueueView(
        total=count_pairs(len(positions)),
        judged=count_judged(len(rulings)),
        current=current,
        pair=(
            read_pair(con, store, current.left_key, current.right_key)
            if current and compared
            else None
        ),
        following=tuple(shown[place] for place in ahead[1 : following + 1]),
        next_position=ahead[1] if len(ahead) > 1 else None,
        passed=len(waiting) - len(ahead),
        last=shown.get(last) if last is not None else None,
    )


def read_rulings_on_queue(
    con: duckdb.DuckDBPyConnection, store: Store | None
) -> Mapping[int, Judgement]:
    """Give the ruling that answers each pair of the queue by its position, where there is one.

    A ruling on other records of the same two organisations answers the pair, too.
    """
    if store is None:
        return {}
    said = [line for kind in RULINGS for line in store.judgements(kind, only_in_force=True)]
    public = sorted((line for line in said if not line.is_private), key=lambda line: line.number)
    if not public:
        return {}
    rows = read_rows(con, "select position, left_key, right_key from review_pair order by position")
    named = {key for line in public for key in (line.subject, line.object)}
    asked = {key for row in rows for key in (row["left_key"], row["right_key"])}
    today = current_organisations(con, named | asked)
    by_records = {frozenset((line.subject, line.object)): line for line in public}
    by_organisations = {
        pair: line
        for line in public
        if len(pair := _organisations(today, (line.subject, line.object))) == 2
    }
    found: dict[int, Judgement] = {}
    for row in rows:
        keys = (row["left_key"], row["right_key"])
        line = by_records.get(frozenset(keys)) or by_organisations.get(_organisations(today, keys))
        if line is not None:
            found[row["position"]] = line
    return found


def read_queue_rows(
    con: duckdb.DuckDBPyConnection, positions: Sequence[int], rulings: Mapping[int, Judgement]
) -> dict[int, QueueRow]:
    """Give rows of the queue by position."""
    rows = read_rows(
        con,
        _ROWS.format(where="q.position in (select unnest($positions))"),
        {"positions": list(positions)},
    )
    return {row["position"]: _make_row(row, rulings) for row in rows}


def count_pairs(number: int) -> Figure:
    """Give how many pairs people are asked about."""
    return Figure(number, "count", "pairs_asked", Scope())


def count_judged(number: int) -> Figure:
    """Give on how many of them people ruled."""
    return Figure(number, "count", "pairs_judged", Scope())


def _organisations(today: Mapping[str, str], keys: Iterable[str]) -> frozenset[str]:
    """Give the organisations of today that keys are part of; one alone is no pair."""
    return frozenset(today.get(key, key) for key in keys)


def _make_row(row: dict[str, Any], rulings: Mapping[int, Judgement]) -> QueueRow:
    probability, money = row.pop("probability"), row.pop("money_eur")
    scope = Scope.of(left=row["left_key"], right=row["right_key"])
    return QueueRow(
        **row,
        chance=Figure(100 * probability, "in-hundred", "pair_chance", scope),
        money_eur=Figure(money, "EUR", "pair_money_eur", scope),
        ruling=rulings.get(row["position"]),
    )
