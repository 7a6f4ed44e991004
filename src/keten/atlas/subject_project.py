"""Which value chains and missions a project is about: how likely each, what spoke, what people said."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, Final

from keten.atlas.chance import make_chance
from keten.atlas.spoken import gather_words
from keten.atlas.subject_name import TOLD, read_subjects
from keten.atlas.subject_records import list_said_of
from keten.atlas.subject_views import Subject, SubjectRow
from keten.atlas.technology_views import CodeMet, Said
from keten.errors import NotFoundError
from keten.evidence.figures import read_rows
from keten.model import Explanation, Figure, Scope

if TYPE_CHECKING:
    import duckdb

    from keten.workspace import Store

_TIERS: Final = {"sure": 0, "likely": 1, "perhaps": 2, "none": 3}
Words = Sequence[Mapping[str, Any]]
Codes = Mapping[str, tuple[CodeMet, ...]]


def read_subject_words(con: duckdb.DuckDBPyConnection, project_id: str) -> list[dict[str, Any]]:
    """Give the words of a project that speak for chains and missions, each with its `key` and place."""
    return [
        {**row, "key": f"{one}:{row['subject']}"}
        for one in TOLD
        for row in read_rows(
            con,
            f"select {one} as subject, term, weight, place, starts, ends from {one}_word "
            "where project_id = $project order by all",
            {"project": project_id},
        )
    ]


def show_subjects(
    con: duckdb.DuckDBPyConnection,
    store: Store | None,
    project_id: str,
    words: Words,
    missions: Codes | None = None,
) -> tuple[SubjectRow, ...]:
    """Give the chains and missions of a project, the surest first.

    `words` are those of `read_subject_words`; `missions` the fields, parts and topics by mission.
    """
    known = read_subjects(con)
    said = {each.line.object: each for each in list_said_of(con, store, project_id)}
    codes = {**_read_chain_codes(con, project_id)}
    codes |= {f"mission:{name}": found for name, found in (missions or {}).items()}
    rows = {
        key: _make_row(known[key], row, words, codes, said.get(key), project_id)
        for key, row in _read(con, project_id).items()
        if key in known
    }
    return tuple(sorted(rows.values(), key=_order))


def explain_subject(
    con: duckdb.DuckDBPyConnection, store: Store | None, name: str, scope: Scope
) -> Explanation:
    """Give the chance of a project and a chain or mission anew; raises NotFoundError."""
    given, one = scope.as_dict(), name.partition("_")[0]
    project, subject = given.get("project", ""), given.get(one, "")
    row = _read(con, project).get(f"{one}:{subject}")
    is_model = name == f"{one}_model_chance"
    if row is None or (is_model and row["model"] is None):
        raise NotFoundError(
            f"The evidence gives no chance of that project and {one}.",
            "Follow a number on the page of a project.",
        )
    value, basis = (row["model"], "text") if is_model else (row["probability"], row["basis"])
    met = "union select record_id from chain_match where project_id = $project and chain = $subject"
    records = con.execute(
        f"""
        select record_id from project where project_id = $project
        union select record_id from {one}_word where project_id = $project and {one} = $subject
        union select record_id from project_topic where project_id = $project
        union select record_id from project_field where project_id = $project
        {met if one == "chain" else ""}
        order by 1
        """,
        {"project": project, "subject": subject},
    ).fetchall()
    lines = {row["ruling"]} | {
        each.line.number
        for each in list_said_of(con, store, project)
        if each.line.object == f"{one}:{subject}"
    }
    return Explanation(
        make_chance(name, value, scope, basis),
        record_ids=tuple(record for (record,) in records if record is not None),
        judgements=tuple(sorted(number for number in lines if number is not None)),
    )


def _read(con: duckdb.DuckDBPyConnection, project_id: str) -> dict[str, dict[str, Any]]:
    """Give what the evidence says of a project by key; what an editor denied has no chance at all."""
    found: dict[str, dict[str, Any]] = {}
    for one in TOLD:
        for row in read_rows(
            con,
            f"""
            select coalesce(p.{one}, r.{one}) as subject, coalesce(p.probability, 0) as probability,
                   coalesce(p.tier, 'none') as tier, coalesce(p.basis, 'editor') as basis,
                   r.ruling, r.probability as model
            from (select * from {one}_project where project_id = $project) p
            full join (select * from {one}_ruling where project_id = $project) r
              on r.{one} = p.{one}
            order by subject
            """,
            {"project": project_id},
        ):
            found[f"{one}:{row['subject']}"] = row
    return found


def _make_row(
    subject: Subject,
    row: Mapping[str, Any],
    words: Words,
    codes: Codes,
    said: Said | None,
    project_id: str,
) -> SubjectRow:
    scope = Scope.of(project=project_id, **{subject.one: subject.name})
    measure, tier = f"{subject.one}_chance", row["tier"]
    model: Figure | None = None
    if row["model"] is not None:
        model = make_chance(f"{subject.one}_model_chance", row["model"], scope, "text")
    return SubjectRow(
        subject,
        tier if tier in ("perhaps", "none") else "about",
        tier,
        row["basis"],
        make_chance(measure, row["probability"], scope, row["basis"]),
        model,
        gather_words([word for word in words if word["key"] == subject.key]),
        codes.get(subject.key, ()),
        said,
        row["ruling"] is not None and (said is None or said.line.number != row["ruling"]),
    )


def _read_chain_codes(
    con: duckdb.DuckDBPyConnection, project_id: str
) -> dict[str, tuple[CodeMet, ...]]:
    """Give the fields and topics by which a project was met, by chain."""
    found: dict[str, tuple[CodeMet, ...]] = {}
    for row in read_rows(
        con,
        """
        select m.chain, m.way, m.term, max(coalesce(f.path, t.title, '')) as title,
               min(m.record_id) as record_id
        from chain_match m
        left join project_field f on m.way = 'field' and f.record_id = m.record_id
        left join project_topic t on m.way = 'topic' and t.record_id = m.record_id
        where m.project_id = $project and m.way in ('field', 'topic')
        group by all order by all
        """,
        {"project": project_id},
    ):
        key = f"chain:{row['chain']}"
        met = CodeMet(row["way"], row["term"], row["title"], row["record_id"], 1.0)
        found[key] = (*found.get(key, ()), met)
    return found


def _order(row: SubjectRow) -> tuple[int, float, str, str]:
    return (_TIERS[row.tier], -float(row.chance.value or 0), row.subject.one, row.subject.name)
