"""Records: what editors say that a project is about, as lines that nothing overwrites."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Final

from keten.atlas.abouts import ABOUT
from keten.atlas.technology_name import find_technology
from keten.atlas.technology_views import Said
from keten.errors import ConflictError, NotFoundError, UsageError
from keten.model import ABOUT_LABELS, PROGRAMMES, Judgement

if TYPE_CHECKING:
    import duckdb

    from keten.workspace import Store

ONE: Final = "technology"
_PROJECTS: Final = tuple(f"{programme}-" for programme in PROGRAMMES)


def say_about(
    con: duckdb.DuckDBPyConnection,
    store: Store,
    project_id: str,
    technology: str,
    label: str,
    reason: str,
    author: str,
    made_at: datetime,
    *,
    seen: int | None = None,
) -> Judgement:
    """Keep that a project develops, applies or has nothing to do with a technology.

    `seen` is the line that the writer saw, None for whatever stands. Raises: NotFoundError for a
    project or technology that the evidence does not know; UsageError without a label or a reason;
    ConflictError when somebody else said something meanwhile.
    """
    if label not in ABOUT_LABELS:
        raise UsageError(
            f"'{label[:40]}' is nothing that a project does with a technology.",
            f"Choose from: {', '.join(ABOUT_LABELS)}.",
        )
    if not reason.strip():
        raise UsageError("This needs a reason.", "Say in a few words why: others will read it.")
    find_technology(con, technology)
    check_project(con, project_id)
    standing = find_said(store, project_id, technology)
    holds = standing.number if standing else 0
    check_seen(holds, seen)
    return store.record(
        ABOUT, project_id, f"{ONE}:{technology}", reason.strip(), author, made_at,
        value={"label": label}, supersedes=holds or None,
    )  # fmt: skip


def check_project(con: duckdb.DuckDBPyConnection, project_id: str) -> None:
    """Raise NotFoundError for a project that the evidence does not know."""
    known = con.execute(
        "select 1 from project where project_id = $project", {"project": project_id}
    ).fetchone()
    if known is None:
        raise NotFoundError(
            f"No project has the identifier '{project_id[:60]}' in this evidence.",
            "Identifiers look like he-101069359: programme, hyphen, grant number.",
        )


def check_seen(holds: int, seen: int | None) -> None:
    """Raise ConflictError when another line holds than the one the writer saw; 0 is none."""
    if seen is not None and holds != seen:
        raise ConflictError(
            "Somebody said something of this project meanwhile.",
            "Read what they wrote, and say it again if you see it otherwise.",
            later=holds,
        )


def find_said(store: Store, project_id: str, technology: str) -> Judgement | None:
    """Give the public line that holds for a project and a technology, or None."""
    return find_line(store, project_id, f"{ONE}:{technology}")


def find_line(store: Store, project_id: str, key: str) -> Judgement | None:
    """Give the public line that holds for a project and what it may be about, or None."""
    lines = [
        line
        for line in store.judgements_on([project_id])
        if line.kind == ABOUT and line.object == key and not line.is_private
    ]
    return lines[-1] if lines else None


def list_said(
    con: duckdb.DuckDBPyConnection, store: Store | None, project_id: str = ""
) -> tuple[Said, ...]:
    """Give the public lines that hold on a project, or on all projects; the latest of each technology."""
    lines = list_latest(store, project_id, _is_about)
    built = _read_built(con, [line.subject for line in lines])
    return tuple(Said(line, str(line.value["label"]), line.number in built) for line in lines)


def list_latest(
    store: Store | None, project_id: str, is_meant: Callable[[Judgement], bool]
) -> tuple[Judgement, ...]:
    """Give the latest line on each project and what it may be about, of those meant; on all projects
    where none is named."""
    if store is None:
        return ()
    lines = (
        store.judgements_on([project_id])
        if project_id
        else store.judgements(ABOUT, only_in_force=True)
    )
    meant = sorted((line for line in lines if is_meant(line)), key=lambda line: line.number)
    return tuple({(line.subject, line.object): line for line in meant}.values())


def _is_about(line: Judgement) -> bool:
    return (
        line.kind == ABOUT
        and line.object.startswith(f"{ONE}:")
        and line.subject.startswith(_PROJECTS)
        and not line.is_private
        and isinstance(line.value, Mapping)
        and line.value.get("label") in ABOUT_LABELS
    )


def _read_built(con: duckdb.DuckDBPyConnection, projects: list[str]) -> set[int]:
    """Give the lines that the evidence was built with."""
    rows = con.execute(
        "select ruling from project_technology where ruling is not null "
        "and project_id in (select unnest($projects))",
        {"projects": projects},
    ).fetchall()
    return {row[0] for row in rows}
