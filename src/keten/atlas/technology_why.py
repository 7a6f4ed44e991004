"""Why a figure of technologies is what it is: made anew, with its parts, its rows and what people said."""

from __future__ import annotations

from typing import TYPE_CHECKING

from keten.atlas.subject_name import ONES
from keten.atlas.technology_method import METHODS
from keten.atlas.technology_project import explain_chance
from keten.atlas.technology_quality import explain_quality
from keten.atlas.technology_queue import count_questions
from keten.atlas.technology_records import find_said
from keten.atlas.technology_region import REGIONAL, explain_region
from keten.atlas.technology_share import SHARES, WORDS, explain_share
from keten.errors import NotFoundError
from keten.model import Explanation, Scope

if TYPE_CHECKING:
    import duckdb

    from keten.workspace import Store


def explain(
    con: duckdb.DuckDBPyConnection, store: Store | None, name: str, scope: Scope
) -> Explanation:
    """Give a figure of technologies anew from its scope.

    Raises: NotFoundError for what is not there, UsageError for a scope that lacks a filter.
    """
    if name not in METHODS:
        raise NotFoundError(
            f"'{name}' is no figure of technologies.", f"Figures: {', '.join(METHODS)}."
        )
    if name.startswith("quality_"):
        return explain_quality(con, name, scope)
    if name in SHARES | WORDS:
        return explain_share(con, name, scope)
    if name in REGIONAL:
        return explain_region(con, name, scope)
    if name in {"questions_asked", "questions_answered"}:
        only = next((f"{one}:{name}" for one, name in scope.filters if one in ONES), "")
        asked, answered, lines = count_questions(con, store, only)
        is_asked = name == "questions_asked"
        return Explanation(asked if is_asked else answered, judgements=() if is_asked else lines)
    return _explain_chance(con, store, name, scope)


def _explain_chance(
    con: duckdb.DuckDBPyConnection, store: Store | None, name: str, scope: Scope
) -> Explanation:
    given = scope.as_dict()
    figure = explain_chance(con, name, scope)
    if figure is None:
        raise NotFoundError(
            "The evidence gives no chance of that project and technology.",
            "Follow a number on the page of a project.",
        )
    rows = con.execute(
        """
        select record_id from project where project_id = $project
        union select record_id from technology_word
        where project_id = $project and technology = $technology
        union select record_id from project_topic where project_id = $project
        union select record_id from project_field where project_id = $project
        order by 1
        """,
        {"project": given["project"], "technology": given["technology"]},
    ).fetchall()
    ruling = con.execute(
        "select ruling from project_technology "
        "where project_id = $project and technology = $technology",
        {"project": given["project"], "technology": given["technology"]},
    ).fetchone()
    said = find_said(store, given["project"], given["technology"]) if store else None
    lines = {*(ruling or ()), said.number if said else None} - {None}
    return Explanation(
        figure,
        record_ids=tuple(record for (record,) in rows if record is not None),
        judgements=tuple(sorted(number for number in lines if number is not None)),
    )
