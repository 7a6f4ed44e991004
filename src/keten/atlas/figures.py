"""Figures: the one registry of measures, and the only place where a figure of the atlas is computed.

A measure is asked for one scope (`measure`) or for many at once (`measure_groups`); both run the same
expression, so that a figure in a table equals the figure that its own address gives.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, Literal

import duckdb

from keten.atlas.scope import Condition, read_group, read_scope, write_condition, write_group
from keten.errors import NotFoundError, UsageError
from keten.model import Coverage, Figure, Scope, Text

Subject = Literal["participation", "project", "partner", "file", "issue"]

# What the rows of a subject are; `{where}` is the condition of the scope. Projects and partners are
# reached through participations, so they take the same filters.
ROWS: Final[Mapping[str, str]] = {
    "participation": "involvement i where {where}",
    "project": (
        "project p left join (select distinct project_id, true as has_field from project_field) "
        "using (project_id) "
        "where p.project_id in (select i.project_id from involvement i where {where})"
    ),
    "partner": (
        "involvement j where j.organisation_id <> $organisation "
        "and j.project_id in (select i.project_id from involvement i where {where})"
    ),
    "file": "file f where {where}",
    "issue": "issue s where {where}",
}

# The year and programme of a row, for the period and the caveats of a figure.
_TIMES: Final[Mapping[str, tuple[str, str]]] = {
    "participation": ("i.year", "i.programme"),
    "project": ("year(p.start_date)", "p.programme"),
    "partner": ("j.year", "j.programme"),
}

_PARTICIPATION_ROWS: Final = "select i.record_id from involvement i where {where}"
_PROJECT_ROWS: Final = "select p.record_id from project p where p.project_id in ({projects})"


@dataclass(frozen=True, slots=True)
class Measure:
    """A method: what is counted in words and in SQL, and which source rows it is made from."""

    name: str
    unit: str
    title: Text
    method: Text
    subject: Subject
    value: str
    records: tuple[str, ...] = (_PARTICIPATION_ROWS,)
    seen: str | None = None
    of: str | None = None
    needs: tuple[str, ...] = ()
    version: str = "1"

    @property
    def filters_of(self) -> str:
        """Name the rows whose filters this measure takes."""
        return "participation" if self.subject in ("project", "partner") else self.subject


def _amount(column: str) -> dict[str, str]:
    return {"value": f"sum({column})", "seen": f"count({column})", "of": "count(*)"}


_LOST: Final = (
    "select s.record_id from issue s where s.severity = 'row-lost' and s.record_id is not null"
)
_FILE_ROWS: Final = "select r.record_id from record r where r.file_no in (select f.file_no from file f where {where})"

_ALL: Final = (
    Measure(
        "participations",
        "count",
        Text("Participations", "Deelnames"),
        Text(
            "Each row of an organisation in a project counts once, whatever its role. An organisation "
            "that stands twice in one project counts twice. Organisations without a name count too.",
            "Elke regel van een organisatie in een project telt één keer, ongeacht de rol. Een "
            "organisatie die twee keer in een project staat telt twee keer. Organisaties zonder naam "
            "tellen mee.",
        ),
        "participation",
        "count(*)",
    ),
    Measure(
        "projects",
        "count",
        Text("Projects", "Projecten"),
        Text(
            "Projects with at least one participation in this selection, each counted once.",
            "Projecten met minstens één deelname in deze selectie, elk één keer geteld.",
        ),
        "participation",
        "count(distinct i.project_id)",
    ),
    Measure(
        "organisations",
        "count",
        Text("Organisations", "Organisaties"),
        Text(
            "Organisations with at least one participation in this selection, each counted once. "
            "Records of both programmes with the same participant code (PIC) are one organisation, "
            "unless a person ruled otherwise.",
            "Organisaties met minstens één deelname in deze selectie, elk één keer geteld. Regels "
            "van beide programma's met dezelfde deelnemerscode (PIC) zijn één organisatie, tenzij "
            "een mens anders oordeelde.",
        ),
        "participation",
        "count(distinct i.organisation_id)",
    ),
    Measure(
        "contribution_eur",
        "EUR",
        Text("EU contribution", "EU-bijdrage"),
        Text(
            "Sum of the column ecContribution over the participations in this selection. Participations "
            "without an amount are left out; how many carry one is said beside the sum. The amount "
            "includes what a beneficiary passes on to its third parties.",
            "Som van de kolom ecContribution over de deelnames in deze selectie. Deelnames zonder "
            "bedrag blijven buiten de som; hoeveel er een bedrag dragen staat erbij. Het bedrag is "
            "inclusief wat een begunstigde doorgeeft aan derden.",
        ),
        "participation",
        **_amount("i.contribution_eur"),
    ),
    Measure(
        "net_contribution_eur",
        "EUR",
        Text("Net EU contribution", "Netto EU-bijdrage"),
        Text(
            "Sum of the column netEcContribution over the participations in this selection: what each "
            "keeps after passing on to third parties. Participations without an amount are left out; "
            "how many carry one is said beside the sum.",
            "Som van de kolom netEcContribution over de deelnames in deze selectie: wat elk overhoudt "
            "na doorgifte aan derden. Deelnames zonder bedrag blijven buiten de som; hoeveel er een "
            "bedrag dragen staat erbij.",
        ),
        "participation",
        **_amount("i.net_contribution_eur"),
    ),
    Measure(
        "countries",
        "count",
        Text("Countries", "Landen"),
        Text(
            "Different country codes among the participations in this selection; a participation "
            "without a country is left out.",
            "Verschillende landcodes onder de deelnames in deze selectie; een deelname zonder land "
            "blijft buiten beschouwing.",
        ),
        "participation",
        "count(distinct i.country)",
        seen="count(i.country)",
        of="count(*)",
    ),
    Measure(
        "located",
        "count",
        Text("Participations placed in a NUTS 3 region", "Deelnames geplaatst in een NUTS 3-regio"),
        Text(
            "Participations in this selection whose address could be placed in a region of NUTS 2024 "
            "level 3; the others are known by a wider region or their country only.",
            "Deelnames in deze selectie waarvan het adres in een regio van NUTS 2024 niveau 3 geplaatst "
            "kon worden; van de andere is alleen een ruimere regio of het land bekend.",
        ),
        "participation",
        "count(i.nuts3)",
        seen="count(i.nuts3)",
        of="count(*)",
    ),
    Measure(
        "project_cost_eur",
        "EUR",
        Text("Total cost of projects", "Totale kosten van projecten"),
        Text(
            "Sum of the column totalCost over the projects with at least one participation in this "
            "selection, each counted once and whole, whatever share falls to the selection. Projects "
            "without an amount are left out.",
            "Som van de kolom totalCost over de projecten met minstens één deelname in deze selectie, "
            "elk één keer en geheel geteld, welk deel ook bij de selectie hoort. Projecten zonder "
            "bedrag blijven buiten de som.",
        ),
        "project",
        **_amount("p.total_cost_eur"),
        records=(_PROJECT_ROWS, _PARTICIPATION_ROWS),
    ),
    Measure(
        "ec_max_contribution_eur",
        "EUR",
        Text("Maximum EU contribution to projects", "Maximale EU-bijdrage aan projecten"),
        Text(
            "Sum of the column ecMaxContribution over the projects with at least one participation in "
            "this selection, each counted once and whole. Projects without an amount are left out.",
            "Som van de kolom ecMaxContribution over de projecten met minstens één deelname in deze "
            "selectie, elk één keer en geheel geteld. Projecten zonder bedrag blijven buiten de som.",
        ),
        "project",
        **_amount("p.ec_max_contribution_eur"),
        records=(_PROJECT_ROWS, _PARTICIPATION_ROWS),
    ),
    Measure(
        "fields_coverage",
        "count",
        Text("Projects that carry a field of science", "Projecten met een wetenschapsgebied"),
        Text(
            "Projects with at least one participation in this selection to which the publisher gave at "
            "least one EuroSciVoc field; the source rows listed are those fields' and the "
            "participations.",
            "Projecten met minstens één deelname in deze selectie waaraan de uitgever minstens één "
            "EuroSciVoc-gebied gaf; de bronregels zijn die van de gebieden en van de deelnames.",
        ),
        "project",
        "count(has_field)",
        records=(
            "select f.record_id from project_field f where f.project_id in ({projects})",
            _PARTICIPATION_ROWS,
        ),
        seen="count(has_field)",
        of="count(*)",
    ),
    Measure(
        "partners",
        "count",
        Text("Partners", "Partners"),
        Text(
            "Other organisations with a participation, in whatever role, in a project in which this "
            "organisation takes part, each counted once.",
            "Andere organisaties met een deelname, in welke rol ook, in een project waaraan deze "
            "organisatie deelneemt, elk één keer geteld.",
        ),
        "partner",
        "count(distinct j.organisation_id)",
        records=(
            _PARTICIPATION_ROWS,
            "select j.record_id from involvement j where j.project_id in ({projects})",
        ),
        needs=("organisation",),
    ),
    Measure(
        "shared_projects",
        "count",
        Text("Shared projects", "Gedeelde projecten"),
        Text(
            "Projects in which both organisations have a participation, in whatever role, each counted "
            "once. The source rows are the participations of both.",
            "Projecten waarin beide organisaties een deelname hebben, in welke rol ook, elk één keer "
            "geteld. De bronregels zijn de deelnames van beide.",
        ),
        "participation",
        "count(distinct i.project_id)",
        needs=("organisation", "partner"),
    ),
    Measure(
        "rows_found",
        "count",
        Text("Rows found", "Regels gevonden"),
        Text(
            "Rows of data in the file as it was delivered, without its heading, counted apart from the "
            "parser.",
            "Regels met gegevens in het bestand zoals geleverd, zonder kopregel, geteld los van de "
            "ontleder.",
        ),
        "file",
        "coalesce(sum(f.rows_found), 0)::bigint",
        records=(_FILE_ROWS,),
    ),
    Measure(
        "rows_typed",
        "count",
        Text("Rows read", "Regels gelezen"),
        Text(
            "Rows of the file that became a typed row of the evidence.",
            "Regels van het bestand die een getypeerde regel van het bewijs werden.",
        ),
        "file",
        "coalesce(sum(f.rows_typed), 0)::bigint",
        records=(f"{_FILE_ROWS} and r.record_id not in ({_LOST})",),
    ),
    Measure(
        "rows_lost",
        "count",
        Text("Rows lost", "Regels verloren"),
        Text(
            "Rows of the file that could not be read; each has an issue that says why.",
            "Regels van het bestand die niet gelezen konden worden; elk heeft een melding die zegt "
            "waarom.",
        ),
        "file",
        "coalesce(sum(f.rows_lost), 0)::bigint",
        records=(f"{_FILE_ROWS} and r.record_id in ({_LOST})",),
    ),
    Measure(
        "issues",
        "count",
        Text("Issues", "Meldingen"),
        Text(
            "Oddities that the build met and kept in sight. One row can have several; an issue about a "
            "file as a whole, or about a ruling, has no row.",
            "Eigenaardigheden die de bouw tegenkwam en in zicht hield. Eén regel kan er meer hebben; "
            "een melding over een heel bestand, of over een oordeel, heeft geen regel.",
        ),
        "issue",
        "count(*)",
        records=("select s.record_id from issue s where {where} and s.record_id is not null",),
    ),
)

MEASURES: Final[Mapping[str, Measure]] = {found.name: found for found in _ALL}


@dataclass(frozen=True, slots=True)
class Group:
    """One group of rows: the filters that pick it out, and its figures by name of measure."""

    keys: Mapping[str, str]
    figures: Mapping[str, Figure]


def find_measure(name: str) -> Measure:
    """Give the measure of that name; raises NotFoundError."""
    found = MEASURES.get(name)
    if found is None:
        raise NotFoundError(f"'{name}' is no measure.", f"Measures: {', '.join(sorted(MEASURES))}.")
    return found


def measure(con: duckdb.DuckDBPyConnection, name: str, scope: Scope) -> Figure:
    """Give one figure: a measure over a scope.

    Raises: NotFoundError for an unknown measure, UsageError for a filter it does not take.
    """
    found = find_measure(name)
    (group,) = _measure_sets(con, [found], scope, [()])[0]
    return group.figures[name]


def measure_sets(
    con: duckdb.DuckDBPyConnection,
    names: Sequence[str],
    scope: Scope,
    sets: Sequence[Sequence[str]],
) -> list[list[Group]]:
    """Give figures for several groupings of the same rows in one query, in the order of `sets`.

    `()` as a set gives the scope as a whole. All measures must be about the same rows. Groups come
    sorted by their keys.
    """
    return _measure_sets(con, [find_measure(name) for name in names], scope, sets)


def measure_groups(
    con: duckdb.DuckDBPyConnection,
    names: Sequence[str],
    scope: Scope,
    by: Sequence[str],
    *,
    first: str,
    limit: int,
    offset: int = 0,
) -> list[Group]:
    """Give figures per group, those with most of the measure `first` first, one page of them."""
    measures = [find_measure(name) for name in names]
    condition = prepare(measures, scope)
    keys = ", ".join(write_group(measures[0].subject, name) for name in by)
    sql = (
        f"select {keys}, {_columns(measures)} from {_rows(measures[0], condition)} "
        f"group by {keys} order by {find_measure(first).value} desc nulls last, {keys} "
        "limit $page_limit offset $page_offset"
    )
    values = condition.values | {"page_limit": limit, "page_offset": offset}
    caveats = read_caveats(con)
    return [
        _group(measures, scope, dict(zip(by, row, strict=False)), row[len(by) :], caveats)
        for row in con.execute(sql, values).fetchall()
    ]


def list_records_sql(name: str, scope: Scope) -> tuple[str, dict[str, object]]:
    """Give the select, with its values, of the record_ids that a figure was made from, in order."""
    found = find_measure(name)
    condition = prepare([found], scope)
    where = condition.sql
    projects = f"select i.project_id from involvement i where {where}"
    parts = [
        part.format(where=where, projects=projects)
        for part in dict.fromkeys((*found.records, *condition.leans_on))
    ]
    return f"{' union '.join(parts)} order by record_id", condition.values


def value_sql(name: str, scope: Scope) -> tuple[str, dict[str, object]]:
    """Give the select, with its values, of a figure's value alone."""
    found = find_measure(name)
    condition = prepare([found], scope)
    return f"select {found.value} as {name} from {_rows(found, condition)}", condition.values


