"""The door for faces: what regions are good at, what could cross-fertilise, what is missing."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Final

from keten.diagnosis import canvas_method, crossover_why, method, specialisation_why
from keten.diagnosis.canvas import show_canvas
from keten.diagnosis.canvas_why import explain_canvas
from keten.diagnosis.comparison import find_crossover, show_specialisation
from keten.errors import NotFoundError
from keten.model import Explanation, Method, Scope

if TYPE_CHECKING:
    import duckdb

    from keten.workspace import Store

_EXPLAIN: Final = {**specialisation_why.EXPLAIN, **crossover_why.EXPLAIN}
METHODS: Final[Mapping[str, Method]] = {**method.METHODS, **canvas_method.METHODS}


def explain(
    con: duckdb.DuckDBPyConnection, store: Store | None, name: str, scope: Scope
) -> Explanation:
    """Make a figure of this room anew, with what it was made from. Raises: NotFoundError, UsageError."""
    if name in _EXPLAIN:
        return _EXPLAIN[name](con, name, scope)
    if name in canvas_method.METHODS:
        return explain_canvas(con, store, name, scope)
    raise NotFoundError(f"'{name}' is no measure of this room.", f"Measures: {', '.join(METHODS)}.")


__all__ = ["METHODS", "explain", "find_crossover", "show_canvas", "show_specialisation"]
