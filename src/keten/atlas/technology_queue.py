"""The queue: on what a project is about an editor's word matters most, with what was said laid over."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, Final

from keten.atlas.chance import make_chance
from keten.atlas.subject_name import read_subjects
from keten.atlas.subject_records import list_said_of
from keten.atlas.subject_views import Subject
from keten.atlas.technology_project import show_about
from keten.atlas.technology_records import list_said
from keten.atlas.technology_views import Question, QuestionsView, Said
from keten.evidence.figures import read_rows
from keten.model import Figure, Scope, Taxonomy

if TYPE_CHECKING:
    import duckdb

    from keten.workspace import Store

FOLLOWING: Final = 10  # so many cases that come next are named


def read_questions(
    con: duckdb.DuckDBPyConnection,
    store: Store | None,
    start: int = 1,
    *,
    only: str = "",
    taxonomy: Taxonomy | None = None,
    missions: Taxonomy | None = None,
    reader: str | None = None,
    following: int = FOLLOWING,
    with_texts: bool = True,
) -> QuestionsView:
    """Give the first open case at position `start` or after it, and those that follow.

    `only`: of one only (technology:optics, chain:photonics). `reader` is who may undo: their last answer
    is given. Without `with_texts` no text is read, which is quicker.
    """
    asked = _list_asked(con, only)
    said = _answers(con, store, asked)
    waiting = [place for place in asked if place not in said]
    ahead = [place for place in waiting if place >= start]
    mine = [place for place, each in said.items() if reader and each.line.author == reader]
    last = max(mine, key=lambda place: said[place].line.number, default=None)
    shown = _read(con, [*ahead[: following + 1], *([last] if last else [])])
    current = shown.get(ahead[0]) if ahead else None
    return QuestionsView(
        total=count_asked(len(asked), only),
        answered=count_answered(len(said), only),
        current=current,
        about=(
            show_about(
                con, store, current.project_id, taxonomy, missions, only=_mark(current.subject)
            )
            if current and with_texts
            else None
        ),
        following=tuple(shown[place] for place in ahead[1 : following + 1]),
        next_position=ahead[1] if len(ahead) > 1 else None,
        passed=len(waiting) - len(ahead),
        last=(shown[last], said[last]) if last is not None else None,
    )


def count_asked(number: int, only: str = "") -> Figure:
    """Give on how many cases people are asked."""
    return Figure(number, "count", "questions_asked", _scope(only))


def count_answered(number: int, only: str = "") -> Figure:
    """Give how many of them were answered since the build."""
    return Figure(number, "count", "questions_answered", _scope(only))


def count_questions(
    con: duckdb.DuckDBPyConnection, store: Store | None, only: str = ""
) -> tuple[Figure, Figure, tuple[int, ...]]:
    """Give both counts, with the numbers of the lines that answered."""
    asked = _list_asked(con, only)
    said = _answers(con, store, asked)
    return (
        count_asked(len(asked), only),
        count_answered(len(said), only),
        tuple(sorted(each.line.number for each in said.values())),
    )


def _scope(only: str) -> Scope:
    one, _, name = only.partition(":")
    return Scope.of(**{one: name}) if name else Scope()


def _mark(subject: Subject) -> str:
    """Give by what the words of a subject are marked: technologies by their plain name."""
    return subject.name if subject.one == "technology" else subject.key


def _list_asked(con: duckdb.DuckDBPyConnection, only: str) -> dict[int, tuple[str, str]]:
    """Give the project and the key of each case by its place."""
    rows = con.execute(
        "select position, project_id, concat(one, ':', subject) as key from question "
        "where $only in ('', concat(one, ':', subject)) order by position",
        {"only": only},
    ).fetchall()
    return {position: (project, key) for position, project, key in rows}


def _answers(
    con: duckdb.DuckDBPyConnection, store: Store | None, asked: Mapping[int, tuple[str, str]]
) -> dict[int, Said]:
    """Give what answers each case, where somebody spoke since the build."""
    spoken = {
        (each.line.subject, each.line.object): each
        for each in (*list_said(con, store), *list_said_of(con, store))
    }
    return {place: spoken[pair] for place, pair in asked.items() if pair in spoken}


def _read(con: duckdb.DuckDBPyConnection, positions: Sequence[int]) -> dict[int, Question]:
    known = read_subjects(con)
    rows = read_rows(
        con,
        """
        select q.position, q.project_id, p.acronym, p.title, concat(q.one, ':', q.subject) as key,
               q.probability, q.money_eur
        from question q join project p using (project_id)
        where q.position in (select unnest($positions)) order by q.position
        """,
        {"positions": list(positions)},
    )
    return {row["position"]: _make(row, known) for row in rows}


def _make(row: dict[str, Any], known: Mapping[str, Subject]) -> Question:
    key, probability, money = (row.pop(each) for each in ("key", "probability", "money_eur"))
    project, subject = row["project_id"], known[key]
    scope = Scope.of(project=project, **{subject.one: subject.name})
    return Question(
        **row,
        subject=subject,
        chance=make_chance(f"{subject.one}_chance", probability, scope, "text"),
        money_eur=Figure(money, "EUR", "ec_max_contribution_eur", Scope.of(project=project)),
    )