def prepare(measures: Sequence[Measure], scope: Scope) -> Condition:
    """Give the condition of a scope for measures of the same rows; checks that it suits them."""
    first = measures[0]
    if any(found.subject != first.subject for found in measures):
        raise UsageError("Measures of different rows cannot be asked together.", "Ask them apart.")
    given = scope.as_dict()
    for found in measures:
        missing = [name for name in found.needs if name not in given]
        if missing:
            raise UsageError(
                f"The measure '{found.name}' needs the filter '{missing[0]}'.",
                f"Add {missing[0]}=<value>.",
            )
    return write_condition(scope, first.filters_of)


@dataclass(frozen=True, slots=True)
class Caveats:
    """The caveats of this evidence, by the release they speak of."""

    by_release: Mapping[str, tuple[str, ...]]

    def of(self, scope: Scope, programmes: Sequence[str]) -> tuple[str, ...]:
        """Name those that hold for a figure over these programmes' rows, sorted.

        That a project is absent says nothing about other projects, nor about an organisation that
        is there: only wider totals carry it.
        """
        given = scope.as_dict()
        is_total = not {"project", "organisation", "source_key"} & given.keys()
        found = {name for programme in programmes for name in self.by_release.get(programme, ())}
        return tuple(sorted(name for name in found if is_total or not name.endswith("-absent")))


