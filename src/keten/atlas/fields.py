"""Fields of science: how many projects of a scope carry each EuroSciVoc field, branch by branch."""

import duckdb

from keten.atlas.figures import find_measure, make_figures, measure, prepare, read_caveats
from keten.atlas.scope import read_scope
from keten.atlas.views import FieldRow
from keten.model import Figure, Scope

LEVEL = 2  # forty or so branches: chemical sciences, mechanical engineering, law


def list_fields(
    con: duckdb.DuckDBPyConnection,
    scope: Scope,
    *,
    under: str = "",
    level: int | None = None,
    offset: int = 0,
    limit: int = 50,
) -> tuple[tuple[FieldRow, ...], Figure]:
    """Give one page of fields at a level, with most projects first; and how many carry any at all.

    A project that carries a field counts for the branches above it too. `under` asks for the branches
    directly below a field.
    """
    depth = level or (under.count("/") + 1 if under else LEVEL)
    scope = read_scope(scope, "participation")
    counted = find_measure("projects")
    condition = prepare([counted], scope)
    rows = con.execute(
        f"""
        with tagged as (
            select project_id, string_split(code, '/')[2:$depth + 1] as codes,
                   string_split(path, '/')[2:$depth + 1] as words
            from project_field
            where $under = '' or starts_with(code, $under || '/')
        )
        select '/' || array_to_string(t.codes, '/') as branch,
               any_value('/' || array_to_string(t.words, '/')), any_value(t.words[$depth]),
               count(distinct i.project_id) as projects, null, null, min(i.year), max(i.year),
               bool_or(i.programme = 'he'), bool_or(i.programme = 'h2020')
        from involvement i join tagged t using (project_id)
        where len(t.codes) = $depth and {condition.sql}
        group by branch order by projects desc, branch
        limit $page_limit offset $page_offset
        """,
        condition.values
        | {"depth": depth, "under": under, "page_limit": limit, "page_offset": offset},
    ).fetchall()
    caveats = read_caveats(con)
    fields = tuple(
        FieldRow(
            code,
            path,
            title,
            make_figures([counted], scope.narrowed(field=code), rest, caveats)[0],
        )
        for code, path, title, *rest in rows
    )
    return fields, measure(con, "fields_coverage", scope)
