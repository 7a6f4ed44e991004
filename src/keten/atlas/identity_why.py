"""Why a figure of identity is what it is: computed anew, with its parts, its two rows, and the rulings."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Final

from keten.atlas.identity_method import METHODS
from keten.atlas.identity_views import PairView
from keten.atlas.match_weights import count_rulings, find_weight, read_rulings
from keten.atlas.pairs import find_keys, read_pair, read_source_records
from keten.atlas.queue import count_judged, count_pairs, read_rulings_on_queue
from keten.atlas.why import record_ids
from keten.errors import NotFoundError, UsageError
from keten.evidence.figures import MEASURES, current_organisations, measure, read_labels
from keten.model import Explanation, Figure, Scope, Text

if TYPE_CHECKING:
    import duckdb

    from keten.workspace import Store

_WEIGHTS: Final = ("weight_in_force", "weight_shipped")
_MONEY: Final = (
    "contribution_eur", "innovation_fund_eur", "subsidies_eur", "structural_funds_eur",
)  # fmt: skip
_START: Final = Text("Before anything is compared", "Voordat iets vergeleken is")


def explain(
    con: duckdb.DuckDBPyConnection, store: Store | None, name: str, scope: Scope
) -> Explanation:
    """Give a figure of identity anew from its scope, with what it was made from.

    Raises: NotFoundError for what is not there, UsageError for a scope that lacks a filter.
    """
    if name not in METHODS:
        raise NotFoundError(
            f"'{name}' is no figure of identity.", f"Figures: {', '.join(METHODS)}."
        )
    given = scope.as_dict()
    if name in _WEIGHTS:
        figure = find_weight(con, name, _need(given, "compared"), _need(given, "level"))
        lines = [line.number for line in read_rulings(store)] if name == _WEIGHTS[0] else []
        return Explanation(figure, judgements=tuple(lines))
    if name == "rulings":
        held = read_rulings(store)
        return Explanation(count_rulings(held), judgements=tuple(line.number for line in held))
    if name.startswith("pairs_"):
        return _explain_queue(con, store, name)
    left, right = _need(given, "left"), _need(given, "right")
    if name == "pair_money_eur":
        return _explain_money(con, left, right)
    if name == "pair_chance":
        return _explain_asked(con, left, right)
    view = read_pair(con, store, left, right)
    figure, parts = _find(view, name, given)
    return Explanation(
        figure, parts, view.comparison.record_ids, tuple(line.number for line in view.rulings)
    )


def _find(
    view: PairView, name: str, given: dict[str, str]
) -> tuple[Figure, tuple[tuple[Text, Figure], ...]]:
    parts = ((_START, view.start), *((step.title, step.times) for step in view.steps))
    if name == "match_chance":
        return view.chance, parts
    if name == "match_start":
        return view.start, ()
    wanted = _need(given, "compared")
    for place, step in enumerate(view.steps):
        if step.part == wanted:
            return (step.chance, parts[: place + 2]) if name == "match_after" else (step.times, ())
    raise NotFoundError(
        f"These two were not compared by '{wanted}'.",
        f"They were by: {', '.join(step.part for step in view.steps)}.",
    )


def _explain_queue(con: duckdb.DuckDBPyConnection, store: Store | None, name: str) -> Explanation:
    if name == "pairs_judged":
        found = read_rulings_on_queue(con, store)
        numbers = sorted({line.number for line in found.values()})
        return Explanation(count_judged(len(found)), judgements=tuple(numbers))
    ((number,),) = con.execute("select count(*) from review_pair").fetchall()
    return Explanation(count_pairs(int(number)))


def _explain_money(con: duckdb.DuckDBPyConnection, left: str, right: str) -> Explanation:
    """Add up what each organisation received by source; the smaller sum is at stake."""
    keys = find_keys(con, left, right)
    today = current_organisations(con, keys)
    labels = read_labels(con, sorted(set(today.values())))
    sums: dict[str, Decimal] = {}
    parts: list[tuple[Text, Figure]] = []
    for organisation in dict.fromkeys(today[key] for key in keys):
        name = labels[organisation].name or organisation
        sums[organisation] = Decimal(0)
        for known in _MONEY:
            figure = measure(con, known, Scope.of(organisation=organisation))
            if figure.value:
                title = MEASURES[known].title
                parts.append((Text(f"{title.en}: {name}", f"{title.nl}: {name}"), figure))
                sums[organisation] += Decimal(str(figure.value))
    smaller = min(sums, key=lambda organisation: (sums[organisation], organisation))
    stake = max(sums[smaller], Decimal(0)) if len(sums) > 1 else None
    figure = Figure(stake, "EUR", "pair_money_eur", Scope.of(left=left, right=right))
    scope = Scope.of(organisation=smaller)
    rows = sorted({row for known in _MONEY for row in record_ids(con, known, scope)})
    return Explanation(figure, tuple(parts), tuple(rows))


def _explain_asked(con: duckdb.DuckDBPyConnection, left: str, right: str) -> Explanation:
    keys = find_keys(con, left, right)
    rows = con.execute(
        "select probability from review_pair where left_key in ($left, $right) "
        "and right_key in ($left, $right) order by position limit 1",
        {"left": keys[0], "right": keys[1]},
    ).fetchall()
    if not rows:
        raise NotFoundError(
            "People are not asked about these two records.", "The queue lists those they are."
        )
    scope = Scope.of(left=left, right=right)
    records = read_source_records(con, keys)
    return Explanation(
        Figure(100 * rows[0][0], "in-hundred", "pair_chance", scope),
        record_ids=tuple(records[key].record_id for key in keys),
    )


def _need(given: dict[str, str], name: str) -> str:
    if name not in given:
        raise UsageError(f"The figure needs the filter '{name}'.", f"Add {name}=<value>.")
    return given[name]