def read_caveats(con: duckdb.DuckDBPyConnection) -> Caveats:
    """Read which caveats this evidence has; none where it keeps no such table."""
    try:
        rows = con.execute("select release, caveat from caveat order by release, caveat").fetchall()
    except duckdb.CatalogException:
        rows = []
    by_release: dict[str, tuple[str, ...]] = {}
    for release, name in rows:
        by_release[release] = (*by_release.get(release, ()), name)
    return Caveats(by_release)


def _measure_sets(
    con: duckdb.DuckDBPyConnection,
    measures: Sequence[Measure],
    scope: Scope,
    sets: Sequence[Sequence[str]],
) -> list[list[Group]]:
    scope = read_scope(scope, measures[0].filters_of)
    condition = prepare(measures, scope)
    names = list(dict.fromkeys(name for wanted in sets for name in wanted))
    caveats = read_caveats(con)
    keys = [write_group(measures[0].subject, name) for name in names]
    if names:
        by_name = dict(zip(names, keys, strict=True))
        grouping = ", ".join(f"({', '.join(by_name[name] for name in wanted)})" for wanted in sets)
        sql = (
            f"select grouping({', '.join(keys)}), {', '.join(keys)}, {_columns(measures)} "
            f"from {_rows(measures[0], condition)} group by grouping sets ({grouping})"
        )
    else:
        sql = f"select 0, {_columns(measures)} from {_rows(measures[0], condition)}"
    rows = con.execute(sql, condition.values).fetchall()
    marks = [_mark(names, wanted) for wanted in sets]
    found: list[list[Group]] = [[] for _ in sets]
    for row in rows:
        place = marks.index(row[0])
        given = dict(zip(names, row[1:], strict=False))
        picked = [read_group(name, given[name]) for name in sets[place]]
        if None in picked:
            continue
        group_keys = {key: value for pair in picked if pair for key, value in pair.items()}
        found[place].append(_group(measures, scope, group_keys, row[1 + len(names) :], caveats))
    return [sorted(groups, key=lambda group: tuple(group.keys.values())) for groups in found]


