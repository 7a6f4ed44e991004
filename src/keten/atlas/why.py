"""Why: leads a figure back to its method and to the source rows it was made from, as they were found."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from keten.atlas.views import RecordView, WhyView
from keten.errors import NotFoundError, UsageError
from keten.evidence.figures.counting import list_records_sql, measure, value_sql
from keten.evidence.figures.labels import read_labels, read_project_titles, read_region_names
from keten.evidence.figures.measure import Measure
from keten.evidence.figures.method import find_measure
from keten.evidence.figures.rows import read_rows
from keten.model import Figure, Scope, Text

if TYPE_CHECKING:
    import duckdb

PAGE = 50
_LONGEST_MEMBER = 1000


def explain(
    con: duckdb.DuckDBPyConnection,
    name: str,
    scope: Scope,
    page: int = 1,
    *,
    language: str = "en",
    per_page: int = PAGE,
) -> WhyView:
    """Give a figure computed anew, its method in words, and one page of its source rows.

    Raises: NotFoundError for an unknown measure, UsageError for a wrong filter or page.
    """
    if page < 1:
        raise UsageError(f"'{page}' is no page.", "Pages are counted from 1.")
    found = find_measure(name)
    figure = measure(con, name, scope)
    sql, values = list_records_sql(name, figure.scope)
    # Source rows are counted of other measures: the rows of their number are the rows themselves.
    is_rows = found.subject == "source-row"
    total = figure if is_rows else measure(con, "source_rows", figure.scope.narrowed(measure=name))
    shown = [
        row[0]
        for row in con.execute(
            f"{sql} limit $page_limit offset $page_offset",
            values | {"page_limit": per_page, "page_offset": (page - 1) * per_page},
        ).fetchall()
    ]
    return WhyView(
        figure=figure,
        title=found.title.in_language(language),
        method=found.method.in_language(language),
        sql=write_sql(name, figure.scope),
        records_total=total,
        records=read_records(con, shown),
        has_more=page * per_page < int(total.value or 0),
        coverage_of=_count_bearers(con, found, figure),
        context=read_context(con, figure.scope),
    )


def _count_bearers(con: duckdb.DuckDBPyConnection, found: Measure, figure: Figure) -> Figure | None:
    """Give the number of participations or projects of which the coverage is a share."""
    if figure.coverage is None:
        return None
    if found.subject == "receipt":
        of_list = {"list": found.of_list} if found.of_list else {}
        return measure(con, "receipts", figure.scope.narrowed(**of_list))
    for name in ("participations", "projects"):
        counted = measure(con, name, figure.scope)
        is_amount = found.subject == ("participation" if name == "participations" else "project")
        if counted.value == figure.coverage.of and (is_amount or name == "projects"):
            return counted
    return None


def record_ids(con: duckdb.DuckDBPyConnection, name: str, scope: Scope) -> Iterator[int]:
    """Give the record_ids of all source rows behind a figure, in order."""
    sql, values = list_records_sql(name, scope)
    found = con.cursor().execute(sql, values)
    while batch := found.fetchmany(10_000):
        yield from (row[0] for row in batch)


def show_record(con: duckdb.DuckDBPyConnection, record_id: int) -> RecordView:
    """Give one source row as it was found; raises NotFoundError."""
    found = read_records(con, [record_id])
    if not found:
        raise NotFoundError(
            f"No source row has the number {record_id} in this evidence.",
            "Numbers change when files do: follow the link from the figure again.",
        )
    return found[0]


def read_records(con: duckdb.DuckDBPyConnection, wanted: Sequence[int]) -> tuple[RecordView, ...]:
    """Give source rows as they were found, in the order asked for."""
    if not wanted:
        return ()
    rows = read_rows(
        con,
        """
        select r.record_id, f.source, f.release, f.path, r.file_no, f.name as file_name, r.line,
               r.text, f.header, f.delimiter
        from record r join file f using (file_no)
        where r.record_id in (select unnest($wanted))
          and r.record_id between $lowest and $highest
        """,
        {"wanted": list(wanted), "lowest": min(wanted), "highest": max(wanted)},
    )
    by_id = {}
    for row in rows:
        cells = _cells(row["text"], row.pop("header"), row.pop("delimiter"))
        by_id[row["record_id"]] = RecordView(**row, cells=cells)
    return tuple(by_id[number] for number in wanted if number in by_id)


def read_context(con: duckdb.DuckDBPyConnection, scope: Scope) -> dict[str, Any]:
    """Give labels of what a scope names: `organisation`, `project`, `region`, `field`, `indicator`."""
    given = scope.as_dict()
    context: dict[str, Any] = {}
    organisations = [given[name] for name in ("organisation", "partner") if name in given]
    labels = read_labels(con, organisations)
    for name in ("organisation", "partner"):
        if given.get(name) in labels:
            context[name] = labels[given[name]]
    if "project" in given:
        context["project"] = read_project_titles(con, [given["project"]]).get(given["project"])
    for name in ("region", "region_only", "partner_region"):
        if name in given:
            codes = given[name].split("+")
            names = read_region_names(con, codes)
            context[name] = tuple((code, names.get(code, code)) for code in codes)
    if "field" in given:
        row = con.execute(
            "select path from project_field where code = $code or starts_with(code, $code || '/') "
            "order by code limit 1",
            {"code": given["field"]},
        ).fetchone()
        depth = given["field"].count("/") + 1
        context["field"] = "/".join(row[0].split("/")[:depth]) if row else given["field"]
    if "indicator" in given:
        row = con.execute(
            "select title_en, coalesce(title_nl, title_en) from indicator_name "
            "where indicator = $indicator order by record_id desc limit 1",
            {"indicator": given["indicator"]},
        ).fetchone()
        if row:
            context["indicator"] = Text(*row)
    if "file" in given and given["file"].isdecimal():
        row = con.execute(
            "select name from file where file_no = $file", {"file": int(given["file"])}
        ).fetchone()
        context["file"] = row[0] if row else given["file"]
    return context


def write_sql(name: str, scope: Scope) -> str:
    """Write the query of a figure's value as text, with its values above it."""
    sql, values = value_sql(name, scope)
    heads = [f"-- ${key} = {value!r}\n" for key, value in sorted(values.items())]
    return "".join(heads) + sql


def _cells(
    text: str, header: Sequence[str] | None, delimiter: str | None
) -> tuple[tuple[str, str], ...]:
    """Split a row into cells under the file's own headings; cells beyond them are numbered."""
    if not delimiter and text.startswith("{"):
        return _members(text)
    if not header or not delimiter:
        return ()
    try:
        cells = next(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter), [])
    except csv.Error:
        return ()
    names = [*header, *(f"#{place}" for place in range(len(header) + 1, len(cells) + 1))]
    return tuple(zip(names, cells, strict=False))


def _members(text: str) -> tuple[tuple[str, str], ...]:
    """Give the members of an object; long ones are cut, for the row stands whole on its own page."""
    try:
        found = json.loads(text)
    except ValueError:
        return ()
    return tuple((name, _shorten(value)) for name, value in found.items())


def _shorten(value: Any) -> str:
    if value in (None, "", [], {}):
        return ""
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    return text if len(text) <= _LONGEST_MEMBER else f"{text[:_LONGEST_MEMBER]} …"
