"""Recomputes figures from the rows that the pages list for them, and lists those rows anew itself.

A figure's rows are held against two things: what its own words promise as far as raw columns can say
it (so that a row left out in silence is missed), and the value printed (recomputed from the raw cells
of the listed rows).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from pathlib import Path
from urllib.parse import parse_qsl

from scripts.tracing.raw import Raw

# Filters that raw columns can express; of the others (kind, size) only the rows listed speak.
_PLAIN = {
    "organisation": "o.ident = {value}",
    "project": "o.project = {value}",
    "programme": "o.rel = {value}",
    "role": "coalesce(o.role, 'unknown') = {value}",
    "country": "coalesce(o.country, 'unknown') = {value}",
    "name": "o.name = {value}",
    "source_key": "o.key = {value}",
    "year": "coalesce(year(p.start)::varchar, 'unknown') = {value}",
    "record": "(o.file_no::bigint << 32) + o.line = {value}::bigint",
    "partner": "o.project in (select q.project from org q where q.ident = {value})",
    "field": (
        "o.project in (select f.project from fld f "
        "where f.code = {value} or starts_with(f.code, {value} || '/'))"
    ),
    "chain": "o.project in (select h.project from hit h where h.chain = {value})",
    "way": "o.project in (select h.project from hit h where h.chain = {chain} and h.way = {value})",
    "term": (
        "o.project in (select h.project from hit h where h.chain = {chain} and h.term = {value})"
    ),
}
# Where rows lie is known from what the pages list for the region as a whole, and only that.
_REGION = (
    "(o.file_no, o.line) in (select (w.file_no, w.line) from within w where w.region = {value})"
)
_OF_ROWS = frozenset({
    "participations", "projects", "organisations", "contribution_eur", "net_contribution_eur",
    "countries", "shared_projects", "project_cost_eur", "ec_max_contribution_eur",
    "fields_coverage", "partners", "matches", "readable_projects",
})  # fmt: skip
_OF_FILES = frozenset({"rows_found", "rows_typed", "rows_lost"})


@dataclass(frozen=True)
class Traced:
    """A figure to be traced: a number for it, its measure and scope, the value that was shown."""

    number: int
    key: str
    raw: str | None

    @property
    def measure(self) -> str:
        """What is counted."""
        return next(value for name, value in self._pairs() if name == "measure")

    @property
    def counted(self) -> str:
        """Of source rows: the measure whose rows these are."""
        named = [value for name, value in self._pairs() if name == "measure"]
        return next((value for value in named if value != "source_rows"), "source_rows")

    @property
    def scope(self) -> dict[str, str]:
        """Give the filters."""
        return {name: value for name, value in self._pairs() if name not in {"measure", "page"}}

    @property
    def is_plain(self) -> bool:
        """Whether raw columns can say which rows belong."""
        known = _PLAIN.keys() | ({"region"} if self.has_placed_region else set())
        return self.counted in _OF_ROWS and self.scope.keys() <= known

    @property
    def has_placed_region(self) -> bool:
        """Whether the rows of its region were asked for."""
        scope = self.scope
        return "region" in scope and ("chain" in scope or self.counted == "readable_projects")

    def _pairs(self) -> list[tuple[str, str]]:
        # A name may hold an ampersand, so that the key cannot simply be split.
        return parse_qsl(self.key, keep_blank_values=True)


@dataclass
class Outcome:
    """What came of tracing."""

    rows: int = 0
    by_raw_columns: int = 0
    not_recomputed: list[str] = field(default_factory=list)
    differences: list[str] = field(default_factory=list)


def trace(
    raw: Raw, figures: list[Traced], places: Path, issues: list[dict[str, object]]
) -> Outcome:
    """Hold every figure against its rows; `places` has one file of listed rows for each."""
    outcome = Outcome()
    con = raw.con
    con.execute(
        f"""
        create or replace table listed as
        select parse_filename(filename, true)::int as figure, file_no::int as file_no, line::bigint as line
        from read_csv('{places}/*.csv', header=true, filename=true,
                      columns={{'record_id': 'bigint', 'file_no': 'int', 'line': 'bigint'}})
        """
    )
    row = con.execute("select count(*) from listed").fetchone()
    outcome.rows = int(row[0]) if row else 0
    _write_figures(raw, figures)
    values = _recompute(raw)
    by_number = {figure.number: figure for figure in figures}
    for figure in figures:
        if figure.measure == "issues":
            _hold_issues(raw, figure, issues, outcome)
        elif figure.measure in _OF_FILES:
            _hold_files(raw, figure, issues, outcome)
        else:
            _hold_value(figure, values, outcome)
    _hold_rows(raw, by_number, outcome)
    return outcome


def _write_figures(raw: Raw, figures: list[Traced]) -> None:
    """Write the figures, with what tells their own rows from those that they lean on."""
    raw.con.execute(
        "create or replace table figure(no int, measure varchar, ident varchar, partner varchar, "
        "heads varchar[])"
    )
    rows = []
    for figure in figures:
        scope = figure.scope
        ident = scope.get("organisation")
        heads = None
        if "partner_region" in scope and "region" in scope:
            heads = sorted({code[:2] for code in scope["region"].split("+")})
        rows.append([figure.number, figure.measure, ident, scope.get("partner"), heads])
    raw.con.executemany("insert into figure values (?, ?, ?, ?, ?)", rows)


def _recompute(raw: Raw) -> dict[int, dict[str, Decimal | int | None]]:
    """Compute every measure of every figure from the raw cells of its listed rows."""
    found: dict[int, dict[str, Decimal | int | None]] = {}
    statements = {
        # Rows of the organisations of the scope itself, not of partners that it leans on.
        ("participations", "projects", "matches", "organisations", "contribution_eur",
         "net_contribution_eur", "countries"): """
            select l.figure, count(*), count(distinct o.project), count(distinct o.project),
                   count(distinct o.ident), sum(o.eur), sum(o.net), count(distinct o.country)
            from listed l join figure g on g.no = l.figure join org o using (file_no, line)
            where (g.ident is null or g.measure = 'partners' or o.ident = g.ident)
              and (g.heads is null or list_contains(g.heads, o.country))
            group by 1""",
        ("partners",): """
            select l.figure, count(distinct o.ident) filter (o.ident <> g.ident)
            from listed l join figure g on g.no = l.figure join org o using (file_no, line)
            where g.measure = 'partners' group by 1""",
        ("shared_projects",): """
            select figure, count(*) filter (mine and theirs) from (
                select l.figure, o.project, bool_or(o.ident = g.ident) as mine,
                       bool_or(o.ident = g.partner) as theirs
                from listed l join figure g on g.no = l.figure join org o using (file_no, line)
                where g.measure = 'shared_projects' group by 1, 2)
            group by 1""",
        ("project_cost_eur", "ec_max_contribution_eur"): """
            select l.figure, sum(p.cost), sum(p.most)
            from listed l join figure g on g.no = l.figure join proj p using (file_no, line)
            where g.measure in ('project_cost_eur', 'ec_max_contribution_eur') group by 1""",
        ("readable_projects",): """
            select l.figure, count(*) filter (p.title is not null or p.objective is not null or
                p.project in (select t.project from top t where t.title is not null))
            from listed l join figure g on g.no = l.figure join proj p using (file_no, line)
            where g.measure = 'readable_projects' group by 1""",
        ("fields_coverage",): """
            select l.figure, count(distinct f.project)
            from listed l join figure g on g.no = l.figure join fld f using (file_no, line)
            where g.measure = 'fields_coverage' group by 1""",
        ("source_rows",): "select figure, count(*) from listed group by 1",
    }  # fmt: skip
    for names, statement in statements.items():
        for figure, *values in raw.con.execute(statement).fetchall():
            found.setdefault(figure, {}).update(zip(names, values, strict=True))
    return found


def _hold_value(
    figure: Traced, values: dict[int, dict[str, Decimal | int | None]], outcome: Outcome
) -> None:
    if figure.measure not in _OF_ROWS | {"source_rows"}:
        outcome.not_recomputed.append(figure.key)
        return
    is_sum = figure.measure.endswith("_eur")
    value = values.get(figure.number, {}).get(figure.measure, None if is_sum else 0)
    try:
        shown = None if figure.raw is None else Decimal(figure.raw)
    except InvalidOperation:
        shown = Decimal("NaN")  # equal to nothing
    if (None if value is None else Decimal(value)) != shown:
        outcome.differences.append(f"{figure.key}: shown {figure.raw}, its rows give {value}")


def _hold_files(
    raw: Raw, figure: Traced, issues: list[dict[str, object]], outcome: Outcome
) -> None:
    """Hold the counts of a file's rows against a count of the file and the rows called lost."""
    numbers = [
        number
        for number, file in raw.files.items()
        if all(str(file["file_no" if name == "file" else name]) == value
               for name, value in figure.scope.items())
    ]  # fmt: skip
    lost = {
        (issue["file_no"], issue["line"])
        for issue in issues
        if issue["severity"] == "row-lost" and issue["file_no"] in numbers
    }
    if not raw.rows_in.keys() >= set(numbers):
        outcome.not_recomputed.append(figure.key)
        return
    found = sum(raw.rows_in[number] for number in numbers)
    expected = {"rows_found": found, "rows_lost": len(lost), "rows_typed": found - len(lost)}
    row = raw.con.execute(
        "select count(*), count(distinct (file_no, line)), count(*) filter (not list_contains(?, file_no)) "
        "from listed where figure = ?", [numbers, figure.number],
    ).fetchone()  # fmt: skip
    assert row is not None
    if int(figure.raw or -1) != expected[figure.measure] or row != (row[0], row[0], 0):
        outcome.differences.append(
            f"{figure.key}: shown {figure.raw}, the file has {expected[figure.measure]}"
        )
    elif row[0] != expected[figure.measure]:
        outcome.differences.append(
            f"{figure.key}: shown {figure.raw}, and {row[0]} rows are listed for it"
        )