def _mark(names: Sequence[str], wanted: Sequence[str]) -> int:
    """Give what `grouping(names)` says for a set: a bit for each name that is not in it."""
    return sum(
        1 << (len(names) - 1 - place) for place, name in enumerate(names) if name not in wanted
    )


def _rows(found: Measure, condition: Condition) -> str:
    return ROWS[found.subject].format(where=condition.sql)


def _columns(measures: Sequence[Measure]) -> str:
    """Write the expressions of the measures: value, seen, of for each; then the times, once."""
    parts = [
        part
        for found in measures
        for part in (found.value, found.seen or "null", found.of or "null")
    ]
    times = _TIMES.get(measures[0].subject)
    if times:
        year, programme = times
        parts += [
            f"min({year})",
            f"max({year})",
            f"bool_or({programme} = 'he')",
            f"bool_or({programme} = 'h2020')",
        ]
    return ", ".join(parts)


def _group(
    measures: Sequence[Measure],
    scope: Scope,
    keys: Mapping[str, str],
    row: Sequence[Any],
    caveats: Caveats,
) -> Group:
    narrowed = scope.narrowed(**keys)
    return Group(keys, {f.measure: f for f in make_figures(measures, narrowed, row, caveats)})


def make_figures(
    measures: Sequence[Measure], scope: Scope, row: Sequence[Any], caveats: Caveats
) -> list[Figure]:
    """Make figures of one row of values in the order of `_columns`."""
    period, named = "", ()
    if measures[0].subject in _TIMES:
        first, last, in_he, in_h2020 = row[3 * len(measures) :]
        period = write_period(first, last)
        named = caveats.of(scope, [*(["he"] if in_he else []), *(["h2020"] if in_h2020 else [])])
    return [
        Figure(
            value=row[3 * place],
            unit=found.unit,
            measure=found.name,
            scope=scope,
            version=found.version,
            period=period,
            caveats=named,
            coverage=None
            if found.seen is None
            else Coverage(row[3 * place + 1], row[3 * place + 2]),
        )
        for place, found in enumerate(measures)
    ]


def write_period(first: int | None, last: int | None) -> str:
    """Write the years from first to last; nothing when no row has a year."""
    if first is None or last is None:
        return ""
    return str(first) if first == last else f"{first}-{last}"
