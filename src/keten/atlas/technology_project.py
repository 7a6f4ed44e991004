"""What a project is about: each technology with its chance, what spoke for it, what people said."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, Final

from keten.atlas.chance import make_chance
from keten.atlas.codes import find_codes
from keten.atlas.spoken import gather_words, mark_text
from keten.atlas.subject_name import read_mission_fingerprint
from keten.atlas.subject_project import read_subject_words, show_subjects
from keten.atlas.subject_records import list_said_of
from keten.atlas.technology_name import read_technologies
from keten.atlas.technology_records import list_said
from keten.atlas.technology_views import AboutRow, CodeMet, ProjectAbout, Said, TechnologyName
from keten.evidence.figures import read_rows
from keten.model import Figure, Scope, Taxonomy

if TYPE_CHECKING:
    import duckdb

    from keten.workspace import Store

_TIERS: Final = {"sure": 0, "likely": 1, "perhaps": 2}
LABELS: Final = ("develops", "applies")


def show_about(
    con: duckdb.DuckDBPyConnection,
    store: Store | None,
    project_id: str,
    taxonomy: Taxonomy | None = None,
    missions: Taxonomy | None = None,
    only: str = "",
) -> ProjectAbout:
    """Give what a project is about: technologies, value chains, missions.

    `taxonomy` and `missions` are those in force, of which codes are looked up. Words are marked of what has
    a label; where one is named by `only` (optics, chain:photonics), of that.
    """
    names = read_technologies(con)
    rows = read_rows(
        con,
        "select technology, relation, probability, develops, tier, basis, ruling "
        "from project_technology where project_id = $project",
        {"project": project_id},
    )
    words = read_rows(
        con,
        "select technology, technology as key, term, weight, place, starts, ends from technology_word "
        "where project_id = $project order by all",
        {"project": project_id},
    )
    source = read_rows(
        con,
        "select title, objective, record_id from project where project_id = $project",
        {"project": project_id},
    )
    said = {line.line.object.partition(":")[2]: line for line in list_said(con, store, project_id)}
    built_with = {name.fingerprint for name in names.values()}
    is_stale = taxonomy is not None and built_with != {taxonomy.fingerprint}
    codes = find_codes(con, project_id, taxonomy) if taxonomy and not is_stale else {}
    found = tuple(
        sorted(
            (
                _make_row(row, names[row["technology"]], words, codes, said, project_id)
                for row in rows
                if row["technology"] in names
            ),
            key=_order,
        )
    )
    shown = {row.name.technology for row in found}
    further = read_subject_words(con, project_id)
    subjects = show_subjects(
        con, store, project_id, further, _find_mission_codes(con, project_id, missions)
    )
    known = {row.subject.key for row in subjects}
    marked = [only] if only else [
        *(row.name.technology for row in found if row.relation in LABELS),
        *(row.subject.key for row in subjects if row.label == "about"),
    ]  # fmt: skip
    spoken = [*words, *further]
    title, objective = (source[0]["title"], source[0]["objective"]) if source else ("", "")
    return ProjectAbout(
        found,
        mark_text(title, spoken, "title", marked),
        mark_text(objective, spoken, "objective", marked),
        "text" if objective else "topic",
        tuple(line for name, line in sorted(said.items()) if name not in shown),
        is_stale,
        subjects,
        tuple(
            each for each in list_said_of(con, store, project_id) if each.line.object not in known
        ),
    )


def _find_mission_codes(
    con: duckdb.DuckDBPyConnection, project_id: str, missions: Taxonomy | None
) -> dict[str, tuple[CodeMet, ...]]:
    """Give what maps to each mission, where the evidence was built with this very mapping."""
    if missions is None or read_mission_fingerprint(con) != missions.fingerprint:
        return {}
    return find_codes(con, project_id, missions)


def _make_row(
    row: Mapping[str, Any],
    name: TechnologyName,
    words: Sequence[Mapping[str, Any]],
    codes: Mapping[str, tuple[CodeMet, ...]],
    said: Mapping[str, Said],
    project_id: str,
) -> AboutRow:
    scope = Scope.of(project=project_id, technology=name.technology)
    own = said.get(name.technology)
    return AboutRow(
        name,
        row["relation"],
        row["tier"],
        row["basis"],
        make_chance("technology_chance", row["probability"], scope, row["basis"]),
        make_chance("technology_develops", row["develops"], scope, row["basis"]),
        gather_words([word for word in words if word["technology"] == name.technology]),
        codes.get(name.technology, ()),
        own,
        row["ruling"] is not None and (own is None or own.line.number != row["ruling"]),
    )


def _order(row: AboutRow) -> tuple[bool, int, float, str]:
    return (
        row.relation not in LABELS,
        _TIERS[row.tier],
        -float(row.chance.value or 0),
        row.name.technology,
    )


def explain_chance(con: duckdb.DuckDBPyConnection, name: str, scope: Scope) -> Figure | None:
    """Give the chance of a project and a technology anew; None where the evidence has none."""
    given = scope.as_dict()
    row = con.execute(
        "select probability, develops, basis from project_technology "
        "where project_id = $project and technology = $technology",
        {"project": given.get("project", ""), "technology": given.get("technology", "")},
    ).fetchone()
    if row is None:
        return None
    value = row[0] if name == "technology_chance" else row[1]
    return make_chance(name, value, scope, row[2])
