"""Counting: the only place where rows of the evidence are counted and summed.

A measure is asked for one scope (`measure`) or for many groups at once (`measure_sets`,
`measure_groups`); all run the same expression, so that a figure in a table equals the figure that its
own address gives.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, Final

from keten.errors import UsageError
from keten.evidence.figures.measure import Measure
from keten.evidence.figures.method import ROWS, TIMES, find_measure
from keten.evidence.figures.rows import read_once
from keten.evidence.figures.scope import Condition, find_grouping, read_scope, write_condition
from keten.model import Coverage, Figure, Scope

if TYPE_CHECKING:
    import duckdb


@dataclass(frozen=True, slots=True)
class Caveats:
    """The caveats of this evidence, by the release they speak of."""

    by_release: Mapping[str, tuple[str, ...]]
    _known: dict[tuple[bool, bool, tuple[str, ...]], tuple[str, ...]] = field(
        default_factory=dict, repr=False, compare=False
    )

    def of(self, scope: Scope, programmes: tuple[str, ...]) -> tuple[str, ...]:
        """Name those that hold for a figure over these programmes' rows, sorted.

        That a project is absent says nothing about other projects, nor about an organisation that
        is there: only wider totals carry it. What is known of SMEs matters where they are picked out.
        """
        given = {name for name, _ in scope.filters}
        is_total = _SINGLE.isdisjoint(given)
        asked = (is_total, "sme" in given, programmes)
        if asked not in self._known:
            self._known[asked] = self._pick(*asked)
        return self._known[asked]

    def among(self, names: tuple[str, ...]) -> tuple[str, ...]:
        """Give those of some caveats that some release here has."""
        if not names:
            return ()
        known = {name for of_release in self.by_release.values() for name in of_release}
        return tuple(name for name in names if name in known)

    def _pick(
        self, is_total: bool, picks_smes: bool, programmes: tuple[str, ...]
    ) -> tuple[str, ...]:
        found = {name for programme in programmes for name in self.by_release.get(programme, ())}
        return tuple(
            sorted(
                name
                for name in found
                if (is_total or not name.endswith("-absent"))
                and (picks_smes or not name.startswith("sme-"))
            )
        )


# Filters that pick out something that is there.
_SINGLE: Final = frozenset({"project", "organisation", "source_key"})
_PROGRAMMES: Final[Mapping[tuple[bool, bool], tuple[str, ...]]] = {
    (False, False): (),
    (True, False): ("he",),
    (False, True): ("h2020",),
    (True, True): ("he", "h2020"),
}


@dataclass(frozen=True, slots=True)
class Group:
    """One group of rows: the filters that pick it out, and its figures by name of measure."""

    keys: Mapping[str, str]
    figures: dict[str, Figure]
    first_year: int | None = None
    last_year: int | None = None


def measure(
    con: duckdb.DuckDBPyConnection,
    name: str,
    scope: Scope,
    caveats: Caveats | None = None,
) -> Figure:
    """Give one figure: a measure over a scope.

    Raises: NotFoundError for an unknown measure, UsageError for a filter it does not take.
    """
    found = find_measure(name)
    scope = read_figure_scope(name, scope)
    sql, values = value_sql(name, scope)
    row = con.execute(sql, values).fetchone()
    assert row is not None, "an aggregate always gives a row"
    return make_figures([found], scope, row, caveats or read_caveats(con))[0]


def measure_sets(
    con: duckdb.DuckDBPyConnection,
    names: Sequence[str],
    scope: Scope,
    sets: Sequence[Sequence[str]],
    caveats: Caveats | None = None,
) -> list[list[Group]]:
    """Give figures for several groupings of the same rows, in the order of `sets`.

    `()` as a set gives the scope as a whole. All measures must be about the same rows. Groups come
    sorted by their keys.
    """
    measures = [find_measure(name) for name in names]
    subject = measures[0].subject
    scope = read_scope(scope, measures[0].filters_of)
    condition = prepare(measures, scope)
    caveats = caveats or read_caveats(con)
    by_join: dict[str, list[Sequence[str]]] = {}
    for wanted in sets:
        by_join.setdefault(write_join(subject, wanted), []).append(wanted)
    found: dict[tuple[str, ...], list[Group]] = {tuple(wanted): [] for wanted in sets}
    for join, together in by_join.items():
        keys = list(dict.fromkeys(name for wanted in together for name in wanted))
        sql = (
            f"select {write_sets(subject, keys, together)[0]}, {write_columns(measures)} "
            f"from {ROWS[subject].format(join=join, where=condition.sql)} "
            f"{write_sets(subject, keys, together)[1]}"
        )
        marks = {mark_set(keys, wanted): tuple(wanted) for wanted in together}
        for mark, *row in con.execute(sql, condition.values).fetchall():
            wanted = marks[mark]
            given = dict(zip(keys, row, strict=False))
            picked = pick_group(subject, {name: given[name] for name in wanted})
            if picked is not None:
                rest = row[len(keys) :]
                found[wanted].append(make_group(measures, scope, picked, rest, caveats))
    return [
        sorted(found[tuple(wanted)], key=lambda group: tuple(group.keys.values()))
        for wanted in sets
    ]


def measure_groups(
    con: duckdb.DuckDBPyConnection,
    names: Sequence[str],
    scope: Scope,
    by: Sequence[str],
    *,
    first: str,
    limit: int,
    offset: int = 0,
    caveats: Caveats | None = None,
) -> list[Group]:
    """Give figures per group, those with most of the measure `first` first, one page of them."""
    measures = [find_measure(name) for name in names]
    subject = measures[0].subject
    scope = read_scope(scope, measures[0].filters_of)
    condition = prepare(measures, scope, by)
    keys = ", ".join(find_grouping(subject, name).expression for name in by)
    rows = ROWS[subject].format(join=write_join(subject, by), where=condition.sql)
    sql = (
        f"select {keys}, {write_columns(measures)} from {rows} "
        f"group by {keys} order by {find_measure(first).value} desc nulls last, {keys} "
        "limit $page_limit offset $page_offset"
    )
    values = condition.values | {"page_limit": limit, "page_offset": offset}
    caveats = caveats or read_caveats(con)
    groups = []
    for row in con.execute(sql, values).fetchall():
        picked = pick_group(subject, dict(zip(by, row, strict=False)))
        if picked is not None:
            groups.append(make_group(measures, scope, picked, row[len(by) :], caveats))
    return groups


def make_nothing(
    measures: Sequence[Measure], scope: Scope, keys: Mapping[str, str] | None = None
) -> Group:
    """Make the group of no rows at all: a count is zero, a sum is not known."""
    row: list[Any] = []
    for found in measures:
        row += [0 if found.unit == "count" else None, 0, 0 if found.of else None]
    return make_group(measures, scope, keys or {}, [*row, None, None, None, None], Caveats({}))


def read_figure_scope(name: str, scope: Scope) -> Scope:
    """Give a figure's scope with every value in its one right spelling.

    Raises: NotFoundError for an unknown measure, UsageError for a filter it does not take.
    """
    found = find_measure(name)
    if found.subject != "source-row":
        return read_scope(scope, found.filters_of)
    given = scope.as_dict()
    counted = given.pop("measure", "")
    if not counted:
        raise UsageError("'source_rows' needs the filter 'measure'.", "Add measure=<measure>.")
    return read_figure_scope(counted, Scope.of(**given)).narrowed(measure=counted)


def value_sql(name: str, scope: Scope) -> tuple[str, dict[str, object]]:
    """Give the select, with its values, of one figure: value, seen, of, and its times."""
    found = find_measure(name)
    if found.subject == "source-row":
        sql, values = list_records_sql(name, scope)
        return f"select count(*), null, null from ({sql})", values
    condition = prepare([found], scope)
    rows = ROWS[found.subject].format(join="", where=condition.sql)
    return f"select {write_columns([found])} from {rows}", condition.values


def list_records_sql(name: str, scope: Scope) -> tuple[str, dict[str, object]]:
    """Give the select, with its values, of the record_ids that a figure was made from, in order."""
    found = find_measure(name)
    if found.subject == "source-row":
        given = scope.as_dict()
        counted = given.pop("measure", "")
        if find_measure(counted).subject == "source-row":
            raise UsageError("Source rows of source rows are not counted.", "Name a measure.")
        return list_records_sql(counted, Scope.of(**given))
    condition = prepare([found], scope)
    where = condition.sql
    projects = f"select i.project_id from involvement i where {where}"
    parts = [
        part.format(where=where, projects=projects)
        for part in dict.fromkeys((*found.records, *condition.leans_on))
    ]
    return f"{' union '.join(parts)} order by record_id", condition.values


def prepare(measures: Sequence[Measure], scope: Scope, by: Sequence[str] = ()) -> Condition:
    """Give the condition of a scope for measures of the same rows; checks that it suits them.

    What a measure needs may also come as the keys of a grouping.
    """
    first = measures[0]
    rows = {(found.subject, found.of_list) for found in measures}
    if len(rows) > 1:
        raise UsageError("Measures of different rows cannot be asked together.", "Ask them apart.")
    given = {*scope.as_dict(), *(find_grouping(first.subject, name).filter for name in by)}
    for found in measures:
        missing = [name for name in found.needs if name not in given]
        if missing:
            raise UsageError(
                f"The measure '{found.name}' needs the filter '{missing[0]}'.",
                f"Add {missing[0]}=<value>.",
            )
    condition = write_condition(scope, first.filters_of)
    if not first.of_list:
        return condition
    return replace(
        condition,
        sql=f"{condition.sql} and g.source = $of_list",
        values=condition.values | {"of_list": first.of_list},
    )


@read_once
def read_caveats(con: duckdb.DuckDBPyConnection) -> Caveats:
    """Read which caveats this evidence has."""
    rows = con.execute("select release, caveat from caveat order by release, caveat").fetchall()
    by_release: dict[str, tuple[str, ...]] = {}
    for release, name in rows:
        by_release[release] = (*by_release.get(release, ()), name)
    return Caveats(by_release)


def write_join(subject: str, names: Sequence[str]) -> str:
    """Give the joins that groupings need."""
    joins = dict.fromkeys(find_grouping(subject, name).join for name in names)
    return " ".join(join for join in joins if join)


def write_sets(subject: str, keys: Sequence[str], sets: Sequence[Sequence[str]]) -> tuple[str, str]:
    """Give the columns (the mark of the set, then the keys) and the `group by` of several sets."""
    if not keys:
        return "0", ""
    by_name = {name: find_grouping(subject, name).expression for name in keys}
    columns = ", ".join(by_name.values())
    wanted = ", ".join(f"({', '.join(by_name[name] for name in names)})" for names in sets)
    return f"grouping({columns}), {columns}", f"group by grouping sets ({wanted})"


def mark_set(keys: Sequence[str], wanted: Sequence[str]) -> int:
    """Give what `grouping(keys)` says for a set: a bit for each key that is not in it."""
    return sum(
        1 << (len(keys) - 1 - place) for place, name in enumerate(keys) if name not in wanted
    )


def pick_group(subject: str, given: Mapping[str, str | None]) -> dict[str, str] | None:
    """Give the filters that pick out a group; None for rows that have no place in the grouping."""
    picked: dict[str, str] = {}
    for name, value in given.items():
        grouping = find_grouping(subject, name)
        if value is None or len(value) < grouping.length:
            return None
        picked[grouping.filter] = value
    return picked


def write_columns(measures: Sequence[Measure]) -> str:
    """Write the expressions of the measures: value, seen, of for each; then the times, once."""
    parts = []
    for found in measures:
        # Where the value itself is how many were seen, it is not computed twice.
        seen = found.seen if found.seen != found.value else None
        parts += [found.value, seen or "null", found.of or "null"]
    return ", ".join([*parts, *write_times(measures[0].subject)])


def write_times(subject: str) -> list[str]:
    """Write the expressions of the first and last year, and which programmes there are rows of."""
    if subject not in TIMES:
        return []
    year, programme = TIMES[subject]
    return [
        f"min({year})",
        f"max({year})",
        f"bool_or({programme} = 'he')",
        f"bool_or({programme} = 'h2020')",
    ]


def make_group(
    measures: Sequence[Measure],
    scope: Scope,
    keys: Mapping[str, str],
    row: Sequence[Any],
    caveats: Caveats,
) -> Group:
    """Make a group of one row of values in the order of `write_columns`."""
    figures = make_figures(measures, scope.narrowed(**keys), row, caveats)
    first, last, *_ = row[3 * len(measures) :] or (None, None)
    return Group(keys, {figure.measure: figure for figure in figures}, first, last)


def make_figures(
    measures: Sequence[Measure], scope: Scope, row: Sequence[Any], caveats: Caveats
) -> list[Figure]:
    """Make figures of one row of values in the order of `write_columns`."""
    period = ""
    named: tuple[str, ...] = ()
    if measures[0].subject in TIMES:
        first, last, in_he, in_h2020 = row[3 * len(measures) :]
        period = write_period(first, last)
        named = caveats.of(scope, _PROGRAMMES[bool(in_he), bool(in_h2020)])
    return [
        Figure(
            value=row[3 * place],
            unit=found.unit,
            measure=found.name,
            scope=scope,
            version=found.version,
            period=period,
            caveats=(*named, *caveats.among(found.caveats)),
            coverage=_make_coverage(found, *row[3 * place : 3 * place + 3]),
        )
        for place, found in enumerate(measures)
    ]


def _make_coverage(found: Measure, value: Any, seen: Any, of: Any) -> Coverage | None:
    if found.seen is None:
        return None
    return Coverage(value if found.seen == found.value else seen, of)


def write_period(first: int | None, last: int | None) -> str:
    """Write the years from first to last; nothing when no row has a year."""
    if first is None or last is None:
        return ""
    return str(first) if first == last else f"{first}-{last}"
