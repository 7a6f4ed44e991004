"""What an organisation is about: what its projects, lists and editors say, those since the build too."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, Final

from keten.atlas.abouts import ABOUT
from keten.atlas.portrait_views import Portrait, PortraitRow
from keten.atlas.taxonomies import MEMBER
from keten.evidence.figures import (
    current_organisations,
    read_once,
    read_rows,
)
from keten.evidence.technologies import LISTED
from keten.model import ABOUT_LABELS, Coverage, Figure, Judgement, Scope, Text

if TYPE_CHECKING:
    import duckdb

    from keten.workspace import Store

ONE: Final = "technology"
LEAST: Final = 0.05  # a smaller share, without a project that is labelled, is not shown
Lines = Mapping[str, tuple[Judgement | None, tuple[Judgement, ...]]]


def show_portrait(
    con: duckdb.DuckDBPyConnection,
    store: Store | None,
    organisation_id: str,
    keys: Sequence[str] = (),
    projects: int | None = None,
) -> Portrait:
    """Give what an organisation is about; what people said after the build is laid over it.

    `keys` of its records and the number of its `projects` may be given where they are known already.
    """
    labels = read_technologies(con)
    kept = {
        row["technology"]: row
        for row in read_rows(
            con,
            "select * from organisation_technology where organisation_id = $organisation",
            {"organisation": organisation_id},
        )
    }
    lines = read_lines(store, keys or read_keys(con, organisation_id)) if labels else {}
    rows = [
        _make_row(organisation_id, name, label, kept.get(name), *lines.get(name, (None, ())))
        for name, label in labels.items()
        if name in kept or name in lines
    ]
    rows.sort(key=lambda row: (-float(row.weight.value or 0), row.technology))
    return Portrait(
        organisation_id,
        tuple(row for row in rows if _is_shown(row)),
        tuple(row for row in rows if row.said is not None and read_label(row.said) == "none"),
        _judged(organisation_id, next(iter(kept.values()))["projects_of"], projects)
        if kept and projects is not None
        else count_judged(con, organisation_id),
        tuple(labels.items()),
    )


def count_judged(con: duckdb.DuckDBPyConnection, organisation_id: str) -> Figure:
    """Give how many projects of an organisation can be said to be about something, of how many."""
    row = con.execute(
        "select count(distinct i.project_id) filter (where j.basis <> 'unknown'), "
        "count(distinct i.project_id) from involvement i left join project_judged j using (project_id) "
        "where i.organisation_id = $organisation",
        {"organisation": organisation_id},
    ).fetchone()
    return _judged(organisation_id, *(row or (0, 0)))


def _judged(organisation_id: str, seen: int, of: int) -> Figure:
    scope = Scope.of(organisation=organisation_id)
    return Figure(seen, "count", "organisation_judged", scope, coverage=Coverage(seen, of))


@read_once
def read_technologies(con: duckdb.DuckDBPyConnection) -> Mapping[str, Text]:
    """Give the names of the technologies that the evidence was built with, in their order."""
    rows = con.execute("select technology, label_en, label_nl from technology order by rowid")
    return {name: Text(english, dutch) for name, english, dutch in rows.fetchall()}


def current(con: duckdb.DuckDBPyConnection, identifier: str) -> str:
    """Give the organisation of today, or what was asked where there is none."""
    return current_organisations(con, [identifier]).get(identifier, identifier)


def read_keys(con: duckdb.DuckDBPyConnection, organisation_id: str) -> list[str]:
    """Give every key and identifier that leads to an organisation."""
    rows = con.execute(
        "select alias from organisation_alias where organisation_id = $organisation order by alias",
        {"organisation": organisation_id},
    ).fetchall()
    return [alias for (alias,) in rows]


def read_lines(store: Store | None, keys: Sequence[str]) -> Lines:
    """Give by technology the public line of an editor that holds, and those of lists."""
    if store is None:
        return {}
    said: dict[str, Judgement] = {}
    listed: defaultdict[str, list[Judgement]] = defaultdict(list)
    for line in store.judgements_on(keys):
        one, _, rest = line.object.partition(":")
        if one != ONE or line.is_private:
            continue
        if line.kind == ABOUT and read_label(line) in ABOUT_LABELS:
            said[rest] = line  # the later one holds, whichever record it names
        elif line.kind == MEMBER:
            listed[rest.partition("/")[0]].append(line)
    return {
        name: (said.get(name), tuple(listed.get(name, ()))) for name in sorted({*said, *listed})
    }


def weigh(share: float | None, said: Judgement | None, is_listed: bool) -> tuple[float, str]:
    """Give how much an organisation is about a technology, and from what that comes."""
    if said is not None:
        return (0.0 if read_label(said) == "none" else 1.0), "editor"
    if is_listed and (share or 0.0) < LISTED:
        return LISTED, "list"
    return round(share or 0.0, 6), "projects"


def _make_row(
    organisation_id: str,
    technology: str,
    label: Text,
    kept: Mapping[str, Any] | None,
    said: Judgement | None,
    listed: tuple[Judgement, ...],
) -> PortraitRow:
    scope = Scope.of(organisation=organisation_id, technology=technology)
    share = kept["share_projects"] if kept else None
    weight, basis = weigh(share, said, bool(listed))
    money, of = (kept["contribution_eur"], kept["projects"]) if kept else (None, 0)
    built = (kept["ruling"], kept["listed"]) if kept else (None, 0)
    return PortraitRow(
        technology,
        label,
        Figure(weight, "share", "organisation_about", scope),
        basis,
        Figure(None if share is None else round(share, 6), "share", "organisation_share", scope),
        Figure(of, "count", "projects", scope),
        Figure(
            kept["develops"] if kept else 0,
            "count",
            "projects",
            scope.narrowed(relation="develops"),
        ),
        Figure(money, "EUR", "contribution_eur", scope),
        bool(kept and kept["by_topic"]),
        kept["last_year"] if kept else None,
        listed,
        said,
        built != (said.number if said else None, len(listed)),
    )


def _is_shown(row: PortraitRow) -> bool:
    if row.said is not None:
        return read_label(row.said) != "none"
    return bool(row.listed or row.projects.value) or float(row.share.value or 0) >= LEAST


def read_label(line: Judgement) -> str:
    """Give what an editor said: develops, applies or none."""
    return str(line.value.get("label", "")) if isinstance(line.value, Mapping) else ""