def _hold_issues(
    raw: Raw, figure: Traced, issues: list[dict[str, object]], outcome: Outcome
) -> None:
    """Count the issues that the page of issues lists one by one."""
    names = {"issue_code": "code", "stage": "stage", "severity": "severity", "file": "file_no"}
    scope = figure.scope
    if not scope.keys() <= names.keys():
        outcome.not_recomputed.append(figure.key)
        return
    wanted = [
        issue
        for issue in issues
        if all(str("unknown" if issue[names[name]] is None else issue[names[name]]) == value
               for name, value in scope.items())
    ]  # fmt: skip
    if len(wanted) != int(figure.raw or -1):
        outcome.differences.append(
            f"{figure.key}: shown {figure.raw}, the page of issues lists {len(wanted)}"
        )
    placed = {(i["file_no"], i["line"]) for i in wanted if i["record_id"] is not None}
    listed = set(
        raw.con.execute(
            "select file_no, line from listed where figure = ?", [figure.number]
        ).fetchall()
    )
    if placed != listed:
        outcome.differences.append(
            f"{figure.key}: issues name {len(placed)} rows, {len(listed)} are listed"
        )


def _hold_rows(raw: Raw, figures: dict[int, Traced], outcome: Outcome) -> None:
    """Select the rows anew from raw columns, and compare them with those listed."""
    con = raw.con
    con.execute("create or replace table expected(figure int, file_no int, line bigint)")
    wanted: dict[str, list[int]] = {}
    for figure in figures.values():
        if figure.is_plain:
            wanted.setdefault(select_rows(figure), []).append(figure.number)
    for statement, numbers in wanted.items():
        con.execute(
            f"insert into expected select n.no, r.* from ({statement}) r, "
            f"(select unnest({numbers}) as no) n"
        )
    outcome.by_raw_columns = sum(len(numbers) for numbers in wanted.values())
    con.execute(
        "create or replace table plain as select unnest(?) as figure",
        [[number for numbers in wanted.values() for number in numbers] or [-1]],
    )
    for figure, missing, surplus, example in con.execute(
        """
        select figure, count(*) filter (is_missing), count(*) filter (not is_missing),
               min(file_no || ' line ' || line)
        from (select *, true as is_missing from
                  (from expected except select distinct * from listed)
              union all
              select *, false from
                  (select listed.* from listed join plain using (figure) except from expected))
        group by 1 order by 1
        """
    ).fetchall():
        outcome.differences.append(
            f"{figures[figure].key}: {missing} rows are not listed, {surplus} do not belong "
            f"(file {example})"
        )
    for figure, times in con.execute(
        """select figure, count(*) - count(distinct (file_no, line)) from listed
           join figure g on g.no = listed.figure and g.measure <> 'issues'
           group by 1 having count(*) > count(distinct (file_no, line)) order by 1"""
    ).fetchall():
        outcome.differences.append(f"{figures[figure].key}: {times} rows are listed twice")


