"""Reads the projects as documents: titles, objectives, topics, fields and parts of programmes."""

from collections import defaultdict

import duckdb

from keten.evidence.technologies.signals import Document


def read_documents(con: duckdb.DuckDBPyConnection) -> list[Document]:
    """Give every project as a document, in order of its identifier."""
    topics: defaultdict[str, list[tuple[str, str | None]]] = defaultdict(list)
    for project, topic, title in con.execute(
        "select project_id, topic, title from project_topic where topic is not null order by all"
    ).fetchall():
        topics[project].append((topic, title))
    fields = _read(con, "select project_id, code from project_field order by all")
    parts = _read(con, "select project_id, code from project_programme_part order by all")
    return [
        Document(
            project, title, objective, tuple(topics[project]), tuple(fields[project]),
            tuple(parts[project]),
        )
        for project, title, objective in con.execute(
            "select project_id, title, objective from project order by project_id"
        ).fetchall()
    ]  # fmt: skip


def _read(con: duckdb.DuckDBPyConnection, sql: str) -> defaultdict[str, list[str]]:
    found: defaultdict[str, list[str]] = defaultdict(list)
    for project, code in con.execute(sql).fetchall():
        if code is not None:
            found[project].append(code)
    return found
