"""Records: what editors say on whether a project is about a value chain or a mission."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Final

from keten.atlas.abouts import ABOUT
from keten.atlas.subject_name import TOLD, find_subject
from keten.atlas.technology_records import check_project, check_seen, find_line, list_latest
from keten.atlas.technology_views import Said
from keten.errors import UsageError
from keten.model import PROGRAMMES, SUBJECT_LABELS, Judgement

if TYPE_CHECKING:
    import duckdb

    from keten.workspace import Store

_PROJECTS: Final = tuple(f"{programme}-" for programme in PROGRAMMES)


def say_subject(
    con: duckdb.DuckDBPyConnection,
    store: Store,
    project_id: str,
    key: str,
    label: str,
    reason: str,
    author: str,
    made_at: datetime,
    *,
    seen: int | None = None,
) -> Judgement:
    """Keep that a project is about a chain or mission (`key`, such as chain:photonics), or is not.

    `seen` is the line that the writer saw, None for whatever stands. Raises: NotFoundError for a
    project, chain or mission that the evidence does not know; UsageError without a label or a reason;
    ConflictError when somebody else said something meanwhile.
    """
    if label not in SUBJECT_LABELS:
        raise UsageError(
            f"'{label[:40]}' is nothing that can be said of a project and {key[:60]}.",
            "A project is about a value chain or mission, or it is not: about or none.",
        )
    if not reason.strip():
        raise UsageError("This needs a reason.", "Say in a few words why: others will read it.")
    find_subject(con, key)
    check_project(con, project_id)
    standing = find_line(store, project_id, key)
    holds = standing.number if standing else 0
    check_seen(holds, seen)
    return store.record(
        ABOUT, project_id, key, reason.strip(), author, made_at, value={"label": label},
        supersedes=holds or None,
    )  # fmt: skip


def list_said_of(
    con: duckdb.DuckDBPyConnection, store: Store | None, project_id: str = ""
) -> tuple[Said, ...]:
    """Give the public lines that hold on a project, or on all; the latest of each chain and mission."""
    if store is None:
        return ()
    built = {
        ruling
        for one in TOLD
        for (ruling,) in con.execute(f"select ruling from {one}_ruling order by 1").fetchall()
    }
    return tuple(
        Said(line, str(line.value["label"]), line.number in built)
        for line in list_latest(store, project_id, is_told)
    )


def is_told(line: Judgement) -> bool:
    """Say whether a line says that a project is about a chain or mission, or is not."""
    return (
        line.kind == ABOUT
        and line.object.partition(":")[0] in TOLD
        and line.subject.startswith(_PROJECTS)
        and not line.is_private
        and isinstance(line.value, Mapping)
        and line.value.get("label") in SUBJECT_LABELS
    )
