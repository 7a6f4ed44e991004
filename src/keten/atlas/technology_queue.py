"""The queue of technologies: where an editor's word matters most, with what was said laid over."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, Final

from keten.atlas.technology_name import read_technologies
from keten.atlas.technology_project import make_chance, show_about
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
    technology: str = "",
    taxonomy: Taxonomy | None = None,
    reader: str | None = None,
    following: int = FOLLOWING,
    with_texts: bool = True,
) -> QuestionsView:
    """Give the first open case at position `start` or after it, and those that follow.

    `technology`: of one only. `reader` is who may undo: their last answer is given. Without
    `with_texts` no text is read, which is quicker.
    """
    asked = _list_asked(con, technology)
    said = _answers(con, store, asked)
    waiting = [place for place in asked if place not in said]
    ahead = [place for place in waiting if place >= start]
    mine = [place for place, each in said.items() if reader and each.line.author == reader]
    last = max(mine, key=lambda place: said[place].line.number, default=None)
    shown = _read(con, [*ahead[: following + 1], *([last] if last else [])])
    current = shown.get(ahead[0]) if ahead else None
    return QuestionsView(
        total=count_asked(len(asked), technology),
        answered=count_answered(len(said), technology),
        current=current,
        about=(
            show_about(con, store, current.project_id, taxonomy, current.name.technology)
            if current and with_texts
            else None
        ),
        following=tuple(shown[place] for place in ahead[1 : following + 1]),
        next_position=ahead[1] if len(ahead) > 1 else None,
        passed=len(waiting) - len(ahead),
        last=(shown[last], said[last]) if last is not None else None,
    )


def count_asked(number: int, technology: str = "") -> Figure:
    """Give on how many cases people are asked."""
    return Figure(number, "count", "questions_asked", Scope.of(technology=technology or None))


def count_answered(number: int, technology: str = "") -> Figure:
    """Give how many of them were answered since the build."""
    return Figure(number, "count", "questions_answered", Scope.of(technology=technology or None))


def count_questions(
    con: duckdb.DuckDBPyConnection, store: Store | None, technology: str = ""
) -> tuple[Figure, Figure, tuple[int, ...]]:
    """Give both counts, with the numbers of the lines that answered."""
    asked = _list_asked(con, technology)
    said = _answers(con, store, asked)
    return (
        count_asked(len(asked), technology),
        count_answered(len(said), technology),
        tuple(sorted(each.line.number for each in said.values())),
    )


def _list_asked(con: duckdb.DuckDBPyConnection, technology: str) -> dict[int, tuple[str, str]]:
    rows = con.execute(
        "select position, project_id, technology from technology_question "
        "where $technology in ('', technology) order by position",
        {"technology": technology},
    ).fetchall()
    return {position: (project, name) for position, project, name in rows}


def _answers(
    con: duckdb.DuckDBPyConnection, store: Store | None, asked: Mapping[int, tuple[str, str]]
) -> dict[int, Said]:
    """Give what answers each case, where somebody spoke since the build."""
    spoken = {
        (each.line.subject, each.line.object.partition(":")[2]): each
        for each in list_said(con, store)
    }
    return {place: spoken[pair] for place, pair in asked.items() if pair in spoken}


def _read(con: duckdb.DuckDBPyConnection, positions: Sequence[int]) -> dict[int, Question]:
    names = read_technologies(con)
    rows = read_rows(
        con,
        """
        select q.position, q.project_id, p.acronym, p.title, q.technology, q.probability, q.money_eur
        from technology_question q join project p using (project_id)
        where q.position in (select unnest($positions)) order by q.position
        """,
        {"positions": list(positions)},
    )
    return {row["position"]: _make(row, names) for row in rows}


def _make(row: dict[str, Any], names: Mapping[str, Any]) -> Question:
    technology, probability, money = (
        row.pop(each) for each in ("technology", "probability", "money_eur")
    )
    project = row["project_id"]
    return Question(
        **row,
        name=names[technology],
        chance=make_chance(
            "technology_chance", probability, Scope.of(project=project, technology=technology), "text"
        ),
        money_eur=Figure(money, "EUR", "ec_max_contribution_eur", Scope.of(project=project)),
    )  # fmt: skip
