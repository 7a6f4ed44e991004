"""`keten act --import`: a workbook held against the programme, row by row, and written with --yes."""

from collections.abc import Sequence
from pathlib import Path

from keten.cli.output import write_json, write_line, write_table
from keten.cli.session import Session, now
from keten.errors import UsageError
from keten.model import Chain, Text
from keten.programme.answers import prepare
from keten.programme.intake import read_book
from keten.programme.plan import Plan, RowPlan, Verdict, write_plan
from keten.programme.preview import preview
from keten.programme.state import read_programme
from keten.workspace import Store

VERDICTS: tuple[Verdict, ...] = ("new", "changed", "unchanged", "wrong")


def import_workbook(
    session: Session,
    store: Store,
    chain: Chain,
    path: Path,
    *,
    write: bool,
    reason: str,
    author: str,
) -> None:
    """Show what a workbook would do, and do it where `write` says so.

    Raises: UsageError when the file cannot be read, or when rows had to be left out.
    """
    if write and not author.strip():
        raise UsageError("It is not said who writes this.", "Add --who, with a name.")
    plan = _preview(session, store, chain, path, reason)
    written: Sequence[tuple[RowPlan, tuple[int, ...]]] = ()
    if write:
        written = write_plan(store, chain.chain, plan, author.strip(), now())
        plan = Plan(tuple(row for row, _ in written), plan.passed_over)
    numbers = [number for _, made in written for number in made]
    if session.as_json:
        write_json(session, path.name, {"plan": plan, "lines": numbers})
    else:
        _write(session, plan)
        _sum_up(session, plan, len(numbers), write=write)
    if write and plan.count("wrong"):
        raise UsageError(
            session.words("{} rows were not written.", plan.count("wrong")),
            session.words(
                "Mend them in the workbook and read it again; the others stay as they are."
            ),
        )


def _preview(session: Session, store: Store, chain: Chain, path: Path, reason: str) -> Plan:
    try:
        content = path.read_bytes()
    except OSError as error:
        raise UsageError(f"'{path}' cannot be read: {error.strerror}.", "Name a file.") from error
    why = Text(reason or f"Read from {path.name}.", reason or f"Gelezen uit {path.name}.")
    return preview(
        read_book(content),
        read_programme(store, chain.chain),
        store.judgements_on([f"chain:{chain.chain}"], only_in_force=False),
        prepare(session.evidence.cursor(), store, chain.chain, now().date()),
        why,
        session.language,
    )


def _write(session: Session, plan: Plan) -> None:
    say, language = session.words, session.language
    rows = []
    for row in plan.rows:
        told = [problem.in_language(language) for problem in row.problems]
        if row.verdict == "changed":
            told += [
                f"{change.label.in_language(language)}: {change.before or '-'} > {change.after or '-'}"
                for change in row.changes
            ]
        if row.verdict != "unchanged":
            sheet = row.sheet.in_language(language)
            rows.append((f"{sheet} {row.place}", row.name, say(row.verdict), "\n".join(told)))
    if rows:
        write_table([say("row"), say("name"), say("verdict"), ""], rows)
    for name in plan.passed_over:
        write_line(say("Passed over: {}", name), "dim")


def _sum_up(session: Session, plan: Plan, lines: int, *, write: bool) -> None:
    say = session.words
    write_line(", ".join(f"{say(verdict)}: {plan.count(verdict)}" for verdict in VERDICTS))
    if write:
        write_line(say("Written: {}", lines))
    elif plan.count("new") or plan.count("changed"):
        write_line(say("Nothing was written. To write what is new or changed: --yes --who NAME"))
    else:
        write_line(say("Nothing is to be written."))
