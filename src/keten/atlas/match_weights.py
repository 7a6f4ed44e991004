"""Weights: what each finding weighs in this build, beside what keten was delivered with."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from keten.atlas.identity_views import WeightRow, WeightsView
from keten.atlas.pairs import RULINGS
from keten.errors import NotFoundError
from keten.evidence import resolve
from keten.model import Figure, Judgement, Scope

if TYPE_CHECKING:
    import duckdb

    from keten.workspace import Store

_SAME: Final = 1e-9


def read_weights(con: duckdb.DuckDBPyConnection, store: Store | None) -> WeightsView:
    """Give all weights in force beside the delivered ones, those that moved most first."""
    force = _read_in_force(con)
    shipped = resolve.read_shipped_weights()
    moved = {key: abs(force[key] - shipped.get(key, 0.0)) for key in force}
    rows = []
    for part, level in sorted(force, key=lambda key: (-round(moved[key], 9), key)):
        title, found = resolve.describe_finding(part, level)
        key = part, level
        rows.append(
            WeightRow(
                part, level, title, found,
                shipped=_make_figure("weight_shipped", key, shipped.get(key)),
                in_force=_make_figure("weight_in_force", key, force[key]),
                is_changed=moved[key] > _SAME,
            )
        )  # fmt: skip
    rulings = count_rulings(read_rulings(store))
    return WeightsView(tuple(rows), sum(row.is_changed for row in rows), rulings)


def find_weight(con: duckdb.DuckDBPyConnection, name: str, part: str, level: str) -> Figure:
    """Give the weight of one finding, in force or as delivered; raises NotFoundError."""
    known = _read_in_force(con) if name == "weight_in_force" else resolve.read_shipped_weights()
    if (part, level) not in known:
        raise NotFoundError(
            f"Nothing is weighed as '{part}: {level}'.", "The page of methods lists all findings."
        )
    return _make_figure(name, (part, level), known[part, level])


def read_rulings(store: Store | None) -> Sequence[Judgement]:
    """Give the public rulings on identity that hold, oldest first."""
    if store is None:
        return ()
    found = [line for kind in RULINGS for line in store.judgements(kind, only_in_force=True)]
    return sorted(found, key=lambda line: line.number)


def count_rulings(rulings: Sequence[Judgement]) -> Figure:
    """Give how many rulings there are."""
    return Figure(len(rulings), "count", "rulings", Scope())


def _read_in_force(con: duckdb.DuckDBPyConnection) -> dict[tuple[str, str], float]:
    rows = con.execute("select part, level, weight from match_weight order by 1, 2").fetchall()
    return {(part, level): weight for part, level, weight in rows}


def _make_figure(name: str, key: tuple[str, str], weight: float | None) -> Figure:
    scope = Scope.of(compared=key[0], level=key[1])
    value = None if weight is None else math.exp(weight)
    return Figure(value, "times", name, scope)
