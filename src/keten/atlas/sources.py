"""Sources: what was read, what became of its rows, and the issues that were met."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from keten.atlas.views import FileView, IssueCount, IssueView, SourceView
from keten.evidence.figures.counting import Group, make_nothing, measure_groups, measure_sets
from keten.evidence.figures.method import MEASURES
from keten.evidence.figures.rows import read_rows
from keten.evidence.figures.scope import write_condition
from keten.model import Figure, Scope, SourceCard, Text

if TYPE_CHECKING:
    import duckdb

ROWS = ("rows_found", "rows_typed", "rows_lost")


def show_sources(con: duckdb.DuckDBPyConnection) -> tuple[SourceView, ...]:
    """Give every source with its card, its files and the caveats that hold for it."""
    texts: dict[str, dict[str, Text]] = {}
    for source, caveat, english, dutch in con.execute(
        "select source, caveat, text_en, text_nl from caveat order by source, caveat, release"
    ).fetchall():
        texts.setdefault(source, {})[caveat] = Text(english, dutch)
    files = _read_files(con)
    return tuple(
        SourceView(
            card=_make_card(row, texts.get(row["source"], {})),
            files=tuple(file for file in files if file.source == row["source"]),
            caveats=tuple(texts.get(row["source"], {})),
        )
        for row in read_rows(con, "select * from source order by source")
    )


def _make_card(row: dict[str, Any], caveats: Mapping[str, Text]) -> SourceCard:
    title = Text(row.pop("title_en"), row.pop("title_nl"))
    coverage = Text(row.pop("coverage_en"), row.pop("coverage_nl"))
    return SourceCard(**row, title=title, coverage=coverage, caveats=caveats)


def count_issues(
    con: duckdb.DuckDBPyConnection, filters: Mapping[str, str] | None = None
) -> tuple[IssueCount, ...]:
    """Give how many issues share a code, by stage, the most frequent first."""
    groups = measure_groups(
        con,
        ("issues",),
        Scope.of(**(filters or {})),
        ("stage", "issue_code", "severity"),
        first="issues",
        limit=1000,
    )
    return tuple(
        IssueCount(
            group.keys["stage"],
            group.keys["issue_code"],
            group.keys["severity"],
            group.figures["issues"],
        )
        for group in groups
    )


def list_issues(
    con: duckdb.DuckDBPyConnection, filters: Mapping[str, str], offset: int, limit: int
) -> tuple[IssueView, ...]:
    """Give one page of issues, by number; `filters` are those of the measure `issues`."""
    condition = write_condition(Scope.of(**filters), "issue")
    rows = read_rows(
        con,
        f"""
        select s.issue_no, s.stage, s.code, s.severity, s.message_en, s.message_nl,
               coalesce(s."column", '') as "column", coalesce(s.value, '') as value, s.file_no,
               f.source, f.release, f.name as file_name, s.line, s.record_id
        from issue s left join file f using (file_no)
        where {condition.sql} order by s.issue_no limit $page_limit offset $page_offset
        """,
        condition.values | {"page_limit": limit, "page_offset": offset},
    )
    return tuple(
        IssueView(message=Text(row.pop("message_en"), row.pop("message_nl")), **row) for row in rows
    )


def _read_files(con: duckdb.DuckDBPyConnection) -> list[FileView]:
    rows = _by_file(measure_sets(con, ROWS, Scope(), [("file",)])[0])
    issues = _by_file(measure_sets(con, ("issues",), Scope(), [("file",)])[0])
    files = read_rows(
        con,
        "select file_no, source, release, name, path, sha256, size_bytes, header "
        "from file order by file_no",
    )
    found = []
    for file in files:
        number = str(file["file_no"])
        met = issues.get(number)
        if met is None:
            met = make_nothing([MEASURES["issues"]], Scope.of(file=number)).figures
        found.append(
            FileView(
                **(file | {"header": tuple(file["header"] or ())}),
                rows_found=rows[number]["rows_found"],
                rows_typed=rows[number]["rows_typed"],
                rows_lost=rows[number]["rows_lost"],
                issues=met["issues"],
            )
        )
    return found


def _by_file(groups: list[Group]) -> dict[str, Mapping[str, Figure]]:
    return {group.keys["file"]: group.figures for group in groups}
