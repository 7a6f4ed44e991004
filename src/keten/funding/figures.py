"""Figures about calls: each computed from its name and scope alone, so that a link can make it again."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Final

from keten.errors import NotFoundError, UsageError
from keten.evidence.classify_calls import part_of
from keten.evidence.figures import keep_each
from keten.funding.method import METHODS, RECIPES, STILL, Recipe
from keten.model import Coverage, Explanation, Figure, Scope, Text

if TYPE_CHECKING:
    import duckdb

    from keten.workspace import Store

# How much a word weighs by where it stands; within one call its best place counts.
WEIGHTS: Final[Mapping[str, float]] = {"title": 3.0, "keywords": 1.5, "description": 1.0}

_NOTICES: Final = (
    "select n.record_id from call_notice n where n.call_id in ({calls}) union "
    "select t.record_id from call_text t where t.call_id in ({calls})"
)


def figure(con: duckdb.DuckDBPyConnection, name: str, scope: Scope) -> Figure:
    """Compute a figure of this room from its scope; raises NotFoundError and UsageError."""
    _check(name, scope)
    given: dict[str, str] = dict(scope.filters)
    method = METHODS[name]
    if name in RECIPES:
        recipe = RECIPES[name]
        where = _where(recipe, given)
        calls = f"select c.call_id from call c where {where}"
        seen = recipe.seen or "count(*)"
        ((value, carrying, all_calls),) = con.execute(
            f"select {recipe.value.format(calls=calls)}, {seen}, count(*) from call c "
            f"where {where}",
            given,
        ).fetchall()
        return Figure(
            round(value, 2) if isinstance(value, float) else value,
            method.unit, name, scope, method.version,
            caveats=recipe.caveats + _shared(con, name, given),
            coverage=Coverage(carrying, all_calls) if recipe.seen else None,
        )  # fmt: skip
    if name == "call_strength":
        value = sum(weight for _, weight in read_weights(con, given["chain"], given["call"]))
        return Figure(round(value, 3), "score", name, scope, caveats=("calls-dated",))
    column = "projects" if name == "part_projects" else "lift"
    row = con.execute(
        f"select {column} from chain_part where chain = $chain and part = $programme_part", given
    ).fetchone()
    value = row[0] if row else 0
    return Figure(round(value, 4) if name == "part_lift" else value, method.unit, name, scope)


def _shared(con: duckdb.DuckDBPyConnection, name: str, given: Mapping[str, str]) -> tuple[str, ...]:
    """Give the caveat of a budget that several topics state together, where that is so."""
    if name != "call_budget_eur":
        return ()
    found = con.execute("select budget_of from call where call_id = $call", dict(given)).fetchall()
    return ("calls-budget-shared",) if ("call",) in found else ()


def read_weights(
    con: duckdb.DuckDBPyConnection, chain: str, call: str
) -> tuple[tuple[str, float], ...]:
    """Give what each word adds to the strength of a call, the heaviest first."""
    return _read_weights(con, chain).get(call, ())


@keep_each
def _read_weights(
    con: duckdb.DuckDBPyConnection, chain: str
) -> Mapping[str, tuple[tuple[str, float], ...]]:
    """Read the words of all calls of a chain at once, by call."""
    rows = con.execute(
        f"{STRENGTHS_SQL} select call_id, term, weight from weighed "
        "order by call_id, weight desc, term",
        {"chain": chain},
    ).fetchall()
    found: dict[str, tuple[tuple[str, float], ...]] = {}
    for call, term, weight in rows:
        found[call] = (*found.get(call, ()), (term, float(weight)))
    return found


# `weighed`: what each word of $chain adds to the strength of each call.
STRENGTHS_SQL: Final = f"""
    with met as (
        select call_id, term, max(case place {
    " ".join(f"when '{place}' then {weight}" for place, weight in WEIGHTS.items())
} end) as best
        from chain_call where chain = $chain and place <> 'part' group by call_id, term
    ), weighed as (
        select met.call_id, met.term,
               met.best * ln((select count(*) from call) / chain_term.calls) as weight
        from met join chain_term on chain_term.chain = $chain and chain_term.term = met.term
    )
"""


def explain(
    con: duckdb.DuckDBPyConnection, store: Store | None, name: str, scope: Scope
) -> Explanation:
    """Compute a figure anew, with the figures and source rows it was made from.

    Raises: NotFoundError for a name that is no measure here, UsageError for a scope that lacks a part.
    """
    found = figure(con, name, scope)
    given: dict[str, str] = dict(scope.filters)
    content = store.content("chain", given["chain"]) if store and "chain" in given else None
    judgements = (content.number,) if content else ()
    parts: tuple[tuple[Text, Figure], ...] = ()
    if name in RECIPES:
        where = _where(RECIPES[name], given)
        sql = _NOTICES.format(calls=f"select c.call_id from call c where {where}")
    elif name == "call_strength":
        sql = _NOTICES.format(calls="select $call")
        given.pop("chain")
        parts = ((METHODS["calls"].title, figure(con, "calls", Scope())),)
    else:
        sql = """
            select distinct t.record_id from project_topic t
            join chain_match m on m.project_id = t.project_id and m.chain = $chain and m.way = 'word'
            where t.record_id is not null
        """
        topics = con.execute(
            f"select record_id, topic from project_topic where record_id in ({sql}) order by 1",
            {"chain": given["chain"]},
        ).fetchall()
        records = tuple(
            number for number, topic in topics if part_of(topic) == given["programme_part"]
        )
        if name == "part_lift":
            projects = METHODS["part_projects"]
            parts = ((projects.title, figure(con, projects.name, scope)),)
        return Explanation(found, parts, records, judgements)
    rows = con.execute(f"select record_id from ({sql}) order by 1", given).fetchall()
    return Explanation(found, parts, tuple(number for (number,) in rows), judgements)


def _where(recipe: Recipe, given: Mapping[str, str]) -> str:
    return " and ".join((*recipe.where, *((STILL,) if "on" in given else ()), "true"))


def _check(name: str, scope: Scope) -> None:
    if name not in METHODS:
        raise NotFoundError(f"'{name}' is no measure.", f"Choose from: {', '.join(METHODS)}.")
    given = scope.as_dict()
    recipe = RECIPES.get(name)
    needs = (
        recipe.needs
        if recipe
        else ("chain", "call" if name == "call_strength" else "programme_part")
    )
    takes = (*needs, *(recipe.takes if recipe else ()))
    for need in needs:
        if not given.get(need):
            raise UsageError(f"'{name}' needs to know which {need}.", f"Add {need}=...")
    for other in given:
        if other not in takes:
            raise UsageError(
                f"'{name}' does not take the filter '{other}'.", f"It takes: {', '.join(takes)}."
            )
