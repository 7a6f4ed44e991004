"""Sources: what was read, what became of its rows, and the issues that were met."""

from collections.abc import Mapping

import duckdb

from keten.atlas.figures import Group, measure_groups, measure_sets
from keten.atlas.scope import write_condition
from keten.atlas.views import FileView, IssueCount, IssueView, SourceView
from keten.model import Figure, Scope, SourceCard, Text

ROWS = ("rows_found", "rows_typed", "rows_lost")


def show_sources(con: duckdb.DuckDBPyConnection) -> tuple[SourceView, ...]:
    """Give every source with its card, its files and the caveats that hold for it."""
    cards = con.execute(
        """
        select source, title_en, title_nl, publisher, licence, licence_address, address,
               attribution, coverage_en, coverage_nl
        from source order by source
        """
    ).fetchall()
    texts: dict[str, dict[str, Text]] = {}
    for source, caveat, english, dutch in con.execute(
        "select source, caveat, text_en, text_nl from caveat order by source, caveat, release"
    ).fetchall():
        texts.setdefault(source, {})[caveat] = Text(english, dutch)
    files = _read_files(con)
    return tuple(
        SourceView(
            card=SourceCard(
                source,
                Text(title_en, title_nl),
                *rest,
                coverage=Text(coverage_en, coverage_nl),
                caveats=texts.get(source, {}),
            ),
            files=tuple(file for file in files if file.source == source),
            caveats=tuple(texts.get(source, {})),
        )
        for source, title_en, title_nl, *rest, coverage_en, coverage_nl in cards
    )


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
    rows = con.execute(
        f"""
        select s.issue_no, s.stage, s.code, s.severity, s.message, s."column", s.value, s.file_no,
               f.name, s.line, s.record_id
        from issue s left join file f using (file_no)
        where {condition.sql} order by s.issue_no limit $page_limit offset $page_offset
        """,
        condition.values | {"page_limit": limit, "page_offset": offset},
    ).fetchall()
    return tuple(IssueView(*row) for row in rows)


def _read_files(con: duckdb.DuckDBPyConnection) -> list[FileView]:
    rows = _by_file(measure_sets(con, ROWS, Scope(), [("file",)])[0])
    issues = _by_file(measure_sets(con, ("issues",), Scope(), [("file",)])[0])
    files = con.execute(
        """
        select file_no, source, release, name, path, sha256, size_bytes, header
        from file order by file_no
        """
    ).fetchall()
    return [
        FileView(
            *row[:7],
            header=tuple(row[7] or ()),
            **{name: rows[str(row[0])][name] for name in ROWS},
            issues=issues[str(row[0])]["issues"]
            if str(row[0]) in issues
            else Figure(0, "count", "issues", Scope.of(file=row[0])),
        )
        for row in files
    ]


def _by_file(groups: list[Group]) -> dict[str, Mapping[str, Figure]]:
    return {group.keys["file"]: group.figures for group in groups}