def select_rows(figure: Traced) -> str:
    """Write the select of all rows that belong to a figure, from raw columns alone."""
    scope = figure.scope
    chain = _quoted(scope.get("chain", ""))
    tests = [
        (_PLAIN | {"region": _REGION})[name].format(value=_quoted(value), chain=chain)
        for name, value in scope.items()
    ]
    where = " and ".join(tests) or "true"
    own = f"from org o left join proj p using (project) where {where}"
    projects = f"(select o.project {own})"
    parts = [f"select o.file_no, o.line {own}", *_leaned_on(scope, projects)]
    if figure.counted in {"project_cost_eur", "ec_max_contribution_eur", "readable_projects"}:
        parts.append(f"select p.file_no, p.line from proj p where p.project in {projects}")
    elif figure.counted == "fields_coverage":
        parts.append(f"select f.file_no, f.line from fld f where f.project in {projects}")
    elif figure.counted == "partners":
        parts.append(f"select q.file_no, q.line from org q where q.project in {projects}")
    return " union ".join(parts)


def _leaned_on(scope: dict[str, str], projects: str) -> Iterator[str]:
    """Rows of others that a filter rests on: the project's for its year, the partner's, the field's."""
    if "year" in scope:
        yield f"select p.file_no, p.line from proj p where p.project in {projects}"
    if "partner" in scope:
        partner = _quoted(scope["partner"])
        yield (
            f"select q.file_no, q.line from org q where q.ident = {partner} "
            f"and q.project in {projects}"
        )
    if "chain" in scope:
        yield (
            f"select h.file_no, h.line from hit h where h.chain = {_quoted(scope['chain'])} "
            f"and h.project in {projects}"
        )
    if "field" in scope:
        code = _quoted(scope["field"])
        yield (
            f"select f.file_no, f.line from fld f where f.project in {projects} "
            f"and (f.code = {code} or starts_with(f.code, {code} || '/'))"
        )


def _quoted(value: str) -> str:
    return "'" + value.replace("'", "''") + "'"
